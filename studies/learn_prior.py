"""Learns how violence moves and scatters from the deaths of many countries, and writes the prior files.

    python studies/learn_prior.py ../shared/data/ucdp/iso3_month_fatalities_2010_2020.csv

The file is UCDP's country-month deaths, 2010-2020 (CC BY 4.0). For the end of each year from 2013 on only
the months up to then are used. The rows without a month are the assumed ones: they were set on Iraq up to
2009, before the country file begins, and hold for events too, of which no country file is at hand.
"""

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from vedette.files import replace_file
from vedette.model.history import FloatArray, IntArray
from vedette.model.level.filtering import filter_levels
from vedette.model.level.futures import futures
from vedette.model.level.motion import Motion
from vedette.model.level.noise import Noise
from vedette.model.level.prior import MEMORY, NUMBERS, TABLES, LevelPrior
from vedette.periods import Step, label, parse
from vedette.score import crps_fair

ASSUMED = Motion(pull=0.03, size=0.125, reach=5.0, jumps=0.08, forget=0.015, floor=0.2)
DEATHS = [(s, c) for s in (0.05, 0.15, 0.4) for c in (15.0, 50.0)]
EVENTS = [(s, c) for s in (0.05, 0.15, 0.4, 1.0) for c in (0.2, 1.0, 4.0)]
WIDER = [(s, c) for s in (0.05, 0.15, 0.4, 1.0) for c in (5.0, 15.0, 50.0, 150.0)]
PULLS, SIZES, JUMPS = (0.015, 0.03, 0.06), (0.1, 0.125, 0.16, 0.2), ((5.0, 0.08), (8.0, 0.04))
TOLERANCE, TEMPER, FLAT, OWN_YEARS = 0.005, 0.3, 5.0, 4
WARM_UP, AHEAD, STRIDE, DRAWS = 24, 12, 4, 100


def country_months(path: Path) -> tuple[IntArray, int]:
    """Deaths (T, U) by month and country, and the first month."""
    wide = pl.read_csv(path).pivot(on="isocode", index="period", values="fatalities_UCDP").sort("period")
    first = parse(str(wide["period"][0])[:4] + "-" + str(wide["period"][0])[4:], Step.MONTH)
    return wide.drop("period").fill_null(0).to_numpy().astype(np.int64), first


def candidates() -> Iterator[Motion]:
    """The movements tried; what is forgotten and the floor stay as assumed."""
    for pull, size, (reach, jumps) in itertools.product(PULLS, SIZES, JUMPS):
        yield Motion(pull, size, reach, jumps, ASSUMED.forget, ASSUMED.floor)


def loss(deaths: IntArray, motion: Motion) -> FloatArray:
    """Mean fair CRPS of forecasts 1 to 12 months ahead, in deaths and in log(1 + deaths), (2,)."""
    noises = tuple(Noise(*kind) for kind in DEATHS)
    prior = LevelPrior(motion, noises, np.full(len(noises), 1 / len(noises)), MEMORY, "", "")
    origins = range(WARM_UP, len(deaths) - AHEAD, STRIDE)
    filtered = filter_levels(deaths, motion, noises, {origin - 1 for origin in origins})
    rng = np.random.default_rng(1)
    found = np.zeros(2)
    for origin in origins:
        draws = futures(filtered, origin - 1, prior, AHEAD, DRAWS, 0.0, rng)
        truth = deaths[origin : origin + AHEAD]
        found += crps_fair(draws, truth).mean(), crps_fair(np.log1p(draws), np.log1p(truth)).mean()
    return found / len(origins)


def learn_motion(deaths: IntArray) -> Motion:
    """The mean of the candidates, those that forecast better weighing more; both losses count alike.

    Shrunk to the assumed movement as if that came from four more years.
    """
    tried = list(candidates())
    losses = np.log([loss(deaths, motion) for motion in tried]).mean(axis=1)
    weight = np.exp(-(losses - losses.min()) / TOLERANCE)
    rows = np.array([[getattr(motion, name) for name in NUMBERS] for motion in tried])
    found = np.average(np.log(rows), axis=0, weights=weight)
    assumed = np.log([getattr(ASSUMED, name) for name in NUMBERS])
    share = len(deaths) / (len(deaths) + 12 * OWN_YEARS)
    return Motion(*np.exp(share * found + (1 - share) * assumed).tolist())


def learn_noise(deaths: IntArray, motion: Motion) -> FloatArray:
    """How common each kind of scatter is among countries, by expectation maximisation.

    The evidence counts a third, since the months of a country are no independent witnesses.
    """
    filtered = filter_levels(deaths, motion, tuple(Noise(*kind) for kind in WIDER), ())
    evidence = TEMPER * filtered.evidence[AHEAD:].sum(axis=0)
    weight = np.full(len(WIDER), 1 / len(WIDER))
    for _ in range(300):
        chance = np.exp(np.log(weight) + evidence - evidence.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        weight = (chance.sum(axis=0) + FLAT / len(WIDER)) / (len(chance) + FLAT)
    return weight


def main() -> None:
    """Writes motion.csv and noise.csv beside the code that reads them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    deaths, first = country_months(parser.parse_args().file)
    motions = [_motion_row("", "assumed", ASSUMED, "set on Iraq 2005-2009 by the authors")]
    noises = _noise_rows("", "deaths", DEATHS, np.ones(len(DEATHS)))
    for months in range(48, len(deaths) + 1, 12):
        known = label(first + months - 1, Step.MONTH)
        past = deaths[:months]
        past = past[:, (past > 0).sum(axis=0) >= 3]
        motion = learn_motion(past)
        source = f"UCDP country-month deaths 2010-01 to {known}, {past.shape[1]} countries with violence"
        motions.append(_motion_row(known, "estimated", motion, source))
        noises += _noise_rows(known, "deaths", WIDER, learn_noise(past, motion))
        print(known, motion, flush=True)
    for row in motions:
        noises += _noise_rows(str(row["known_until"]), "events", EVENTS, np.ones(len(EVENTS)))
        both = EVENTS + DEATHS
        noises += _noise_rows(str(row["known_until"]), "count", both, np.ones(len(both)))
    replace_file(TABLES / "motion.csv", pl.DataFrame(motions).write_csv().encode())
    replace_file(TABLES / "noise.csv", pl.DataFrame(noises).write_csv().encode())


def _motion_row(known: str, basis: str, motion: Motion, source: str) -> dict[str, object]:
    numbers = {name: round(getattr(motion, name), 4) for name in NUMBERS}
    return {"known_until": known, "basis": basis, **numbers, "source": source}


def _noise_rows(
    known: str, measure: str, kinds: list[tuple[float, float]], weights: FloatArray
) -> list[dict[str, object]]:
    shares = weights / weights.sum()
    return [
        {"known_until": known, "measure": measure, "spread": s, "clump": c, "weight": round(float(w), 4)}
        for (s, c), w in zip(kinds, shares, strict=True)
    ]


if __name__ == "__main__":
    main()
