"""Forecasts as files: tables of draws, submissions to the VIEWS prediction challenge, NetCDF."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.model.exchange.details import Details, read_details
    from vedette.model.exchange.draws import draws_writer, layer_texts, read_draws, write_draws
    from vedette.model.exchange.netcdf import netcdf_writer, write_netcdf
    from vedette.model.exchange.numbers import ViewsLevel, read_ids
    from vedette.model.exchange.views import read_forecasts, views_writer, write_views

__all__ = [
    "Details",
    "ViewsLevel",
    "draws_writer",
    "layer_texts",
    "netcdf_writer",
    "read_details",
    "read_draws",
    "read_forecasts",
    "read_ids",
    "views_writer",
    "write_draws",
    "write_netcdf",
    "write_views",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Details" | "read_details":
                from vedette.model.exchange import details as home
            case "draws_writer" | "layer_texts" | "read_draws" | "write_draws":
                from vedette.model.exchange import draws as home
            case "netcdf_writer" | "write_netcdf":
                from vedette.model.exchange import netcdf as home
            case "ViewsLevel" | "read_ids":
                from vedette.model.exchange import numbers as home
            case "read_forecasts" | "views_writer" | "write_views":
                from vedette.model.exchange import views as home
            case _:
                raise AttributeError(f"vedette.model.exchange has no {name}")
        return getattr(home, name)
