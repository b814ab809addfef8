"""What drives the answers of a comparison, and what to watch."""

from vedette.commands.scenarios import ScenarioComparison
from vedette.progress import Report
from vedette.scenario.drivers import FALSE_ALARMS, Drivers
from vedette.scenario.drivers import all_drivers as reasons


def what_drives(found: ScenarioComparison, false_alarms: float, report: Report) -> Drivers:
    """What drives the answers of a comparison, and early signs at a rate of false alarms.

    Raises:
        UsageError: a rate of false alarms that is not between 0 and 1.
    """

    def told(share: float) -> None:
        report("Asking what drives it", share)

    return reasons.what_drives(found.ensemble, found.outcomes, found.months, false_alarms, told)


__all__ = ["FALSE_ALARMS", "Drivers", "what_drives"]
