"""What if, in one table and one sentence: each scenario, its total, the difference, and whether it matters."""

import polars as pl

from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, Column, Figure, Mark, Table
from vedette.brief.inputs.scenarios import WhatIf
from vedette.brief.odds import assumed_by, clearly, deciding, odds_in_words
from vedette.brief.pages.known import month_words
from vedette.brief.prose import Paragraph, text
from vedette.brief.scenario_words import (
    bare_unit,
    in_sentence,
    period_words,
    plain_number,
    readings,
    unit_words,
)
from vedette.brief.sections.whatif import chain
from vedette.brief.words import outcome_range
from vedette.message import Capital, joined, say, say_many
from vedette.scenario import history_covers, kept_hindcast

MOST = 6
"""Scenarios in the table at most: the first, and those likeliest to matter."""
_PARTS = ("median", "mean", "worst_5")
_NONE = say(
    "what a decision would change cannot be answered, since this brief has no scenarios that start now; it would "
    "take a mechanism with scenarios (mechanisms.yaml) from the month after the data on"
)


def scenarios_now(whatif: WhatIf | None) -> Section:
    """The scenarios in a table; without scenarios, what it would take."""
    if whatif is None:
        words = text(say("{none}.", none=Capital.first(_NONE)))
        return Section("scenarios-now", say("No scenarios start now"), (words,), say("What if"))
    blocks: tuple[Block, ...] = (_table(whatif),)
    return Section("scenarios-now", _headline(whatif), blocks, say("What if"))


def what_would_change(whatif: WhatIf | None) -> Paragraph:
    """The scenario most likely to matter, with the odds that it does; else what it would take to answer."""
    if whatif is None:
        return text(say("What would change it: {none}.", none=_NONE))
    ensemble, headline = whatif.ensemble, whatif.ensemble.mechanism.headline
    base = ensemble.scenarios[0].name
    if len(ensemble.scenarios) == 1:
        return text(
            say(
                "What would change it: there is one scenario, “{base}”, and nothing to compare it with.",
                base=base,
            )
        )
    rows = most_telling(whatif)
    sides = ("worse", "better") if headline.good == "down" else ("better", "worse")
    higher, lower = (_odds(whatif, rows, side) for side in sides)
    parts = {
        "lead": _likeliest(_name(whatif, str(rows["scenario"][0])), clearly(rows)),
        "base": base,
        "outcome": in_sentence(headline.name),
        "month": month_words(ensemble.span.last, ensemble.span),
        "assumed": Capital.first(
            say("{assumed}{direction}", assumed=_assumed(whatif), direction=_direction(rows))
        ),
    }
    if headline.matters:
        words = say(
            "What would change it: {lead}. Against “{base}”, chance that {outcome} to {month} will be higher by more than "
            "{least}: {higher}; lower by as much: {lower}. {assumed}.",
            least=_with_unit(whatif, plain_number(headline.matters.least)),
            **parts,
        )
    else:
        words = say(
            "What would change it: {lead}. Against “{base}”, chance that {outcome} to {month} will be higher: {higher}; "
            "lower: {lower}. {assumed}.",
            **parts,
        )
    return text(words, higher=higher, lower=lower)


def _likeliest(scenario: str, verdict: str) -> str:
    """The scenario that is likeliest to matter, and whether it clearly does."""
    if verdict:
        return say("“{scenario}”, clearly", scenario=scenario)
    return say("no scenario clearly; “{scenario}” is likeliest to", scenario=scenario)


def _with_unit(whatif: WhatIf, number: str) -> str:
    """A number with the unit of the headline outcome; without where its name begins with it."""
    headline = whatif.ensemble.mechanism.headline
    if headline.name.casefold().startswith(headline.unit):
        return number
    return say("{number} {unit}", number=number, unit=unit_words(headline.unit))


def most_telling(whatif: WhatIf) -> pl.DataFrame:
    """The differences from the first scenario of the one that is likeliest to matter, over branches."""
    return _by_what_they_do(whatif)[0]


def _by_what_they_do(whatif: WhatIf) -> list[pl.DataFrame]:
    """The differences of each scenario from the first, the likeliest to matter first."""
    return sorted(
        _by_scenario(whatif), key=lambda rows: -max(_shares(rows, "worse") + _shares(rows, "better"))
    )


def _shown(whatif: WhatIf) -> list[str]:
    """The scenarios in the table, in the order of the case."""
    names = whatif.ensemble.names
    if len(names) <= MOST:
        return list(names)
    chosen = {str(rows["scenario"][0]) for rows in _by_what_they_do(whatif)[: MOST - 1]}
    return [name for name in names if name == names[0] or name in chosen]


def _by_scenario(whatif: WhatIf) -> list[pl.DataFrame]:
    """The differences of each scenario from the first; none where there is one scenario."""
    if whatif.differences.is_empty():
        return []
    rows = whatif.differences.filter(outcome=whatif.ensemble.mechanism.headline.id)
    return rows.partition_by("scenario", maintain_order=True)


def _shares(rows: pl.DataFrame, side: str) -> list[float]:
    """Chances of a difference that matters; of any, where none is said to matter."""
    column = side if rows["matters"][0] is None else f"much_{side}"
    return [float(share) for share in rows[column]]


def _odds(whatif: WhatIf, rows: pl.DataFrame, side: str) -> Figure:
    scenario = str(rows["scenario"][0]).replace("+", "-and-")
    return Figure(
        f"what-if-{scenario}-matters-{side}",
        f"{whatif.ensemble.mechanism.headline.name}: chance of being {side} under “{_name(whatif, str(rows['scenario'][0]))}”",
        Mark.ASSUMED,
        chain(whatif),
        "probability",
        value=odds_in_words(whatif.ensemble, _shares(rows, side)),
    )


