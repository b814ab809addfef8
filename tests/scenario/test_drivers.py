"""What drives an answer: known indices, tipping values by hand, branches kept apart."""

import json
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from scipy.stats import ks_2samp
from support.counting import counting
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, flat, lay, read

from vedette import commands
from vedette.cli.text.drivers import print_drivers
from vedette.scenario import Ensemble, run
from vedette.scenario.drivers import boxes, main_drivers, tipping_values
from vedette.scenario.drivers.indices import cube, pawn, ranked, sobol
from vedette.scenario.drivers.inputs import drawn_from_cube, inputs_of, inputs_that_move, read_again
from vedette.scenario.drivers.tipping import crossings
from vedette.scenario.language import mechanism as mechanism_module

GIVEN = "author: t, source: s, why: w"
LINE = f"""\
base: stay
start: 2015-01
end: 2015-06
assumptions:
  - {{id: usual, name: Usual attacks, unit: attacks/month, distribution: {{form: uniform, low: 5, high: 15}},
     {GIVEN}}}
  - {{id: size, name: Effect of the force, unit: attacks/month,
     distribution: {{form: uniform, low: -2, high: 6}}, {GIVEN}}}
  - {{id: one, name: Half level, unit: number, distribution: {{form: point, value: 4}}, {GIVEN}}}
levers:
  - {{id: force, name: Force, unit: number, who: bigland}}
rates:
  - {{id: attacks, name: Attacks, unit: attacks/month, base: usual}}
effects:
  - {{id: draws-fire, from: force, to: attacks, form: saturating, size: size, half: one}}
outcomes:
  - {{id: attacks-mean, name: Attacks, of: attacks, read: mean, unit: attacks/month, good: down,
     threshold: {{name: a bad year, above: 12}}}}
"""
STAY = "id: stay\nname: s\nauthor: a\nsource: s\nlevers: {force: 0}\n"
MORE = "id: more\nname: m\nauthor: a\nsource: s\nlevers: {force: 4}\n"
HAND = {"mechanisms.yaml": LINE, "scenarios/stay.yaml": STAY, "scenarios/more.yaml": MORE}


def by_hand(case_folder: CaseFolder, draws: int = 400) -> Ensemble:
    """Attacks are ``usual`` when staying; with more force they are ``usual + size / 2``."""
    mechanism = read(lay(case_folder(), HAND))
    return run(mechanism, ["stay", "more"], flat(mechanism), draws, 1)


def test_sobol_of_the_ishigami_function() -> None:
    """Its indices are known (Ishigami and Homma 1990, First International Symposium on Uncertainty
    Modeling and Analysis, 398-403)."""
    a, b = 7.0, 0.1
    x = np.pi * (2 * cube(2**14, [["x"], ["y"], ["z"]], seed=1) - 1)
    found = sobol(
        np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0]), "xyz", 1, 2
    )
    one = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    two, both = a**2 / 8, b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = one + two + both
    np.testing.assert_allclose(found.first, np.array([one, two, 0]) / whole, atol=0.02)
    np.testing.assert_allclose(found.total, np.array([one + both, two, both]) / whole, rtol=0.02)


def test_what_never_differs_has_no_drivers() -> None:
    assert sobol(np.ones(4 * 8), ["x", "y"], seed=1).total.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("inputs", [1, 3])
def test_sobol_indices_are_the_plain_sums_of_saltelli(inputs: int) -> None:
    rows, x = 64, cube(64, list("xyz"[:inputs]), seed=2)
    values = x[:, 0] + x.prod(axis=1)
    one, *mixed, other = (values - values[[*range(rows), *range(-rows, 0)]].mean()).reshape(-1, rows)
    variance = np.concatenate([one, other]).var()
    found = sobol(values, "xyz"[:inputs], 1)
    np.testing.assert_allclose(found.first, [np.mean(other * (m - one)) / variance for m in mixed])
    np.testing.assert_allclose(found.total, [np.mean((one - m) ** 2) / 2 / variance for m in mixed])


def test_intervals_of_sobol_indices_narrow_with_the_root_of_the_rows() -> None:
    gaps = []
    for rows in (64, 1024):
        x = cube(rows, list("xy"), seed=3)
        found = sobol(x[:, 0] + x[:, 1] ** 2, "xy", 3, 400)
        gaps.append(np.concatenate([found.first_gap, found.total_gap]))
        assert (abs(found.first - [0.484, 0.516]) < 1.5 * found.first_gap).all()
    np.testing.assert_allclose(gaps[0] / gaps[1], 4, rtol=0.25)


