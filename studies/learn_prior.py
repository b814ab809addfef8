"""Learns how violence moves, scatters and spikes from many countries and areas, and writes the prior files.

    python studies/learn_prior.py ../shared

Deaths are UCDP's by country and month, 2010-2020; events, and deaths of areas, are those of UCDP GED in
the states of Nigeria and, up to 2009, the governorates of Iraq (both CC BY 4.0). For the end of each year
from 2013 on only the months up to then are used. The rows without a month are the assumed ones: they were
set on Iraq and Nigeria up to 2009, before the country file begins. Movement holds for events too, of which
no country file is at hand.
"""

import argparse
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from panels import IRAQ, NIGERIA, read_events, target
from prior_floor import Told, learn_floor
from prior_homes import learn_homes
from prior_spikes import ASSUMED as ASSUMED_SPIKES
from prior_spikes import common_kinds, kinds_evidence, learn_spike

from vedette.files import replace_file
from vedette.model.history import FloatArray, IntArray
from vedette.model.level.filtering import filter_levels
from vedette.model.level.futures import futures
from vedette.model.level.motion import Motion
from vedette.model.level.noise import Noise
from vedette.model.level.prior import MEMORY, NUMBERS, SPIKES, TABLES, LevelPrior
from vedette.model.level.spikes import Spike
from vedette.periods import Step, label, parse
from vedette.score import crps_fair

COUNTRIES = "data/ucdp/iso3_month_fatalities_2010_2020.csv"
LAST_OF_IRAQ, LAST_SUM = "2009-12", "2017-12"
ASSUMED = Motion(pull=0.025, size=0.125, reach=8.8, jumps=0.04, forget=0.0065, floor=0.2)
FLOOR = 0.03
"""The assumed floor. The other numbers are learned with that of `ASSUMED`, from units with violence alone."""
DEATHS = [(s, c) for s in (0.05, 0.15, 0.4) for c in (15.0, 50.0)]
EVENTS = [(s, c) for s in (0.05, 0.15, 0.4, 1.0) for c in (0.2, 1.0, 4.0)]
WIDER = [(s, c) for s in (0.05, 0.15, 0.4, 1.0) for c in (5.0, 15.0, 50.0, 150.0)]
PULLS, SIZES = (0.015, 0.03, 0.06), (0.1, 0.125, 0.16, 0.2)
LEAPS = ((1.1, 0.04), (1.6, 0.02))
TOLERANCE, OWN_YEARS, LEAST = 0.005, 4, 3
WARM_UP, AHEAD, STRIDE, DRAWS = 24, 12, 4, 100
Row = dict[str, object]


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts (T, U) of months from ``first`` on."""

    table: IntArray
    first: int

    def until(self, month: int) -> IntArray:
        """Those up to a month, of units with at least three months of violence up to then."""
        known = self.whole_until(month)
        return known[:, (known > 0).sum(axis=0) >= LEAST]

    def whole_until(self, month: int) -> IntArray:
        """Those up to a month, of all units."""
        return self.table[: month - self.first + 1]


def country_months(path: Path) -> Counts:
    """Deaths by month and country."""
    wide = pl.read_csv(path).pivot(on="isocode", index="period", values="fatalities_UCDP").sort("period")
    first = parse(str(wide["period"][0])[:4] + "-" + str(wide["period"][0])[4:], Step.MONTH)
    return Counts(wide.drop("period").fill_null(0).to_numpy().astype(np.int64), first)


def case_months(shared: Path, targets: Sequence[str], last_of_nigeria: str | None = None) -> list[Counts]:
    """Months of the development cases by target: of Nigeria, and of Iraq up to 2009."""
    found = []
    for file, last in ((NIGERIA, last_of_nigeria), (IRAQ, LAST_OF_IRAQ)):
        events = read_events(shared, file)
        for name in targets:
            history = target(events, name)
            history = history.until(parse(last, Step.MONTH)) if last else history
            found.append(Counts(history.truth, history.span.first))
    return found


def candidates() -> Iterator[Motion]:
    """The movements tried on months; the memory of homes and the floor stay as assumed."""
    for pull, size, (length, jumps) in itertools.product(PULLS, SIZES, LEAPS):
        yield Motion(pull, size, length / size, jumps, ASSUMED.forget, ASSUMED.floor)


def loss(deaths: IntArray, motion: Motion) -> FloatArray:
    """Mean fair CRPS of forecasts 1 to 12 months ahead, in deaths and in log(1 + deaths), (2,)."""
    noises = tuple(Noise(*kind) for kind in DEATHS)
    spike = ASSUMED_SPIKES["deaths"]
    prior = LevelPrior(motion, noises, np.full(len(noises), 1 / len(noises)), spike, MEMORY, "", "")
    origins = range(WARM_UP, len(deaths) - AHEAD, STRIDE)
    filtered = filter_levels(deaths, motion, noises, spike, {origin - 1 for origin in origins})
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
    share = own_share(len(deaths))
    return Motion(*np.exp(share * found + (1 - share) * assumed).tolist())


def own_share(months: int) -> float:
    """The share of what was learned from so many months; what is assumed has the rest."""
    return months / (months + 12 * OWN_YEARS)


@dataclass(frozen=True, eq=False)
class Data:
    """What is learned from: deaths of countries; events and deaths of areas; ``long`` series of deaths.

    Sums of the ``long`` ones over years teach the pull and the memory of homes, beside those of countries.
    """

    deaths: Counts
    events: list[Counts]
    area_deaths: list[Counts]
    long: list[Counts]

    @classmethod
    def read(cls, shared: Path) -> "Data":
        """From the publishers' files."""
        events, areas = (case_months(shared, [name]) for name in ("T2 events", "T2 deaths"))
        long = case_months(shared, ["T1 all", "T2 deaths"], LAST_OF_IRAQ)
        return cls(country_months(shared / COUNTRIES), events, areas, long)


