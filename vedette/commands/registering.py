"""Keep issued forecasts, and score them when what they spoke of has come."""

from datetime import date

from vedette.case import read_case
from vedette.commands.known import KnownCase, history_of
from vedette.files import changing
from vedette.model import By, Forecast, History, Measure, panel_history
from vedette.progress import Report
from vedette.score.register import (
    REGISTER,
    Issued,
    ScoredForecast,
    issue,
    read_forecast,
    read_register,
    score_issued,
)


def issue_forecast(known: KnownCase, forecast: Forecast, *, measure: Measure, by: By) -> tuple[Issued, bool]:
    """Puts a forecast into the register of a case; returns its entry, and whether it was not there before."""
    case = known.case
    past = panel_history(known.panel, case, measure, by)
    with changing(case.writable_workspace(), "forecast --register") as change:
        return issue(change, forecast, past, case=case.id, by=by.value, as_of=known.day)


def registered(case: str) -> tuple[Issued, ...]:
    """The forecasts in the register of a case, by origin."""
    return read_register(read_case(case).workspace() / REGISTER)


def score_registered(case: str, as_of: date | None, report: Report) -> list[ScoredForecast]:
    """What became of each forecast in the register, by what is known by the as-of, or now."""
    read = read_case(case)
    register = read.workspace() / REGISTER
    issued, known, found = read_register(register), dict[tuple[str, str, int], History](), []
    for done, each in enumerate(issued, start=1):
        kind = (each.measure, each.by, each.seed)
        if kind not in known:
            measure, by = Measure(each.measure), By(each.by)
            known[kind] = history_of(read, as_of, measure=measure, by=by, seed=each.seed)
        found.append(score_issued(each, *read_forecast(register, each), known[kind]))
        report("Scoring the register", done / len(issued))
    return found
