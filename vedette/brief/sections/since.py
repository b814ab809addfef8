"""What changed since the last issued brief: the first lines for page one, and the parts for the annex."""

from collections.abc import Sequence

from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import (
    Cell,
    CellFormat,
    Column,
    Figure,
    Link,
    Mark,
    Table,
    by,
    from_assumption,
    from_data,
    from_fit,
)
from vedette.brief.prose import Note, Paragraph, Points, text
from vedette.changes import Changes, Number, SentenceWithNumbers
from vedette.changes.first_lines import lead_lines
from vedette.changes.parts import lines_of
from vedette.changes.tables import (
    belief_rows,
    claim_rows,
    forecast_rows,
    place_rows,
    revised_rows,
    sign_rows,
    weight_rows,
)
from vedette.changes.thresholds import RULES
from vedette.message import Day, joined, say

_MARKS = {"data": Mark.OBSERVED, "forecast": Mark.ESTIMATED, "claims": Mark.ESTIMATED}


def lead(changes: Changes) -> Paragraph:
    """The first lines: one arrow back with its reason, one alert ahead or none."""
    lines = list(lead_lines(changes))
    numbers = {name: number for line in lines for name, number in line.numbers.items()}
    return _paragraph(changes, SentenceWithNumbers(joined([line.template for line in lines]), numbers))


def since(changes: Changes) -> Section:
    """What changed, part by part, with its tables."""
    blocks: list[Block] = []
    for name, heading, lines in lines_of(changes):
        blocks.append(_paragraph(changes, SentenceWithNumbers(f"{heading}.")))
        blocks.append(Points(tuple(_paragraph(changes, line) for line in lines)))
        blocks += _tables(changes, name)
    blocks.append(Note("From which size on a difference is told", text(" ".join(RULES).replace("{", "{{"))))
    first = Day.at(changes.first, "day")
    title = say("What changed since {first}", first=first)
    if changes.issue is not None:
        title = say(
            "What changed since {first}, the brief issued as number {number}",
            first=first,
            number=changes.issue,
        )
    return Section("since", title, tuple(blocks))


def _paragraph(changes: Changes, line: SentenceWithNumbers) -> Paragraph:
    return text(line.template, **{name: _figure(changes, number) for name, number in line.numbers.items()})


def _figure(changes: Changes, number: Number) -> Figure:
    mark = _MARKS[number.basis]
    if number.basis == "data" and number.low is not None:
        mark = Mark.ESTIMATED
    return Figure(
        f"since-{number.id}",
        number.title,
        mark,
        _chain(changes, number.basis),
        number.unit,
        value=float(number.value),
        low=number.low,
        high=number.high,
        band="" if number.low is None else "low to high" if number.basis == "data" else "90 % interval",
        digits=number.digits,
        forecast=number.basis == "forecast",
    )


def _chain(changes: Changes, basis: str) -> tuple[Link, ...]:
    """Where a number comes from: files, draws, or claims."""
    if basis == "data":
        series = [str(one) for one in (*changes.came.counted, *changes.came.learned)] or [
            changes.revised.series
        ]
        return (from_data("; ".join(dict.fromkeys(series)), "the case"), by("added up by month"))
    if basis == "forecast":
        draws = changes.came.draws or changes.ahead.draws
        fit = f"the pool, {draws:,} draws, seed {changes.seed}, from what was known on each of the two days"
        return (from_fit(fit), by("added up over months in every draw"))
    return (
        from_data(f"{changes.claims.known_now:,} claims", "claims.csv"),
        from_assumption("how far a claim moves a belief", "vedette", "belief in case.yaml"),
    )


