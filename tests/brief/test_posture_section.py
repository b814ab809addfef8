"""What backers had in place and gave, milestones, and who attacks civilians."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from support.sample_brief import month_rows, tabled

from vedette.brief import Caption, Cell
from vedette.brief.charts import posture_by_backer, violence_by_stratum
from vedette.brief.sections.columns import filled
from vedette.brief.sections.known import period_rows
from vedette.brief.sections.present import drawn
from vedette.periods import Step

CAPTION = Caption("chart", "A title", "A subtitle", "What is drawn")


def timeline(*rows: tuple[str, int]) -> pl.DataFrame:
    days = [date.fromisoformat(day) for day, _ in rows]
    return pl.DataFrame({"date": days, "weight": [weight for _, weight in rows]})


EVENTS = timeline(
    ("2003-03-20", 1), ("2006-02-22", 0), ("2014-06-10", 2), ("2019-01-05", 1), ("2020-01-03", 0)
)


@pytest.mark.parametrize(
    ("most", "years"),
    [
        (None, [2003, 2014, 2019]),
        (0, []),
        (1, [2014]),
        (2, [2014, 2019]),
        (4, [2003, 2014, 2019, 2020]),
        (9, [2003, 2006, 2014, 2019, 2020]),
    ],
)
def test_milestones_are_the_heaviest_events_in_order_of_time(most: int | None, years: Sequence[int]) -> None:
    assert [day.year for day in drawn(EVENTS, most)["date"]] == years


def test_a_month_of_posture_shows_its_last_figure() -> None:
    rows = pl.DataFrame(
        {
            "date": [date(2014, 7, 9), date(2014, 6, 3), date(2014, 6, 20)],
            "value": [7, 1, 2],
            "basis": ["recalled", "page", "page"],
        }
    )
    shown = period_rows(rows, Step.MONTH)
    assert shown.select("period", "value", "mark").rows() == [
        ("2014-06", 2.0, "observed"),
        ("2014-07", 7.0, "assumed"),
    ]


def test_every_series_of_posture_has_a_pane_of_its_own() -> None:
    series = [("A: troops", "2016-03", 9, "page"), ("B: jets", "2016-03", 2, "recalled")]
    chart = posture_by_backer(CAPTION, tabled("others", "series period value* basis", series))
    assert [pane.title for pane in chart.panes] == ["A: troops", "B: jets"]
    assert [entry.shape for entry in chart.legend] == ["dot", "ring"]


def test_a_stratum_without_deaths_of_late_has_no_empty_pane_and_one_without_any_none() -> None:
    quiet = [(*row[:2], 0, 0, 0, row[5]) if str(row[1]) >= "2017" else row for row in month_rows("Quiet", 3)]
    never = [(*row[:2], 0, 0, 0, row[5]) for row in month_rows("Never", 3)]
    rows = [*quiet, *never, *month_rows("Loud", 3)]
    deaths = tabled("monthly", "stratum period low* best* high* mark", rows)
    titles = [pane.title for pane in violence_by_stratum(CAPTION, deaths).panes]
    assert titles == [
        "Loud, since 2016",
        "Loud, last 36 months",
        "Quiet, since 2016; none in the last 36 months",
    ]


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    columns = tabled("x", "a b c", []).table
    assert columns
    rows: list[dict[str, Cell]] = [{"a": "", "b": "x", "c": ""}, {"a": "", "b": "", "c": None}]
    assert [column.key for column in filled(columns.columns, rows)] == ["a", "b"]
