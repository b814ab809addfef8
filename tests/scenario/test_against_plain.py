"""The compiled function against a plain reckoning, one draw at a time, on random mechanisms."""

from dataclasses import replace

import numpy as np
import pytest
import yaml
from support.fourland import CaseFolder
from support.plain_mechanism import Plain
from support.small_mechanism import FILES, flat, lay, read

from vedette.scenario import Ensemble, Mechanism, Scenario, run
from vedette.scenario.engine.running import outside
from vedette.scenario.language.plan import loops, plan_of
from vedette.scenario.language.rules import Rule
from vedette.scenario.language.scenario_file import RuleEntry

FORMS = ["elasticity", "saturating", "threshold", "shock", "share", "hysteresis"]
GIVEN = {"author": "t", "source": "paper", "why": "w"}


def random_mechanism(seed: int) -> str:
    """Stocks, rates with loops among them, and effects of every form between whatever they find."""
    rng = np.random.default_rng(seed)
    quantities: list[dict[str, object]] = []

    def quantity(unit: str, low: float, high: float) -> str:
        name = f"q{len(quantities)}"
        form = {"form": "uniform", "low": float(low), "high": float(high)}
        quantities.append({"id": name, "name": name, "unit": unit, "distribution": form, **GIVEN})
        return name

    rates: list[dict[str, object]] = []
    for index in range(int(rng.integers(3, 7))):
        rate: dict[str, object] = {
            "id": f"r{index}",
            "name": "r",
            "unit": "index",
            "base": quantity("index", 0.2, 0.8),
        }
        if index >= 2 and rng.random() < 0.5:
            rate = {"id": f"r{index}", "name": "r", "unit": "index"}
            parts = [f"r{each}" for each in rng.permutation(index)[:2]]
            kind = str(rng.choice(["sum", "product", "ratio"]))
            rate[kind] = parts if kind != "ratio" else {"of": parts[:1], "over": parts}
        elif rng.random() < 0.4:
            rate["scatter"] = quantity("number", 0.1, 0.5)
        rates.append(rate)
    flows = [
        {"id": f"f{i}", "name": "f", "unit": "index/month", "base": quantity("index/month", 0.0, 0.1)}
        for i in range(3)
    ]
    stocks = [
        {
            "id": f"s{i}",
            "name": "s",
            "unit": "index",
            "initial": quantity("index", 0.1, 0.9),
            "inflow": [f"f{i}"],
            "outflow": ["f2"],
            "half_life": quantity("months", 3, 30),
        }
        for i in range(2)
    ]
    nodes = [*(str(r["id"]) for r in rates), "s0", "s1", "force", "war", "vote"]
    effects = []
    for index in range(int(rng.integers(5, 12))):
        form = str(rng.choice(FORMS))
        multiplies = form in ("elasticity", "threshold", "shock", "hysteresis")
        targets = [f"r{i}" for i in range(len(rates))] + (["deaths"] if multiplies else ["s0"])
        target = str(rng.choice(targets))
        effect: dict[str, object] = {
            "id": f"e{index}",
            "from": str(rng.choice(nodes[:-2])),
            "to": target,
            "form": form,
        }
        if form in ("shock", "threshold"):
            effect["from"] = str(rng.choice(nodes))
        unit = "number" if multiplies else ("index/month" if target == "s0" else "index")
        unit = (
            "share/month" if form == "share" and target == "s0" else ("number" if form == "share" else unit)
        )
        effect["size"] = quantity(unit, 0.05, 0.3) if not multiplies else quantity("number", 0.3, 1.6)
        if form == "elasticity" and rng.random() < 0.3:
            effect["reference"] = 0.5
        if form == "saturating":
            effect["half"] = quantity("index", 0.2, 0.9)
        if form == "threshold":
            effect |= {"at": quantity("index", 0.2, 0.9), "side": str(rng.choice(["above", "below"]))}
        if form == "hysteresis":
            effect |= {"at": quantity("index", 0.2, 0.9), "until": quantity("index", 0.2, 0.9)}
            effect |= {"side": str(rng.choice(["above", "below"]))}
            effect |= {"past": "war"} if rng.random() < 0.7 else {}
        if form == "shock":
            effect["half_life"] = quantity("months", 1, 6)
        effects.append(effect)
    branches = [
        {"id": "all", "name": "All", "weight": 0.5, **GIVEN},
        {"id": "less", "name": "Less", "weight": 0.5, "without": ["e0", "e1"], **GIVEN},
    ]
    outcomes = [
        {"id": f"o{i}", "name": f"o{i}", "of": node, "unit": "index", "good": "up"}
        for i, node in enumerate([str(r["id"]) for r in rates] + ["s0", "s1"])
    ]
    outcomes.append({"id": "od", "name": "od", "of": "deaths", "unit": "deaths/month", "good": "down"})
    whole = {
        "base": "stay", "start": "2015-01", "end": "2016-06", "assumptions": quantities,
        "levers": [{"id": "force", "name": "force", "unit": "index", "who": "bigland"}],
        "calendar": [{"id": "war", "name": "war", "first": "2014-10", "last": "2015-04", "source": "paper"},
                     {"id": "vote", "name": "vote", "first": "2015-09", "source": "paper"}],
        "events": [{"id": "deaths", "name": "deaths", "strata": ["rebels"]}],
        "rates": [*rates, *flows], "stocks": stocks, "effects": effects,
        "alternatives": [{"id": "view", "name": "view", "branches": branches}], "outcomes": outcomes,
    }  # fmt: skip
    return yaml.safe_dump(whole)


