"""The scenarios of a case as a brief shows them: their answers, what drives them, and past days replayed."""

import warnings
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vedette.case import Case
from vedette.errors import Remark
from vedette.panel import Holdings, Panel, panel_on
from vedette.periods import Step, parse
from vedette.progress import Report
from vedette.scenario import (
    Ensemble,
    Mechanism,
    Replay,
    has_mechanism,
    kept_baseline,
    past_days,
    past_mechanism,
    read_head,
    read_mechanism,
    replay,
    run,
    started_after,
)
from vedette.scenario.answers import rests_on
from vedette.scenario.answers import tables as answers
from vedette.scenario.drivers import FALSE_ALARMS, Drivers, what_drives
from vedette.scenario.language.entries import FILE

DRAWS = 900
FUTURES = 900


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The scenarios of a case compared above the forecast of a brief, and past days replayed.

    Attributes:
        ensemble: the scenarios that ``compared`` names in ``mechanisms.yaml``, the base first; all if none.
        drivers: what drives the outcomes that have a threshold.
        replays: days of ``replays/`` before that of the brief, against what was known on that of the brief.
    """

    ensemble: Ensemble
    drivers: Drivers
    replays: tuple[Replay, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        """The outcomes with a threshold; all if none has one."""
        return _telling(self.ensemble)

    @cached_property
    def levels(self) -> pl.DataFrame:
        """See `vedette.scenario.answers.tables.levels`."""
        return answers.levels(self.ensemble, tuple(self.ensemble.outcomes))

    @cached_property
    def differences(self) -> pl.DataFrame:
        """See `vedette.scenario.answers.tables.differences`; without shares of the spread."""
        return answers.differences(self.ensemble, tuple(self.ensemble.outcomes), parts=False)

    @cached_property
    def grounds(self) -> list[dict[str, object]]:
        """What the mechanism rests on; see `vedette.scenario.answers.assumptions.rests_on`."""
        return rests_on(self.ensemble.mechanism)


def run_what_if(
    case: Case, holdings: Holdings, panel: Panel, as_of: date, seed: int, report: Report
) -> WhatIf | None:
    """Runs the scenarios of a case; None where it has none, or where they start later.

    A mechanism is free text of the analyst, in which nothing can be withheld: an edition shows all of it or,
    with a remark, nothing; see `vedette.case.Case.shows`.

    Raises:
        CaseError: the mechanism holds mistakes.
    """
    if not has_mechanism(case):
        return None
    head = read_head(case)
    if parse(head.start, Step.MONTH) > panel.grid.span.last + 1:
        return None
    if not case.shows(head.handling):
        warnings.warn(_withheld(case), Remark, stacklevel=2)
        return None
    mechanism = started_after(read_mechanism(case, as_of), panel.grid.span.last, as_of)
    report("Asking what if", 0.0)
    ensemble = _simulated(mechanism, panel, seed, _chosen(mechanism))
    drivers = what_drives(
        ensemble, _telling(ensemble), None, FALSE_ALARMS, lambda share: report("Asking what if", share)
    )
    return WhatIf(ensemble, drivers, tuple(_replays(case, holdings, panel, as_of, seed)))


def _withheld(case: Case) -> str:
    return (
        f"Edition {case.edition} does not show the scenarios: {FILE} is marked more closely, or not at all "
        "in a case of which something is withheld. Write `handling: clear` into it if nothing there is "
        "secret, or choose another --edition."
    )


def _chosen(mechanism: Mechanism) -> tuple[str, ...]:
    return tuple(dict.fromkeys([mechanism.file.base, *(mechanism.file.compared or mechanism.scenarios)]))


def _telling(ensemble: Ensemble) -> tuple[str, ...]:
    names = tuple(name for name, outcome in ensemble.outcomes.items() if outcome.threshold)
    return names or tuple(ensemble.outcomes)


def _simulated(mechanism: Mechanism, panel: Panel, seed: int, scenarios: tuple[str, ...]) -> Ensemble:
    return run(mechanism, scenarios, kept_baseline(mechanism, panel, FUTURES, seed), DRAWS, seed)


def _replays(case: Case, holdings: Holdings, panel: Panel, as_of: date, seed: int) -> list[Replay]:
    replays = []
    for day, folder in ((date.fromisoformat(name), folder) for name, folder in past_days(case).items()):
        if day >= as_of or not case.shows(read_head(case, folder).handling):
            continue
        mechanism = past_mechanism(case, day)
        then = panel_on(holdings, case, day, seed)
        replays.append(replay(_simulated(mechanism, then, seed, tuple(mechanism.scenarios)), day, panel))
    return replays
