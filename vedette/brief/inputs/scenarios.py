"""The scenarios of a case as a brief shows them: their answers, what drives them, and past days replayed."""

import warnings
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vedette.brief.scenario_words import Sentence, sentences
from vedette.brief.words import holds
from vedette.case import Case
from vedette.errors import Remark
from vedette.panel import Holdings, Panel, panel_on
from vedette.periods import Step, parse
from vedette.progress import Report
from vedette.scenario import (
    FUTURES,
    Ensemble,
    Mechanism,
    Replay,
    grown,
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
from vedette.scenario.drivers import (
    Choices,
    Choosing,
    Drivers,
    authors_of,
    deciding_quantities,
    what_drives,
    what_each_may_choose,
)
from vedette.scenario.language.entries import FILE
from vedette.scenario.tracking.sign_table import SignRow, sign_rows

DRAWS = 900
"""Draws of a replay."""
MOST_COMBINATIONS = 80
"""Combinations of what an actor may choose with what all others do that a brief runs at most."""


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The scenarios of a case compared above the forecast of a brief, and past days replayed.

    Attributes:
        ensemble: the scenarios that ``compared`` names in ``mechanisms.yaml``, the base first; all if none.
        deciding: quantities whose sign alone decides an outcome.
        drivers: what drives the outcomes that have a threshold.
        signs: the early signs as known on the day of the brief, with what their alarms do under the base.
        choosing: what each decision-maker with a choice would regret, in the outcomes of ``judged``.
        not_run: choices with more than `MOST_COMBINATIONS`.
        replays: days of ``replays/`` before that of the brief, against what was known on that of the brief.
    """

    ensemble: Ensemble
    deciding: pl.DataFrame
    drivers: Drivers
    replays: tuple[Replay, ...]
    signs: tuple[SignRow, ...] = ()
    choosing: tuple[Choosing, ...] = ()
    not_run: tuple[Choices, ...] = ()

    @property
    def judged(self) -> tuple[str, ...]:
        """The outcomes by which choices are judged: that of the sentences, then those of ``telling``."""
        return _judged(self.ensemble)

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
        """Those from the first scenario; see `vedette.scenario.answers.tables.differences`."""
        outcomes, assumed = tuple(self.ensemble.outcomes), authors_of(self.deciding)
        return answers.differences(self.ensemble, outcomes, assumed=assumed)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """A sentence for each scenario, the same as those of `vedette compare`."""
        headline, months = self.ensemble.mechanism.headline, self.ensemble.span
        return sentences(self.ensemble, headline, months, self.levels, self.differences)

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
    written = read_mechanism(case, as_of)
    if written.span.last <= panel.grid.span.last:
        warnings.warn(_over(written), Remark, stacklevel=2)
        return None
    mechanism = started_after(written, panel.grid.span.last, as_of)
    report("Asking what if", 0.0)
    baseline = kept_baseline(mechanism, panel, FUTURES, seed)
    ensemble = grown(
        mechanism,
        mechanism.compared,
        baseline,
        seed,
        holds,
        lambda share: report("Asking what if", share / 2),
    )
    decided = deciding_quantities(ensemble, tuple(ensemble.outcomes))
    drivers = what_drives(
        ensemble, _telling(ensemble), None, lambda share: report("Asking what if", 0.5 + share / 2)
    )
    signs = tuple(sign_rows(mechanism, panel, as_of, ensemble))
    choosing, not_run = what_each_may_choose(ensemble, _judged(ensemble), MOST_COMBINATIONS)
    replays = tuple(_replays(case, holdings, panel, as_of, seed))
    return WhatIf(ensemble, decided, drivers, replays, signs, choosing, not_run)


def _over(mechanism: Mechanism) -> str:
    return (
        f"The brief has no scenarios: those of {FILE} end in {mechanism.file.end}, and the data go as far. "
        "Give it a later end."
    )


def _withheld(case: Case) -> str:
    return (
        f"Edition {case.edition} does not show the scenarios: {FILE} is marked more closely, or not at all "
        "in a case of which something is withheld. Write `handling: clear` into it if nothing there is "
        "secret, or choose another --edition."
    )


def _judged(ensemble: Ensemble) -> tuple[str, ...]:
    return tuple(dict.fromkeys([ensemble.mechanism.headline.id, *_telling(ensemble)]))


def _telling(ensemble: Ensemble) -> tuple[str, ...]:
    names = tuple(name for name, outcome in ensemble.outcomes.items() if outcome.threshold)
    return names or tuple(ensemble.outcomes)


def _simulated(mechanism: Mechanism, panel: Panel, seed: int, scenarios: tuple[str, ...]) -> Ensemble:
    return run(mechanism, scenarios, kept_baseline(mechanism, panel, DRAWS, seed), DRAWS, seed)


def _replays(case: Case, holdings: Holdings, panel: Panel, as_of: date, seed: int) -> list[Replay]:
    replays = []
    for day, folder in ((date.fromisoformat(name), folder) for name, folder in past_days(case).items()):
        if day >= as_of or not case.shows(read_head(case, folder).handling):
            continue
        mechanism = past_mechanism(case, day)
        then = panel_on(holdings, case, day, seed)
        replays.append(replay(_simulated(mechanism, then, seed, tuple(mechanism.scenarios)), day, panel))
    return replays
