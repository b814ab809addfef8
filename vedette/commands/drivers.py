"""What drives the answers of a comparison."""

from collections.abc import Mapping
from typing import Any

from vedette.brief.scenario_names import drivers_by_name
from vedette.brief.scenario_words import branch_name, short_name
from vedette.commands.scenarios import ScenarioComparison
from vedette.progress import Report, quiet
from vedette.scenario.drivers import Choosing, Drivers, all_drivers, what_to_choose
from vedette.scenario.drivers.reaction_odds import given_on


def what_drives(comparison: ScenarioComparison, *, report: Report = quiet) -> Drivers:
    """Returns what drives the answers of a comparison; kept, and given again for the same draws."""
    ensemble = comparison.ensemble

    def progress(share: float) -> None:
        report("Asking what drives it", share)

    keep = ensemble.mechanism.case.cache.keep
    return keep(all_drivers.what_drives, ensemble, comparison.outcomes, comparison.months, report=progress)


def drivers_in_names(comparison: ScenarioComparison, drivers: Drivers) -> Drivers:
    """Returns the tables of drivers with names of outcomes, scenarios and quantities in place of ids."""
    return drivers_by_name(comparison.ensemble, drivers)


def who_regrets(comparison: ScenarioComparison, who: str, *, report: Report = quiet) -> Choosing:
    """Returns what a decision-maker can regret, over the options that the scenarios compared give it.

    Raises:
        UsageError: an actor that sets no lever, or that does the same in all of them.
    """
    report("Asking who would regret what", 0.0)
    choosing = what_to_choose(comparison.ensemble, who, comparison.outcomes, comparison.months)
    report("Asking who would regret what", 1.0)
    return choosing


def odds_authors(choosing: Choosing) -> dict[str, str]:
    """Returns the day on which each author gave odds, and whether what came after was known by then."""
    return {
        author: f"{day}, after the first month" if late else f"{day}"
        for author, (day, late) in given_on(choosing.choices).items()
    }


def where_largest(comparison: ScenarioComparison, choosing: Choosing, *, row: Mapping[str, Any]) -> str:
    """Returns in names what others do, and in which branch, where the regret of a row is largest."""
    if not row["largest"]:
        return ""
    named = dict(part.split(": ", 1) for part in row["world"].split(", ") if part)
    world = ", ".join(f"{choosing.choices.names[actor]}: {scenario}" for actor, scenario in named.items())
    branches = branch_name(comparison.ensemble, row["branch"]).split("; ")
    return "; ".join(filter(None, [world, *(short_name(name) for name in branches)]))


__all__ = [
    "Choosing",
    "Drivers",
    "drivers_in_names",
    "odds_authors",
    "what_drives",
    "where_largest",
    "who_regrets",
]