def test_pawn_is_the_median_distance_of_kolmogorov_and_smirnov() -> None:
    rng = np.random.default_rng(1)
    x = rng.random((300, 3))
    y = x[:, 0] ** 2 + 0.3 * x[:, 1]
    wanted = []
    for column in x.T:
        edges = np.quantile(column, np.linspace(0, 1, 11))
        parts = [y[(column >= low) & (column < high)] for low, high in pairwise(edges)]
        wanted.append(np.median([ks_2samp(part, y).statistic for part in parts]))
    np.testing.assert_allclose(pawn(x, y), wanted, atol=1e-12)


def test_ranks_count_ties_half() -> None:
    assert ranked(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0, 4.0])).tolist() == [0.125, 0.5, 0.75]


def test_the_drivers_of_a_sum_by_hand(case_folder: CaseFolder) -> None:
    """The difference is size / 2 alone; the level has both, of variances 100 / 12 and 16 / 12."""
    made = by_hand(case_folder)
    table = main_drivers(made, ["attacks-mean"], rows=256)
    assert table["input"][0] == "size"
    totals = dict(zip(table["input"], table["total"], strict=True))
    assert totals["size"] == pytest.approx(1.0, abs=0.03)
    assert totals["usual"] == pytest.approx(0.0, abs=1e-4)
    assert totals["chance"] == pytest.approx(0.0, abs=1e-4)
    pawns = dict(zip(table["input"], table["pawn"], strict=True))
    assert pawns["size"] > 0.5
    assert pawns["usual"] < 1.5 * table["pawn_idle"][0]


def test_a_point_of_the_cube_is_what_its_quantiles_say(case_folder: CaseFolder) -> None:
    made = by_hand(case_folder)
    inputs = inputs_of(made)
    chances = {"size": (0.25, 1.0), "usual": (0.5, 0.0), "chance": (0.1, 0.9)}
    assert {each.id for each in inputs} == set(chances)
    at = np.array([chances[each.id] for each in inputs]).T
    found = read_again(made, *drawn_from_cube(made, inputs, at, 0), None)["attacks-mean"]
    np.testing.assert_allclose(found, [[10.0, 5.0], [10.0, 8.0]])


def test_where_more_force_tips(case_folder: CaseFolder) -> None:
    """More force is better where size < 1, with a second effect that takes 1 / 2 away."""
    text = LINE.replace(
        "effects:\n",
        "effects:\n  - {id: deters, from: force, to: attacks, form: saturating, size: less, half: one}\n",
    ).replace(
        "levers:\n",
        "  - {id: less, name: d, unit: attacks/month, distribution: {form: point, value: -1}, "
        f"{GIVEN}}}\nlevers:\n",
    )
    mechanism = read(lay(case_folder(), {**HAND, "mechanisms.yaml": text}))
    table = tipping_values(run(mechanism, ["stay", "more"], flat(mechanism), 400, 1), ["attacks-mean"])
    rows = {row["quantity"]: row for row in table.to_dicts()}
    size = rows["size"]
    assert size["tipping"] == pytest.approx(1.0, abs=1e-3)
    assert (size["below"], size["above"], size["crossings"]) == ("more", "stay", 1)
    assert (size["low"], size["high"]) == (-2.0, 6.0)
    assert size["beyond"] == pytest.approx(0.375, abs=0.01)
    assert rows["usual"]["tipping"] is None


def test_what_is_asked_about_one_outcome_is_the_same_as_among_others(case_folder: CaseFolder) -> None:
    raids = f"""\
  - {{id: raiders, name: Raids, unit: attacks/month, distribution: {{form: uniform, low: 1, high: 3}},
     {GIVEN}}}
"""
    text = (
        LINE.replace("levers:\n", f"{raids}levers:\n")
        .replace("effects:\n", "  - {id: raids, name: Raids, unit: attacks/month, base: raiders}\neffects:\n")
        .replace(
            "  - {id: attacks-mean,",
            "  - {id: raids-mean, name: Raids, of: raids, read: mean, unit: attacks/month, good: down}\n"
            "  - {id: attacks-mean,",
        )
    )
    mechanism = read(lay(case_folder(), {**HAND, "mechanisms.yaml": text}))
    made = run(mechanism, ["stay", "more"], flat(mechanism), 200, 1)
    assert {each.id for each in inputs_that_move(made, ["attacks-mean"])} == {"size", "usual", "chance"}
    assert {each.id for each in inputs_that_move(made, ["raids-mean"])} == {"raiders", "chance"}
    for table in (main_drivers, tipping_values):
        alone, among = table(made, ["attacks-mean"]), table(made, ["raids-mean", "attacks-mean"])
        assert alone.height
        assert alone.equals(among.filter(outcome="attacks-mean"))


