"""Submissions to the VIEWS prediction challenge, written and read.

The layout is that of prio-data/prediction_competition_2023: folders ``cm`` (countries) and ``pgm`` (cells of
PRIO-GRID), in them one folder for each test window, ``window=Y2018``, in them Parquet files with month_id,
country_id or priogrid_gid, draw and outcome; beside them ``submission_details.yml``.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from vedette import __version__
from vedette.counts import Plain, read_plain, refuse
from vedette.errors import DataError, Problem, StorageError, UsageError
from vedette.files import replace_file, replacing
from vedette.model.exchange.cube import LEAD, cube
from vedette.model.exchange.details import FILE, Details
from vedette.model.exchange.draws import AddBlock, read_draws
from vedette.model.exchange.numbers import ViewsLevel, numbers_of
from vedette.model.exchange.streaming import parquet_writer, system_errors
from vedette.model.forecasting import Forecast, Outline
from vedette.periods import Step, label, views_month

if TYPE_CHECKING:
    from nanoarrow.c_schema import CSchema

FEWEST, MOST = 15, 1000
"""Draws that a submission may have."""

LARGEST = 2**31 - 1
"""The largest outcome that fits the challenge's files; more is cut to that."""


def write_views(
    ahead: Forecast,
    folder: Path,
    details: Details,
    ids: Mapping[str, int] | None = None,
    level: ViewsLevel = ViewsLevel.CM,
) -> Path:
    """Writes a forecast of one calendar year as a submission.

    Args:
        ahead: a forecast of the twelve months of a year, 15 to 1,000 draws.
        folder: of the submission; other windows in it stay.
        details: who submits.
        ids: the whole number of each unit; not needed where units are numbers.
        level: countries or grid cells.

    Returns:
        The Parquet file, ``{cm,pgm}/window=Y2018/NAME.parquet``.

    Raises:
        UsageError: other months or another number of draws.
        DataError: units without a number.
        StorageError: a file cannot be written.
    """
    with views_writer(folder, ahead.outline, details, ids, level) as (path, add):
        add(ahead)
    return path


@contextmanager
def views_writer(
    folder: Path,
    outline: Outline,
    details: Details,
    ids: Mapping[str, int] | None = None,
    level: ViewsLevel = ViewsLevel.CM,
) -> Iterator[tuple[Path, AddBlock]]:
    """Gives the path of the Parquet file of a submission and a function that adds blocks of units to it.

    Everything else is as in `write_views`, and checked before a block is added.
    """
    year = _year(outline)
    if not FEWEST <= outline.draws <= MOST:
        raise UsageError(
            f"a VIEWS submission: expected {FEWEST} to {MOST} draws; found {outline.draws}. Set --draws."
        )
    number = dict(zip(outline.units, numbers_of(outline.units, ids, level), strict=True))
    path = folder / level / f"window=Y{year}" / f"{details.even_shorter_identifier}_{level}_{year}.parquet"
    index = ["month_id", level.column, "draw"]
    schema: dict[str, pl.DataType] = dict.fromkeys(("outcome", *index), pl.Int32())
    options = {"compression": "snappy", "arrow_schema": _with_index(list(schema), index=index)}
    with replacing(path) as made, system_errors():
        with parquet_writer(made, schema, **options) as write:
            yield path, lambda ahead: write(_submission(ahead, number, level))
        replace_file(folder / FILE, details.to_yaml())


def read_forecasts(
    path: Path, origin: str | None = None, *, views: bool = False, ids: Mapping[str, int] | None = None
) -> tuple[Forecast, ...]:
    """Reads the forecasts in a table of draws, or one for each window of a VIEWS submission.

    Args:
        path: a file as in `read_draws`; or a folder: a submission, its ``cm`` or ``pgm``, or one window.
        origin: as in `read_draws`; windows end three months before the first month forecast.
        views: the conventions of the challenge for a file too, see `read_draws`.
        ids: names to give to numbered units, as in `write_views`.

    Raises:
        StorageError: nothing there can be opened.
        DataError: a table holds mistakes, or a folder holds no submission.
    """
    if path.is_dir():
        forecasts = tuple(_window(window, _name(path)) for window in _windows(path))
    else:
        forecasts = (read_draws(path, origin, views=views),)
    names = {str(number): name for name, number in (ids or {}).items()}
    return tuple(replace(one, units=tuple(names.get(u, u) for u in one.units)) for one in forecasts)