def _sides(whatif: WhatIf) -> tuple[str, str]:
    """The titles of the chances of worse and of better, by what they mean for the headline outcome."""
    headline = whatif.ensemble.mechanism.headline
    higher, lower = say("chance of higher"), say("chance of lower")
    if headline.matters:
        least = plain_number(headline.matters.least)
        higher = say("chance of higher by over {least}", least=least)
        lower = say("chance of lower by over {least}", least=least)
    return (higher, lower) if headline.good == "down" else (lower, higher)


def _assumed(whatif: WhatIf) -> str:
    """How much of the answer is assumed, and by whom."""
    rows = [row for row in whatif.grounds if row["moves"]]
    assumed = [row for row in rows if row["mark"] == "assumed"]
    authors = list(dict.fromkeys(one for row in assumed for one in str(row["by"]).split("; ") if one))
    if len(assumed) == len(rows):
        words = say_many(
            len(rows),
            "the one number behind this is assumed",
            "all {count} numbers behind this are assumed",
        )
    else:
        words = say_many(
            len(rows),
            "{assumed} of the {count} number behind this are assumed",
            "{assumed} of the {count} numbers behind this are assumed",
            assumed=len(assumed),
        )
    return say("{words}, by {author}", words=words, author=authors[0]) if len(authors) == 1 else words


def _direction(rows: pl.DataFrame) -> str:
    """That an assumption alone decides which way it goes; nothing where none does."""
    authors = deciding(rows)
    return (
        say(", and the direction is as assumed by {author}", author=joined(authors, ", ")) if authors else ""
    )


def _headline(whatif: WhatIf) -> str:
    """Which scenario clearly changes the headline outcome."""
    outcome = in_sentence(whatif.ensemble.mechanism.headline.name)
    parts = _by_scenario(whatif)
    clear = [(clearly(rows), str(rows["scenario"][0])) for rows in parts]
    told = [_clear(verdict, _name(whatif, scenario)) for verdict, scenario in clear if verdict]
    if told:
        return say("For {outcome}, {told}", outcome=outcome, told=joined(told, "; "))
    if parts:
        return say("No scenario clearly changes {outcome}", outcome=outcome)
    return say("There is one scenario, and nothing to compare it with")


def _clear(verdict: str, name: str) -> str:
    return (
        say("“{name}” is clearly better", name=name)
        if verdict == "better"
        else say("“{name}” is clearly worse", name=name)
    )


def _table(whatif: WhatIf) -> Shown:
    ensemble, headline = whatif.ensemble, whatif.ensemble.mechanism.headline
    worse, better = _sides(whatif)
    columns = (
        Column("scenario", say("scenario")),
        Column("total", say("{unit}, median", unit=bare_unit(headline.unit))),
        Column("median", say("difference, median")),
        Column("mean", say("mean")),
        Column("worst_5", say("worst twentieth")),
        Column("worse", worse),
        Column("better", better),
    )
    figure = Figure(
        "scenarios-in-one-table",
        say(
            "{outcome} {months}; differences from the first, future by future",
            outcome=headline.name,
            months=period_words(ensemble.span),
        ),
        Mark.ASSUMED,
        chain(whatif),
        "",
        table=Table.of([_row(whatif, name) for name in _shown(whatif)], columns),
    )
    return Shown(figure, "", _note(whatif))


def _row(whatif: WhatIf, scenario: str) -> dict[str, Cell]:
    ensemble, headline = whatif.ensemble, whatif.ensemble.mechanism.headline
    levels = whatif.levels.filter(outcome=headline.id, scenario=scenario)
    total = (
        say("withheld")
        if headline.id in ensemble.mechanism.withheld
        else _number(levels, "median", signed=False)
    )
    row: dict[str, Cell] = {"scenario": _name(whatif, scenario), "total": total}
    own = next((rows for rows in _by_scenario(whatif) if rows["scenario"][0] == scenario), None)
    if own is None:
        return row | dict.fromkeys((*_PARTS, "worse", "better"))
    sides = {side: odds_in_words(ensemble, _shares(own, side)) for side in ("worse", "better")}
    if assumed_by(own):
        sides = {side: say("{odds}\N{NO-BREAK SPACE}*", odds=odds) for side, odds in sides.items()}
    return row | {part: _number(own, part, signed=True) for part in _PARTS} | sides


def _number(rows: pl.DataFrame, part: str, *, signed: bool) -> str:
    return outcome_range(rows[part].to_list(), rows[f"{part}_error"].to_list(), signed=signed)


def _note(whatif: WhatIf) -> str:
    mechanism = whatif.ensemble.mechanism
    history = history_covers(mechanism, mechanism.headline.id, kept_hindcast(mechanism)).sentence
    assumed = _assumed(whatif)
    left = len(whatif.ensemble.names) - len(_shown(whatif))
    more = say_many(
        left, "{count} more scenario stands in the annex.", "{count} more scenarios stand in the annex."
    )
    first = say("{words}.", words=Capital.first(assumed))
    return joined((first, history, _readings(whatif), _star(whatif), more if left else ""))


def _star(whatif: WhatIf) -> str:
    """What the star stands for, where one is."""
    starred = any(map(assumed_by, _by_scenario(whatif)))
    return say("*: the direction is as assumed, by the sign of one number.") if starred else ""


def _readings(whatif: WhatIf) -> str:
    many = whatif.ensemble.groups
    if not readings(whatif.ensemble):
        return ""
    return say_many(
        many,
        "Ranges run over {count} reading that nobody weighed.",
        "Ranges run over {count} readings that nobody weighed.",
    )


def _name(whatif: WhatIf, scenario: str) -> str:
    return whatif.ensemble.scenarios[whatif.ensemble.index(scenario)].name
