"""Counts of what another format cannot express, by reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class LeftOut:
    """So many things of one kind that were left out, and why."""

    kind: str
    count: int
    why: str


def counted(reasons: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    """Reasons (kind and why, one for each thing left out), added up.

    >>> counted([("claims", "denied"), ("claims", "denied")])
    (LeftOut(kind='claims', count=2, why='denied'),)
    """
    return tuple(LeftOut(kind, count, why) for (kind, why), count in sorted(Counter(reasons).items()))
