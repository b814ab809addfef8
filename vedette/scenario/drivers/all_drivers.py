"""All that drives the answers of an ensemble, and what to watch, in one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from vedette.periods import Span
from vedette.scenario.engine.ensemble import Ensemble

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


def what_drives(
    made: Ensemble,
    outcomes: Sequence[str],
    months: Span | None,
    false_alarms: float,
    told: Callable[[float], None],
) -> Drivers:
    """What drives the answers of an ensemble, and early signs at a rate of false alarms.

    Early signs are looked for of outcomes with a threshold; if none has one, of all, where the worst quarter
    of the futures counts as bad. ``told`` is called with how far it is, 0 to 1.

    Raises:
        UsageError: a rate of false alarms that is not between 0 and 1.
    """
    from vedette.scenario import drivers  # SALib: a second that no other question needs

    told(0.0)
    inputs = drivers.main_drivers(made, outcomes, months)
    told(0.4)
    tipping = drivers.tipping_values(made, outcomes, months)
    told(0.7)
    boxes = drivers.boxes(made, outcomes, months)
    regret = drivers.robustness(made, outcomes, months)
    asked = [name for name in outcomes if made.outcomes[name].threshold] or list(outcomes)
    signs = drivers.early_signs(made, asked, false_alarms, months)
    told(1.0)
    trade_offs, dominated = drivers.trade_offs(regret), drivers.dominated(regret)
    return Drivers(inputs, tipping, boxes, regret, trade_offs, dominated, signs, false_alarms)
