"""The pool: several families that fail differently, weighted by their past scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vedette.model.arrangement import unit_order
from vedette.model.blocks import divided
from vedette.model.fading import Fading
from vedette.model.forecasting import Model
from vedette.model.history import FloatArray, History, IntArray, median_history
from vedette.model.level import Level, LevelMarks
from vedette.model.pool.learning import Learned, learn
from vedette.model.pool.rearranging import rearrange
from vedette.model.protocols import absence
from vedette.randomness import shared_stream


@dataclass(frozen=True)
class Share:
    """A member of a pool and what it weighs before anything is learned.

    ``needs_events``: it speaks only where the events behind deaths are known.
    """

    model: Model
    weight: float
    needs_events: bool = False


SHARES = (
    Share(Level(), 2.0),
    Share(LevelMarks(), 2.0, needs_events=True),
    Share(Fading(3.0), 1.0),
)


@dataclass(frozen=True)
class Pool:
    """A linear pool, recalibrated and tied: each draw is a draw of one member, in proportion to the weights.

    The weights of each horizon are learned from the members' draws at past origins, and
    shrunk to those of ``shares``; then the ranks of the draws are recalibrated by where the truth ranked, see
    `vedette.model.pool.learning.learn`. A draw stays with its member from horizon to horizon as far as the
    weights allow, so that a draw is a path; at last the draws of each unit and horizon are reordered among
    themselves so that sums hold the truth as often as single months do, see `vedette.model.pool.tying`.

    ``learned`` is what was learned for horizons and members before; if None it is learned from the history.
    """

    shares: tuple[Share, ...] = SHARES
    name: str = "pool"
    learned: Learned | None = None

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U)."""
        members = self.members(history)
        learned = self.learned or self.learn(history, horizons)
        paths = [member.simulate(history, horizons, draws, rng) for member in members]
        chance = shared_stream(rng, "members")
        ticket = chance.permutation(np.arange(draws) + chance.random(draws)) / draws
        member_of = (ticket[:, None, None] > learned.weights.cumsum(axis=1)[:, :-1]).sum(axis=2)
        return rearrange(np.choose(member_of[:, :, None], paths), learned.bends, learned.ties, rng)

    def divided(self, history: History, horizons: int, blocks: Sequence[IntArray]) -> Sequence[Model] | None:
        """A pool for each block of units, with what all units teach; None if a member needs all units."""
        shares, learned = self._fitting(history), self.learned or self.learn(history, horizons)
        members = [divided(share.model, history, horizons, blocks) for share in shares]
        apart = [models for models in members if models is not None]
        if len(apart) < len(members):
            return None
        return [
            replace(
                self,
                shares=tuple(
                    replace(share, model=model) for share, model in zip(shares, models, strict=True)
                ),
                learned=learned,
            )
            for models in zip(*apart, strict=True)
        ]

    def members(self, history: History) -> tuple[Model, ...]:
        """The members that can speak about a history."""
        return tuple(share.model for share in self._fitting(history))

    def start(self, history: History) -> FloatArray:
        """What the `members` weigh before anything is learned, (K,); sum 1."""
        weights = np.array([share.weight for share in self._fitting(history)])
        return np.asarray(weights / weights.sum())

    def absent(self, history: History) -> dict[str, str]:
        """The members that cannot speak about a history, by name, and why."""
        reasons = {share.model.name: absence(share.model, history) for share in self._with_events(history)}
        return {name: reason for name, reason in reasons.items() if reason}

    def learn(self, history: History, horizons: int) -> Learned:
        """Weights of the `members` and recalibration by horizon, as known at the end of the history.

        Units are learned from in the order in which they are simulated, see
        `vedette.model.arrangement.unit_order`, so that neither their names nor their order move it; of each
        cell by its median over panel draws.
        """
        past = median_history(history).pick(unit_order(history))
        return learn(past, self.members(past), self.start(past), horizons)

    def _fitting(self, history: History) -> tuple[Share, ...]:
        return tuple(share for share in self._with_events(history) if not absence(share.model, history))

    def _with_events(self, history: History) -> tuple[Share, ...]:
        known = history.events is not None
        return tuple(share for share in self.shares if known or not share.needs_events)
