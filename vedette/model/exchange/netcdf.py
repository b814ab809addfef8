"""Writes a forecast as NetCDF with named axes and its origin."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import h5netcdf
import h5py
import numpy as np

from vedette.counts import Form, Notation
from vedette.errors import UsageError
from vedette.files import replacing
from vedette.model.exchange.draws import AddBlock, about
from vedette.model.exchange.streaming import system_errors
from vedette.model.forecasting import Forecast, Outline
from vedette.model.history import IntArray
from vedette.periods import first_day

_DAY_0 = date(1970, 1, 1)


def write_netcdf(
    ahead: Forecast,
    out: Path,
    notation: Notation | None = None,
    parts: Mapping[str, Sequence[str]] | None = None,
    licence: str = "",
) -> Path:
    """Writes all draws as ``outcome`` (draw, period, unit) in a NetCDF-4 file, whole or not at all.

    Coordinates: ``period`` as it is written, ``first_day`` and ``horizon`` of each period, ``unit``, and
    ``place`` and ``stratum`` of each unit where units are made of them. Attributes: origin, step, measure,
    model, seed, the mark ``estimated`` and the licence. Read it with ``xarray.open_dataset``.

    Args:
        ahead: the forecast.
        out: a file that ends in ``.nc``.
        notation: how periods are written; as ``2014-06`` if not given.
        parts: for each of ``place`` and ``stratum`` the name for every unit.
        licence: on what terms the data behind the forecast were given, and whom to credit.

    Raises:
        UsageError: a file with another ending.
        StorageError: it cannot be written; what stood there before is untouched.
    """
    with netcdf_writer(out, ahead.outline, notation, parts, licence) as add:
        add(ahead)
    return out


@contextmanager
def netcdf_writer(
    out: Path,
    outline: Outline,
    notation: Notation | None = None,
    parts: Mapping[str, Sequence[str]] | None = None,
    licence: str = "",
) -> Iterator[AddBlock]:
    """Gives a function that adds blocks of units to a NetCDF-4 file as in `write_netcdf`.

    Raises:
        UsageError: a file with another ending.
        StorageError: it cannot be written; what stood there before is untouched.
    """
    if out.suffix != ".nc":
        raise UsageError(f"{out.name}: write NetCDF to a file that ends in .nc")
    written, place = (
        notation or Notation(Form.LABEL, outline.step),
        {unit: number for number, unit in enumerate(outline.units)},
    )
    with replacing(out) as made, system_errors(), h5netcdf.File(made, "w") as file:
        draws = _outcome(file, outline, ("first_day", "horizon", *(parts or ())))
        _line(file, "draw", "draw", np.arange(outline.draws))
        _line(file, "period", "period", [str(written.write(period)) for period in outline.periods])
        days = [(first_day(period, outline.step) - _DAY_0).days for period in outline.periods]
        _line(file, "first_day", "period", days, units=f"days since {_DAY_0}", calendar="proleptic_gregorian")
        _line(file, "horizon", "period", outline.horizons, units=outline.step.value)
        _line(file, "unit", "unit", outline.units)
        for name, values in (parts or {}).items():
            _line(file, name, "unit", values)
        file.attrs.update({"Conventions": "CF-1.11", "title": f"{outline.measure}, forecast by vedette"})
        file.attrs.update(about(outline) | ({"licence": licence} if licence else {}))

        def add(ahead: Forecast) -> None:
            for number, unit in enumerate(ahead.units):
                draws[:, :, place[unit]] = ahead.draws[:, :, number]

        yield add


def _outcome(file: h5netcdf.File, outline: Outline, coordinates: Sequence[str]) -> h5netcdf.Variable:
    """Adds the variable of the draws, packed unit by unit."""
    shape = (outline.draws, len(outline.periods), len(outline.units))
    file.dimensions = dict(zip(("draw", "period", "unit"), shape, strict=True))
    outcome = file.create_variable(
        "outcome",
        ("draw", "period", "unit"),
        np.int64,
        chunks=(*shape[:2], 1),
        compression="gzip",
        compression_opts=4,
    )
    outcome.attrs.update({"long_name": outline.measure, "units": "1", "coordinates": " ".join(coordinates)})
    return outcome


def _line(
    file: h5netcdf.File, name: str, dimension: str, values: Sequence[object] | IntArray, **attributes: str
) -> None:
    """Adds a variable along one dimension: text as strings of any length, numbers as int64."""
    if isinstance(values[0], str):
        line = file.create_variable(
            name, (dimension,), h5py.string_dtype(), data=np.array(values, dtype=object)
        )
    else:
        line = file.create_variable(name, (dimension,), np.int64, data=np.array(values))
    line.attrs.update(attributes)
