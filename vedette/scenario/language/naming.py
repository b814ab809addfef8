"""Names of a mechanism: each once, each known where it is used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vedette.case import Case
from vedette.errors import Problem
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import EffectEntry, MechanismFile, Named, Quantity, Rate, Stock
from vedette.scenario.language.located import Lines
from vedette.scenario.language.sign_entries import Sign

MARKS = ("observations", "estimates", "assumptions")
"""The lists of quantities."""

NODES = ("levers", "calendar", "events", "rates", "stocks")
LISTS = (*MARKS, *NODES, "effects", "alternatives", "outcomes")


@dataclass(frozen=True)
class Names:
    """The ids of a mechanism: the list each is in, and its unit where it has one."""

    lists: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def of(self, *lists: str) -> list[str]:
        """The ids in these lists."""
        return [name for name, where in self.lists.items() if where in lists]


def names_of(file: MechanismFile) -> Names:
    """The ids of a mechanism; of those written twice, the first."""
    names = Names()
    for where in LISTS:
        for entry in getattr(file, where):
            names.lists.setdefault(entry.id, where)
            names.units.setdefault(entry.id, getattr(entry, "unit", "number"))
    return names


def shadows(file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """Ids written twice, in whatever lists."""
    seen: dict[str, Keys] = {}
    for where in LISTS:
        for index, entry in enumerate(getattr(file, where)):
            first = seen.setdefault(entry.id, (where, index))
            if first != (where, index):
                cure = f"Choose another name: {first[0]} has it in line {lines.at(first)}."
                yield lines.problem((where, index, "id"), "each name once", shown(entry.id), cure)


def namesakes(file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """Names that two entries of one list bear, so that no reader of an answer could tell them apart."""
    lists: list[tuple[Keys, Sequence[Named | Sign]]] = [
        (("outcomes",), file.outcomes),
        (("levers",), file.levers),
        (("signs",), file.signs),
        (("alternatives",), file.alternatives),
    ]
    lists += [(("alternatives", a, "branches"), each.branches) for a, each in enumerate(file.alternatives)]
    for keys, entries in lists:
        borne: dict[str, str] = {}
        for index, entry in enumerate(entries):
            first = borne.setdefault(as_read(entry.name), entry.id)
            if first != entry.id:
                yield lines.problem((*keys, index, "name"), *namesake(entry.name, first))


def as_read(name: str) -> str:
    """A name as a reader takes it: whatever the case of its letters and the blanks between them."""
    return " ".join(name.casefold().split())


def namesake(name: str, first: str) -> tuple[str, str, str]:
    """What a problem says of a name that another entry bears: expected, found, cure."""
    return "each name once", shown(name), f"Choose another: {first} bears it, and answers speak by name."


def unknown(file: MechanismFile, names: Names, lines: Lines, case: Case) -> Iterator[Problem]:
    """Ids that are used and that nothing in the mechanism, or in the case, bears."""
    places, strata = case.places.ids, [stratum.id for stratum in case.strata]
    for index, group in enumerate(file.events):
        for keys, found, known in (("strata", group.strata, strata), ("places", group.places, places)):
            for each in found:
                if each not in known:
                    cure = did_you_mean(each, known)
                    yield lines.problem(("events", index, keys), f"{keys} of the case", shown(each), cure)
    for where, used in (("rates", _of_rate), ("stocks", _of_stock), ("effects", _of_effect)):
        for index, entry in enumerate(getattr(file, where)):
            for key, name, lists, meaning in used(entry):
                if name is not None and names.lists.get(name) not in lists:
                    cure = _cure(name, names, lists)
                    yield lines.problem((where, index, key), meaning, shown(name), cure)
    for index, outcome in enumerate(file.outcomes):
        if names.lists.get(outcome.of) not in NODES:
            cure = _cure(outcome.of, names, NODES)
            yield lines.problem(("outcomes", index, "of"), "the id of a node", shown(outcome.of), cure)
    yield from _branches(file, names, lines)


def _cure(name: str, names: Names, lists: tuple[str, ...]) -> str:
    list_ = names.lists.get(name)
    nearest = did_you_mean(name, names.of(*lists))
    return f"It is one of the {list_}. {nearest}" if list_ else nearest


def _branches(file: MechanismFile, names: Names, lines: Lines) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for a, alternative in enumerate(file.alternatives):
        ids = [branch.id for branch in alternative.branches]
        for b, branch in enumerate(alternative.branches):
            keys: Keys = ("alternatives", a, "branches", b)
            if branch.id in ids[:b]:
                yield lines.problem((*keys, "id"), "each name once", shown(branch.id), "Choose another.")
            for name in branch.sets:
                if names.lists.get(name) not in QUANTITIES:
                    cure = _cure(name, names, QUANTITIES)
                    yield lines.problem((*keys, "sets", name), "the id of an assumption", shown(name), cure)
                elif first.setdefault(name, alternative.id) != alternative.id:
                    cure = f"Remove it here: {first[name]} sets it."
                    yield lines.problem((*keys, "sets", name), "each set by one", shown(name), cure)
            for name in branch.without:
                if names.lists.get(name) != "effects":
                    cure = _cure(name, names, ("effects",))
                    yield lines.problem((*keys, "without"), "the id of an effect", shown(name), cure)


QUANTITIES = ("estimates", "assumptions")
_ANY = MARKS
Use = tuple[str, str | None, tuple[str, ...], str]


def _of_rate(rate: Rate) -> Iterator[Use]:
    yield "base", rate.base, (*_ANY, "levers"), "the id of a quantity or a lever"
    yield "scatter", rate.scatter, _ANY, "the id of a quantity"
    parts = (*(rate.ratio.of if rate.ratio else ()), *(rate.ratio.over if rate.ratio else ()))
    for key, nodes in (("sum", rate.sum), ("product", rate.product), ("ratio", parts)):
        for name in nodes:
            yield key, name, NODES, "the id of a node"


def _of_stock(stock: Stock) -> Iterator[Use]:
    yield "initial", stock.initial, _ANY, "the id of a quantity"
    yield "half_life", stock.half_life, _ANY, "the id of a quantity"
    for key in ("inflow", "outflow"):
        for name in getattr(stock, key):
            yield key, name, ("rates", "events"), "the id of a rate"


def _of_effect(effect: EffectEntry) -> Iterator[Use]:
    yield "from", effect.source, NODES, "the id of a lever, stock, rate, event group or calendar entry"
    yield "to", effect.target, ("rates", "events", "stocks"), "the id of a rate, event group or stock"
    yield "size", effect.size, QUANTITIES, "the id of an estimate or an assumption"
    for key in ("half", "at", "until", "half_life"):
        yield key, getattr(effect, key), _ANY, "the id of a quantity"
    yield "past", effect.past, ("calendar",), "the id of a calendar entry"
    if effect.only is not None:
        yield "while", effect.only.lever, ("levers",), "the id of a lever"
        yield "while", effect.only.at, _ANY, "the id of a quantity"


def quantities(file: MechanismFile) -> tuple[tuple[Quantity, str], ...]:
    """Every quantity of a mechanism with its mark: observed, estimated or assumed."""
    return tuple((quantity, quantity.mark) for where in MARKS for quantity in getattr(file, where))


def node_of(file: MechanismFile, name: str) -> str:
    """The node that a sign is of: that of an outcome, else itself."""
    return next((outcome.of for outcome in file.outcomes if outcome.id == name), name)
