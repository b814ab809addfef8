"""What drives the answer of an ensemble, and what to watch."""

from vedette.scenario.drivers.all_drivers import FALSE_ALARMS, Drivers, what_drives
from vedette.scenario.drivers.discovery import boxes
from vedette.scenario.drivers.regret import dominated, robustness, trade_offs
from vedette.scenario.drivers.shares import main_drivers
from vedette.scenario.drivers.signs import areas_by_month, early_signs
from vedette.scenario.drivers.tipping import tipping_values

__all__ = [
    "FALSE_ALARMS",
    "Drivers",
    "areas_by_month",
    "boxes",
    "dominated",
    "early_signs",
    "main_drivers",
    "robustness",
    "tipping_values",
    "trade_offs",
    "what_drives",
]
