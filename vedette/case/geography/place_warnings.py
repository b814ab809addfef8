"""Warnings about the areas of a case."""

from collections.abc import Iterator, Sequence

from vedette.case.geography.columns import PLACES
from vedette.case.geography.overlaps import partly_overlapping
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
    yield from _overlaps(places)


def _shared_names(places: Places) -> Iterator[Problem]:
    shared = places.spellings.shared
    if not shared:
        return
    said = [f"{counted(len(ids), 'area')} called {name!r} ({_listed(places, ids)})" for name, ids in shared]
    more = f" and {counted(len(said) - _MOST_SHOWN, 'more such name')}" if len(said) > _MOST_SHOWN else ""
    found = ", ".join(said[:_MOST_SHOWN]) + more
    cure = "Such a name matches none of them. Where it means one, add it to its aliases in case.yaml."
    yield Problem(PLACES, 0, "properties", "names that fit one area", found, cure)


def _overlaps(places: Places) -> Iterator[Problem]:
    pairs = [
        f"{small} and {large} ({share:.0%} of {small})"
        for large, small, share in partly_overlapping(places.geometry)
    ]
    if pairs:
        more = f" and {counted(len(pairs) - _MOST_SHOWN, 'more pair')}" if len(pairs) > _MOST_SHOWN else ""
        found = f"overlaps: {', '.join(pairs[:_MOST_SHOWN])}{more}"
        cure = "A point in two areas counts for the first in the file. Take areas with common borders."
        yield Problem(PLACES, 0, "geometry", "areas that lie side by side", found, cure)


def _listed(places: Places, ids: Sequence[str]) -> str:
    named = ((place, places.names[place]) for place in ids)
    return ", ".join(place if name == place else f"{place} {name}" for place, name in named)
