"""Compares members and weights of the pool on development data, without drawing anew for each.

    python studies/choose_members.py --shared ../shared --also ewma-negbin endemic-epidemic
    python studies/choose_members.py --shared ../shared --no-events --also analogues

With ``--no-events`` every target is forecast as a plain table of counts is: the events behind deaths are not
known, so that `level-marks` cannot speak. VIEWS 2018 is a single origin, months 3 to 14 after 2017-10.

The draws of each member at each development origin are kept under build/members, in a folder named by a
digest of the code and tables of vedette/model, so that a change of any model draws anew. The CRPS of a linear
pool is quadratic in its weights, and its coverage linear, so every choice is scored from the same draws. What
the pool does after mixing (weights learned by origin, recalibration, ties) is not in this table: it ranks
members and first weights.
"""

import argparse
import hashlib
import itertools
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from evaluate import processes
from measured import whole_origins
from panels import COUNTRY, IRAQ, NIGERIA, TARGETS, countries, read_events, target, views
from sum_cases import COUNTRY_OFFSET, PLACE_OFFSET, month
from work import Work, run

from vedette.model import (
    SHARES,
    Analogues,
    BoolArray,
    Conflictology,
    EndemicEpidemic,
    EwmaNegBin,
    Fading,
    FloatArray,
    History,
    IntArray,
    Model,
    Pool,
    forecast,
)
from vedette.model.pool.distance import crps_of_pool, errors, pairwise_distances
from vedette.model.pool.recalibration import ranks
from vedette.model.protocols import absence
from vedette.periods import Step, label

YEAR, DRAWS, STRIDE = 12, 300, 3
COUNTRIES, EACH = "countries", "countries, each"
MODELS = Path(__file__).parents[1] / "vedette" / "model"
BASE = Conflictology(12)


@dataclass(frozen=True, eq=False)
class Target:
    """What is forecast while choosing: a history and the origins whose next twelve months are known.

    The twelve months begin ``skipped`` months after the first that follows the origin.
    """

    name: str
    history: History
    origins: tuple[int, ...]
    offset: float
    seed: int = 1
    skipped: int = 0

    def without_events(self) -> "Target":
        """The same told from the counts alone, by a name of its own."""
        return replace(self, name=f"{self.name} without events", history=replace(self.history, events=None))


@dataclass(frozen=True, eq=False)
class Scored:
    """Errors (K, O, 13, U), distances (K, K, O, 13, U) and ranks (2, K, O, 13, U) of K members.

    Twelve single months and then their sum; ``base`` (O, 13, U) is the CRPS of conflictology; ``violent``
    (U,) are the units in which anything came.
    """

    name: str
    members: tuple[str, ...]
    error: FloatArray
    gap: FloatArray
    rank: FloatArray
    base: FloatArray
    violent: BoolArray


def targets(shared: Path, seed: int) -> Iterator[Target]:
    """The development data: Iraq to 2009, Nigeria, the country file to 2017, VIEWS 2018."""
    for place, file, first, last in (
        ("Iraq", IRAQ, "2004-12", "2009-12"),
        ("Nigeria", NIGERIA, "2007-12", "2019-12"),
    ):
        events = read_events(shared, file)
        for kind in TARGETS:
            if (place, kind) == ("Nigeria", "T1 state-based"):
                continue
            history = target(events, kind).until(month(last))
            offset = COUNTRY_OFFSET if kind in COUNTRY else PLACE_OFFSET
            origins = whole_origins(history, month(first), YEAR, STRIDE)
            yield Target(f"{place} {kind}", history, origins, offset, seed)
    history = countries(shared, month("2017-12"))
    origins = whole_origins(history, month("2012-12"), YEAR, STRIDE)
    yield Target(COUNTRIES, history, origins, COUNTRY_OFFSET, seed)
    world = views(shared).until(month("2018-12"))
    yield Target("VIEWS 2018", world, (month("2017-10"),), COUNTRY_OFFSET, seed, skipped=2)


