"""What a decision-maker can regret, for machines."""

from typing import Any

from vedette.scenario.drivers import Choosing


def choosing_document(choosing: Choosing) -> dict[str, Any]:
    """Returns options, what everybody else may do, and every table of them."""
    choices, words = choosing.choices, choosing.choices.words
    return {
        "who": choices.who,
        "name": choices.names[choices.who],
        "options": [{"scenario": name, "words": said} for name, said in words[choices.who].items()],
        "others": [
            {"who": other, "name": choices.names[other], "scenario": name, "words": said}
            for other in choices.others
            for name, said in words[other].items()
        ],
        "odds": [
            {"author": odds.author, "who": other, "rows": rows.tolist()}
            for odds in choosing.odds
            for other, rows in odds.rows.items()
        ],
        "without_odds": list(choosing.missing),
        "regret": choosing.regret.to_dicts(),
        "expected_regret": choosing.expected.to_dicts(),
        "within_all_thresholds": choosing.within.to_dicts(),
        "trade_offs": choosing.trade_offs.to_dicts(),
        "left_out": choosing.left_out.to_dicts(),
    }
