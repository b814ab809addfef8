"""The file of analogues: known by year, made of sound numbers, refused when it is of another version."""

from pathlib import Path

import numpy as np
import pytest

from vedette.errors import DataError
from vedette.model.analogues.prior import FILE, VERSION, forest_known
from vedette.model.history import Kind
from vedette.periods import Step, parse


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("month", "year"), [("2014-11", 2013), ("2014-12", 2014), ("2015-11", 2014)])
def test_only_paths_that_were_over_are_known(kind: Kind, month: str, year: int) -> None:
    forest = forest_known(kind, parse(month, Step.MONTH))
    assert forest is not None
    assert forest.rows.years.max() == year


@pytest.mark.parametrize("kind", Kind)
def test_there_is_no_forest_before_the_country_file(kind: Kind) -> None:
    assert forest_known(kind, parse("2010-12", Step.MONTH)) is None


@pytest.mark.parametrize("kind", Kind)
def test_rows_and_trees_are_sound(kind: Kind) -> None:
    forest = forest_known(kind, parse("2020-12", Step.MONTH))
    assert forest is not None
    rows = forest.rows
    assert np.isfinite(rows.states).all()
    assert (rows.paths >= 0).all()
    assert np.isfinite(rows.paths).all()
    assert set(np.unique(rows.weights)) <= {1, 10, 20}
    first, last = forest.bounds
    leaf = forest.trees.feature < 0
    for tree in range(len(first)):
        reached = leaf[tree] & (last[tree] > first[tree])
        assert (last[tree] - first[tree])[reached].sum() == len(rows.years)


def test_iraq_is_learned_from_up_to_2009_by_place() -> None:
    forest = forest_known(Kind.PLACE, parse("2020-12", Step.MONTH))
    countries = forest_known(Kind.COUNTRY, parse("2020-12", Step.MONTH))
    assert forest is not None
    assert countries is not None
    own = forest.rows.countries == "IRQ"
    places = own.sum() - (countries.rows.countries == "IRQ").sum()
    assert places > 500
    assert (forest.rows.years[own] <= 2009).sum() == places


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    with np.load(FILE) as stored:
        tables = {**{name: stored[name] for name in stored.files}, "version": np.array(VERSION + 1)}
    path = tmp_path / "analogues.npz"
    np.savez(path, **tables)
    expected = f"{path}: expected version {VERSION} of the file of analogues; found {VERSION + 1}. Install"
    with pytest.raises(DataError, match="version") as refused:
        forest_known(Kind.COUNTRY, 24179, path)
    assert str(refused.value).startswith(expected)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 half a file", b"\x93NUMPY"])
def test_a_missing_or_damaged_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "analogues.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(
        DataError, match=r"expected the file of analogues; found none that can be read\. Inst"
    ):
        forest_known(Kind.COUNTRY, 24179, path)
