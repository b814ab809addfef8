"""Warnings about the areas of a case."""

from collections.abc import Iterator, Sequence

from vedette.case.geography.columns import PLACES
from vedette.case.geography.places import Places
from vedette.errors import Problem
from vedette.plurals import counted

_MOST_SHOWN = 5


def place_warnings(places: Places) -> Iterator[Problem]:
    """Warnings about names and polygons of areas, one line a kind."""
    yield from _shared_names(places)


def _shared_names(places: Places) -> Iterator[Problem]:
    shared = places.spellings.shared
    if not shared:
        return
    said = [f"{len(ids)} areas called {name!r} ({_listed(places, ids)})" for name, ids in shared]
    more = f" and {counted(len(said) - _MOST_SHOWN, 'more such name')}" if len(said) > _MOST_SHOWN else ""
    found = ", ".join(said[:_MOST_SHOWN]) + more
    cure = (
        "Such a name matches none of them. Where it means one, add it under aliases of that id in case.yaml."
    )
    yield Problem(PLACES, 0, "properties", "names that fit one area", found, cure)


def _listed(places: Places, ids: Sequence[str]) -> str:
    return ", ".join(
        place if places.names[place] == place else f"{place} {places.names[place]}" for place in ids
    )
