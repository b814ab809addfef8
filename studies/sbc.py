"""Simulation-based calibration of both families sampled by NUTS: slow, so a study and no test.

    python studies/sbc.py --replications 150 --out build/sbc.json

For each family truths are drawn from the prior, a small panel from each truth, a posterior from each panel;
the ranks of the truths among the posterior draws should be uniform. Panels without events, or with more than
64 of them in a cell, are drawn anew: what is left out is decided by the panel alone, so ranks stay uniform.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import jax.numpy as jnp
import numpy as np

from vedette.model.bayes import Posterior, Sampler
from vedette.model.bayes.endemic import assumed, placed, sample_endemic, spreads
from vedette.model.bayes.level import UNIT_FREE, sample_level
from vedette.model.bayes.priors import LEVEL, START, natural
from vedette.model.bayes.ranks import Calibration, calibration, departures, rank
from vedette.model.bayes.walk import Walk
from vedette.model.endemic.forward import simulate_forward
from vedette.model.endemic.likelihood import Parameters
from vedette.model.endemic.rates import process
from vedette.model.endemic.specification import Specification, coefficient_names
from vedette.model.history import FloatArray, History, IntArray
from vedette.periods import Step
from vedette.randomness import rng_stream

PERIODS, UNITS, RANKS, THIN, MOST = 20, ("a", "b", "c"), 99, 4, 64
LINE = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
WORDS = Specification(ar="1", ne="1", end="ri", family="negbin1", weights="norm")

Truth = dict[str, float]
Replication = tuple[Truth, History]


def level_world(rng: np.random.Generator) -> tuple[Truth, IntArray]:
    """A truth of the latent level and a panel (T, U), simulated by `Walk`, not by the NumPyro model."""
    standard = jnp.asarray(rng.standard_normal((1, len(LEVEL))))
    drawn = {
        prior.name: np.asarray(value) for prior, value in zip(LEVEL, natural(LEVEL, standard), strict=True)
    }
    home = drawn["home_mean"] + drawn["home_spread"] * rng.standard_normal((1, len(UNITS)))
    walk = Walk(**{name: drawn[name] for name in UNIT_FREE}, home=home)
    first = home + START * rng.standard_normal(home.shape)
    counts = np.concatenate([walk.counts(first, rng), walk.ahead(first, PERIODS - 1, rng)[0]])
    truth = {name: float(drawn[name][0]) for name in UNIT_FREE}
    return truth | {f"home[{unit}]": float(value) for unit, value in zip(UNITS, home[0], strict=True)}, counts


def endemic_world(rng: np.random.Generator) -> tuple[Truth, IntArray]:
    """A truth of the endemic-epidemic model and a panel, simulated by `simulate_forward`."""
    structure = WORDS.structure
    assert len(assumed(structure).shared) == structure.shared
    groups, units = structure.groups, len(UNITS)
    shared_z, spread_z, mean_z = (
        jnp.asarray(rng.standard_normal(n)) for n in (structure.shared, groups, groups)
    )
    unit_z = jnp.asarray(rng.standard_normal((groups, units)))
    at = placed(structure, shared_z, spread_z, mean_z, unit_z, jnp.ones(structure.shared))
    start = History.of(np.ones((1, units)), UNITS, 0, Step.MONTH, neighbours=LINE)
    driven = process(WORDS, Parameters(at.shared[None], at.unit[None]), start, PERIODS)
    counts = np.concatenate([start.truth, simulate_forward(driven, start.values, PERIODS, 1, rng)[0]])
    values = np.concatenate([np.asarray(at.shared), np.asarray(at.unit).ravel()])
    truth = dict(zip(coefficient_names(WORDS, UNITS), map(float, values), strict=True))
    return truth | {"spread[1]": float(spreads(spread_z)[0])}, counts


def by_name(posterior: Posterior, named: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """Thinned draws (L,) of every quantity."""
    return {name: chains.reshape(-1)[::THIN][:RANKS] for name, chains in named.items()}


def level_draws(history: History, sampler: Sampler, rng: np.random.Generator) -> dict[str, FloatArray]:
    """The posterior of a level panel, by the name of the quantity."""
    found = sample_level(history, sampler, rng)
    named = {name: found.samples[name] for name in UNIT_FREE}
    named |= {f"home[{unit}]": found.samples["home"][..., place] for place, unit in enumerate(UNITS)}
    return by_name(found, named)


def endemic_draws(history: History, sampler: Sampler, rng: np.random.Generator) -> dict[str, FloatArray]:
    """The posterior of an endemic-epidemic panel, by the name of the coefficient."""
    found = sample_endemic(history, WORDS, sampler, rng)
    shared, unit = found.samples["shared"], found.samples["unit"]
    values = np.concatenate([shared, unit.reshape(*unit.shape[:2], -1)], axis=2)
    named = {name: values[..., place] for place, name in enumerate(coefficient_names(WORDS, UNITS))}
    return by_name(found, named | {"spread[1]": found.samples["spread"][..., 0]})


FAMILIES: dict[
    str,
    tuple[
        Callable[[np.random.Generator], tuple[Truth, IntArray]],
        Callable[[History, Sampler, np.random.Generator], dict[str, FloatArray]],
    ],
] = {"level-bayes": (level_world, level_draws), "endemic-bayes": (endemic_world, endemic_draws)}


def replication(family: str, number: int, seed: int) -> Replication:
    """A truth and its panel; panels that the study leaves out are drawn anew."""
    rng = rng_stream(seed, "sbc", family, number)
    while True:
        truth, counts = FAMILIES[family][0](rng)
        if counts.any() and counts[1:].any() and counts.max() <= MOST:
            return truth, History.of(counts, UNITS, 0, Step.MONTH, neighbours=LINE)


def study(family: str, replications: int, seed: int) -> dict[str, Calibration]:
    """The calibration of every quantity of a family."""
    sampler = Sampler(chains=1, warmup=300, draws=RANKS * THIN, accept=0.9)
    ranks: dict[str, list[int]] = {}
    for number in range(replications):
        truth, history = replication(family, number, seed)
        draws = FAMILIES[family][1](history, sampler, rng_stream(seed, "nuts", family, number))
        for name, value in truth.items():
            ranks.setdefault(name, []).append(rank(value, draws[name]))
    return {name: calibration(name, np.array(found), RANKS) for name, found in ranks.items()}


def table(found: dict[str, Calibration]) -> str:
    """The verdicts as lines of text."""
    head = f"{'quantity':<20}{'mean':>8}{'sd':>8}{'chi2 p':>9}{'ecdf p':>9}"
    rows = [
        f"{one.name:<20}{one.mean:>8.3f}{one.sd:>8.3f}{one.chi2_p:>9.3f}{one.ecdf_p:>9.3f}"
        for one in found.values()
    ]
    return "\n".join([head, *rows])


def main() -> None:
    """Runs the study, prints a table for each family and writes all of it as JSON."""
    words = argparse.ArgumentParser(description="Simulation-based calibration of the posteriors.")
    words.add_argument("--replications", type=int, default=150)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--family", choices=tuple(FAMILIES), action="append")
    words.add_argument("--out", type=Path, default=Path("build/sbc.json"))
    asked = words.parse_args()
    report: dict[str, object] = {"replications": asked.replications, "seed": asked.seed, "ranks": RANKS}
    for family in asked.family or FAMILIES:
        begun = time.perf_counter()
        found = study(family, asked.replications, asked.seed)
        off = departures(found)
        print(f"{family}: {asked.replications} replications, {time.perf_counter() - begun:.0f} s")
        print(table(found))
        print(f"not calibrated: {', '.join(off)}\n" if off else "calibrated: no departure at 5 %\n")
        report[family] = {"quantities": [asdict(one) for one in found.values()], "departures": list(off)}
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
