"""A brief about Fourland, with a chart of every kind and every kind of block, on made-up numbers."""

from collections.abc import Sequence
from datetime import date

from shapely.geometry import box

from vedette.brief import (
    Brief,
    Caption,
    Cell,
    CellFormat,
    Chart,
    Column,
    Figure,
    Mark,
    Note,
    Page,
    Points,
    Reports,
    Section,
    Shown,
    SourceEntry,
    Table,
    from_assumption,
    from_data,
    from_fit,
    text,
)
from vedette.brief.charts import (
    calibration,
    data_coverage,
    effects_by_intervention,
    fan,
    forecast_columns,
    place_map,
    posture_and_violence,
    region_bars,
    score_bars,
    score_lines,
    violence_by_stratum,
    week_view,
    weight_bars,
)

NASTY = '</script><script>alert(1)</script><!-- <b>bold</b> & =HYPERLINK("http://x.example")'
_DATA = (from_data("rows 2 to 90", "Events of Fourland"),)
_FIT = (from_fit("a model of Fourland, 1,000 draws, seed 7"),)
_MONTHS = [f"{2016 + index // 12}-{index % 12 + 1:02d}" for index in range(48)]
_AHEAD = [f"2020-{month:02d}" for month in range(1, 7)]
_GROUPS = ("1 month ahead", "2–3 months ahead")
_CLASSES = ("to the day", "to the month", "unknown")


def tabled(name: str, keys: str, rows: Sequence[Sequence[Cell]], mark: Mark = Mark.OBSERVED) -> Figure:
    """A figure with a table; ``keys`` are the columns, a star after one that holds numbers."""
    columns = [
        Column(key.rstrip("*"), key.rstrip("*"), CellFormat.NUMBER if key.endswith("*") else CellFormat.TEXT)
        for key in keys.split()
    ]
    chain = _DATA if mark is Mark.OBSERVED else _FIT
    return Figure(name, f"Table of {name}", mark, chain, "deaths", table=Table(tuple(columns), _rows(rows)))


def _rows(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in rows)


def caption(name: str) -> Caption:
    """A caption that names its chart."""
    return Caption(
        name, f"What {name} shows", f"Made-up numbers of {name}", f"A drawing of {name}", "Made up."
    )


def month_rows(stratum: str, scale: int) -> list[tuple[Cell, ...]]:
    """Four years of deaths with low and high; the last year is estimated."""
    return [
        (stratum, month, scale * (index % 7), scale * (index % 7 + 1), scale * (index % 7 + 3), mark)
        for index, month in enumerate(_MONTHS)
        for mark in ["estimated" if month >= "2019" else "observed"]
    ]


def fourland_charts() -> dict[str, Chart]:
    """One chart of every kind, drawn afresh; `CHARTS` are those that a process draws once."""
    monthly = "stratum period low* best* high* mark"
    both = [*month_rows("Rebels", 10), *month_rows("Militias", 2)]
    rebels = tabled("rebels", "period low* best* high* mark", [row[1:] for row in month_rows("Rebels", 10)])
    bands = "stratum period median* low50* high50* low80* high80* low90* high90*"
    future = [(s, m, 20, 12, 31, 8, 45, 4, 70) for s in ("Rebels", "Militias") for m in _AHEAD]
    places = {"A": box(40, 30, 42, 32), "B": box(42, 30, 44, 32)}
    spans = [("before", "A", "Alfa", 12), ("before", "B", "Bravo", 0), ("last", "A", "Alfa", 340)]
    weeks = [(f"2020-W{week:02d}", week, week + 2, week + 5, "observed") for week in range(1, 27)]
    skill = [(g, m, s, s - 0.05, s + 0.05) for g in _GROUPS for m, s in (("EWMA", 0.1), ("zero", -1.2))]
    changes = [
        ("Trainers come", 0.4, 0.9, 2.1, 0.61, 0.3, 3.5),
        ("Drawdown", 1.2, 40.0, 300.0, None, None, None),
    ]
    pit = [(step / 5, step / 5 + 0.2, 0.2) for step in range(5)]
    covered = [(group, level, level - 0.04) for group in _GROUPS for level in (0.5, 0.8, 0.9)]
    along = [(o, m, h, h + 2 * len(m)) for o in ("All", "Parts") for m in ("pool", "zero") for h in (1, 2, 3)]
    weighed = [
        (o, h, m, w) for o in ("All", "Parts") for h in (1, 2) for m, w in (("one", 0.7), ("two", 0.3))
    ]
    known = [
        (by, year, kind, count, "estimated" if year == 2020 else "observed")
        for by in ("place", "date")
        for year in range(2010, 2021)
        for kind, count in zip(_CLASSES, (60, 20, 5), strict=True)
    ]
    cited = ("2016-03", "2016-04", "2016-06", "2019-02")
    held = sorted([*cited, "2016-05"])
    troops = [(month, 5000, "page" if month in cited else "recalled") for month in held]
    events = [
        (1, "2016-10-17", "A battle begins"),
        (2, "2016-11-20", "A town falls"),
        (3, "2019-03-01", NASTY),
    ]
    regions = [(r, p, n, n + 5, n + 20) for r, n in (("Strip", 30), ("Rest", 80)) for p in ("before", "last")]
    fresh = tabled("fresh", "period low* best* high* mark", [])
    soon = tabled("soon", bands.removeprefix("stratum "), [row[1:] for row in future[:2]], Mark.ESTIMATED)
    charts = (
        fan(caption("fan-fresh"), fresh, soon),
        violence_by_stratum(caption("violence"), tabled("monthly", monthly, both, Mark.ESTIMATED)),
        week_view(caption("weeks"), tabled("weekly", "period low* best* high* mark", weeks)),
        place_map(
            caption("map"),
            tabled("places", "period place name value*", spans),
            places,
            {"Strip": box(41, 30, 43, 31)},
        ),
        region_bars(caption("regions"), tabled("by-region", "region period low* best* high*", regions)),
        posture_and_violence(
            caption("posture"),
            tabled("troops", "period value* basis", troops),
            rebels,
            tabled("milestones", "number* date text", events),
        ),
        fan(caption("fan"), tabled("past", monthly, both), tabled("ahead", bands, future, Mark.ESTIMATED)),
        score_bars(
            caption("skill"), tabled("scores", "horizons method skill* low* high*", skill, Mark.ESTIMATED)
        ),
        score_lines(
            caption("lines"), tabled("along", "of method horizon* score*", along, Mark.ESTIMATED), "pool"
        ),
        weight_bars(
            caption("weights"), tabled("weighed", "of horizon* member weight*", weighed, Mark.ESTIMATED)
        ),
        effects_by_intervention(
            caption("effects"),
            tabled(
                "changes",
                "intervention times_low* times* times_high* p* told_less* told_more*",
                changes,
                Mark.ESTIMATED,
            ),
        ),
        calibration(
            caption("calibration"),
            tabled("pit", "low* high* share*", pit, Mark.ESTIMATED),
            tabled("covered", "horizons level* covered*", covered, Mark.ESTIMATED),
        ),
        data_coverage(caption("precision"), tabled("known", "by year* class events* mark", known), _CLASSES),
    )
    return {chart.id: chart for chart in charts}


