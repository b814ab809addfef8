"""Checks who is who: countries whose name and codes disagree, actors of one name, unknown actors."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any

from vedette.case.checking.tables import CaseTable
from vedette.case.geography.countries import countries, find_country
from vedette.case.schema import rows
from vedette.case.schema.settings import FILE, Country, Settings
from vedette.errors import Problem, UsageError
from vedette.problems import did_you_mean, shown

Tables = Mapping[type[rows.Row], CaseTable]

_NOBODY = ("unclaimed", "unknown", "unnamed", "unidentified", "nobody", "civilians", "gunmen")
"""Words of timeline.csv for somebody whom nobody names."""
_ONE_COUNTRY = "Correct the one that is wrong."


def identity_problems(tables: Tables, settings: Settings) -> Iterator[Problem]:
    """Problems of a country, of actors and of backers that are not who they seem to be."""
    yield from _two_countries(settings.country)
    actors = tables[rows.Actor]
    if not actors.problems:
        yield from _codes_apart(actors)
        yield from _namesakes(actors)
        known = _spellings(actors)
        yield from _unknown(tables[rows.Posture], "backer", actors, lambda backer: backer in known)
        named = _mention_of(known)
        yield from _unknown(tables[rows.Moment], "actor", actors, lambda words: bool(named.search(words)))


def _two_countries(country: Country) -> Iterator[Problem]:
    """Name, ISO code and Gleditsch-Ward number of a case that belong to different countries."""
    meant = _named(country.name) or _of(country.iso3, country.gw)
    if meant is None:
        return
    if country.iso3 != meant.iso3:
        expected = f"{meant.iso3}, the code of {meant.name}"
        yield Problem(FILE, 0, "country.iso3", expected, shown(country.iso3), _ONE_COUNTRY)
    if country.gw is not None and country.gw != meant.gw:
        expected = (
            f"{meant.gw}, the number of {meant.name}" if meant.gw else f"none: {meant.name} has no number"
        )
        yield Problem(FILE, 0, "country.gw", expected, str(country.gw), _ONE_COUNTRY)


@cache
def _named(name: str) -> Country | None:
    """The country of a name; None if there is none, or two."""
    try:
        return find_country(name)
    except UsageError:
        return None


def _codes_apart(actors: CaseTable) -> Iterator[Problem]:
    """Actors with the ISO code of one country and the Gleditsch-Ward number of another."""
    numbers = {country.iso3: country for country in countries()}
    for number, iso3, gw in _rows(actors, "iso3", "gw"):
        country = numbers.get(iso3)
        if country and country.gw and gw and gw != str(country.gw):
            expected = f"{country.gw}, the number of {country.name} ({iso3})"
            yield Problem(actors.file, number, "gw", expected, shown(gw), _ONE_COUNTRY)


def _of(iso3: str, gw: int | None) -> Country | None:
    by_code = [country for country in countries() if country.iso3 == iso3]
    return next(iter(by_code or [country for country in countries() if gw and country.gw == gw]), None)


def _namesakes(actors: CaseTable) -> Iterator[Problem]:
    """Actors that have the name or the id of another: nobody could tell which one is meant."""
    first: dict[str, tuple[str, int]] = {}
    for number, key, name in _rows(actors, "id", "name"):
        for word in dict.fromkeys([_plain(key), _plain(name)]):
            holder, row = first.setdefault(word, (key, number))
            if holder != key:
                cure = f"Row {row} ({holder}) has it: rename one, or join the two rows."
                yield Problem(
                    actors.file, number, "name", "a name that no other actor has", shown(name), cure
                )
                break


def _unknown(
    table: CaseTable, column: str, actors: CaseTable, is_known: Callable[[str], bool]
) -> Iterator[Problem]:
    """Cells that name nobody of actors.csv, each at its first row."""
    first: dict[str, int] = {}
    for number, cell in _rows(table, column):
        if cell and not is_known(_plain(cell)):
            first.setdefault(cell, number)
    for cell, number in first.items():
        near = did_you_mean(cell, [name for _, name in _rows(actors, "name")])
        cure = f"{near} Or give" if near.startswith("Did") else "Give"
        expected = "an actor of actors.csv, by id, name or alias"
        yield Problem(table.file, number, column, expected, shown(cell), f"{cure} it a row there.")


def _mention_of(known: Collection[str]) -> re.Pattern[str]:
    """A pattern for words that name an actor, like ``Iran and others``, or say that nobody is named."""
    names = sorted(map(re.escape, filter(None, known)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join([*names, *_NOBODY])})(?!\w)")


def _spellings(actors: CaseTable) -> set[str]:
    """All ids, names and aliases of actors, in small letters."""
    return {
        _plain(word)
        for _, key, name, aliases in _rows(actors, "id", "name", "aliases")
        for word in (key, name, *aliases.split(";"))
    }


def _plain(name: str) -> str:
    return " ".join(re.split(r"\s+", name.casefold().strip()))


def _rows(table: CaseTable, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(table.numbers, *(table.frame[column] for column in columns), strict=True)
