"""What drives the answers of a comparison, and what to watch."""

from dataclasses import dataclass

import polars as pl

from vedette.commands.known import Report
from vedette.commands.scenarios import Comparison

FALSE_ALARMS = 0.1


@dataclass(frozen=True)
class Drivers:
    """Tables of what drives the answers of a comparison, as its ensemble gives them.

    ``inputs``: quantities, weighted branches and chance by outcome, largest first. ``tipping``: where the
    ranking of two scenarios flips. ``boxes``: where bad futures gather. ``robustness`` and ``trade_offs``:
    what each choice can be regretted for; ``dominated``: choices that another matches or beats throughout.
    ``signs``: what to watch, best first. No table averages over unweighted branches.
    """

    inputs: pl.DataFrame
    tipping: pl.DataFrame
    boxes: pl.DataFrame
    robustness: pl.DataFrame
    trade_offs: pl.DataFrame
    dominated: dict[str, str]
    signs: pl.DataFrame
    false_alarms: float


def what_drives(found: Comparison, false_alarms: float, report: Report) -> Drivers:
    """What drives the answers of a comparison, and early signs at a rate of false alarms.

    Early signs are looked for of outcomes with a threshold; if none has one, of all, where the worst quarter
    of the futures counts as bad.

    Raises:
        UsageError: a rate of false alarms that is not between 0 and 1.
    """
    from vedette.scenario import drivers

    made, outcomes, months = found.ensemble, found.outcomes, found.months
    report("Asking what drives it", 0.0)
    inputs = drivers.main_drivers(made, outcomes, months)
    report("Asking what drives it", 0.4)
    tipping = drivers.tipping_values(made, outcomes, months)
    report("Asking what drives it", 0.7)
    boxes = drivers.boxes(made, outcomes, months)
    regret = drivers.robustness(made, outcomes, months)
    told = [name for name in outcomes if made.outcomes[name].threshold] or list(outcomes)
    signs = drivers.early_signs(made, told, false_alarms, months)
    report("Asking what drives it", 1.0)
    return Drivers(
        inputs,
        tipping,
        boxes,
        regret,
        drivers.trade_offs(regret),
        drivers.dominated(regret),
        signs,
        false_alarms,
    )
