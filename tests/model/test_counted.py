"""Histories from tables of counts."""

from pathlib import Path

import numpy as np
import pytest

from vedette.counts import read_counts, read_neighbours
from vedette.errors import DataError
from vedette.model import counts_history

STRATA = """period,unit,stratum,count,deaths
2014-05,A,is,1,7
2014-05,B,is,0,0
2014-05,A,militia,2,2
2014-06,A,is,1,0
2014-06,B,is,4,9
2014-06,A,militia,0,0
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    counts, touch = tmp_path / "counts.csv", tmp_path / "touch.csv"
    counts.write_text(STRATA)
    touch.write_text("unit,neighbour\nA,B\n")
    return counts, touch


def test_deaths_bring_the_events_behind_them(files: tuple[Path, Path]) -> None:
    table = read_counts(files[0])
    deaths = counts_history(table, "deaths")
    assert deaths.values.tolist() == [[[7, 0, 2], [0, 9, 0]]]
    assert deaths.events is not None
    assert np.array_equal(deaths.events, counts_history(table).values)
    assert counts_history(table).events is None
    assert deaths.units == ("A / is", "B / is", "A / militia")
    assert deaths.observed.all()


def test_units_of_one_stratum_touch_where_their_places_do(files: tuple[Path, Path]) -> None:
    table = read_counts(files[0])
    touch = read_neighbours(files[1], ["A", "B"])
    found = counts_history(table, neighbours=touch).neighbours
    assert found is not None
    assert found.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_a_table_counts_what_its_column_is_named_and_else_what_is_said(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("period,A\n2014-05,1\n")
    table = read_counts(path)
    assert [counts_history(table, named).measure for named in (None, "deaths", "events")] == [
        "count",
        "deaths",
        "events",
    ]
    path.write_text("period,unit,incidents\n2014-05,A,1\n")
    assert counts_history(read_counts(path)).measure == "events"
    with pytest.raises(DataError, match="expected a column of deaths; found events"):
        counts_history(read_counts(path), "deaths")
    with pytest.raises(DataError, match=r"column incidents: expected a column of deaths; found events"):
        read_counts(path, measure="deaths")


def test_events_and_deaths_go_together_under_any_of_their_names(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("period,unit,incidents,fatalities\n2014-05,A,2,9\n")
    past = counts_history(read_counts(path, measure="deaths"))
    assert past.events is not None
    assert (past.values.item(), past.events.item()) == (9, 2)
    assert counts_history(read_counts(path)).values.item() == 2
    path.write_text("period,unit,ged_sb,ged_ns\n2014-05,A,2,9\n")
    assert counts_history(read_counts(path, column="ged_ns")).values.item() == 9