def learned(data: Data, month: int) -> tuple[Row, list[Row], list[Row]]:
    """The rows of a month in the tables of movement, scatter and spikes; they know nothing after it."""
    deaths, events = data.deaths, data.events
    past, areas = deaths.until(month), [table.until(month) for table in events]
    own, known = own_share(len(past)), label(month, Step.MONTH)
    motion = far_motion(learn_motion(past), [deaths, *data.long], month)
    kinds, rarer = tuple(Noise(*kind) for kind in WIDER), tuple(Noise(*kind) for kind in EVENTS)
    spikes = {
        "deaths": learn_spike([past], "deaths", motion, kinds, own),
        "events": learn_spike(areas, "events", motion, rarer, own),
    }
    weights, _ = common_kinds(kinds_evidence(past, motion, kinds, spikes["deaths"]))
    motion = replace(motion, floor=learn_floor(told(data, month, spikes), replace(motion, floor=FLOOR), own))
    source = f"UCDP country-month deaths 2010-01 to {known}, {past.shape[1]} countries with violence"
    places = f"UCDP GED, areas of Nigeria to {known} and of Iraq to {min(known, LAST_OF_IRAQ)}"
    return (
        motion_row(known, "estimated", motion, source),
        [*noise_rows(known, "deaths", WIDER, weights), *assumed_noise(known)],
        spike_rows(known, "estimated", spikes, {"deaths": source, "events": places}),
    )


def told(data: Data, month: int, spikes: dict[str, Spike]) -> list[Told]:
    """What teaches the floor of homes: all countries and all areas up to a month."""
    wider, rarer = tuple(Noise(*kind) for kind in WIDER), tuple(Noise(*kind) for kind in EVENTS)
    many = [data.deaths, *data.area_deaths]
    return [
        *(Told(table.whole_until(month), wider, spikes["deaths"]) for table in many),
        *(Told(table.whole_until(month), rarer, spikes["events"]) for table in data.events),
    ]


