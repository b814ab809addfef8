"""A table of draws: one row for each period, unit and draw."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from vedette.counts import Form, Notation, Plain, read_plain
from vedette.errors import UsageError
from vedette.files import replacing
from vedette.model.exchange.cube import LEAD, cube
from vedette.model.exchange.streaming import parquet_writer, system_errors
from vedette.model.forecasting import Forecast, Outline
from vedette.periods import label, parse

MARK = "estimated"
ABOUT = "vedette"
"""The key under which a Parquet file keeps what its rows cannot say."""

SCHEMA: dict[str, pl.DataType] = {
    "period": pl.String(),
    "unit": pl.String(),
    "draw": pl.Int32(),
    "outcome": pl.Int64(),
}

AddBlock = Callable[[Forecast], None]
"""Adds the draws of some of the units to a file."""


def write_draws(ahead: Forecast, out: Path, notation: Notation | None = None) -> Path:
    """Writes every draw: period, unit, draw (from 0), outcome; in that order.

    A Parquet file keeps origin, measure, model, seed and the mark ``estimated`` in its metadata; a CSV file
    cannot.

    Args:
        ahead: the forecast.
        out: a file that ends in ``.csv`` or ``.parquet``.
        notation: how periods are written; as ``2014-06`` if not given.

    Raises:
        UsageError: a file with another ending.
        StorageError: it cannot be written; what stood there before is untouched.
    """
    with draws_writer(out, ahead.outline, notation) as add:
        add(ahead)
    return out


def layer_texts(outline: Outline, notation: Notation) -> list[str]:
    """How each layer of a forecast is written: its period, or the first and last period of a sum.

    >>> from vedette.periods import Step
    >>> outline = Outline(2, 24161, Step.MONTH, (12, 24), ("a",), "deaths", "pool", 1, firsts=(1, 13))
    >>> layer_texts(outline, Notation(Form.LABEL, Step.MONTH))
    ['2013-07..2014-06', '2014-07..2015-06']
    """
    lasts = [str(notation.write(period)) for period in outline.periods]
    firsts = [str(notation.write(outline.origin + first)) for first in outline.firsts] or lasts
    return [last if first == last else f"{first}..{last}" for first, last in zip(firsts, lasts, strict=True)]


@contextmanager
def draws_writer(out: Path, outline: Outline, notation: Notation | None = None) -> Iterator[AddBlock]:
    """Gives a function that adds blocks of units to a file of draws, written whole or not at all.

    Raises:
        UsageError: a file with another ending than ``.csv`` and ``.parquet``.
        StorageError: it cannot be written; what stood there before is untouched.
    """
    written = notation or Notation(Form.LABEL, outline.step)
    texts = pl.Series("period", layer_texts(outline, written), dtype=pl.String)

    def rows(ahead: Forecast) -> pl.DataFrame:
        layer = np.repeat(np.arange(len(texts)), len(ahead.units) * len(ahead.draws))
        return ahead.to_table().with_columns(texts.gather(layer))

    match out.suffix:
        case ".csv":
            with replacing(out) as made, system_errors(), made.open("wb") as file:
                yield lambda ahead: rows(ahead).write_csv(file, include_header=file.tell() == 0)
        case ".parquet":
            kept = {ABOUT: json.dumps(about(outline))}
            with replacing(out) as made, system_errors(), parquet_writer(made, SCHEMA, metadata=kept) as add:
                yield lambda ahead: add(rows(ahead))
        case _:
            raise UsageError(f"{out.name}: write to a file that ends in .csv or .parquet")


def read_draws(path: Path, origin: str | None = None, *, views: bool = False) -> Forecast:
    """Reads a table of draws in any of the layouts that `cube` knows.

    The columns are ``period``, ``unit``, ``draw`` and ``outcome``, or as VIEWS calls them ``month_id`` and
    ``country_id`` or ``priogrid_gid``. Periods may be written in any way that `vedette.counts.read_counts`
    knows. A table with one row a cell, or without ``draw``, is a point forecast; it becomes 1,000 draws from
    a Poisson distribution around it, as in the VIEWS challenge.

    Args:
        path: CSV or Parquet.
        origin: the last period that the forecast knew, written as in the file. If not given, as the file
            says; if it says nothing, the period before the first one forecast.
        views: the conventions of the challenge: the first month forecast lies three months after the origin
            unless the file says otherwise, and outcomes above ten thousand million are cut to that.

    Raises:
        StorageError: the file cannot be opened.
        DataError: the table holds mistakes; ``problems`` lists the first twenty.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "draws.csv"
    >>> rows = ["2014-06,Anbar,0,40", "2014-06,Anbar,1,52", "2014-07,Anbar,0,3", "2014-07,Anbar,1,61"]
    >>> _ = path.write_text("\\n".join(["period,unit,draw,outcome", *rows]))
    >>> ahead = read_draws(path)
    >>> ahead.draws.tolist(), label(ahead.origin, ahead.step), ahead.horizons
    ([[[40], [3]], [[52], [61]]], '2014-05', (1, 2))
    """
    plain = read_plain(path)
    ahead, notation = cube(plain, path.stem, lead=LEAD if views else 1, cut=views)
    known = _about(path) if path.suffix == ".parquet" else {}
    if known:
        ahead = replace(ahead, model=known["model"], measure=known["measure"], seed=int(known["seed"]))
    if origin is not None:
        return after(ahead, notation.read(origin), plain)
    return after(ahead, parse(known["origin"], ahead.step), plain) if known else ahead


def after(ahead: Forecast, origin: int, plain: Plain) -> Forecast:
    """The forecast with another origin; its horizons follow.

    Raises:
        UsageError: the origin does not lie before every period of the forecast.
    """
    if origin >= ahead.periods[0]:
        raise UsageError(
            f"{plain.file}: expected an origin before {label(ahead.periods[0], ahead.step)}, the first "
            f"period forecast; found {label(origin, ahead.step)}. "
            "Name the last period that the forecast knew."
        )
    return replace(ahead, origin=origin, horizons=tuple(period - origin for period in ahead.periods))


def about(ahead: Outline) -> dict[str, str | int]:
    """Metadata of a forecast that its rows do not hold."""
    return {
        "origin": label(ahead.origin, ahead.step),
        "step": ahead.step.value,
        "measure": ahead.measure,
        "model": ahead.model,
        "seed": ahead.seed,
        "mark": MARK,
    }


def _about(path: Path) -> dict[str, str]:
    kept = pl.read_parquet_metadata(path).get(ABOUT)
    return {name: str(value) for name, value in json.loads(kept).items()} if kept else {}
