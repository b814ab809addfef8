"""The step of a monthly round that scores what came due."""

from collections.abc import Iterator, Sequence

from vedette.commands.known import age_of
from vedette.commands.month_round import NOTHING, MonthRound, Told
from vedette.commands.registering import score_registered
from vedette.plurals import counted, plural
from vedette.score.register import ScoredForecast


def score_due(asked: MonthRound) -> Told:
    """Scores the registered forecasts whose periods have come, those made by the day alone."""
    scores = score_registered(asked.name, asked.as_of, report=asked.report).scored
    made = [each for each in scores if each.issued.as_of <= asked.day.isoformat()]
    command = f"vedette register {asked.typed} --score"
    due = [each for each in made if each.card is not None]
    if not due:
        return Told(tuple(_nothing_due(asked, made)), command, NOTHING)
    kinds: dict[tuple[str, str], list[ScoredForecast]] = {}
    for each in due:
        kinds.setdefault((each.issued.measure, each.issued.by), []).append(each)
    return Told(tuple(map(_scored, kinds.values())), command)


def _nothing_due(asked: MonthRound, made: Sequence[ScoredForecast]) -> Iterator[str]:
    """Why no registered forecast is scored."""
    wait = f"{counted(len(made), 'registered forecast')} {plural(len(made), 'waits', 'wait')}"
    reach = age_of(asked.case, asked.as_of)
    if reach.totals_to and any(each.issued.first <= reach.totals_to for each in made):
        since = f"After {reach.events_to} only" if reach.events_to else "Only"
        yield f"Nothing is scored: {wait} for events."
        yield (
            f"{since} national totals are known, and months whose events are estimated are not scored. What "
            "came by the totals stands in the next step."
        )
    else:
        yield f"Nothing came due: {wait} for what is to come."


def _scored(due: Sequence[ScoredForecast]) -> str:
    """How often the intervals of forecasts of one kind held what came, and what of their past was revised."""
    issued, rows = due[-1].issued, [each.row() for each in due]
    cells = sum(int(str(row["scored"])) for row in rows)
    inside = sum(round(float(str(row["inside_90"])) * int(str(row["scored"]))) for row in rows)
    revised = max(each.revised.height for each in due)
    words = f" {counted(revised, 'count')} that they knew {plural(revised, 'was', 'were')} revised since."
    return (
        f"{issued.measure.capitalize()} by {issued.by}: {counted(cells, 'count')} came due of "
        f"{counted(len(due), 'forecast')}, {inside} inside the 90 % interval.{words if revised else ''}"
    )
