"""Warnings about the areas of a case."""

from collections.abc import Iterator, Sequence

from vedette.case.geography.columns import PLACES
from vedette.case.geography.places import Places
from vedette.case.geography.whereabouts import far_areas
from vedette.case.schema.settings import Country
from vedette.errors import Problem
from vedette.plurals import counted

_MOST_SHOWN = 5


def place_warnings(places: Places, country: Country) -> Iterator[Problem]:
    """Warnings about names and polygons of areas, one line a kind."""
    yield from _shared_names(places)
    yield from far_areas(places.geometry, country)


def _shared_names(places: Places) -> Iterator[Problem]:
    shared = places.spellings.shared
    if not shared:
        return
    said = [f"{len(ids)} areas called {name!r} ({_listed(places, ids)})" for name, ids in shared]
    more = f" and {counted(len(said) - _MOST_SHOWN, 'more such name')}" if len(said) > _MOST_SHOWN else ""
    found = ", ".join(said[:_MOST_SHOWN]) + more
    cure = "Such a name matches none of them. Where it means one, add it to its aliases in case.yaml."
    yield Problem(PLACES, 0, "properties", "names that fit one area", found, cure)


def _listed(places: Places, ids: Sequence[str]) -> str:
    named = ((place, places.names[place]) for place in ids)
    return ", ".join(place if name == place else f"{place} {name}" for place, name in named)
