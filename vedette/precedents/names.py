"""Names of states: UCDP's names, common spellings, and short forms for tables."""

import re
from collections.abc import Iterable, Mapping

from vedette.case import find_country
from vedette.case.geography import spelled
from vedette.errors import UsageError

STATE = "Government of "
REGIONS = {1: "Europe", 2: "Middle East", 3: "Asia", 4: "Africa", 5: "Americas"}
"""UCDP's regions."""


def short(name: str) -> str:
    """The name of a state without "Government of", for tables.

    >>> short("Government of Russia (Soviet Union)")
    'Russia (Soviet Union)'
    """
    return name.removeprefix(STATE)


def plain(name: str) -> str:
    """The shortest name of a state, for narrow columns.

    >>> plain("Government of Russia (Soviet Union)"), plain("United States of America")
    ('Russia', 'United States')
    """
    return re.sub(r" \(.*", "", short(name)).removesuffix(" of America")


def spoken(names: Iterable[str], most: int = 2) -> str:
    """The names of the first ``most`` states and the number of the others.

    >>> spoken(["Government of Spain", "Government of Italy", "Government of Chad", "Government of Mali"])
    'Spain, Italy and 2 more'
    """
    shorts = [short(name) for name in names]
    more = len(shorts) - most
    if more > 1:
        return f"{', '.join(shorts[:most])} and {more} more"
    return ", ".join(shorts[:-1]) + " and " + shorts[-1] if len(shorts) > 1 else "".join(shorts)


def spellings(names: Iterable[str]) -> Mapping[str, str]:
    """UCDP's name of each state by its normalised spellings: the name of the government or of the country."""
    by_spelling: dict[str, str] = {}
    for name in names:
        bare = short(name)
        inside = re.findall(r"\((.+?)\)", bare)
        for spelling in (bare, re.sub(r" \(.*", "", bare), *inside, *_country(re.sub(r" \(.*", "", bare))):
            by_spelling.setdefault(spelled(spelling), name)
    return by_spelling


def find_state(text: str, known: Mapping[str, str]) -> str | None:
    """UCDP's name of the state with a spelling; None if it is not among the known ones."""
    bare = short(text)
    for spelling in (bare, *_country(bare)):
        if spelled(spelling) in known:
            return known[spelled(spelling)]
    return None


def _country(name: str) -> tuple[str, ...]:
    try:
        country = find_country(name)
    except UsageError:
        return ()
    return country.name, country.iso3
