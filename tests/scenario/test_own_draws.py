"""Irrelevant entries, order, names and units change nothing beyond their own draws."""

import re
from collections.abc import Callable

import numpy as np
import pytest
import yaml
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, flat, lay, read

from vedette.brief.scenario_words import grounds
from vedette.scenario import Ensemble, run
from vedette.scenario.answers import tables
from vedette.scenario.drivers import main_drivers

HISTORY = "Nobody held it against the past."
Change = Callable[[str], str]


def made(case_folder: CaseFolder, name: str, change: Change = str) -> Ensemble:
    files = {**BRANCHED, "mechanisms.yaml": change(BRANCHED["mechanisms.yaml"])}
    mechanism = read(lay(case_folder(name=name), files))
    return run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=50), 200, 1)


def renamed(text: str) -> str:
    for name in ("attack-elasticity", "capability-life", "strike-factor", "capability-2014"):
        text = re.sub(rf"\b{name}\b", f"z-{name[::-1]}", text)
    return text


def turned(text: str) -> str:
    """Every list of the file in the opposite order."""
    document = yaml.safe_load(text)
    for key, entries in document.items():
        if isinstance(entries, list):
            document[key] = entries[::-1]
    for alternative in document["alternatives"]:
        alternative["branches"].reverse()
    return yaml.safe_dump(document, sort_keys=False)


def more(text: str) -> str:
    """With an assumption, a weighted alternative and an outcome that have nothing to do with the others."""
    given = "author: a, source: b, why: c"
    idle = (
        "assumptions:\n"
        "  - {id: a-first, name: f, unit: people, distribution: {form: uniform, low: 1, high: 9}, "
        f"{given}}}\n"
        "  - {id: unused, name: u, unit: number, distribution: {form: uniform, low: 0, high: 1}, "
        f"{given}}}\n"
    )
    branch = (
        "alternatives:\n  - id: aside\n    name: Aside\n    branches:\n"
        f"      - {{id: x, name: X, weight: 0.5, sets: {{a-first: {{form: point, value: 1}}}}, {given}}}\n"
        f"      - {{id: y, name: Y, weight: 0.5, {given}}}\n"
    )
    text = text.replace("assumptions:\n", idle).replace("alternatives:\n", branch)
    text = text.replace("rates:\n", "rates:\n  - {id: crowd, name: c, unit: people, base: a-first}\n")
    size = "  - {id: crowd-size, name: c, of: crowd, read: last, unit: people, good: up}\n"
    return text.replace("outcomes:\n", f"outcomes:\n{size}")


def reworded(text: str) -> str:
    """Other names, authors, sources and another unit without a dimension."""
    text = text.replace("name: Capability at the start", "name: Another name").replace("tester", "somebody")
    return text.replace("source: none, why: a guess", "source: elsewhere, why: why not")


@pytest.mark.parametrize("change", [renamed, turned, more, reworded])
def test_answers_stay_as_they_are(case_folder: CaseFolder, change: Change) -> None:
    plain, other = made(case_folder, "plain"), made(case_folder, "other", change)
    for outcome in ("deaths", "guard"):
        for scenario in ("stay", "leave"):
            one, two = (
                {
                    name: np.sort(each.outcome(outcome)[each.index(scenario), each.drawn.group == group])
                    for group, name in enumerate(each.group_names())
                }
                for each in (plain, other)
            )
            assert one.keys() == two.keys()
            for name in one:
                np.testing.assert_allclose(one[name], two[name], rtol=1e-6)


@pytest.mark.parametrize("change", [renamed, turned, more])
def test_drivers_and_shares_stay_as_they_are(case_folder: CaseFolder, change: Change) -> None:
    tables_of = []
    for name, each in (("plain", str), ("other", change)):
        ensemble = made(case_folder, name, each)
        drivers = main_drivers(ensemble, ["deaths"], rows=16).filter(mark="chance").sort("branch")
        told = tables.differences(ensemble, ["deaths"]).sort("branch")
        tables_of.append(
            (drivers["total"].to_list(), told["from_assumption"].to_list(), told["mean"].to_list())
        )
    for one, two in zip(*tables_of, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-5)


def test_a_branch_that_says_the_same_gives_the_same(case_folder: CaseFolder) -> None:
    """A range over branches is never noise: two readings alike have the same numbers, to the last digit."""

    def alike(text: str) -> str:
        return text.replace("sets: {attack-elasticity: {form: point, value: -1}}", "sets: {}").replace(
            "name: 'None', without: [guard-holds]", "name: 'None', without: []"
        )

    def scattered(text: str) -> str:
        given = "base: no-inflow, scatter: strike-factor}"
        return (
            alike(text).replace("base: no-inflow}", given).replace("point, value: 0}", "point, value: 0.01}")
        )

    for change in (alike, scattered):
        ensemble = made(case_folder, change.__name__, change)
        told = tables.differences(ensemble, ["deaths", "guard"], parts=False)
        levels = tables.levels(ensemble, ["deaths", "guard"])
        for table in (told, levels):
            for _, rows in table.drop("branch").group_by("outcome", "scenario"):
                assert len(rows) == 2
                assert rows.row(0) == rows.row(1)
    assert ensemble.noise.any()


def test_branches_share_every_draw_however_many_are_asked_for(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    ensemble = run(mechanism, ["stay"], flat(mechanism), 201, 1)
    assert ensemble.draws == 202
    assert np.bincount(ensemble.drawn.group).tolist() == [101, 101]


def test_what_moves_no_outcome_is_not_among_the_grounds(case_folder: CaseFolder) -> None:
    def unused(text: str) -> str:
        entry = "  - {id: unused, name: u, unit: number, distribution: {form: uniform, low: 0, high: 1}, "
        return text.replace("assumptions:\n", f"assumptions:\n{entry}author: z, source: b, why: c}}\n")

    plain, other = made(case_folder, "plain"), made(case_folder, "other", unused)
    assert grounds(other, HISTORY) == grounds(plain, HISTORY)
    assert "(by tester; a)" in grounds(plain, HISTORY)[0]