_PLACES = (
    Column("place", "place"),
    Column("came", "came", CellFormat.NUMBER),
    Column("came_low", "low", CellFormat.NUMBER),
    Column("came_high", "high", CellFormat.NUMBER),
    Column("forecast", "forecast, middle", CellFormat.NUMBER, figures=2),
    Column("forecast_low", "90 % from", CellFormat.NUMBER, figures=2),
    Column("forecast_high", "90 % to", CellFormat.NUMBER, figures=2),
    Column("below", "draws below", CellFormat.SHARE),
    Column("verdict", "verdict"),
    Column("mark", "mark"),
)
_REVISED = (
    Column("month", "month"),
    Column("name", "place"),
    *(Column(name, name, CellFormat.NUMBER) for name in ("added", "withdrawn", "revised")),
    Column("moved_in", "moved here", CellFormat.NUMBER),
    Column("moved_out", "moved away", CellFormat.NUMBER),
    Column("deaths_then", "deaths then", CellFormat.NUMBER),
    Column("deaths_now", "deaths now", CellFormat.NUMBER),
)
_BELIEFS = (
    Column("tie", "tie"),
    Column("then", "belief then", CellFormat.NUMBER, 2),
    Column("now", "now", CellFormat.NUMBER, 2),
    Column("by", "moved by"),
    Column("state", "state"),
)
_CLAIMS = (
    Column("known", "known"),
    Column("claim", "claim"),
    Column("does", "does"),
    Column("grade", "grade"),
    Column("source", "source"),
    Column("id", "id"),
)
_AHEAD = (
    Column("of", "of"),
    Column("then", "then, middle", CellFormat.NUMBER, figures=2),
    Column("then_low", "90 % from", CellFormat.NUMBER, figures=2),
    Column("then_high", "90 % to", CellFormat.NUMBER, figures=2),
    Column("now", "now, middle", CellFormat.NUMBER, figures=2),
    Column("now_low", "90 % from", CellFormat.NUMBER, figures=2),
    Column("now_high", "90 % to", CellFormat.NUMBER, figures=2),
    Column("moved", "more than noise"),
)
_SIGNS = (
    Column("sign", "watch"),
    Column("alarm", "alarm"),
    Column("became", "since"),
    Column("then", "then"),
    Column("now", "now"),
    Column("earlier", "earlier alarms"),
    Column("who", "measured by"),
)
_WEIGHTS = (
    Column("question", "question"),
    Column("branch", "branch"),
    Column("before", "before any month, %", CellFormat.NUMBER),
    Column("then", "then, %", CellFormat.NUMBER),
    Column("now", "now, %", CellFormat.NUMBER),
    Column("now_low", "90 % from", CellFormat.NUMBER),
    Column("now_high", "90 % to", CellFormat.NUMBER),
    Column("moved", "more than noise"),
    Column("state", "why none"),
)


def _tables(changes: Changes, name: str) -> list[Block]:
    """The tables of a part; those without rows are left out."""
    match name:
        case "came":
            title = "Deaths by place, own misses first"
            return _shown(changes, name, place_rows(changes), _PLACES, title, "forecast")
        case "revised":
            title = "What the data changed, by month and place"
            return _shown(changes, name, revised_rows(changes), _REVISED, title, "data")
        case "claims":
            beliefs = _shown(
                changes, "beliefs", belief_rows(changes), _BELIEFS, "Beliefs that moved", "claims"
            )
            title = "Claims that became known"
            return [*beliefs, *_shown(changes, name, claim_rows(changes), _CLAIMS, title, "claims")]
        case "ahead":
            return _shown(
                changes, name, forecast_rows(changes), _AHEAD, "Forecasts of the two days", "forecast"
            )
        case "signs":
            title = "Weights of the branches of the mechanism on the two days"
            return [
                *_shown(changes, name, sign_rows(changes), _SIGNS, "Early signs on the two days", "data"),
                *_shown(changes, "weights", weight_rows(changes), _WEIGHTS, title, "forecast"),
            ]
        case _:
            return []


def _shown(
    changes: Changes,
    name: str,
    rows: Sequence[dict[str, Cell]],
    columns: tuple[Column, ...],
    title: str,
    basis: str,
) -> list[Block]:
    if not rows:
        return []
    marks = {row.get("mark") for row in rows}
    mark = Mark.ESTIMATED if basis != "data" or Mark.ESTIMATED.value in marks else Mark.OBSERVED
    unit = {"came": "deaths", "revised": "events and deaths", "beliefs": "beliefs", "ahead": "deaths"}.get(
        name, ""
    )
    figure = Figure(f"since-{name}", title, mark, _chain(changes, basis), unit, table=Table.of(rows, columns))
    return [Shown(figure, title, folded=name in ("claims", "ahead"))]
