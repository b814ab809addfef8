"""Where: governorates on a map, named regions apart."""

import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import place_map, region_bars
from vedette.brief.figures import CellFormat, Column, Figure, Link, Mark, Table, from_assumption
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.known import span_words
from vedette.brief.prose import text
from vedette.brief.sections.columns import MARK, series, two_years
from vedette.brief.sections.happening import last_month
from vedette.message import joined, say
from vedette.panel import FIRST, NOWHERE, WithoutPlace, without_place
from vedette.periods import Span
from vedette.plurals import counted, plural

_TOP = 8
MAP = (
    Column("period", say("period")),
    Column("place", say("id")),
    Column("name", say("place")),
    Column("value", say("deaths"), CellFormat.NUMBER),
    Column("low", say("low"), CellFormat.NUMBER),
    Column("high", say("high"), CellFormat.NUMBER),
    MARK,
)
_REGIONS = series("period", Column("region", "region"))
_PLACES = two_years("place")


def where(findings: Findings) -> Section:
    """The map, the table of the places hit hardest, and the named regions."""
    blocks: list[Block] = [_lead(findings), _table(findings)]
    if findings.case.places.geometry:
        blocks.insert(1, _map(findings))
    if findings.case.regions:
        blocks.append(_regions(findings))
    return Section("where", say("Where"), tuple(blocks))


def by_place(findings: Findings) -> pl.DataFrame:
    """Deaths of the last twelve months by place, the most first, with those of the year before.

    What lies in no place stands last.
    """
    now = findings.over(findings.last_year, findings.panel.grid.places)
    before = findings.over(findings.year_before, findings.panel.grid.places)
    return now.with_columns(
        pl.col("group").replace_strict(findings.place_names).alias("name"), before["best"].alias("before")
    ).sort(pl.col("group") == NOWHERE, "best", "name", descending=[False, True, False])


def by_region(findings: Findings) -> pl.DataFrame:
    """Deaths by named region in the last twelve months and the twelve before."""
    names = {region.id: region.name for region in findings.case.regions}
    both = [
        findings.over(span, findings.panel.grid.regions(findings.case)).with_columns(
            pl.lit(_title(span)).alias("period")
        )
        for span in (findings.year_before, findings.last_year)
    ]
    return pl.concat(both).with_columns(pl.col("group").replace_strict(names).alias("region"))


def worst_places(findings: Findings, count: int = 3) -> Figure:
    """The names of the places with most deaths in the last year."""
    rows = by_place(findings).filter(pl.col("best") > 0, pl.col("group") != NOWHERE).head(count)
    listed = [f"{row['name']} ({row['best']:,})" for row in rows.iter_rows(named=True)]
    mark = mark_of(rows)
    return Figure(
        "worst-places",
        "Places with most deaths",
        mark,
        findings.chain(mark),
        "places",
        value=", ".join(listed) or "none",
    )


def region_share(findings: Findings) -> Figure | None:
    """Share of the last year's deaths in the first named region of the case."""
    if not findings.case.regions:
        return None
    row = by_region(findings).filter(period=_title(findings.last_year)).row(0, named=True)
    total = findings.over(findings.last_year, findings.panel.grid.everywhere)["best"][0]
    region = findings.case.regions[0]
    share = row["best"] / total if total else 0.0
    mark = Mark(row["mark"]) if region.polygon is None else Mark.ESTIMATED
    return Figure(
        "region-share",
        f"Share of deaths in: {region.name}",
        mark,
        _region_chain(findings, mark),
        "share of deaths",
        value=share,
        show=f"{100 * share:.0f} %",
    )


def most_without_place(findings: Findings) -> WithoutPlace | None:
    """The span of the brief with the largest share of deaths without a place; None where all are below `FIRST`."""
    shown = (findings.last_year, findings.year_before)
    above = [one for one in without_place(findings.panel, findings.case, shown) if one.share > FIRST]
    return max(above, key=lambda one: one.share, default=None)