def with_random_rules(mechanism: Mechanism, seed: int) -> Mechanism:
    """The mechanism with a scenario of three rules on nodes and levels picked at random."""
    rng = np.random.default_rng((seed, 1))
    rules = []
    for index in range(3):
        node = str(rng.choice(["r0", "r1", "r2", "deaths"]))
        level = float(rng.uniform(2, 5) if node == "deaths" else rng.uniform(0.1, 0.9))
        when: dict[str, object] = {"sign": node, str(rng.choice(["above", "below"])): level}
        when |= {"for": int(rng.integers(1, 4)), "lag": int(rng.integers(1, 4))}
        if rng.random() < 0.3:
            when["first"] = "2015-04"
        if rng.random() < 0.3:
            when["last"] = "2016-01"
        if index and rng.random() < 0.4:
            when["after"] = "r0"
        change: dict[str, object] = {"to": float(rng.uniform(0, 1)), "over": int(rng.integers(1, 5))}
        change["between"] = str(rng.choice(["step", "line"]))
        entry = {"id": f"r{index}", "when": when, "levers": {"force": change}}
        rules.append(Rule(RuleEntry.model_validate(entry), node))
    force = np.full(len(mechanism.span), 0.3)
    adapt = Scenario("adapt", "n", "t", "paper", "", {"force": force}, rules=tuple(rules))
    return replace(mechanism, scenarios={**mechanism.scenarios, "adapt": adapt})


SCENARIOS = {
    f"scenarios/{name}.yaml": f"id: {name}\nname: {name}\nauthor: t\nsource: s\nlevers:\n  force: {path}\n"
    for name, path in {"stay": "0.5", "leave": "{path: {2015-01: 0.5, 2015-12: 0.05}, between: line}"}.items()
}


ACTING = range(1, 12)
"""Seeds whose rules act in some draw: rules that never act would be no test."""


@pytest.mark.parametrize("seed", range(12))
def test_random_mechanisms(case_folder: CaseFolder, seed: int) -> None:
    mechanism = read(lay(case_folder(), {"mechanisms.yaml": random_mechanism(seed), **SCENARIOS}))
    mechanism = with_random_rules(mechanism, seed)
    made = run(mechanism, ["stay", "leave", "adapt"], flat(mechanism, 3.0, futures=5), draws=6, seed=seed)
    assert seed not in ACTING or (made.fired[2] >= 0).any()
    for scenario in made.names:
        for draw in (0, 3, 5):
            rows = plainly(made, scenario, draw)
            for name in made.kept:
                if not name.startswith("*"):
                    expected = [row[name] for row in rows]
                    found = made.path(name)[made.index(scenario), draw]
                    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=1e-6, err_msg=name)


def test_the_small_mechanism(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), FILES))
    made = run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=9), draws=20, seed=3)
    rows = plainly(made, "leave", 7)
    np.testing.assert_allclose(made.path("deaths")[1, 7], [row["rebel-deaths"] for row in rows], rtol=1e-5)


def test_some_random_mechanisms_have_loops_of_rates(case_folder: CaseFolder) -> None:
    """Else the comparison would say nothing about them."""
    files = (
        lay(case_folder(name=f"case{seed}"), {"mechanisms.yaml": random_mechanism(seed), **SCENARIOS})
        for seed in range(6)
    )
    assert (
        sum(any("s0" not in loop and "s1" not in loop for loop in loops(read(each).file)) for each in files)
        >= 2
    )


def plainly(made: Ensemble, scenario: str, draw: int) -> list[dict[str, float]]:
    rules = made.scenarios[made.index(scenario)].rules
    mechanism, plan = made.mechanism, plan_of(made.mechanism.file)
    values = {name: float(column[draw]) for name, column in made.quantities.items()}
    off = {name for place, name in enumerate(plan.gates) if made.drawn.gates[draw, place] == 0}
    path = mechanism.lever_paths(made.scenarios[made.index(scenario)])
    levers = [dict(zip(plan.levers, map(float, row), strict=True)) for row in path]
    base = mechanism.lever_paths(mechanism.base)[0]
    groups = {group.id: made.baseline.group(group)[made.future[draw]] for group in mechanism.file.events}
    events = [{name: float(each[month]) for name, each in groups.items()} for month in range(len(levers))]
    noise = [dict(zip(plan.noises, map(float, row), strict=False)) for row in made.noise[draw]]
    usual = dict(zip(plan.events, map(float, outside(mechanism, plan, made.baseline)[3]), strict=True))
    plain = Plain(mechanism.file, values, off, dict(zip(plan.levers, map(float, base), strict=True)))
    return plain.run(levers, events, noise, usual, rules)
