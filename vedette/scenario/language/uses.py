"""Where a mechanism uses its quantities and levers, told without any name of the mechanism."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from vedette.scenario.language.entries import (
    EffectEntry,
    EventGroup,
    Happening,
    Lever,
    MechanismFile,
    Rate,
    Stock,
)
from vedette.scenario.language.units import dimensions

Node = Lever | Happening | EventGroup | Rate | Stock


@dataclass(frozen=True)
class Use:
    """A place that a quantity or a lever fills.

    Attributes:
        name: the id of the quantity or lever.
        place: what kind of place it is, without names.
        node: the id of the node that it moves at once.
        beside: ids of the quantities next to it: of the same entry, and what both ends begin from.
    """

    name: str
    place: str
    node: str
    beside: tuple[str, ...]


def kind_of(node: Node) -> str:
    """What kind of node it is: violence by stratum and place, a lever by actor, others by unit and making."""
    match node:
        case EventGroup():
            return json.dumps(["events", node.measure, sorted(node.strata), sorted(node.places)])
        case Lever():
            return json.dumps(["lever", node.who, _unit(node.unit)])
        case Rate():
            made = next(name for name in ("base", "sum", "product", "ratio") if getattr(node, name))
            return json.dumps(["rate", made, _unit(node.unit)])
        case Stock():
            return json.dumps(["stock", _unit(node.unit)])
        case _:
            return "calendar"


def nodes_of(file: MechanismFile) -> dict[str, Node]:
    """Every node by id."""
    return {node.id: node for where in (file.levers, file.calendar, file.events) for node in where} | {
        node.id: node for where in (file.rates, file.stocks) for node in where
    }


def parts_of(rate: Rate) -> tuple[str, ...]:
    """The nodes that a rate adds up, multiplies or divides."""
    below = (*rate.ratio.of, *rate.ratio.over) if rate.ratio else ()
    return (*rate.sum, *rate.product, *below)


def uses_of(file: MechanismFile) -> Iterator[Use]:
    """Every use of a quantity or a lever in a rate, a stock or an effect."""
    nodes = nodes_of(file)
    for rate in file.rates:
        kind, own = kind_of(rate), _begins(rate)
        for slot in ("base", "scatter"):
            yield from _use(getattr(rate, slot), [slot, kind], rate.id, own)
        for part in parts_of(rate):
            yield from _use(part, ["part", kind], rate.id, own)
    for stock in file.stocks:
        for slot in ("initial", "half_life"):
            yield from _use(getattr(stock, slot), [slot, kind_of(stock)], stock.id, _begins(stock))
    for effect in file.effects:
        yield from _of_effect(effect, nodes)


def _of_effect(effect: EffectEntry, nodes: dict[str, Node]) -> Iterator[Use]:
    source, target = nodes[effect.source], nodes[effect.target]
    ends = [effect.form, effect.side, kind_of(source), kind_of(target)]
    slots = {slot: getattr(effect, slot) for slot in ("size", "half", "at", "until", "half_life", "source")}
    if effect.only is not None:
        slots |= {"while": effect.only.at, "while lever": effect.only.lever}
    beside = (*(name for name in slots.values() if name), *_begins(source), *_begins(target))
    for slot, name in slots.items():
        yield from _use(name, [slot, *ends], effect.target, beside)


def _use(name: str | None, place: list[str], node: str, beside: tuple[str, ...]) -> Iterator[Use]:
    if name is not None:
        yield Use(name, json.dumps(place), node, tuple(other for other in beside if other != name))


def _begins(node: Node) -> tuple[str, ...]:
    """The quantities that a node begins from."""
    slots = ("base", "scatter", "initial", "half_life")
    return tuple(str(name) for slot in slots if (name := getattr(node, slot, None)))


def _unit(unit: str) -> list[list[object]]:
    return [[name, power] for name, power in sorted(dimensions(unit))]
