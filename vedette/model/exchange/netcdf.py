"""A forecast as NetCDF, with the axes named and its origin told."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from vedette.counts.notation import Form, Notation
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.model.exchange.draws import about
from vedette.model.forecasting import Forecast
from vedette.periods import first_day


def write_netcdf(
    made: Forecast,
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
        made: the forecast.
        out: a file that ends in ``.nc``.
        notation: how periods are written; as ``2014-06`` if not given.
        parts: for each of ``place`` and ``stratum`` the name for every unit.
        licence: on what terms the data behind the forecast were given, and whom to credit.

    Raises:
        UsageError: a file with another ending.
        StorageError: it cannot be written; what stood there before is untouched.
    """
    if out.suffix != ".nc":
        raise UsageError(f"{out.name}: write NetCDF to a file that ends in .nc")
    import xarray as xr  # half a second that no other way of writing needs

    written = notation or Notation(Form.LABEL, made.step)
    days = np.array([first_day(period, made.step) for period in made.periods], dtype="datetime64[ns]")
    data = xr.Dataset(
        {"outcome": (("draw", "period", "unit"), made.draws, {"long_name": made.measure, "units": "1"})},
        coords={
            "draw": np.arange(len(made.draws)),
            "period": np.array([str(written.write(period)) for period in made.periods], dtype=object),
            "first_day": ("period", days),
            "horizon": ("period", np.array(made.horizons), {"units": made.step.value}),
            "unit": np.array(made.units, dtype=object),
            **{name: ("unit", np.array(each, dtype=object)) for name, each in (parts or {}).items()},
        },
        attrs={"Conventions": "CF-1.11", "title": f"{made.measure}, forecast by vedette", **about(made)},
    )
    if licence:
        data.attrs["licence"] = licence
    packed = {"outcome": {"zlib": True, "complevel": 4, "dtype": "int64"}}
    return replace_file(out, bytes(data.to_netcdf(engine="h5netcdf", encoding=packed)))