def candidates(one: Target, also: list[str]) -> list[Model]:
    """The members of the pool that can speak from every origin, and the other models asked for by name."""
    members = Pool().members(one.history.until(one.origins[0]))
    others: list[Model] = [EndemicEpidemic(), EwmaNegBin(offset=one.offset), Fading(6.0), Fading(12.0), BASE]
    known = [model for model in (*others, Analogues()) if model.name in also]
    return [*members, *(model for model in known if not absence(model, one.history.until(one.origins[0])))]


def score(one: Target, models: list[Model], folder: Path) -> Scored:
    """The members of a target with everything that a choice of weights needs."""
    history = one.history
    draws = [_drawn(model, one, folder) for model in (BASE, *models)]
    error, gap, rank = [], [], []
    violent = np.zeros(len(history.units), dtype=bool)
    for row, origin in enumerate(one.origins):
        after = origin + 1 + one.skipped - history.span.first
        months = history.truth[after : after + YEAR]
        truth = np.vstack([months, months.sum(axis=0, keepdims=True)])
        members = np.stack([_with_sum(each[row]) for each in draws])
        violent |= months.any(axis=0)
        error.append(errors(members, truth))
        gap.append(pairwise_distances(members))
        rank.append(ranks(members, truth))
    errors_of, gaps, places = np.stack(error, axis=1), np.stack(gap, axis=2), np.stack(rank, axis=2)
    base = errors_of[0] - gaps[0, 0] / 2
    names = tuple(model.name for model in models)
    return Scored(one.name, names, errors_of[1:], gaps[1:, 1:], places[:, 1:], base, violent)


def judge(one: Scored, weights: dict[str, float]) -> tuple[float, float, float]:
    """Single months and sums over conflictology, and the coverage of sums, for weights of members by name.

    Members that cannot speak of the target are left out and the others share their weight. Ratios are those
    of means; for the country file also, as a target of its own, the geometric mean over countries, but for
    those in which nothing came: there both scores are next to nothing and their ratio is chance. Coverage
    is that of sums in which not all draws are alike and right.
    """
    share = np.array([weights.get(name, 0.0) for name in one.members])
    share /= share.sum()
    crps = crps_of_pool(share, one.error, one.gap)
    low, high = (np.tensordot(share, edge, 1)[:, -1] for edge in one.rank)
    inside = (high >= 0.05) & (low <= 0.95)
    counted = ~((low <= 0.0) & (high >= 1.0))
    months = _ratio(one, crps[:, :-1].mean(axis=1), one.base[:, :-1].mean(axis=1))
    return months, _ratio(one, crps[:, -1], one.base[:, -1]), float(inside[counted].mean())


def grid(members: list[str], steps: int) -> Iterator[dict[str, float]]:
    """All weights in whole ``steps``-ths that add up to 1."""
    for cuts in itertools.combinations_with_replacement(range(len(members)), steps):
        yield {name: cuts.count(number) / steps for number, name in enumerate(members)}


def _ratio(one: Scored, ours: FloatArray, base: FloatArray) -> float:
    if one.name != EACH:
        return float(ours.mean() / base.mean())
    above, below = ours.mean(axis=0), base.mean(axis=0)
    known = (above > 0) & (below > 0) & one.violent
    return float(np.exp(np.log(above[known] / below[known]).mean()))


def _with_sum(draws: IntArray) -> IntArray:
    """Draws (S, 12, U) with their sum as a thirteenth layer."""
    return np.concatenate([draws, draws.sum(axis=1, keepdims=True)], axis=1)


