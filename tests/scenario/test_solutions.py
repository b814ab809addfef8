"""Mechanisms with a solution on paper match it, month by month."""

import numpy as np
from support.fourland import CaseFolder
from support.small_mechanism import flat, lay, read

from vedette.scenario import Ensemble, run

HEAD = """\
base: stay
start: 2015-01
end: 2017-12
"""
GIVEN = "author: tester, source: none, why: by hand"
STAY = "id: stay\nname: Stays\nauthor: tester\nsource: none\nlevers: {force: 4}\n"
MORE = "id: more\nname: More\nauthor: tester\nsource: none\nlevers: {force: 8}\n"
PULSE = (
    "id: pulse\nname: Pulse\nauthor: tester\nsource: none\nlevers:\n"
    "  force: {path: {2015-01: 0, 2015-03: 1, 2015-04: 0}, between: step}\n"
)


def point(name: str, unit: str, value: float) -> str:
    what = f"id: {name}, name: {name}, unit: {unit}"
    return f"  - {{{what}, distribution: {{form: point, value: {value}}}, {GIVEN}}}\n"


def made(case_folder: CaseFolder, mechanism: str, level: float = 2.0, **scenarios: str) -> Ensemble:
    folder = case_folder()
    files = {"mechanisms.yaml": HEAD + mechanism, **{f"scenarios/{n}.yaml": t for n, t in scenarios.items()}}
    mechanism_read = read(lay(folder, files))
    return run(mechanism_read, list(scenarios), flat(mechanism_read, level), draws=2, seed=1)


def test_decay_with_inflow(case_folder: CaseFolder) -> None:
    """S[t] = S0 k^t + f (1 - k^t) / (1 - k), with k = 0.5^(1 / half-life)."""
    found = made(
        case_folder,
        "assumptions:\n"
        + point("at-first", "people", 1000)
        + point("life", "months", 8)
        + point("come", "people/month", 30)
        + "levers:\n  - {id: force, name: Force, unit: number, who: bigland}\n"
        "rates:\n  - {id: arrivals, name: Arrivals, unit: people/month, base: come}\n"
        "stocks:\n  - {id: men, name: Men, unit: people, initial: at-first, inflow: [arrivals],"
        " half_life: life}\n"
        "outcomes:\n  - {id: strength, name: Strength, of: men, read: last, unit: people, good: up}\n",
        stay=STAY,
    )
    keep, months = 0.5 ** (1 / 8), np.arange(1, 37)
    expected = 1000 * keep**months + 30 * (1 - keep**months) / (1 - keep)
    np.testing.assert_allclose(found.path("men")[0, 0], expected, rtol=1e-6)
    np.testing.assert_allclose(found.outcome("strength")[0], expected[-1], rtol=1e-6)


def test_elasticity_and_its_reference(case_folder: CaseFolder) -> None:
    """y = base (x / x0)^size: a lever doubled, from its beginning in the base scenario."""
    found = made(
        case_folder,
        "assumptions:\n"
        + point("usual", "attacks/month", 10)
        + point("size", "number", -0.5)
        + "levers:\n  - {id: force, name: Force, unit: number, who: bigland}\n"
        "rates:\n  - {id: attacks, name: Attacks, unit: attacks/month, base: usual}\n"
        "effects:\n  - {id: deters, from: force, to: attacks, form: elasticity, size: size}\n"
        "outcomes:\n  - {id: total, name: Total, of: attacks, read: total, unit: attacks, good: down}\n",
        stay=STAY,
        more=MORE,
    )
    np.testing.assert_allclose(found.path("attacks")[0], 10.0, rtol=1e-6)
    np.testing.assert_allclose(found.path("attacks")[1], 10.0 / np.sqrt(2), rtol=1e-6)
    np.testing.assert_allclose(found.outcome("total")[1], 360 / np.sqrt(2), rtol=1e-6)


def test_shock_with_half_life_on_the_forecast(case_folder: CaseFolder) -> None:
    """A pulse in month 3: factor 3^(0.5^((t - 3) / 2)), and 1 before it."""
    found = made(
        case_folder,
        "assumptions:\n"
        + point("size", "number", 3)
        + point("life", "months", 2)
        + "levers:\n  - {id: force, name: Force, unit: number, who: bigland}\n"
        "events:\n  - {id: deaths, name: Deaths, strata: [rebels]}\n"
        "effects:\n  - {id: anger, from: force, to: deaths, form: shock, size: size, half_life: life}\n"
        "outcomes:\n  - {id: mean-deaths, name: Mean, of: deaths, unit: deaths/month, good: down}\n",
        stay=PULSE.replace("id: pulse", "id: stay"),
    )
    month = np.arange(36)
    expected = np.where(month < 2, 1.0, 3.0 ** (0.5 ** ((month - 2) / 2)))
    np.testing.assert_allclose(found.path("*deaths")[0, 0], expected, rtol=1e-6)
    np.testing.assert_allclose(found.path("deaths")[0, 0], 8 * expected, rtol=1e-6)
    np.testing.assert_allclose(found.by_place("deaths")[0, 0], 2 * expected.sum(), rtol=1e-6)


def test_what_the_calendar_left_behind(case_folder: CaseFolder) -> None:
    """A strike two months before the start still counts 0.5^(months since / half-life) of a shock."""
    found = made(
        case_folder,
        "assumptions:\n"
        + point("size", "number", 4)
        + point("life", "months", 3)
        + "levers:\n  - {id: force, name: Force, unit: number, who: bigland}\n"
        "calendar:\n  - {id: strike, name: Strike, first: 2014-11, source: none}\n"
        "events:\n  - {id: deaths, name: Deaths, strata: [rebels]}\n"
        "effects:\n  - {id: anger, from: strike, to: deaths, form: shock, size: size, half_life: life}\n"
        "outcomes:\n  - {id: mean-deaths, name: Mean, of: deaths, unit: deaths/month, good: down}\n",
        stay=STAY,
    )
    expected = 4.0 ** (0.5 ** ((np.arange(36) + 2) / 3))
    np.testing.assert_allclose(found.path("*deaths")[0, 0], expected, rtol=1e-6)


def test_threshold_saturating_and_share(case_folder: CaseFolder) -> None:
    found = made(
        case_folder,
        "assumptions:\n"
        + point("none", "index", 0)
        + point("most", "index", 0.6)
        + point("half", "number", 4)
        + point("line", "number", 6)
        + point("double", "number", 2)
        + point("taken", "number", -0.5)
        + point("one", "index", 1)
        + "levers:\n  - {id: force, name: Force, unit: number, who: bigland}\n"
        "rates:\n  - {id: help, name: Help, unit: index, base: none}\n"
        "  - {id: rest, name: Rest, unit: index, base: one}\n"
        "events:\n  - {id: deaths, name: Deaths, strata: [rebels]}\n"
        "effects:\n  - {id: helps, from: force, to: help, form: saturating, size: most, half: half}\n"
        "  - {id: leaves, from: help, to: rest, form: share, size: taken}\n"
        "  - {id: tips, from: force, to: deaths, form: threshold, size: double, at: line}\n"
        "outcomes:\n  - {id: left, name: Left, of: rest, unit: index, good: up}\n"
        "  - {id: killed, name: Killed, of: deaths, unit: deaths/month, good: down}\n",
        stay=STAY,
        more=MORE,
    )
    np.testing.assert_allclose(found.outcome("left")[:, 0], [1 - 0.15, 1 - 0.2], rtol=1e-6)
    np.testing.assert_allclose(found.outcome("killed")[:, 0], [8, 16], rtol=1e-6)
