"""The forces in the index of arms, and what their strengths add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np

from vedette.message import say, say_many
from vedette.network.headcounts import FRESH, Floats

LEVELS = (0.05, 0.5, 0.95)
ARMED = ("state", "hybrid", "non-state")
"""The statuses of forces that the index may count."""
WIDEST = 0.3
"""The widest range, from 0 to 1, that is printed as an index."""
Basis = Literal["counted", "carried", "assumed"]


@dataclass(frozen=True, eq=False)
class ArmedForce:
    """A force in the index.

    Attributes:
        force: its id.
        status: state, hybrid or non-state.
        strength: persons in each draw, (draws,).
        claims: the ids of the claims of its strength; none if it is assumed.
        years: the distance of the nearest of these claims from the day, in years; None if it is assumed.
        most: the largest strength by the judgement of ``author``, if it is assumed.
        author: who holds that.
    """

    force: str
    status: str
    strength: Floats
    claims: tuple[str, ...] = ()
    years: float | None = None
    most: float | None = None
    author: str = ""

    @property
    def basis(self) -> Basis:
        """Whether its strength is counted within a year of the day, carried from another, or assumed."""
        if self.years is None:
            return "assumed"
        return "counted" if self.years <= FRESH else "carried"

    def ends(self) -> tuple[float, float]:
        """The 5 % and 95 % points of its strength; 0 and the most if it is assumed."""
        if self.most is not None:
            return 0.0, self.most
        low, high = np.quantile(self.strength, (LEVELS[0], LEVELS[2]))
        return float(low), float(high)


@dataclass(frozen=True, eq=False)
class Monopoly:
    """The index on a day.

    Attributes:
        at: the day.
        parts: the main forces counted, each with a strength.
        missing: main forces with neither a headcount within reach nor a stated most.
        armies: those of the main forces without which there is no index.
        elsewhere: armed groups in the country whose war is elsewhere; not counted.
    """

    at: date
    parts: tuple[ArmedForce, ...]
    missing: tuple[str, ...] = ()
    armies: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @cached_property
    def whole(self) -> Floats:
        """All armed strength in each draw, (draws,)."""
        return _sum(part.strength for part in self.parts)

    @cached_property
    def share(self) -> Floats:
        """The index in each draw, (draws,); an assumed strength is drawn between 0 and its most."""
        return self.of_status("state")

    def of_status(self, status: str) -> Floats:
        """The share of armed strength that belongs to forces of a status, in each draw, (draws,)."""
        return self._share_with({}, status)

    @cached_property
    def quantiles(self) -> tuple[float, float, float]:
        """The lower end, the median and the upper end of the index.

        The ends are the 5 % and 95 % points, with the assumed strengths at those ends of their ranges that
        lower the index, and that raise it.
        """
        against = {part.force: _end(part, up=False) for part in self.assumed}
        for_ = {part.force: _end(part, up=True) for part in self.assumed}
        low = np.quantile(self._share_with(against), LEVELS[0])
        high = np.quantile(self._share_with(for_), LEVELS[2])
        return float(low), float(np.median(self.share)), float(high)

    @cached_property
    def assumed(self) -> tuple[ArmedForce, ...]:
        """The forces whose strength is assumed."""
        return tuple(part for part in self.parts if part.basis == "assumed")

    @cached_property
    def assumed_width(self) -> float:
        """How much of the range of the index is due to assumed strengths, in shares of 1."""
        if not self.assumed:
            return 0.0
        halves = {part.force: (part.most or 0.0) / 2 for part in self.assumed}
        least, most = np.quantile(self._share_with(halves), (LEVELS[0], LEVELS[2]))
        low, _, high = self.quantiles
        return max(high - low - float(most - least), 0.0)

    @cached_property
    def withheld(self) -> str:
        """Why the index is not printed; empty if it is."""
        armies = [army for army in self.armies if army not in self.missing]
        if not armies:
            return say("the army is missing")
        if len(self.missing) >= 2:
            return say_many(
                len(self.missing), "{count} main force is missing", "{count} main forces are missing"
            )
        if self.too_wide:
            low, _, high = self.quantiles
            return say(
                "its range, {low} to {high} %, is wider than {most} points",
                low=f"{100 * low:.0f}",
                high=f"{100 * high:.0f}",
                most=f"{100 * WIDEST:.0f}",
            )
        return ""

    @property
    def too_wide(self) -> bool:
        """Whether its range, in whole points as it is printed, is wider than may be."""
        low, _, high = self.quantiles
        return round(100 * high) - round(100 * low) > 100 * WIDEST

    @property
    def least_certain(self) -> ArmedForce:
        """The force whose strength, between its ends, moves the index most."""
        return max(self.parts, key=lambda part: (abs(np.subtract(*self._moved(part))), part.force))

    def _moved(self, part: ArmedForce) -> tuple[float, float]:
        low, high = (self.with_(part.force, strength=end) for end in part.ends())
        return low, high

    def on_basis(self, basis: Basis) -> tuple[str, ...]:
        """The forces whose strength is counted, carried or assumed."""
        return tuple(part.force for part in self.parts if part.basis == basis)

    @property
    def coverage(self) -> str:
        """How the strength of the main forces is known, in words: 5 counted, 2 carried, 1 assumed."""
        bases: tuple[Basis, ...] = ("counted", "carried", "assumed")
        numbers = {str(basis): len(self.on_basis(basis)) for basis in bases} | {"missing": len(self.missing)}
        return ", ".join(f"{number} {word}" for word, number in numbers.items() if number)

    def with_(self, force: str, *, strength: float | None = None, status: str | None = None) -> float:
        """The median of the index with another strength or status of one force."""
        sizes = {} if strength is None else {force: strength}
        statuses = {} if status is None else {force: status}
        return float(np.median(self._share_with(sizes, statuses=statuses)))

    def _share_with(
        self,
        sizes: Mapping[str, float],
        status: str = "state",
        statuses: Mapping[str, str] | None = None,
    ) -> Floats:
        """The share of a status in each draw, with some strengths and statuses replaced."""
        strengths = {
            part.force: np.full_like(part.strength, sizes[part.force])
            if part.force in sizes
            else part.strength
            for part in self.parts
        }
        mine = [
            strengths[part.force]
            for part in self.parts
            if (statuses or {}).get(part.force, part.status) == status
        ]
        whole = _sum(strengths.values())
        return _sum(mine) / whole if mine else np.zeros_like(whole)


def _end(part: ArmedForce, *, up: bool) -> float:
    """The end of an assumed strength that raises the index, or lowers it."""
    small, large = part.ends()
    return large if (part.status == "state") == up else small


def _sum(strengths: Iterable[Floats]) -> Floats:
    return np.asarray(np.sum(list(strengths), axis=0), dtype=np.float64)
