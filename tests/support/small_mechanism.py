"""A small mechanism on Fourland, written by hand, and a baseline that needs no forecast."""

from pathlib import Path

import numpy as np

from vedette.case import read_case
from vedette.scenario import Baseline, Mechanism, read_mechanism

MECHANISM = """\
base: stay
start: 2015-01
end: 2017-12
observations:
  - {id: recent-attacks, name: Attacks of the last twelve months, unit: attacks,
     read: {count: {of: {events: rebels}, last_months: 12}}}
estimates:
  - {id: attack-elasticity, name: Attacks by capability, unit: number,
     fit: {elasticity: {of: {deaths: rebels}, against: {events: rebels}, by: month, from: 2030}},
     else: {distribution: {form: normal, low: -1.0, high: -0.2}, author: tester, source: none, why: a guess}}
assumptions:
  - {id: capability-2014, name: Capability at the start, unit: index,
     distribution: {form: beta, mean: 0.5, weight: 20}, author: tester, source: none, why: not measured}
  - {id: capability-life, name: Half-life of capability, unit: months,
     distribution: {form: lognormal, low: 12, high: 48}, author: tester, source: none, why: not measured}
  - {id: training-gain, name: Capability by training, unit: index/month,
     distribution: {form: uniform, low: 0.01, high: 0.03}, author: tester, source: none, why: a guess}
  - {id: training-half, name: Troops that train half, unit: people,
     distribution: {form: triangular, low: 200, mode: 500, high: 1000},
     author: tester, source: none, why: a guess}
  - {id: no-inflow, name: Nothing else, unit: index/month, distribution: {form: point, value: 0},
     author: tester, source: none, why: kept apart}
  - {id: strike-factor, name: Attacks after a strike, unit: number,
     distribution: {form: lognormal, low: 1.2, high: 3}, author: tester, source: none, why: a guess}
  - {id: strike-life, name: How long a strike is answered, unit: months,
     distribution: {form: lognormal, low: 1, high: 6}, author: tester, source: none, why: a guess}
levers:
  - {id: troops, name: Troops of Bigland, unit: people, who: Bigland}
calendar:
  - {id: strike, name: A strike, first: 2014-11, source: paper}
events:
  - {id: rebel-deaths, name: Deaths by rebels, strata: [rebels]}
rates:
  - {id: training, name: Training, unit: index/month, base: no-inflow}
stocks:
  - {id: capability, name: Capability of the guard, unit: index, initial: capability-2014, inflow: [training],
     half_life: capability-life}
effects:
  - {id: troops-train, from: troops, to: training, form: saturating, size: training-gain, half: training-half}
  - {id: guard-holds, from: capability, to: rebel-deaths, form: elasticity, size: attack-elasticity}
  - {id: strike-answered, from: strike, to: rebel-deaths, form: shock, size: strike-factor,
     half_life: strike-life}
outcomes:
  - {id: deaths, name: Deaths by rebels, of: rebel-deaths, read: total, unit: deaths, good: down,
     threshold: {name: resurgence, above: 400}}
  - {id: guard, name: Capability at the end, of: capability, read: last, unit: index, good: up}
signs:
  - {id: deaths, name: Deaths by rebels, of: deaths, measured: {deaths: [rebels]}, who: "UCDP, once a year",
     alarm: {above: 12, for: 2}}
  - {id: troops, name: Troops of Bigland, of: troops, who: Bigland, alarm: {below: 500}, warns: guard,
     measured: {posture: {backer: Bigland, kind: troops, series: main}}}
"""

STAY = """\
id: stay
name: Bigland stays
author: tester
source: none
levers:
  troops: 1000
"""

LEAVE = """\
id: leave
name: Bigland leaves
author: tester
source: none
levers:
  troops: {path: {2015-01: 1000, 2015-12: 0}, between: line}
"""

FILES: dict[str, str] = {
    "mechanisms.yaml": MECHANISM,
    "scenarios/stay.yaml": STAY,
    "scenarios/leave.yaml": LEAVE,
}
UNWEIGHTED = """\
alternatives:
  - id: view
    name: Which view
    unweighted: true
    branches:
      - {id: strong, name: Strong, sets: {attack-elasticity: {form: point, value: -1}}, author: a, source: b,
         why: c}
      - {id: none, name: None, without: [guard-holds], author: a, source: b, why: c}
  - id: answer
    name: Is a strike answered
    branches:
      - {id: answered, name: Yes, weight: 0.75, author: a, source: b, why: c}
      - {id: unanswered, name: No, weight: 0.25, without: [strike-answered], author: a, source: b, why: c}
outcomes:
"""
BRANCHED = {
    **FILES,
    "mechanisms.yaml": MECHANISM.replace(
        "outcomes:\n",
        UNWEIGHTED.replace("name: Yes", "name: 'Yes'")
        .replace("name: No,", "name: 'No',")
        .replace("name: None", "name: 'None'"),
    ),
}


def lay(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Puts a mechanism and its scenarios into a case folder."""
    (folder / "scenarios").mkdir(exist_ok=True)
    for name, text in (files or FILES).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> Mechanism:
    """The mechanism in a folder."""
    return read_mechanism(read_case(folder))


def flat(mechanism: Mechanism, level: float = 2.0, futures: int = 1) -> Baseline:
    """A baseline with the same number in every cell; with more futures, Poisson draws around it."""
    case = mechanism.case
    strata = tuple(stratum.id for stratum in case.strata)
    shape = (futures, len(mechanism.span), len(case.places.ids), len(strata))
    rng = np.random.default_rng(1)
    cells = np.full(shape, level) if futures == 1 else rng.poisson(level, shape)
    measures = {"deaths": cells.astype(np.float32), "events": cells.astype(np.float32)}
    return Baseline(measures, tuple(case.places.ids), strata, mechanism.span, "a test")
