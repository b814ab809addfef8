"""Forecasts as files: tables of draws, submissions to the VIEWS prediction challenge, NetCDF."""

from vedette.model.exchange.details import Details, read_details
from vedette.model.exchange.draws import read_draws, write_draws
from vedette.model.exchange.netcdf import write_netcdf
from vedette.model.exchange.numbers import ViewsLevel, read_ids
from vedette.model.exchange.views import read_forecasts, write_views

__all__ = [
    "Details",
    "ViewsLevel",
    "read_details",
    "read_draws",
    "read_forecasts",
    "read_ids",
    "write_draws",
    "write_netcdf",
    "write_views",
]