def _year(ahead: Outline) -> int:
    year = ahead.periods[0] // 12
    if ahead.step is not Step.MONTH or ahead.periods != tuple(range(12 * year, 12 * year + 12)):
        first, last = label(ahead.periods[0], ahead.step), label(ahead.periods[-1], ahead.step)
        raise UsageError(
            f"a VIEWS submission: expected the twelve months of a calendar year; found {first} to {last}. "
            "Take October as the origin and forecast 3-14 months ahead, like --origin 2017-10 --months 3-14."
        )
    return year


def _submission(ahead: Forecast, number: Mapping[str, int], level: ViewsLevel) -> pl.DataFrame:
    """The rows of a block of units, with the index that the challenge's code expects."""
    table = ahead.to_table()
    month = {period: views_month(period) for period in ahead.periods}
    return pl.DataFrame(
        {
            "outcome": table["outcome"].clip(0, LARGEST).cast(pl.Int32),
            "month_id": table["period"].replace_strict(month, return_dtype=pl.Int32),
            level.column: table["unit"].replace_strict(dict(number), return_dtype=pl.Int32),
            "draw": table["draw"].cast(pl.Int32),
        }
    )


def _with_index(columns: Sequence[str], index: Sequence[str]) -> "CSchema":
    """The Arrow schema of int32 columns, with the note by which pandas knows which of them are its index.

    https://pandas.pydata.org/docs/development/developer.html
    """
    import nanoarrow
    from nanoarrow.c_schema import c_schema

    number = {"pandas_type": "int32", "numpy_type": "int32", "metadata": None}
    header = {"pandas_type": "unicode", "numpy_type": "object", "metadata": {"encoding": "UTF-8"}}
    note = {
        "index_columns": list(index),
        "column_indexes": [{"name": None, "field_name": None, **header}],
        "columns": [{"name": name, "field_name": name, **number} for name in columns],
        "creator": {"library": "vedette", "version": __version__},
        "pandas_version": "2.0.0",
    }
    plain = c_schema(nanoarrow.struct(dict.fromkeys(columns, nanoarrow.int32())))
    return plain.modify(metadata={"pandas": json.dumps(note)})


def _windows(path: Path) -> list[Path]:
    if _is_window(path):
        return [path]
    levels = [path / level for level in ViewsLevel if (path / level).is_dir()]
    if len(levels) > 1:
        raise UsageError(
            f"{path}: expected one level; found cm and pgm. Name one: {levels[0]} or {levels[1]}."
        )
    windows = sorted(filter(_is_window, (levels[0] if levels else path).iterdir()))
    if not windows:
        raise DataError(
            f"{path}: expected folders like cm/window=Y2018 with Parquet files; found none. Name the folder "
            "of a VIEWS submission, or one file of draws."
        )
    return windows


def _is_window(path: Path) -> bool:
    return path.is_dir() and re.fullmatch(r"window=\w+", path.name) is not None


def _window(folder: Path, name: str) -> Forecast:
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise StorageError(f"{folder}: expected Parquet files; found none. Put the submission's files there.")
    parts = [read_plain(file) for file in files]
    if len({part.columns for part in parts}) > 1:
        found = f"other ones than in {files[0].name}"
        cure = "Leave only the files of one submission in the folder."
        raise refuse(
            folder.name, [Problem(folder.name, 0, "", "the same columns in every file", found, cure)]
        )
    whole = Plain(f"{folder.parent.name}/{folder.name}", parts[0].columns, pl.concat(p.table for p in parts))
    return cube(whole, name, lead=LEAD, cut=True)[0]


def _name(path: Path) -> str:
    """What a submission is called: the folder that holds cm and pgm."""
    inside = path.resolve()
    while _is_window(inside) or inside.name in tuple(ViewsLevel):
        inside = inside.parent
    return inside.name
