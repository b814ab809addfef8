"""The role of each quantity: where a mechanism uses it, by which its random numbers are keyed."""

from collections import Counter
from collections.abc import Iterator

from vedette.scenario.language.entries import EffectEntry, MechanismFile

Role = tuple[str, ...]


def roles_of(file: MechanismFile) -> dict[str, Role]:
    """The role of every quantity that is used, by id: the first of its uses, in alphabetical order.

    A use is a place in an effect, a rate or a stock. Each place is filled by one quantity, so that no two
    have the same role, and neither the id of a quantity nor the order of entries is in it.
    """
    roles: dict[str, Role] = {}
    for name, use in _uses(file):
        if name is not None:
            roles[name] = min(roles.get(name, use), use)
    return roles


def key_of(role: Role | None, name: str) -> Role:
    """The names of the random stream of a quantity: its role; its id where nothing uses it."""
    return ("quantity", *(role or ("unused", name)))


def _uses(file: MechanismFile) -> Iterator[tuple[str | None, Role]]:
    for rate in file.rates:
        yield rate.base, ("rate", rate.id, "base")
        yield rate.scatter, ("rate", rate.id, "scatter")
    for stock in file.stocks:
        yield stock.initial, ("stock", stock.id, "initial")
        yield stock.half_life, ("stock", stock.id, "half_life")
    alike = Counter(_arrow(effect) for effect in file.effects)
    for effect in file.effects:
        arrow = _arrow(effect)
        own = arrow if alike[arrow] == 1 else (*arrow, effect.id)
        for place in ("size", "half", "at", "until", "half_life"):
            yield getattr(effect, place), (*own, place)
        if effect.only is not None:
            yield effect.only.at, (*own, "while")


def _arrow(effect: EffectEntry) -> Role:
    return ("effect", effect.form, effect.source, effect.target)
