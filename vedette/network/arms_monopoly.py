"""The state monopoly on arms: the share of armed strength that the state commands.

    index = sum over forces of strength * [commanded by the state] / sum over forces of strength

Strengths are drawn (see `vedette.network.headcounts`). Whether the state commands a force is drawn too: the
probability is 1 for a state force, 0 for a non-state one, and for a hybrid one

    odds(state commands) / (odds(state commands) + odds(another commands))

where the odds are those of the beliefs in the two ties of command, or of the prior without a claim. A force
that is part of another is subtracted from it and counted separately if there are claims about its strength
and its commander.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger, prior
from vedette.network.graph import believed
from vedette.network.headcounts import Floats, Headcount, counted, headcount
from vedette.network.standing import Standing

LEVELS = (0.05, 0.5, 0.95)
ARMED = ("state", "hybrid", "non-state")


@dataclass(frozen=True, eq=False)
class ArmedForce:
    """A force in the index.

    Attributes:
        force: its id.
        status: state, hybrid or non-state.
        strength: persons in each draw, (draws,), without the parts that are counted separately.
        command: the probability that the state commands it.
        commanded: 1 in each draw in which the state commands it, else 0, (draws,).
        claims: the ids of the claims of its strength.
        years: the distance of the nearest of these claims from the day, in years.
    """

    force: str
    status: str
    strength: Floats
    command: float
    commanded: Floats
    claims: tuple[str, ...]
    years: float


@dataclass(frozen=True, eq=False)
class Monopoly:
    """The index on a day.

    Attributes:
        at: the day.
        parts: the forces counted.
        missing: forces that should be counted but have headcounts only for days too far from this one.
    """

    at: date
    parts: tuple[ArmedForce, ...]
    missing: tuple[str, ...]

    @cached_property
    def whole(self) -> Floats:
        """All armed strength in each draw, (draws,)."""
        return np.asarray(np.sum([part.strength for part in self.parts], axis=0))

    @cached_property
    def share(self) -> Floats:
        """The index in each draw, (draws,)."""
        return np.asarray(
            np.sum([part.strength * part.commanded for part in self.parts], axis=0) / self.whole
        )

    def of_status(self, status: str) -> Floats:
        """The share of armed strength that belongs to forces of a status, in each draw, (draws,)."""
        strengths = [part.strength for part in self.parts if part.status == status]
        return np.asarray(np.sum(strengths, axis=0) / self.whole) if strengths else np.zeros_like(self.whole)

    def quantiles(self) -> tuple[float, float, float]:
        """The 5 %, 50 % and 95 % points of the index."""
        low, middle, high = np.quantile(self.share, LEVELS)
        return float(low), float(middle), float(high)

    def with_(self, force: str, *, strength: float | None = None, commanded: float | None = None) -> float:
        """The median of the index with another strength or command of one force.

        ``commanded`` is 1 if the state commands the force, 0 if it does not.
        """
        top = bottom = np.zeros_like(self.whole)
        for part in self.parts:
            size = (
                np.full_like(part.strength, strength)
                if part.force == force and strength is not None
                else part.strength
            )
            mine = (
                np.full_like(part.commanded, commanded)
                if part.force == force and commanded is not None
                else part.commanded
            )
            top, bottom = top + size * mine, bottom + size
        return float(np.median(top / bottom))


def monopoly(ledger: Ledger, at: date, draws: int, seed: int) -> Monopoly | None:
    """The state's monopoly on arms on a day; None if no force has a headcount within reach.

    Args:
        ledger: the claims as known on its as-of day.
        at: the day.
        draws: the number of draws.
        seed: the seed. Each force has its own rng stream, so its draws do not depend on the other forces.
    """
    standing = Standing(ledger.case, at)
    counts = {}
    for force in standing.coded:
        rng = _rng(seed, at, force)
        count = headcount(ledger, force, at, draws, rng)
        if count is not None:
            counts[force] = (count, rng)
    commands = command_beliefs(ledger, at, standing)
    parts, missing, with_headcounts = [], [], set(counted(ledger)["subject"])
    for force, coding in standing.coded.items():
        status, whole = coding.status, coding.part_of
        if status == "foreign":
            continue
        apart = not whole or whole not in standing.coded
        counted_alone = force in commands or status != "hybrid"
        if force not in counts:
            missing += [force] if apart and force in with_headcounts else []
        elif apart or (counted_alone and whole in counts):
            count, rng = counts[force]
            within = _within(force, standing, counts, commands)
            strength = np.maximum(count.draws - within, 0.0)
            chance = _chance_of_command(status, commands.get(force), ledger)
            commanded = (rng.random(draws) < chance).astype(float)
            parts.append(ArmedForce(force, status, strength, chance, commanded, count.claims, count.years))
    return Monopoly(at, tuple(parts), tuple(missing)) if parts else None


def command_beliefs(ledger: Ledger, at: date, standing: Standing) -> Mapping[str, tuple[float, float]]:
    """By force, the belief that the state commands it and the strongest belief that another actor does."""
    ties = believed(ledger, at, [RelationKind.STRUCTURE]).filter(pl.col("relation") == "command")
    start = prior(ledger.case.weights, "command")
    beliefs: dict[str, tuple[float, float]] = {}
    for by, force, belief in ties.select("subject", "object", "belief").iter_rows():
        state, other = beliefs.get(force, (start, start))
        mine = by in standing.own and standing.status(by) == "state"
        beliefs[force] = (max(state, belief), other) if mine else (state, max(other, belief))
    return beliefs


def drivers(index: Monopoly) -> pl.DataFrame:
    """One-at-a-time sensitivity of the index, the largest change first.

    Varied are the strength of each force (its 5 % and 95 % points) and, for hybrid forces, whether the state
    commands it. Columns: ``what`` (strength or command), ``force, low, high`` (the median of the index at
    either end), ``swing`` (their distance).
    """
    rows = []
    for part in index.parts:
        ends = np.quantile(part.strength, (0.05, 0.95))
        small, large = (index.with_(part.force, strength=float(end)) for end in ends)
        rows.append(("strength", part.force, small, large))
        if part.status == "hybrid":
            rows.append(
                (
                    "command",
                    part.force,
                    index.with_(part.force, commanded=0),
                    index.with_(part.force, commanded=1),
                )
            )
    schema = {"what": pl.String, "force": pl.String, "low": pl.Float64, "high": pl.Float64}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    swing = (pl.col("high") - pl.col("low")).abs()
    return table.with_columns(swing=swing).sort("swing", "force", "what", descending=[True, False, False])


def by_year(ledger: Ledger, years: range, draws: int, seed: int) -> pl.DataFrame:
    """The index at the end of each year, or on the as-of day in its year.

    Columns: ``at, low, middle, high`` (median and 90 % interval; empty if no force has a headcount), ``state,
    hybrid, non-state`` (median shares of armed strength by status), ``forces, missing`` (joined by ;).
    """
    rows: list[tuple[object, ...]] = []
    for year in years:
        at = min(date(year, 12, 31), ledger.as_of or date.max)
        index = monopoly(ledger, at, draws, seed)
        if index is None:
            rows.append((at, None, None, None, None, None, None, 0, ""))
            continue
        shares = [float(np.median(index.of_status(status))) for status in ARMED]
        rows.append((at, *index.quantiles(), *shares, len(index.parts), ";".join(index.missing)))
    numbers = ("low", "middle", "high", *ARMED)
    schema = {"at": pl.Date, **dict.fromkeys(numbers, pl.Float64), "forces": pl.Int64, "missing": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _within(
    force: str,
    standing: Standing,
    counts: Mapping[str, tuple[Headcount, np.random.Generator]],
    commands: Mapping[str, tuple[float, float]],
) -> Floats:
    """The total strength of the parts of a force that are counted separately, (draws,)."""
    inner = [
        one
        for one, coding in standing.coded.items()
        if coding.part_of == force and one in counts and (one in commands or coding.status != "hybrid")
    ]
    return sum((counts[one][0].draws for one in inner), start=np.zeros(1))


def _chance_of_command(status: str, command: tuple[float, float] | None, ledger: Ledger) -> float:
    if status != "hybrid":
        return 1.0 if status == "state" else 0.0
    start = prior(ledger.case.weights, "command")
    state, other = command or (start, start)
    mine, theirs = state / (1 - state), other / (1 - other)
    return mine / (mine + theirs)


def _rng(seed: int, at: date, force: str) -> np.random.Generator:
    return np.random.default_rng([seed, at.toordinal(), zlib.crc32(force.encode())])