def test_touching_is_not_crossing() -> None:
    at = np.arange(4.0)
    assert crossings(at, np.array([1.0, 0.0, 1.0, 2.0])) == []
    assert crossings(at, np.array([1.0, -1.0, 0.0, 3.0])) == [(0.5, False), (2.0, True)]
    assert crossings(at, np.zeros(4)) == []


def test_boxes_of_a_bad_year(case_folder: CaseFolder) -> None:
    """Staying gives a bad year where usual > 12, 30 % of draws; more force is worse where size > 0."""
    table = boxes(by_hand(case_folder, 1000), ["attacks-mean"])
    bad = table.filter(scenario="stay").row(0, named=True)
    assert (bad["input"], bad["high"]) == ("usual", None)
    assert bad["low"] == pytest.approx(12, abs=0.3)
    assert bad["held_up"]
    assert bad["words"].startswith("a bad year in nearly all runs where usual is at least 1")
    worse = table.filter(cases="worse than stay").row(0, named=True)
    assert worse["input"] == "size"
    assert worse["low"] == pytest.approx(0, abs=0.3)


def test_unweighted_branches_are_never_averaged_nor_weighted_ones_told_apart(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    made = run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=50), 400, 1)
    names = ["view: strong", "view: none"]
    assert [each.id for each in inputs_of(made) if each.id in ("view", "answer")] == ["answer"]
    tables: list[pl.DataFrame] = [
        main_drivers(made, ["deaths"], rows=16),
        tipping_values(made, ["deaths"], draws=16),
    ]
    for table in tables:
        assert sorted(set(table["branch"])) == sorted(names)


def test_a_quantity_that_a_branch_sets_is_swept_over_what_the_branch_says(case_folder: CaseFolder) -> None:
    wide = BRANCHED["mechanisms.yaml"].replace(
        "{form: point, value: -1}", "{form: uniform, low: -3, high: -2}"
    )
    mechanism = read(lay(case_folder(), {**BRANCHED, "mechanisms.yaml": wide}))
    made = run(mechanism, ["stay", "leave"], flat(mechanism), 60, 1)
    table = tipping_values(made, ["deaths"], draws=4).filter(quantity="attack-elasticity")
    strong = table.filter(branch="view: strong").row(0, named=True)
    assert (strong["low"], strong["high"]) == (-3.0, -2.0)


def test_same_seed_same_tables(case_folder: CaseFolder) -> None:
    made = by_hand(case_folder, 100)
    assert main_drivers(made, ["attacks-mean"]).equals(main_drivers(made, ["attacks-mean"]))


def test_a_mechanism_is_planned_once_however_much_is_asked(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = counting(monkeypatch, mechanism_module, "plan_of")
    listed = counting(monkeypatch, mechanism_module, "quantities")
    mechanism = read(lay(case_folder(), BRANCHED))
    made = run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=50), 400, 1)
    commands.what_drives(commands.compare(made))
    assert (len(planned), len(listed)) == (1, 1)


def test_it_is_told_at_a_hundred_columns_and_as_json(
    case_folder: CaseFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    made = run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=50), 400, 1)
    found = commands.compare(made)
    reasons = commands.what_drives(found)
    json.dumps(commands.CompareResult("case", found, reasons).document(), allow_nan=False)
    print_drivers(found, reasons)
    printed = capsys.readouterr().out
    for title in (
        f"WHAT DRIVES THE DIFFERENCE FROM “{made.scenarios[0].name.upper()}”",
        "TIPPING VALUES",
        "WHERE IT GOES WRONG",
        "WHO WOULD REGRET WHAT",
        "WHAT TO WATCH",
    ):
        assert title in printed
    ids = {quantity.id for quantity, _ in mechanism.quantities if "-" in quantity.id}
    named = commands.drivers_in_names(found, reasons)
    cells = [
        cell for table in (named.inputs, named.tipping, named.boxes) for row in table.rows() for cell in row
    ]
    assert not [cell for cell in cells if isinstance(cell, str) for one in ids if one in cell.split()]
    assert not [line for line in printed.splitlines() for one in ids if one in line.split()]
    assert max(len(line) for line in printed.splitlines()) <= 100
