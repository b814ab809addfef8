"""Countries by name and code: ISO 3166-1, and Gleditsch-Ward numbers as UCDP uses them.

The names are those of UCDP, ACLED, ISO, the UN, HDX and Gleditsch and Ward.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vedette.case.geography.names import spelled
from vedette.case.schema.settings import Bounds, Country
from vedette.errors import UsageError
from vedette.problems import did_you_mean

_MARGIN = 2.0
_SHORTEST = 4


@dataclass(frozen=True)
class CountryRecord:
    """A country with its codes, where it lies (west, south, east, north in degrees) and its other names."""

    country: Country
    iso2: str
    numeric: str
    """The ISO 3166-1 number, three digits; empty for Kosovo."""
    bounds: Bounds
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return self.country.name, *self.aliases

    @property
    def codes(self) -> tuple[str, ...]:
        """The ISO 3166-1 codes of letters."""
        return self.country.iso3, self.iso2

    def holds(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether the middle of a box lies in the country's own or within two degrees of it."""
        longitude, latitude = (west + east) / 2, (south + north) / 2
        left, below, right, above = self.bounds
        return (
            left - _MARGIN <= longitude <= right + _MARGIN and below - _MARGIN <= latitude <= above + _MARGIN
        )


def find_country(name: str) -> Country:
    """The country of a name in any usual spelling, of an ISO 3166-1 code, or of a Gleditsch-Ward number.

    Raises:
        UsageError: no country has the name (the message lists the nearest names), or a number is the ISO code
            of one country and the Gleditsch-Ward number of another.

    Example:
        >>> find_country("ivory coast")
        Country(name="Côte d'Ivoire", iso3='CIV', gw=437)
    """
    if name.strip().isdecimal():
        return _by_number(name.strip())
    country = country_called(name)
    if country is None:
        spellings = [spelling for spelling in _by_name() if len(spelling) >= _SHORTEST]
        cure = did_you_mean(spelled(name), spellings)
        raise UsageError(f"--country: no country is called {name!r}. {cure}")
    return country


def country_called(name: str) -> Country | None:
    """The country of a name in any usual spelling or of an ISO 3166-1 code of letters; None if there is none.

    >>> country_called("Dem. Rep. Congo"), country_called("Atlantis")
    (Country(name='DR Congo', iso3='COD', gw=490), None)
    """
    coded = (record for record in country_records() if name.strip().upper() in record.codes)
    record = next(coded, None) or _by_name().get(spelled(name))
    return record.country if record else None


def country_numbered(number: int) -> Country | None:
    """The country of a Gleditsch-Ward number; None if there is none.

    >>> country_numbered(645)
    Country(name='Iraq', iso3='IRQ', gw=645)
    """
    return next((record.country for record in country_records() if record.country.gw == number), None)


def country_record(country: Country) -> CountryRecord | None:
    """What is known of the country of a case, by its ISO code; None for a country that is made up."""
    return next((record for record in country_records() if record.country.iso3 == country.iso3), None)


def countries() -> tuple[Country, ...]:
    """All countries that can be found by name."""
    return tuple(record.country for record in country_records())


@cache
def country_records() -> tuple[CountryRecord, ...]:
    """What is known of each country."""
    return tuple(_read())


def _by_number(number: str) -> Country:
    found = {
        record.country.name: (kind, record.country)
        for record in country_records()
        for kind, code in (("ISO 3166-1", record.numeric), ("Gleditsch-Ward", str(record.country.gw or "")))
        if code and int(code) == int(number)
    }
    if len(found) == 1:
        return next(iter(found.values()))[1]
    if not found:
        raise UsageError(
            f"--country: no country has the number {number}. Name it, or give its code like IRQ."
        )
    both = " and ".join(f"{kind} of {name}" for name, (kind, _) in found.items())
    raise UsageError(f"--country: {number} is {both}. Name the country, or give its code like IRQ.")


@cache
def _by_name() -> dict[str, CountryRecord]:
    return {spelled(name): record for record in country_records() for name in record.names}


def _read() -> Iterator[CountryRecord]:
    text = files("vedette.case.geography").joinpath("countries.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        country = Country(row["name"], row["iso3"], int(row["gw"]) if row["gw"] else None)
        bounds = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
        aliases = tuple(filter(None, row["aliases"].split(";")))
        yield CountryRecord(country, row["iso2"], row["numeric"], bounds, aliases)
