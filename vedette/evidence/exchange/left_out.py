"""Counts of what another format cannot express, by reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class LeftOut:
    """How many things of one kind were left out, and why."""

    kind: str
    count: int
    why: str


def counted(reasons: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    """Counts the things left out, given as pairs of kind and reason.

    >>> counted([("claims", "denied"), ("claims", "denied")])
    (LeftOut(kind='claims', count=2, why='denied'),)
    """
    return tuple(LeftOut(kind, count, why) for (kind, why), count in sorted(Counter(reasons).items()))
