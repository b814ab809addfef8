"""From any spelling of the name of an area to its id."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vedette.case.geography.names import core, fold, spelled, written

Names = Mapping[str, Sequence[str]]
"""Names by the id of the area."""


@dataclass(frozen=True)
class Spellings:
    """Ids of areas by name, from the letters of a name to its core ("Kyiv oblast", "Kyiv")."""

    exact: Mapping[str, str] = field(default_factory=dict)
    """By names in the form of `written`."""
    cores: Mapping[str, str] = field(default_factory=dict)
    """By names in the form of `core`, where one area alone has the name."""
    whole: Mapping[str, str] = field(default_factory=dict)
    """By names in the form of `spelled`, where one area alone has the name."""
    bare: Mapping[str, str] = field(default_factory=dict)
    """By names in the form of `fold`, where one area alone has the name."""
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names that several areas share, with their ids; they match none of them."""
    said: tuple[tuple[str, str], ...] = ()
    """Ids and names as they are written in the case."""

    def find(self, name: str) -> str | None:
        """The id of the area with a name; None if there is none, or if several share it."""
        ways = ((self.exact, written), (self.cores, core), (self.whole, spelled), (self.bare, fold))
        return next((known[form] for known, how in ways if (form := how(name)) in known), None)


@dataclass(frozen=True)
class Clash:
    """A name that two areas have, in a file that says so of both."""

    name: str
    holder: str
    other: str


def make_spellings(shown: Mapping[str, str], others: Names, aliases: Names) -> tuple[Spellings, list[Clash]]:
    """Spellings from the shown names, other names in the file of areas and aliases in ``case.yaml``.

    Two areas with one shown name, or with an alias that is the name of the other, are a clash. Another name
    of one area that is the shown name or an alias of a second belongs to the second; if it is another name of
    both, it matches neither.
    """
    said = [(place, name) for place, name in shown.items()]
    said += [(place, name) for place, names in aliases.items() for name in names]
    exact: dict[str, str] = {}
    clashes = []
    for place, name in said:
        holder = exact.setdefault(written(name), place)
        if holder != place:
            clashes.append(Clash(name, holder, place))
    more = [(place, name) for place, names in others.items() for name in names]
    kept = [(place, name) for place, name in more if exact.get(written(name), place) == place]
    single, shared = _apart(kept, written)
    exact = {**single, **exact}
    cores, _ = _apart([*said, *kept], core)
    whole, _ = _apart([*said, *kept], spelled)
    bare, folded = _apart([*said, *kept], fold)
    listed = {ids for _, ids in shared}
    shared += [(name, ids) for name, ids in folded if ids not in listed and fold(name) not in exact]
    return Spellings(exact, cores, whole, bare, tuple(shared), (*said, *kept)), clashes


def _apart(
    said: Iterable[tuple[str, str]], how: Callable[[str], str]
) -> tuple[dict[str, str], list[tuple[str, tuple[str, ...]]]]:
    """Ids by normalised name where one area alone has it, and the names that several share."""
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for place, name in said:
        places[how(name)].setdefault(place, name)
    one = {name: next(iter(ids)) for name, ids in places.items() if len(ids) == 1}
    several = [(next(iter(ids.values())), tuple(ids)) for ids in places.values() if len(ids) > 1]
    return one, several
