"""No figure without a mark and a chain, and how figures are written."""

from dataclasses import replace
from typing import cast

import polars as pl
import pytest
from support.sample_brief import fourland_brief

from vedette.brief import (
    Cell,
    CellFormat,
    Column,
    Figure,
    FigureWithRange,
    Mark,
    Paragraph,
    Section,
    Table,
    by,
    from_assumption,
    from_data,
    from_fit,
    text,
)
from vedette.errors import DataError
from vedette.rounding import estimate, interval

_ROWS = from_data("rows 2 to 9", "events.csv")
_FINE = Figure("fine", "Deaths", Mark.OBSERVED, (_ROWS, by("summed")), "deaths", 12345, 11000, 14000.4)


def brief_with(*figures: Figure) -> None:
    """Makes a brief whose only section shows the figures."""
    brief = fourland_brief({})
    replace(brief, sections=(Section("only", "Only", (Paragraph(figures),)),))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (replace(_FINE, chain=()), "chain: expected a link to data (observed); found an empty chain"),
        (replace(_FINE, chain=(by("summed"),)), "found step: summed"),
        (replace(_FINE, chain=(from_fit("a model"),)), "found fit: a model"),
        (replace(_FINE, mark=Mark.ASSUMED), "expected a link to assumption (assumed)"),
        (
            replace(_FINE, mark=Mark.ASSUMED, chain=(from_assumption("it holds", "", "a letter"),)),
            "expected author and source of an assumption",
        ),
        (replace(_FINE, mark=cast(Mark, "seen")), "expected observed, estimated or assumed; found 'seen'"),
        (replace(_FINE, value=None), "expected a value or a table; found neither"),
    ],
)
def test_a_brief_refuses_a_figure_that_cannot_say_where_it_comes_from(figure: Figure, words: str) -> None:
    with pytest.raises(DataError) as raised:
        brief_with(figure)
    assert "figure fine" in str(raised.value)
    assert words in str(raised.value)


def test_all_figures_without_a_chain_are_named_at_once() -> None:
    bare = [replace(_FINE, id=name, chain=()) for name in ("one", "two", "three")]
    with pytest.raises(DataError) as raised:
        brief_with(*bare)
    assert [problem.file for problem in raised.value.problems] == ["figure one", "figure two", "figure three"]


def test_two_different_figures_of_one_id_are_refused_and_one_shown_twice_is_not() -> None:
    brief_with(_FINE, _FINE)
    with pytest.raises(DataError, match="two different ones"):
        brief_with(_FINE, replace(_FINE, value=1))


def test_an_estimate_may_start_at_data_a_fit_or_an_assumption() -> None:
    starts = (_ROWS, from_fit("a model"), from_assumption("it holds", "A. Planner", "a letter"))
    figures = [
        replace(_FINE, id=f"f{place}", mark=Mark.ESTIMATED, chain=(start,))
        for place, start in enumerate(starts)
    ]
    brief_with(*figures)


def test_figures_are_written_with_thousands_and_their_own_decimals() -> None:
    assert _FINE.shown == "12,345"
    assert _FINE.band_shown == "11,000–14,000"
    assert replace(_FINE, value=0.256, digits=2).shown == "0.26"
    assert replace(_FINE, show="likely (72 %)").shown == "likely (72 %)"
    assert replace(_FINE, low=None).band_shown == ""


def test_an_empty_first_cell_stands_for_the_one_above_and_stays_empty() -> None:
    columns = (Column("question", "question"), Column("says", "says"))
    rows: list[dict[str, Cell]] = [{"question": "Who?", "says": "A."}, {"question": "", "says": ""}]
    assert list(Table.of(rows, columns).shown()) == [["Who?", "A."], ["", "–"]]


def test_a_table_takes_the_named_columns_in_order_from_a_frame_or_dicts() -> None:
    columns = [
        Column("b", "Share", CellFormat.SHARE, 1),
        Column("a", "Name"),
        Column("n", "Count", CellFormat.NUMBER),
    ]
    frame = pl.DataFrame({"a": ["x", None], "b": [0.1234, None], "c": [9, 9], "n": [1200, -1]})
    table = Table.of(frame, columns)
    assert table == Table.of(frame.to_dicts(), columns)
    assert table.rows == ((0.1234, "x", 1200), (None, None, -1))
    assert list(table.shown()) == [["12.3 %", "x", "1,200"], ["–", "–", "−1"]]
    assert table.records()[0] == {"b": 0.1234, "a": "x", "n": 1200}
    with pytest.raises(KeyError):
        Table.of([{"a": "x"}], columns)


def test_a_template_takes_exactly_the_figures_it_names() -> None:
    made = text("Between {a:band} and {a} deaths, {{braces}}.", a=_FINE)
    assert made.pieces == ("Between ", FigureWithRange(_FINE), " and ", _FINE, " deaths, {", "braces}", ".")
    assert list(made.figures()) == [_FINE, _FINE]
    with pytest.raises(ValueError, match=r"names \['a'\], figures are \['b'\]"):
        text("{a}", b=_FINE)
    with pytest.raises(ValueError, match="figures are"):
        text("no figure", b=_FINE)


def test_a_forecast_is_written_alike_in_a_sentence_and_in_a_table() -> None:
    chain = (from_fit("pool, 2,000 draws, seed 1"),)
    one = Figure("a", "Deaths", Mark.ESTIMATED, chain, "deaths", 147.6, 59.2, 348.0, forecast=True)
    assert (one.shown, one.band_shown) == (estimate(147.6), interval(59.2, 348.0)) == ("150", "59–350")
    observed = replace(one, forecast=False)
    assert (observed.shown, observed.band_shown) == ("148", "59–348")
