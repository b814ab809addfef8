"""Sums over periods ahead: what is asked for, and the forecast that holds them."""

from collections.abc import Mapping, Sequence
from typing import Any

from vedette.errors import UsageError
from vedette.model import Forecast, History, Learned, Model, Pool
from vedette.periods import Ahead
from vedette.plurals import counted

ENOUGH = 0.85
"""Below this share of past sums inside 90 %, however they are tied, the reader is warned."""


def each_once(sums: Sequence[Ahead]) -> tuple[Ahead, ...]:
    """The sums that were asked for, in their order, one asked for twice only once."""
    return tuple(dict.fromkeys(sums))


def reach_of(months: Ahead | None, sums: Sequence[Ahead], *, otherwise: int) -> Ahead:
    """The periods that must be forecast for these months, or for these sums, or as far as otherwise.

    Raises:
        UsageError: both months and sums.
    """
    if months and sums:
        raise UsageError("--sum says itself which periods are added up. Leave out --months.")
    if sums:
        return Ahead(1, max(one.last for one in sums))
    return months or Ahead(1, otherwise)


def periods_or_sums(ahead: Forecast, reach: Ahead, *, sums: Sequence[Ahead]) -> Forecast:
    """The periods of a forecast within reach; where sums are asked for, one layer for each of them."""
    return ahead.summed(*sums) if sums else ahead.ahead(reach.first, reach.last)


def past_sums(model: Model, history: History, *, horizons: int, sums: Sequence[Ahead]) -> Learned | None:
    """What the pool learned from past sums; None for another model, or where no sum is asked for."""
    return model.learn(history, horizons) if sums and isinstance(model, Pool) else None


def past_sums_document(learned: Learned | None) -> Mapping[str, Any]:
    """How often past sums lay inside 90 %, and how strongly draws are tied, for machines."""
    if learned is None:
        return {}
    inside = learned.inside and {
        "sums": learned.inside.sums,
        "inside_90_as_drawn": round(learned.inside.drawn, 3),
        "inside_90_perfectly_tied": round(learned.inside.perfect, 3),
    }
    return {
        "ties": {"along": round(learned.ties.along, 3), "across": round(learned.ties.across, 3)},
        "past_sums": inside,
    }


def past_sums_note(learned: Learned | None) -> tuple[str, ...]:
    """A warning where past sums lay outside too often, however the months of a draw were tied."""
    inside = learned.inside if learned else None
    if inside is None or inside.perfect >= ENOUGH:
        return ()
    return (
        f"{inside.perfect:.0%} of {counted(inside.sums, 'past sum')} would have lain inside the 90 % "
        "interval even if all months of a draw were high together: read intervals of sums as too narrow.",
    )
