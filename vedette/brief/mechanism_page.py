"""A mechanism as one HTML page: its diagram, and everything that it rests on, by mark."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from vedette import __version__
from vedette.brief.blocks import Section, Shown
from vedette.brief.figures import (
    Cell,
    Column,
    Figure,
    Link,
    Mark,
    Table,
    from_assumption,
    from_data,
    from_fit,
)
from vedette.brief.page import render
from vedette.plurals import counted
from vedette.scenario import Mechanism
from vedette.scenario.answers import COLOURS, svg

Row = Mapping[str, object]

TITLES = {
    Mark.OBSERVED: "Observed: read from the case",
    Mark.ESTIMATED: "Estimated: fitted to the data or taken from precedents",
    Mark.ASSUMED: "Assumed: held to be so by a named author",
}
COLUMNS = (
    Column("name", "what"),
    Column("id", "id"),
    Column("value", "value"),
    Column("unit", "unit"),
    Column("by", "by"),
    Column("rests_on", "rests on"),
    Column("source", "from"),
    Column("why", "why"),
    Column("moves", "moves"),
)
BY_CONSTRUCTION = "by construction"


def mechanism_page(mechanism: Mechanism, rows: Sequence[Row]) -> str:
    """Returns the page as text, without scripts or requests; the same mechanism gives the same bytes.

    Args:
        mechanism: what is drawn.
        rows: what it rests on, as `vedette.scenario.answers.rests_on` gives it.
    """
    case, file = mechanism.case, mechanism.file
    counts = ", ".join(f"{sum(row['mark'] == mark for row in rows)} {mark}" for mark in Mark)
    return render(
        "mechanism.html",
        list(_sections(rows)),
        title=case.title,
        lead="The model behind the scenarios of this case: what moves what, how strongly, and who says so.",
        facts=(
            ("Rests on", counts),
            ("Scenarios", str(len(mechanism.scenarios))),
            ("Outcomes", str(len(file.outcomes))),
        ),
        legend=[(mark or BY_CONSTRUCTION, colour, dashes) for mark, (colour, dashes) in COLOURS.items()],
        diagram=Markup(svg(mechanism)),
        version=__version__,
    )


def _sections(rows: Sequence[Row]) -> Iterator[Section]:
    for mark in Mark:
        own = [row for row in rows if row["mark"] == mark]
        if own:
            yield Section(mark.value, TITLES[mark], (_shown(mark, own),))


def _shown(mark: Mark, rows: Sequence[Row]) -> Shown:
    columns = [column for column in COLUMNS if any(row[column.key] for row in rows)]
    cells: list[dict[str, Cell]] = [{each.key: str(row[each.key]) for each in columns} for row in rows]
    figure = Figure(
        f"rests-on-{mark}",
        "Each quantity and branch of the mechanism with the outcomes that it moves",
        mark,
        (_link(mark, rows),),
        "",
        table=Table.of(cells, columns),
    )
    return Shown(figure, counted(len(rows), "number or branch", "numbers and branches"))


def _link(mark: Mark, rows: Sequence[Row]) -> Link:
    if mark is Mark.ASSUMED:
        authors = sorted({str(row["by"]) for row in rows if row["by"]})
        return from_assumption(counted(len(rows), "assumption"), ", ".join(authors), "mechanisms.yaml")
    names = ", ".join(sorted({str(row["rests_on"]) for row in rows if row["rests_on"]}))
    return (
        from_data(names, "mechanisms.yaml") if mark is Mark.OBSERVED else from_fit(names, "mechanisms.yaml")
    )
