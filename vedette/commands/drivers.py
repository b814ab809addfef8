"""What drives the answers of a comparison, and what to watch."""

from vedette.commands.scenarios import ScenarioComparison
from vedette.progress import Report, quiet
from vedette.scenario.drivers import FALSE_ALARMS, Drivers, all_drivers


def what_drives(
    comparison: ScenarioComparison, false_alarms: float = FALSE_ALARMS, *, report: Report = quiet
) -> Drivers:
    """Returns what drives the answers of a comparison, and early signs at a rate of false alarms.

    Raises:
        UsageError: a rate of false alarms that is not between 0 and 1.
    """

    def progress(share: float) -> None:
        report("Asking what drives it", share)

    return all_drivers.what_drives(
        comparison.ensemble, comparison.outcomes, comparison.months, false_alarms, progress
    )


__all__ = ["FALSE_ALARMS", "Drivers", "what_drives"]
