"""Prints a comparison of scenarios: one screen, or all of it."""

from textwrap import fill

from vedette import commands
from vedette.cli.text import screen
from vedette.plurals import counted

_WIDTH = 100


def print_screen(result: commands.CompareResult) -> None:
    """Prints the question, a sentence for each scenario, what they rest on, one table, and cautions."""
    comparison = result.comparison
    if result.question:
        _wrapped(result.question)
        screen.say("")
    for sentence in comparison.sentences:
        _wrapped(sentence.text, "- ")
    screen.say("")
    for line in comparison.grounds:
        _wrapped(line)
    table = comparison.overview()
    if not table.is_empty():
        screen.say("")
        screen.table(table, _overview_title(comparison))
    for line in comparison.cautions:
        _wrapped(line)


def print_all(comparison: commands.ScenarioComparison, *, years: bool) -> None:
    """Prints every outcome: levels, differences from the first scenario by branch, and their spread."""
    ensemble, labels = comparison.ensemble, comparison.months.labels()
    screen.say(f"{labels[0]} to {labels[-1]}, {counted(ensemble.draws, 'draw')}, seed {ensemble.seed}")
    if ensemble.enumeration:
        _wrapped(f"Branches: {ensemble.enumeration}")
    for outcome in comparison.outcomes:
        _one_outcome(comparison, outcome, years=years)


def _one_outcome(comparison: commands.ScenarioComparison, outcome: str, *, years: bool) -> None:
    defined = comparison.ensemble.outcomes[outcome]
    better = "less" if defined.good == "down" else "more"
    read = f"{defined.read} of the months, in {defined.unit}; {better} is better"
    screen.say(f"\n{defined.name} ({read})")
    if outcome in comparison.ensemble.mechanism.withheld:
        _wrapped(
            f"The level is withheld, since {comparison.ensemble.mechanism.withheld[outcome]}: changes only"
        )
    else:
        screen.table(comparison.level_table(outcome))
        if years:
            screen.table(comparison.level_table(outcome, by="year"))
        by_place = comparison.level_table(outcome, by="place")
        if not by_place.is_empty():
            screen.table(by_place)
    if len(comparison.ensemble.names) > 1:
        screen.table(comparison.change_table(outcome), f"against “{comparison.ensemble.scenarios[0].name}”")
        screen.table(
            comparison.spread_table(outcome),
            "where the spread of that difference comes from, each given those before it",
        )


def _overview_title(comparison: commands.ScenarioComparison) -> str:
    first = comparison.ensemble.scenarios[0].name
    return (
        f"Against “{first}”: the median, and the chances of more than the smallest difference that "
        "matters. *: as assumed, by the sign of one number"
    )


def _wrapped(text: str, before: str = "") -> None:
    screen.say(
        fill(text, _WIDTH, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False)
    )
