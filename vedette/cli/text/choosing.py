"""Prints what a decision-maker can regret."""

from collections.abc import Mapping
from textwrap import fill

import polars as pl

from vedette import commands
from vedette.cli.text import screen


def print_choosing(comparison: commands.ScenarioComparison, choosing: commands.Choosing) -> None:
    """Prints options, what everybody else may do, and what each option can be regretted for."""
    choices, words = choosing.choices, choosing.choices.words
    screen.say(f"\nWHO WOULD REGRET WHAT: the choice of {choices.names[choices.who]}")
    for name, said in words[choices.who].items():
        _line(f"{name}: {said}")
    _others(choosing)
    for outcome in comparison.outcomes:
        _regret(comparison, choosing, outcome)
    names = {name: outcome.name for name, outcome in comparison.ensemble.outcomes.items()}
    _within(choosing, names)
    _trade_offs(choosing, names)
    _left_out(choosing, names)


def print_rules(comparison: commands.ScenarioComparison) -> None:
    """Prints how often and when each rule of the scenarios acted."""
    for line in comparison.rule_lines():
        _line(line)


def _line(text: str) -> None:
    screen.say(fill(text, 110, subsequent_indent="  ", break_on_hyphens=False))


def _others(choosing: commands.Choosing) -> None:
    if not choosing.choices.others:
        screen.say("Nobody else does anything else in these scenarios.")
        return
    screen.say("Everybody else:")
    for other in choosing.choices.others:
        for name, said in choosing.choices.words[other].items():
            _line(f"  {choosing.choices.names[other]}: {name}: {said}")
    if choosing.odds:
        authors = ", ".join(f"{name} ({day})" for name, day in commands.odds_authors(choosing).items())
        _line(f"How likely each is after each option is assumed by {authors}; ranges are over branches.")
        _line(
            "The largest regret has all others do the same after each option, the expected one has them "
            "answer it, so that it can be above the largest."
        )
    else:
        listed = "; ".join(choosing.missing)
        _line(f"No author gives odds of {listed}: largest regret only, no expected regret.")


def _regret(comparison: commands.ScenarioComparison, choosing: commands.Choosing, outcome: str) -> None:
    own = choosing.regret.filter(outcome=outcome)
    defined = comparison.ensemble.outcomes[outcome]
    if not own["tail"].max():
        screen.say(f"\n{defined.name}: no option makes a difference")
        return
    rows, most = [], max(own["largest"])
    for row in own.iter_rows(named=True):
        where = commands.where_largest(comparison, choosing, row=row)
        shown = {"option": row["option"], "largest": commands.number_text(row["largest"], most, row["error"])}
        shown["worst 5 %"] = commands.number_text(row["tail"], most)
        if choosing.odds:
            shown |= _expected(choosing, outcome, row["option"], most)
        rows.append(shown | {"largest where": where})
    title = (
        f"{defined.name}: regret in {defined.unit}, how much better the best option does in the same future"
    )
    screen.say("")
    screen.table(pl.DataFrame(rows), title)


def _expected(choosing: commands.Choosing, outcome: str, option: str, most: float) -> dict[str, str]:
    """A column for each author, the lowest and the highest branch."""
    own = choosing.expected.filter(outcome=outcome, option=option)
    columns = {}
    for odds in choosing.odds:
        values = sorted(own.filter(author=odds.author).select("expected", "error").rows())
        low, high = (commands.number_text(value, most, error) for value, error in (values[0], values[-1]))
        columns[f"expected ({odds.author})"] = low if low == high else f"{low} to {high}"
    return columns


def _within(choosing: commands.Choosing, names: Mapping[str, str]) -> None:
    if choosing.within.is_empty():
        return
    rows = []
    for row in choosing.within.iter_rows(named=True):
        shown = {
            "option": row["option"],
            "worst to best case": commands.percent_range([row["lowest"], row["highest"]]),
        }
        if row["by_odds_low"] is not None:
            shown["by the odds"] = commands.percent_range([row["by_odds_low"], row["by_odds_high"]])
        rows.append(shown)
    judged = "; ".join(names[outcome] for outcome in choosing.within["outcomes"][0].split(", "))
    title = f"share of futures within every threshold ({judged})"
    screen.say("")
    screen.table(pl.DataFrame(rows), title)


def _trade_offs(choosing: commands.Choosing, names: Mapping[str, str]) -> None:
    screen.say("")
    for (option, against), part in choosing.trade_offs.group_by(["option", "against"], maintain_order=True):
        said = [
            f"{verdict} on {', '.join(names[outcome] for outcome in own['outcome'])}"
            for (verdict,), own in part.group_by(["verdict"], maintain_order=True)
        ]
        _line(f"{option} against {against}, by the mean: {'; '.join(said)}")


def _left_out(choosing: commands.Choosing, names: Mapping[str, str]) -> None:
    if len(choosing.choices.options) < 3:
        return
    if choosing.left_out.is_empty():
        screen.say("Leaving any one option out changes no order by the largest regret.")
    for row in choosing.left_out.iter_rows(named=True):
        _line(
            f"Without {row['without']} the order on {names[row['outcome']]} by the largest regret is "
            f"{row['becomes']}, not {row['order']}."
        )