def without_place_line(findings: Findings) -> tuple[str, dict[str, Figure]]:
    """The sentence of the first page on deaths without a place, with its figure; empty below `FIRST`."""
    found = most_without_place(findings)
    if found is None:
        return "", {}
    estimated = bool(findings.panel.estimated[found.span.first - findings.span.first :].any())
    mark = Mark.ESTIMATED if estimated else Mark.OBSERVED
    figure = Figure(
        "without-place-share",
        f"Share of {found.measure} without a place, {_title(found.span)}",
        mark,
        findings.chain(mark),
        f"share of {found.measure}",
        value=found.share,
        show=f"{100 * found.share:.0f} %",
    )
    words = (
        say(
            "{unplaced} of the {total} {measure} from {span} have no place: {why}.",
            total=found.total,
            measure=say("deaths") if found.measure == "deaths" else say("events"),
            span=span_words(found.span),
            why=found.why,
        ),
        found.shown,
    )
    return joined(words), {"unplaced": figure}


def _title(span: Span) -> str:
    labels = span.labels()
    return f"{labels[0]} to {labels[-1]}"


def mark_of(rows: pl.DataFrame) -> Mark:
    """Estimated if any row is."""
    return Mark.ESTIMATED if (rows["mark"] == Mark.ESTIMATED.value).any() else Mark.OBSERVED


def _lead(findings: Findings) -> Block:
    return text(
        "Most deaths in the twelve months to {end}: {places}.",
        end=last_month(findings),
        places=worst_places(findings),
    )


def _map(findings: Findings) -> Block:
    names = findings.case.places.names
    drawn_places = [group for group in findings.panel.grid.places if group[0] != NOWHERE]
    both = [
        findings.over(span, drawn_places).select(
            pl.lit(_title(span)).alias("period"),
            pl.col("group").alias("place"),
            pl.col("group").replace_strict(names).alias("name"),
            pl.col("best").alias("value"),
            "low",
            "high",
            "mark",
        )
        for span in (findings.year_before, findings.last_year)
    ]
    rows = pl.concat(both)
    mark = mark_of(rows)
    figure = Figure(
        "deaths-by-place", "Deaths by place", mark, findings.chain(mark), "deaths", table=Table.of(rows, MAP)
    )
    worst = by_place(findings).row(0, named=True)
    caption = Caption(
        "map",
        f"{worst['name']} saw the most deaths in the last twelve months",
        "Deaths by place, best estimate, in two years side by side",
        "Two maps of deaths by place. The numbers are in the table below.",
        " ".join(region.note for region in findings.case.regions if region.polygon is not None),
    )
    drawn = {region.name: region.polygon for region in findings.case.regions if region.polygon is not None}
    return place_map(caption, figure, findings.case.places.geometry, drawn)


def _table(findings: Findings) -> Block:
    found = by_place(findings)
    rows = pl.concat([found.head(_TOP), found.tail(-_TOP).filter(group=NOWHERE)])
    mark = mark_of(rows)
    figure = Figure(
        "deaths-by-place-top",
        "Places with most deaths, last twelve months",
        mark,
        findings.chain(mark),
        "deaths",
        table=Table.of(rows, _PLACES),
    )
    top = rows.filter(pl.col("group") != NOWHERE).height
    places = plural(top, "The place", f"The {top} places")
    return Shown(figure, f"{places} with most deaths, {_title(findings.last_year)}")


def _regions(findings: Findings) -> Block:
    rows = by_region(findings)
    order = {region.name: number for number, region in enumerate(findings.case.regions)}
    rows = rows.sort(pl.col("region").replace_strict(order), "period")
    mark = Mark.ESTIMATED if any(region.polygon for region in findings.case.regions) else mark_of(rows)
    figure = Figure(
        "deaths-by-region",
        "Deaths by named region",
        mark,
        _region_chain(findings, mark),
        "deaths",
        table=Table.of(rows, _REGIONS),
    )
    first = findings.case.regions[0].name
    deaths = rows.filter(region=first)["best"].to_list()[-1]
    caption = Caption(
        "regions",
        f"{first}: {counted(deaths, 'death')} in the last twelve months",
        "Deaths in named regions, best estimate, with low and high; regions may overlap",
        "Bars of deaths by region in two years. The numbers are in the table below.",
    )
    return region_bars(caption, figure)


def _region_chain(findings: Findings, mark: Mark) -> tuple[Link, ...]:
    drawn = [
        from_assumption(
            f"outline of {region.name}", region.author or "the case", region.source or "case.yaml"
        )
        for region in findings.case.regions
        if region.polygon is not None
    ]
    return (*findings.chain(mark), *drawn)
