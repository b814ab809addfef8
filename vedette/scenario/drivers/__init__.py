"""Drivers of the answers of an ensemble: sensitivity, tipping values, PRIM, regret."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.scenario.drivers.all_drivers import Drivers, what_drives
    from vedette.scenario.drivers.choices import Choices
    from vedette.scenario.drivers.choosing import Choosing, what_each_may_choose, what_to_choose
    from vedette.scenario.drivers.deciding import authors_of, deciding_quantities
    from vedette.scenario.drivers.discovery import boxes
    from vedette.scenario.drivers.shares import main_drivers
    from vedette.scenario.drivers.tipping import tipping_values

__all__ = [
    "Choices",
    "Choosing",
    "Drivers",
    "authors_of",
    "boxes",
    "deciding_quantities",
    "main_drivers",
    "tipping_values",
    "what_drives",
    "what_each_may_choose",
    "what_to_choose",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Drivers" | "what_drives":
                from vedette.scenario.drivers import all_drivers as home
            case "Choices":
                from vedette.scenario.drivers import choices as home
            case "Choosing" | "what_each_may_choose" | "what_to_choose":
                from vedette.scenario.drivers import choosing as home
            case "authors_of" | "deciding_quantities":
                from vedette.scenario.drivers import deciding as home
            case "boxes":
                from vedette.scenario.drivers import discovery as home
            case "main_drivers":
                from vedette.scenario.drivers import shares as home
            case "tipping_values":
                from vedette.scenario.drivers import tipping as home
            case _:
                raise AttributeError(f"vedette.scenario.drivers has no {name}")
        return getattr(home, name)
