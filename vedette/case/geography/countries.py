"""Countries by name: ISO 3166-1 codes and Gleditsch-Ward numbers as UCDP uses them."""

import csv
from functools import cache
from importlib.resources import files

from vedette.case.geography.names import spelled
from vedette.case.schema.settings import Country
from vedette.errors import UsageError
from vedette.problems import did_you_mean


def find_country(name: str) -> Country:
    """The country of a name in any usual spelling, or of an ISO 3166-1 alpha-3 code.

    Raises:
        UsageError: no country has the name; the message lists the nearest names.

    Example:
        >>> find_country("ivory coast")
        Country(name="Côte d'Ivoire", iso3='CIV', gw=437)
    """
    known = _countries()
    country = known.get(spelled(name))
    if country is None:
        names = {spelling: country.name for spelling, country in known.items()}
        cure = did_you_mean(spelled(name), [spelling for spelling in names if len(spelling) > 3])
        raise UsageError(f"--country: no country is called {name!r}. {cure}")
    return country


def countries() -> tuple[Country, ...]:
    """All countries that can be found by name."""
    return tuple(dict.fromkeys(_countries().values()))


@cache
def _countries() -> dict[str, Country]:
    text = files("vedette.case.geography").joinpath("countries.csv").read_text(encoding="utf-8")
    known = {}
    for row in csv.DictReader(text.splitlines()):
        country = Country(row["name"], row["iso3"], int(row["gw"]))
        for name in (row["name"], row["iso3"], *filter(None, row["aliases"].split(";"))):
            known[spelled(name)] = country
    return known
