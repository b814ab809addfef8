"""Analogues as a model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from vedette.errors import DataError
from vedette.model.analogues.forest import Choice, Forest
from vedette.model.analogues.playing import play
from vedette.model.analogues.prior import forest_known
from vedette.model.analogues.states import LEAST, WINDOW
from vedette.model.history import History, IntArray, Kind, panel_draws
from vedette.periods import Step
from vedette.plurals import counted
from vedette.randomness import shared_stream

LEAST_ROWS, LEAST_COUNTRIES = 200, 10
AT_ONCE = 150_000
"""Draws by units that are played at once, so that memory stays small."""
MOST_KEPT = 24
"""Forests without a country that are kept, about 3 MB each."""


@dataclass(frozen=True)
class Analogues:
    """Past months of other countries or places like the present one, and what followed them.

        draw[h] = path[h] (b now + .3) / (b then + .3),    b = sqrt((m3 + .3) (m12 + .3))

    A draw takes a tree of a forest, one of the past months in the node where the present falls, and plays on
    the twelve months that followed it, rounded at random; beyond them it chooses again from where it stands.
    Rows and forest are those known at the origin. Deaths by month only; countries borrow from countries,
    first-level areas from first-level areas and countries, none from its own country or those in
    ``without``. Units are drawn independently, but for the tree. It speaks where enough is known, see
    `absent`.
    """

    without: tuple[str, ...] = ()
    name: str = "analogues"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U) of deaths.

        Raises:
            DataError: there are no analogues for such a history: see `absent`.
        """
        if reason := self.absent(history):
            raise DataError(f"{self.name}: {reason}. Choose another model, such as `level`.")
        forest, panel = _forest(history), panel_draws(history, draws)
        assert forest is not None
        trees = shared_stream(rng, "trees").permutation(np.arange(draws) % len(forest.trees.feature))
        recent = history.values[:, -WINDOW:]
        paths = np.empty((draws, horizons, len(history.units)), dtype=np.int64)
        for apart, units in self._groups(history):
            choice = _choice(forest, apart)
            for some in np.split(units, range(_width(draws), len(units), _width(draws))):
                paths[:, :, some] = play(choice, recent[:, :, some], panel, trees, horizons, rng)
        return paths

    def divided(self, history: History, horizons: int, blocks: Sequence[IntArray]) -> "Sequence[Analogues]":
        """The same for every block of units, in which a draw takes the same tree."""
        return [self] * len(blocks)

    def absent(self, history: History) -> str:
        """Why there are no analogues for a history; empty if there are.

        Periods other than months, a measure other than deaths, units that are neither countries nor places,
        countries of which it is not known which they are, a history of less than a year, or fewer than 200
        past months of ten other countries known at its end.
        """
        if history.span.step is not Step.MONTH:
            return f"expected months, the only periods with analogues; found {history.span.step.value}s"
        if history.measure != "deaths":
            return f"expected deaths, the only measure with analogues; found {history.measure}"
        if history.kind is None:
            return "expected units known to be countries or first-level areas; found others"
        if len(history.observed) < LEAST:
            return f"expected a history of {LEAST} months or more; found {len(history.observed)}"
        if unknown := _without_country(history):
            found = f"{counted(len(unknown), 'unit')} without, such as {unknown[0]}"
            return (
                "expected the code of three letters or the name of every country, so that its own past is "
                f"left out; found {found}"
            )
        rows, countries = self._known(history)
        if rows < LEAST_ROWS or countries < LEAST_COUNTRIES:
            return (
                f"expected at least {LEAST_ROWS} past months of {LEAST_COUNTRIES} other countries to choose "
                f"from; found {rows} of {countries} known by then"
            )
        return ""

    def _known(self, history: History) -> tuple[int, int]:
        """The rows to choose from and their countries, for the unit that has the fewest rows."""
        forest = _forest(history)
        if forest is None:
            return 0, 0
        return min(_left(forest, apart) for apart, _ in self._groups(history))

    def _groups(self, history: History) -> Iterator[tuple[frozenset[str], IntArray]]:
        """The countries that are left out, and the units for which they are."""
        own = np.array(history.countries or [""] * len(history.units))
        for country in np.unique(own):
            yield frozenset((*self.without, str(country))), np.flatnonzero(own == country)


def _without_country(history: History) -> tuple[str, ...]:
    """The units that are countries, but it is not known which."""
    if history.kind is not Kind.COUNTRY:
        return ()
    codes = history.countries or ("",) * len(history.units)
    return tuple(unit for unit, code in zip(history.units, codes, strict=True) if not code)


def _width(draws: int) -> int:
    return max(1, AT_ONCE // draws)


def _forest(history: History) -> Forest | None:
    return None if history.kind is None else forest_known(history.kind, history.span.last)


@lru_cache(maxsize=1024)
def _left(forest: Forest, without: frozenset[str]) -> tuple[int, int]:
    """The rows to choose from and their countries, cached, since each past origin asks."""
    return forest.rows.but_for(without)


@lru_cache(maxsize=MOST_KEPT)
def _choice(forest: Forest, without: frozenset[str]) -> Choice:
    """Cached, since a forecast and the past ones that the pool learns from choose from the same forests."""
    return forest.without(without)