def _drawn(model: Model, one: Target, folder: Path) -> IntArray:
    """Draws (O, S, 12, U) of a member, kept in a file."""
    file = folder / f"{one.name.replace(' ', '-')}-{model.name}-{one.seed}.npy"
    if not file.exists():
        drawn = [
            forecast(model, one.history, origin, one.skipped + YEAR, DRAWS, one.seed)
            .draws[:, one.skipped :]
            .astype(np.int32)
            for origin in one.origins
        ]
        partial = file.with_suffix(".partial.npy")
        np.save(partial, np.stack(drawn))
        partial.rename(file)
    return np.asarray(np.load(file), dtype=np.int64)


def cache(shared: Path) -> Path:
    """The folder of draws for the models as they are now and the data as they are."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted([*MODELS.rglob("*.py"), *MODELS.rglob("*.csv"), *(shared / "data").glob("*/*.csv")]):
        digest.update(path.read_bytes() if path.is_relative_to(MODELS) else str(path.stat().st_size).encode())
    return Path("build") / "members" / digest.hexdigest()


def score_all(shared: Path, also: list[str], seed: int, events: bool, workers: Executor) -> Iterator[Scored]:
    """Every development target with its members; the country file twice, by its mean and by country."""
    folder, work = cache(shared), []
    folder.mkdir(parents=True, exist_ok=True)
    for one in targets(shared, seed):
        one = one if events or one.history.events is None else one.without_events()
        first, last = (label(origin + 1, Step.MONTH) for origin in (one.origins[0], one.origins[-1]))
        words = f"{one.name}: {len(one.origins)} origins from {first} to {last}"
        work.append(Work(words, score, (one, candidates(one, also), folder)))
    for scored in run(work, workers):
        yield scored
        if scored.name == COUNTRIES:
            yield replace(scored, name=EACH)


def main() -> None:
    """Prints the best choices by single months, each with its sums and coverage, and each member alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--also", nargs="*", default=[], help="models beside the members of the pool")
    parser.add_argument("--no-events", action="store_true", help="forecast all from the counts alone")
    parser.add_argument("--steps", type=int, default=6, help="weights in sixths, tenths ...")
    parser.add_argument(
        "--seed", type=int, default=1, help="another seed shows how far chance moves the table"
    )
    parser.add_argument("--show", type=int, default=25)
    asked = parser.parse_args()
    with processes(2) as workers:
        scored = list(score_all(asked.shared, asked.also, asked.seed, not asked.no_events, workers))
    names = list(dict.fromkeys(name for one in scored for name in one.members))
    alone = [name for name in names if all(name in one.members for one in scored)]
    today = {share.model.name: share.weight for share in SHARES}
    named = [("today", today), *((f"{name} alone", {name: 1.0}) for name in alone)]
    tried = [weights for weights in grid(names, asked.steps) if any(weights[name] for name in alone)]
    print("months over conflictology, sums over its sums, sums inside 90 %, weights [months] [sums]")
    print("targets:", ", ".join(one.name for one in scored))
    for words, weights in named:
        print(_line(words, weights, scored))
    for weights in sorted(tried, key=lambda each: _means(each, scored)[0])[: asked.show]:
        print(_line("", weights, scored))


def _means(weights: dict[str, float], scored: list[Scored]) -> tuple[float, float, float]:
    """Geometric means of both ratios over targets, and the mean coverage."""
    found = np.array([judge(one, weights) for one in scored])
    months, sums = np.exp(np.log(found[:, :2]).mean(axis=0))
    return float(months), float(sums), float(found[:, 2].mean())


def _line(words: str, weights: dict[str, float], scored: list[Scored]) -> str:
    months, sums, inside = _means(weights, scored)
    by_target = [judge(one, weights) for one in scored]
    each, summed = (" ".join(f"{one[of]:.3f}" for one in by_target) for of in (0, 1))
    shown = words or ", ".join(f"{name} {weight:.2f}" for name, weight in weights.items() if weight)
    return f"{months:.4f}  {sums:.4f}  {inside:.2f}  {shown}   [{each}]   [{summed}]"


if __name__ == "__main__":
    main()
