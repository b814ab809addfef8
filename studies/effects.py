"""Effects planted in simulated counts, found again or not: slow, so a study and no test.

    python studies/effects.py --repetitions 200 --nulls 600 --out build/effects.json

A world moves as the latent level says (`vedette.model.level`), its numbers as learned across countries. In
each repetition an effect whose shape, size and half-life are drawn from what `fit_shape` takes for granted
multiplies the level after a month; what would have been is known, since it was simulated too. Intervals of
90 % should hold the truth nine times in ten. Without an effect p should fall to .05 or below once in twenty.
"""

import argparse
import json
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from vedette.effect import estimate_effect, p_value
from vedette.effect.placebo import WARM_UP, try_placebos
from vedette.effect.profiles import LONGEST, SHAPES, SHORTEST, SPREAD, courses
from vedette.model import By, FloatArray, History, IntArray, methods
from vedette.model.level.motion import Motion
from vedette.model.level.noise import scatter
from vedette.model.level.prior import LevelPrior, prior_known
from vedette.periods import Span, Step, parse
from vedette.randomness import rng_stream

FIRST = parse("2021-01", Step.MONTH)
WINDOW = 12
Row = dict[str, Any]


def world(
    prior: LevelPrior, before: int, rng: np.random.Generator
) -> tuple[IntArray, FloatArray, tuple[float, float]]:
    """Counts (T,) of the months before, mean counts (H,) of those after, and the scatter around both."""
    noise = prior.noises[rng.choice(len(prior.noises), p=prior.weights)]
    level = float(np.log(rng.uniform(5.0, 100.0)))
    total, weight, counts, means = np.exp(level), 1.0, [], []
    motion = prior.motion
    for month in range(before + WINDOW):
        level = moved(level, np.log(total / weight + motion.floor), motion, rng)
        mean = np.exp(np.array([level]))
        if month >= before:
            means.append(float(mean[0]))
            continue
        counts.append(int(scatter(mean, noise.size(mean), rng)[0]))
        total = (1.0 - motion.forget) * total + motion.forget * counts[-1]
        weight = (1.0 - motion.forget) * weight + motion.forget
    return np.array(counts), np.array(means), (noise.spread, noise.clump)


def moved(level: float, home: float, motion: Motion, rng: np.random.Generator) -> float:
    """A log-level one month on."""
    size = motion.size * (motion.reach if rng.random() < motion.jumps else 1.0)
    return float(level + motion.pull * (home - level) + size * rng.standard_normal())


def counted(mean: FloatArray, noise: tuple[float, float], rng: np.random.Generator) -> IntArray:
    """Counts around their means."""
    return scatter(mean, 1.0 / (noise[0] + noise[1] / mean), rng)


def history_of(counts: IntArray) -> History:
    """One unit, months from 2021 on: all of them after what the prior was learned from."""
    return History.of(counts[:, None], ["all"], FIRST, Step.MONTH)


def planted(number: int, model: str, seed: int) -> Row:
    """One repetition with an effect: its shape, the one chosen, and whether each interval held the truth."""
    rng = rng_stream(seed, "planted", number)
    prior = prior_known("events", Span(FIRST, FIRST, Step.MONTH))
    before, mean, noise = world(prior, WARM_UP + WINDOW, rng)
    name = SHAPES[rng.integers(len(SHAPES))]
    size, life = SPREAD * rng.standard_normal(), float(np.exp(rng.uniform(*np.log([SHORTEST, LONGEST]))))
    course = np.exp(size * courses(name, np.array([life]), WINDOW)[0])
    without, changed = counted(mean, noise, rng), counted(mean * course, noise, rng)
    history = history_of(np.concatenate([before, changed]))
    chosen = methods(By.COUNTRY, Step.MONTH)[model]
    found = estimate_effect(history, "all", FIRST + len(before), chosen, 1000, number, every=WINDOW)
    truth, total, shape = int(changed.sum() - without.sum()), found.total(), found.shape
    low, _, high = shape.size()
    lives = shape.half_lives()
    return {
        "shape": name,
        "chosen": shape.name,
        "chance": shape.chances[name],
        "clear": abs(size) >= np.log(3.0),
        "effect_90": total["low_90"] <= truth <= total["high_90"],
        "effect_50": total["low_50"] <= truth <= total["high_50"],
        "size_90": low <= np.exp(size) <= high,
        "half_life_90": lives is not None and lives[0] <= life <= lives[2],
    }


