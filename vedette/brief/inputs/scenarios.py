"""The scenarios of a case as a brief shows them: their answers, what drives them, and past days replayed."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from vedette.brief.scenario_words import Sentence, sentences
from vedette.brief.words import holds
from vedette.case import Case
from vedette.errors import Remark
from vedette.panel import Holdings, Panel, panel_on
from vedette.periods import Step, parse
from vedette.progress import Report, quiet
from vedette.scenario import (
    FUTURES,
    Ensemble,
    Mechanism,
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
from vedette.scenario.engine.ensemble import without_paths
from vedette.scenario.language.entries import FILE
from vedette.scenario.tracking.sign_table import SignRow, sign_rows

DRAWS = 900
"""Draws of a replay."""
MOST_COMBINATIONS = 80
"""Combinations of what an actor may choose with what all others do that a brief runs at most."""


@dataclass(frozen=True, eq=False)
class PastDay:
    """What would have been said on a past day, beside what came.

    Attributes:
        as_of: the day.
        sums: see `vedette.scenario.Replay.sums`; of all groups of events together, or of the only one.
        names: the names of the scenarios of that day, by id.
        source: what was forecast from what.
        draws: how many.
        seed: of the random numbers.
    """

    as_of: date
    sums: pl.DataFrame
    names: dict[str, str]
    source: str
    draws: int
    seed: int


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The scenarios of a case compared above the forecast of a brief, and past days replayed.

    Attributes:
        ensemble: the scenarios that ``compared`` names in ``mechanisms.yaml``, the base first; all if none.
            What was simulated, without the paths: see `vedette.scenario.engine.ensemble.without_paths`.
        levels: see `vedette.scenario.answers.tables.levels`.
        differences: those from the first scenario; see `vedette.scenario.answers.tables.differences`.
        deciding: quantities whose sign alone decides an outcome.
        drivers: what drives the outcomes that have a threshold.
        signs: the early signs as known on the day of the brief, with what their alarms do under the base.
        choosing: what each decision-maker with a choice would regret, in the outcomes of ``judged``.
        not_run: choices with more than `MOST_COMBINATIONS`.
        replays: days of ``replays/`` before that of the brief, against what was known on that of the brief.
    """

    ensemble: Ensemble
    levels: pl.DataFrame
    differences: pl.DataFrame
    deciding: pl.DataFrame
    drivers: Drivers
    signs: tuple[SignRow, ...]
    choosing: tuple[Choosing, ...]
    not_run: tuple[Choices, ...]
    replays: tuple[PastDay, ...] = ()

    @property
    def judged(self) -> tuple[str, ...]:
        """The outcomes by which choices are judged: that of the sentences, then those of ``telling``."""
        return _judged(self.ensemble)

    @property
    def telling(self) -> tuple[str, ...]:
        """The outcomes with a threshold; all if none has one."""
        return _telling(self.ensemble)

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
    answer = case.cache.keep(what_if_above, mechanism, panel, as_of, seed, report=report)
    return replace(answer, replays=tuple(_past_days(case, holdings, panel, as_of, seed)))


def signs_alone(case: Case, panel: Panel, as_of: date) -> tuple[SignRow, ...]:
    """The early signs as known on a day on which no scenarios start; none where the edition withholds them.

    They are watched as the file names them today: what the mechanism estimates need not be known on that day.

    Raises:
        CaseError: the mechanism holds mistakes.
    """
    if not has_mechanism(case) or not case.shows(read_head(case).handling):
        return ()
    return tuple(sign_rows(read_mechanism(case), panel, as_of))


def what_if_above(
    mechanism: Mechanism, panel: Panel, as_of: date, seed: int, *, report: Report = quiet
) -> WhatIf:
    """Runs the scenarios of a mechanism above the forecast from a panel, and reads off what a brief tells."""
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
    outcomes = tuple(ensemble.outcomes)
    decided = deciding_quantities(ensemble, outcomes)
    drivers = what_drives(
        ensemble, _telling(ensemble), None, lambda share: report("Asking what if", 0.5 + share / 2)
    )
    return WhatIf(
        without_paths(ensemble),
        answers.levels(ensemble, outcomes),
        answers.differences(ensemble, outcomes, assumed=authors_of(decided)),
        decided,
        drivers,
        tuple(sign_rows(mechanism, panel, as_of, ensemble)),
        *what_each_may_choose(ensemble, _judged(ensemble), MOST_COMBINATIONS),
    )


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


def _past_days(case: Case, holdings: Holdings, panel: Panel, as_of: date, seed: int) -> Iterator[PastDay]:
    for day, folder in ((date.fromisoformat(name), folder) for name, folder in past_days(case).items()):
        if day < as_of and case.shows(read_head(case, folder).handling):
            mechanism, then = past_mechanism(case, day), panel_on(holdings, case, day, seed)
            yield case.cache.keep(past_day, mechanism, then, day, panel, seed)


def past_day(mechanism: Mechanism, then: Panel, day: date, panel: Panel, seed: int) -> PastDay:
    """Runs the mechanism of a past day above the panel of that day, and sets it beside a later panel."""
    baseline = kept_baseline(mechanism, then, DRAWS, seed)
    past = replay(run(mechanism, tuple(mechanism.scenarios), baseline, DRAWS, seed), day, panel)
    names = {scenario.id: scenario.name for scenario in past.ensemble.scenarios}
    sums = past.sums().filter(group=past.groups[0])
    return PastDay(day, sums, names, baseline.source, past.ensemble.draws, seed)
