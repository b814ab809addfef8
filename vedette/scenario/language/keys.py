"""Keys of random numbers: what an entry says and where it is used, never how it is named."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vedette.scenario.language.content import (
    canonical,
    content_of,
    content_of_alternatives,
    content_of_branch,
    words_of,
    words_of_branch,
)
from vedette.scenario.language.distinct import Key, distinct_keys
from vedette.scenario.language.entries import Alternatives, Branch, EffectEntry, Lever, MechanismFile, Rate
from vedette.scenario.language.naming import quantities
from vedette.scenario.language.reach import downstream
from vedette.scenario.language.uses import Use, kind_of, nodes_of, parts_of, uses_of


@dataclass(frozen=True)
class RandomKeys:
    """The names of the random streams of a mechanism, by the ids of its entries.

    ``quantities``; ``noises`` of the rates with scatter; ``alternatives``; ``levers``. ``branches``: of each
    alternative the places of its branches in the file, in an order that does not depend on the file's.
    """

    quantities: Mapping[str, Key]
    noises: Mapping[str, Key]
    alternatives: Mapping[str, Key]
    levers: Mapping[str, Key]
    branches: Mapping[str, tuple[int, ...]]

    def branch(self, alternatives: str, place: int) -> Key:
        """The key of a branch, by its place in the file."""
        return (*self.alternatives[alternatives], str(self.branches[alternatives].index(place)))


def keys_of(file: MechanismFile) -> RandomKeys:
    """The keys of a mechanism whose names are known to be right.

    Each entry is described in parts, of which the first seldom change, and its key is as much of them as
    tells it apart from all others of its kind; see `distinct_keys`.
    """
    parts = _Parts(file)
    names = [quantity.id for quantity, _ in quantities(file)]
    described = {name: parts.of_quantity(name) for name in names}
    quantity_keys = distinct_keys(described, {name: parts.weight(name) for name in names})
    noises = distinct_keys({rate.id: parts.of_noise(rate) for rate in file.rates if rate.scatter})
    alternatives = distinct_keys({each.id: parts.of_alternatives(each) for each in file.alternatives})
    return RandomKeys(
        quantities=_of_kind("quantity", quantity_keys),
        noises=_of_kind("scatter", noises),
        alternatives=_of_kind("branch", alternatives),
        levers=_of_kind("lever", distinct_keys({each.id: parts.of_lever(each) for each in file.levers})),
        branches={each.id: parts.order_of_branches(each) for each in file.alternatives},
    )


def _of_kind(kind: str, keys: Mapping[str, Key]) -> dict[str, Key]:
    return {name: (kind, *key) for name, key in keys.items()}


class _Parts:
    """The parts of which descriptions of the entries of a mechanism are made."""

    def __init__(self, file: MechanismFile) -> None:
        self.file = file
        self.nodes = nodes_of(file)
        self.reached = downstream(file)
        self.effects = {effect.id: effect for effect in file.effects}
        self.listed = {quantity.id: quantity for quantity, _ in quantities(file)}
        self.contents = {name: content_of(quantity) for name, quantity in self.listed.items()}
        self.uses: dict[str, list[Use]] = {}
        for use in uses_of(file):
            self.uses.setdefault(use.name, []).append(use)

    def of_quantity(self, name: str) -> Key:
        """What it says, where it is used, and the words beside it."""
        return (self.contents[name], *self.where(name), words_of(self.listed[name]))

    def of_lever(self, lever: Lever) -> Key:
        """Who sets it in what unit, where it is recorded, and where it is used."""
        return (kind_of(lever), canonical(lever.record), *self.where(lever.id))

    def of_noise(self, rate: Rate) -> Key:
        """What the scatter says, then what the rate begins from, is made of, moves, and is moved by."""
        moved_by = [self.effect(effect) for effect in self.file.effects if effect.target == rate.id]
        return (
            self.contents[str(rate.scatter)],
            self.contents.get(str(rate.base), ""),
            _listed([kind_of(rate), *(kind_of(self.nodes[part]) for part in parts_of(rate))]),
            self.violence([rate.id]),
            _listed(moved_by),
        )

    def of_alternatives(self, alternatives: Alternatives) -> Key:
        """What branches set, then the quantities and effects that they change, their weights and words."""
        branches = alternatives.branches
        return (
            content_of_alternatives(alternatives),
            _listed(self.changed(branch) for branch in branches),
            _listed(f"{branch.weight}" for branch in branches),
            _listed(words_of_branch(branch) for branch in branches),
        )

    def order_of_branches(self, alternatives: Alternatives) -> tuple[int, ...]:
        """Places of branches by what they set, then by what they change, their weights and words."""
        described = [
            (content_of_branch(branch), self.changed(branch), branch.weight or 0.0, words_of_branch(branch))
            for branch in alternatives.branches
        ]
        return tuple(sorted(range(len(described)), key=described.__getitem__))

    def where(self, name: str) -> tuple[str, str, str]:
        """The places that a quantity or lever fills, the violence that it moves, the quantities beside it."""
        uses = self.uses.get(name, [])
        beside = {self.contents[other] for use in uses for other in use.beside if other in self.contents}
        return _listed({use.place for use in uses}), self.violence(use.node for use in uses), _listed(beside)

    def violence(self, nodes: Iterable[str]) -> str:
        """The groups of events that nodes move, each told by what it counts."""
        moved = {node for name in nodes for node in self.reached[name]}
        return _listed(kind_of(group) for group in self.file.events if group.id in moved)

    def weight(self, name: str) -> int:
        """3 where a quantity moves violence, 2 another outcome by way of other nodes, 1 at once, 0 none."""
        at_once = {use.node for use in self.uses.get(name, ())}
        moved = {node for first in at_once for node in self.reached[first]}
        read = {outcome.of for outcome in self.file.outcomes} & moved
        if any(group.id in moved for group in self.file.events):
            return 3
        return 2 if read - at_once else int(bool(read))

    def changed(self, branch: Branch) -> str:
        """The quantities that a branch sets and the effects that it leaves out, without names."""
        sets = [json.dumps([self.contents[name], self.where(name)[0]]) for name in branch.sets]
        return json.dumps(
            [_listed(sets), _listed(self.effect(self.effects[name]) for name in branch.without)]
        )

    def effect(self, effect: EffectEntry) -> str:
        """An effect by its form, its size and its ends."""
        ends = [kind_of(self.nodes[effect.source]), kind_of(self.nodes[effect.target])]
        return json.dumps([effect.form, self.contents[effect.size], *ends])


def _listed(parts: Iterable[str]) -> str:
    return json.dumps(sorted(parts))