CHARTS = fourland_charts()
"""One chart of every kind."""


def fourland_brief(charts: dict[str, Chart]) -> Brief:
    """A brief with every kind of block; texts hold markup, a script and a formula, to be shown as text."""
    total = Figure("total", "Deaths", Mark.OBSERVED, _DATA, "deaths", 1234, 1100, 1400, "low to high")
    chance = Figure("chance", "Chance", Mark.ESTIMATED, _FIT, "probability", 1 / 3, show="unlikely (33 %)")
    author = (from_assumption("the cut is carried out", "A. Planner", "a letter"),)
    cut = Figure("cut", f"The cut {NASTY}", Mark.ASSUMED, author, "troops", 3000)
    table = Table(
        forecast_columns("100 deaths", "icd203"),
        (
            ("2020-01", "20", "12–31", "4–70", "33 %", "unlikely"),
            ("2020-02", "21", "12–32", "4–75", "7 %", None),
        ),
    )
    ahead = Figure("table-ahead", "Forecast", Mark.ESTIMATED, _FIT, "deaths a month", table=table)
    reports = tabled(
        "reports",
        "date place sides deaths headline source",
        [
            ("2020-06-30", None, NASTY, "3 deaths", NASTY, "A paper"),
            ("2020-06-29", "Alfa", "a – b", "1 death", None, None),
        ],
    )
    line = text(
        "Of {total:band} deaths, it is {chance} that {cut} troops matter; " + NASTY.replace("{", ""),
        total=total,
        chance=chance,
        cut=cut,
    )
    return Brief(
        case="fourland",
        title=f"Fourland {NASTY}",
        question="Who fights whom?",
        as_of=date(2020, 6, 30),
        last_complete="2020-06",
        data_age="Deaths reach to June 2020.",
        edition="open",
        seed=7,
        version="0.0.0",
        scale="icd203",
        pages=(
            Page(
                "page-one",
                "The answer",
                (
                    Section(
                        "in-short", "More died than usual", (Points((line,) * 5, numbered=True),), "Answer"
                    ),
                    Section("left", "Half of it", (line,), "Left", half=True),
                    Section("right", "The other half", (line,), "Right", half=True),
                ),
            ),
            Page("page-two", "Who and what if", (Section("who", "Who backs whom", (line,), "Backers"),)),
        ),
        sections=(
            Section(
                "seen",
                "What is happening",
                (line, *list(charts.values())[:5], Reports(reports, "The last events")),
            ),
            Section(
                "next",
                "What is likely next",
                (*list(charts.values())[5:], Shown(ahead, "In words", "A note.")),
            ),
            Section(
                "unknown",
                "What is not known",
                (Points((line, line)), Points((line,), numbered=True), Note("Mind", line)),
            ),
        ),
        sources=(
            SourceEntry("ged", f"Events {NASTY}", "CC BY 4.0", "https://example.org/ged"),
            SourceEntry("odd", "An odd address", "CC BY 4.0", "javascript:alert(1)"),
        ),
    )
