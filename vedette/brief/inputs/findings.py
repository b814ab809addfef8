"""The inputs of a brief in one place: panel, forecast, past scores, ledger, effects, scenarios."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vedette.brief.figures import Link, Mark
from vedette.brief.inputs.changes import since_last_issue
from vedette.brief.inputs.count_tables import YEAR, CountTables
from vedette.brief.inputs.effects import intervention_effects
from vedette.brief.inputs.forecast import UNITS, Outlook, outlook_of
from vedette.brief.inputs.ledger import Evidence, evidence_on
from vedette.brief.inputs.scenarios import WhatIf, run_what_if, signs_alone
from vedette.brief.inputs.second_opinion import Sampled, SecondOpinion, sample_second_opinion
from vedette.brief.inputs.track_record import TrackRecord, score_past
from vedette.case import Case
from vedette.changes import Changes
from vedette.effect import Changed, Effect
from vedette.errors import DataError
from vedette.model import By, History, Measure, histories_of_parts, median_history
from vedette.panel import Holdings, Panel, history_notes
from vedette.plurals import counted
from vedette.progress import Report, part
from vedette.scenario.tracking.sign_table import SignRow


@dataclass(frozen=True)
class Findings(CountTables):
    """The inputs of the sections of a brief.

    Attributes:
        as_of: the day up to which things were known.
        seed: of all random streams.
        records: past scores by units: country, stratum and place.
        outlook: the forecast of deaths.
        second: the forecast of a sampled model for the country; None where it was not wanted.
        evidence: the ledger as known on ``as_of``; None for a case without claims by then.
        effects: the effect of each intervention of the case with enough data before and after it.
        what_if: the scenarios of the case; None where it has none, or where they start in another month.
        day: the day that the brief is written for; None for ``as_of``.
        milestones: how many events of the timeline charts number at most; None for those with a weight.
        changes: what changed since the last issued brief of the edition; None where none was issued before.
        signs: the early signs as known on ``as_of``, whether scenarios start then or not.
    """

    as_of: date
    seed: int
    records: dict[By, TrackRecord]
    outlook: Outlook
    second: SecondOpinion | None = None
    evidence: Evidence | None = None
    effects: tuple[Changed[Effect], ...] = ()
    what_if: WhatIf | None = None
    day: date | None = None
    milestones: int | None = None
    changes: Changes | None = None
    signs: tuple[SignRow, ...] = ()

    @cached_property
    def forecast_chain(self) -> tuple[Link, ...]:
        """The chain of every forecast."""
        known = self.chain(Mark.ESTIMATED if self.panel.estimated.any() else Mark.OBSERVED)
        return (*known, *self.outlook.chain)

    def past_chain(self, units: By) -> tuple[Link, ...]:
        """The chain of past scores."""
        return (*self.data, self.records[units].link)


def find(
    case: Case,
    holdings: Holdings,
    panel: Panel,
    as_of: date,
    seed: int,
    report: Report,
    other: Sampled | None = None,
) -> Findings:
    """Computes all inputs of a brief: past scores, the forecast, a second opinion, effects and scenarios.

    Raises:
        DataError: too few months of data to learn from and be scored on.
    """
    learned = panel.stretch.first - panel.grid.span.first
    needed, known = 2 * YEAR + case.horizon + 1, int((~panel.estimated[learned:]).sum())
    if known < needed:
        raise DataError(
            f"{case.id}: a brief needs {needed} observed months, two years to learn from and the horizon to "
            f"be scored on; {counted(known, 'is', 'are')} known by {as_of}. Choose a later --as-of, or a "
            "shorter `horizon` in case.yaml. " + " ".join(history_notes(case, panel))
        )
    records, outlook, country = _past_and_ahead(case, panel, seed, report)
    second = _second_opinion(case, other, country, seed, report) if other else None
    evidence = evidence_on(case, as_of, seed)
    effects = intervention_effects(case, holdings, panel, as_of, seed, report)
    what_if = run_what_if(case, holdings, panel, as_of, seed, report)
    changes = since_last_issue(case, holdings, panel, as_of, outlook, seed)
    return Findings(
        case,
        holdings,
        panel,
        as_of,
        seed,
        records,
        outlook,
        second,
        evidence,
        effects,
        what_if,
        changes=changes,
        signs=what_if.signs if what_if else signs_alone(case, panel, as_of),
    )


def _past_and_ahead(
    case: Case, panel: Panel, seed: int, report: Report
) -> tuple[dict[By, TrackRecord], Outlook, History]:
    """Past scores by units, the forecast, and the history of the country; the other histories are let go."""
    pasts, records = histories_of_parts(panel, case, Measure.DEATHS), {}
    for number, units in enumerate(UNITS):
        progress = part(report, "Scoring past forecasts", number, len(UNITS))
        past = median_history(pasts[units])
        records[units] = case.cache.keep(score_past, past, units, case.horizon, seed, progress=progress)
    report("Forecasting", 0.0)
    return records, outlook_of(case, pasts, seed), pasts[By.COUNTRY]


def _second_opinion(case: Case, model: Sampled, country: History, seed: int, report: Report) -> SecondOpinion:
    return case.cache.keep(sample_second_opinion, model, country, case.horizon, seed, report=report)
