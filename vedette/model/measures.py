"""What a forecast is of: events or deaths, by which units, against which truth."""

from enum import StrEnum


class Measure(StrEnum):
    """What is counted: events, or deaths by the best estimate."""

    EVENTS = "events"
    DEATHS = "deaths"


class Truth(StrEnum):
    """What forecasts of deaths are scored against: the best estimate, or draws of what may be true."""

    BEST = "best"
    UNCERTAIN = "uncertain"


class By(StrEnum):
    """The units of a forecast."""

    COUNTRY = "country"
    PLACE = "place"
    STRATUM = "stratum"
    REGION = "region"
    CELL = "place,stratum"

    @property
    def of_places(self) -> bool:
        """Whether the units are places or made of places, so that deaths without a place are not in them."""
        return self in (By.PLACE, By.REGION, By.CELL)