def far_motion(motion: Motion, tables: list[Counts], month: int) -> Motion:
    """The movement with the pull and the memory that sums over years teach, of which none ends after 2017.

    The pull is the geometric mean of what months and what sums teach.
    """
    noises = tuple(Noise(*kind) for kind in DEATHS)
    weights = np.full(len(noises), 1 / len(noises))
    prior = LevelPrior(motion, noises, weights, ASSUMED_SPIKES["deaths"], MEMORY, "", "")
    last = min(month, parse(LAST_SUM, Step.MONTH))
    far = learn_homes([table.until(last) for table in tables], prior)
    return replace(far, pull=float((motion.pull * far.pull) ** 0.5))


def assumed() -> tuple[Row, list[Row], list[Row]]:
    """The rows of movement, scatter and spikes for the time before anything was learned."""
    source = "set on Iraq 2005-2009 by the authors, the floor on Iraq and Nigeria to 2009"
    wider = "set on Iraq and Nigeria to 2009 by the authors"
    return (
        motion_row("", "assumed", replace(ASSUMED, floor=FLOOR), source),
        [*noise_rows("", "deaths", DEATHS, np.ones(len(DEATHS))), *assumed_noise("")],
        spike_rows("", "assumed", ASSUMED_SPIKES, dict.fromkeys(ASSUMED_SPIKES, wider)),
    )


def main() -> None:
    """Writes motion.csv, noise.csv and spikes.csv beside the code that reads them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    data, found = Data.read(shared), [assumed()]
    deaths = data.deaths
    for months in range(48, len(deaths.table) + 1, 12):
        found.append(learned(data, deaths.first + months - 1))
        print(*found[-1][0].values(), *found[-1][2], sep="\n", flush=True)
    motions, noises, spikes = zip(*found, strict=True)
    _write("motion.csv", list(motions))
    _write("noise.csv", [row for rows in noises for row in rows])
    _write("spikes.csv", [row for rows in spikes for row in rows])


def motion_row(known: str, basis: str, motion: Motion, source: str) -> Row:
    """A row of motion.csv."""
    numbers = {name: round(getattr(motion, name), 4) for name in NUMBERS}
    return {"known_until": known, "basis": basis, **numbers, "source": source}


def noise_rows(known: str, measure: str, kinds: list[tuple[float, float]], weights: FloatArray) -> list[Row]:
    """Rows of noise.csv, one for each kind of scatter."""
    shares = weights / weights.sum()
    return [
        {"known_until": known, "measure": measure, "spread": s, "clump": c, "weight": round(float(w), 4)}
        for (s, c), w in zip(kinds, shares, strict=True)
    ]


def assumed_noise(known: str) -> list[Row]:
    """The rows of events and of other counts, each kind as common as any other."""
    return [
        row
        for measure, kinds in (("events", EVENTS), ("count", EVENTS + DEATHS))
        for row in noise_rows(known, measure, kinds, np.ones(len(kinds)))
    ]


def spike_rows(known: str, basis: str, spikes: dict[str, Spike], sources: dict[str, str]) -> list[Row]:
    """Rows of spikes.csv: deaths, events, and other counts half way between the two."""
    rows: list[Row] = [
        {"known_until": known, "measure": measure, "basis": basis}
        | {name: round(getattr(spike, name), 5) for name in SPIKES}
        | {"source": sources[measure]}
        for measure, spike in spikes.items()
    ]
    middle = {
        name: round(float(np.exp(np.mean([np.log(getattr(spike, name)) for spike in spikes.values()]))), 5)
        for name in SPIKES
    }
    source = "half way between deaths and events"
    return [*rows, {"known_until": known, "measure": "count", "basis": "assumed", **middle, "source": source}]


def _write(name: str, rows: list[Row]) -> None:
    replace_file(TABLES / name, pl.DataFrame(rows).write_csv().encode())


if __name__ == "__main__":
    main()