def null(number: int, model: str, seed: int, every: int, placebos: int) -> Row:
    """One repetition without a shock: p, and the share of placebo windows outside their interval."""
    rng = rng_stream(seed, "null", number)
    prior = prior_known("events", Span(FIRST, FIRST, Step.MONTH))
    origins = WARM_UP + (placebos - 1) * every + WINDOW
    before, mean, noise = world(prior, origins, rng)
    history = history_of(np.concatenate([before, counted(mean, noise, rng)]))
    chosen = methods(By.COUNTRY, Step.MONTH)[model]
    origin = FIRST + origins - 1
    found = try_placebos(history, "all", chosen, origin, WINDOW, _untouched, number, every=every)
    assert found.dates.height == placebos and found.p_dates is not None
    plain = p_value(found.score, found.dates["score"].to_list()) or 0.0
    return {"p": found.p_dates, "plain": plain, "alarms": found.false_alarms or 0.0}


def _untouched(first: int, last: int) -> bool:
    return False


def share(rows: list[Row], name: str) -> float:
    """The mean of a column."""
    return round(float(np.mean([row[name] for row in rows])), 4)


def shares(rows: list[Row]) -> dict[str, Any]:
    """Coverage of the intervals, and how often each shape was chosen where one was planted."""
    right = [row for row in rows if row["shape"] == row["chosen"]]
    lasting = [row for row in right if row["shape"] in ("fading", "building")]
    clear = [row for row in rows if row["clear"]]
    return {
        "effect_90": share(rows, "effect_90"),
        "effect_50": share(rows, "effect_50"),
        "size_90, shape right": share(right, "size_90"),
        "half_life_90, shape right": share(lasting, "half_life_90"),
        "mean chance of the true shape": share(rows, "chance"),
        "times 3 or more, chosen": {
            name: dict(Counter(row["chosen"] for row in clear if row["shape"] == name)) for name in SHAPES
        },
    }


def nulls(
    pool: ProcessPoolExecutor, count: int, model: str, seed: int, every: int, placebos: int
) -> dict[str, float]:
    """The rate of p values of .05 or less, and of a tenth or less, among worlds without an effect."""
    work = partial(null, model=model, seed=seed, every=every, placebos=placebos)
    rows = list(pool.map(work, range(count), chunksize=5))
    p = np.array([row["p"] for row in rows])
    rates = {f"p <= {level}": round(float(np.mean(p <= level + 1e-12)), 4) for level in (0.05, 0.1, 0.5)}
    plain = np.array([row["plain"] for row in rows])
    return rates | {
        "plain rank <= 0.05": round(float(np.mean(plain <= 0.05 + 1e-12)), 4),
        "outside 90 %": share(rows, "alarms"),
        "worlds": count,
        "placebos": placebos,
        "every": every,
    }


def main() -> None:
    """Runs the study, prints its rates and writes them as JSON."""
    words = argparse.ArgumentParser(description="Coverage of planted effects, and false alarms without any.")
    words.add_argument("--repetitions", type=int, default=200)
    words.add_argument("--nulls", type=int, default=600)
    words.add_argument("--model", default="level")
    words.add_argument("--others", nargs="*", default=["pool", "conflictology-12"], help="for nulls alone")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--out", type=Path, default=Path("build/effects.json"))
    asked = words.parse_args()
    begun = time.perf_counter()
    report: dict[str, object] = {"seed": asked.seed, "model": asked.model}
    with ProcessPoolExecutor(asked.workers) as pool:
        work = partial(planted, model=asked.model, seed=asked.seed)
        report["planted"] = shares(list(pool.map(work, range(asked.repetitions), chunksize=5)))
        for model in (asked.model, *asked.others):
            report[f"{model}, apart"] = nulls(pool, asked.nulls, model, asked.seed, WINDOW, 39)
            report[f"{model}, every month"] = nulls(pool, asked.nulls, model, asked.seed, 1, 199)
    print(json.dumps(report, indent=2))
    print(f"{time.perf_counter() - begun:.0f} s")
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
