"""Recipes: planted series give the planted number back, and too few points are no estimate."""

import math
from datetime import date

import numpy as np
import pytest
from support.fourland import CASE_FILES, CaseFolder
from support.small_mechanism import FILES, MECHANISM, lay, read

from vedette.case import read_case
from vedette.errors import CaseError
from vedette.randomness import rng_stream
from vedette.scenario import Mechanism, read_mechanism
from vedette.scenario.language.entries import Estimate
from vedette.scenario.recipes.points import monthly
from vedette.scenario.recipes.pooling import ClaimFigure, pooled, weights_of
from vedette.scenario.recipes.regression import slope_draws
from vedette.scenario.recipes.resampling import effective, means, neighbours, weights

WRITTEN = MECHANISM[MECHANISM.index("  - {id: attack-elasticity") : MECHANISM.index("assumptions:\n")]
CLAIMS_HEAD = "id,source,hedge,polarity,subject,relation,object,low,high,unit,from,to,known,origin,basis\n"
ELSE = "else: {distribution: {form: uniform, low: 0, high: 1}, author: tester, source: none, why: a guess}"


def strength(place: int, year: int, low: float, high: float | None = None, origin: str = "") -> str:
    """A claim of the strength of the rebels in the middle of a year."""
    numbers = f"{low},{low if high is None else high}"
    when = f"{year}-06,{year}-06,{year}-07"
    return f"s{place},paper,reported,+,rebels,strength,,{numbers},persons,{when},{origin},page\n"


def with_estimate(folder: CaseFolder, entry: str, claims: str = "", name: str = "fourland") -> Mechanism:
    """The small mechanism with another estimate, on a case with these claims."""
    text = MECHANISM.replace(WRITTEN, f"  - {{id: another, name: An estimate, {entry}}}\n{WRITTEN}")
    made = folder({"claims.csv": CLAIMS_HEAD + claims} if claims else {}, name=name)
    return read(lay(made, {**FILES, "mechanisms.yaml": text}))


def estimate(folder: CaseFolder, entry: str, claims: str = "", name: str = "fourland") -> Estimate:
    """The estimate of that mechanism."""
    return with_estimate(folder, entry, claims, name).file.estimates[0]


def mistake(folder: CaseFolder, entry: str, claims: str = "") -> str:
    """What is wrong with it."""
    with pytest.raises(CaseError) as raised:
        with_estimate(folder, entry, claims)
    return str(raised.value)


# --- known truths


@pytest.mark.parametrize(("doubt", "truth"), [(0.05, 0.7), (0.6, 0.7)])
def test_a_planted_slope_lies_in_its_interval_as_often_as_stated(doubt: float, truth: float) -> None:
    held, middles = 0, []
    for trial in range(40):
        rng = rng_stream(trial, "planted slope")
        at = rng.normal(0, 1.0, 12)
        x, y = at + rng.normal(0, doubt, 12), 2 + truth * at + rng.normal(0, 0.3, 12)
        inputs = x + rng.normal(0, doubt, (200, 12))
        slopes = slope_draws(inputs, y[None], 12.0, 1000, rng)
        low, middle, high = np.quantile(slopes, (0.05, 0.5, 0.95))
        held += low <= truth <= high
        middles.append(middle)
    assert held >= 33  # 36 of 40 expected; fewer than 33 has a chance of 4 %
    assert np.median(middles) == pytest.approx(truth, abs=0.12)


def test_doubt_on_the_source_hides_no_slope() -> None:
    """Least squares on the drawn inputs would give two thirds of the slope or less."""
    rng = rng_stream(3, "attenuation")
    at = rng.normal(0, 1.0, 60)
    x, y = at + rng.normal(0, 0.7, 60), at + rng.normal(0, 0.1, 60)
    inputs = x + rng.normal(0, 0.7, (400, 60))
    drawn = inputs[0] - inputs[0].mean()
    assert (drawn * y).sum() / (drawn**2).sum() < 0.67
    assert np.median(slope_draws(inputs, y[None], 60.0, 1000, rng)) == pytest.approx(1.0, abs=0.15)


def test_a_planted_mean_lies_in_its_interval_as_often_as_stated() -> None:
    held = 0
    for trial in range(200):
        rng = rng_stream(trial, "planted mean")
        values = rng.normal(10.0, 3.0, (1, 8))
        low, high = np.quantile(means(values, weights(8, 8.0, 600, rng), rng), (0.05, 0.95))
        held += low <= 10.0 <= high
    assert 170 <= held <= 192  # 180 of 200 expected


def test_correlated_months_count_as_fewer() -> None:
    rng = rng_stream(1, "correlated")
    walk = np.zeros(400)
    for place in range(1, 400):
        walk[place] = 0.8 * walk[place - 1] + rng.normal()
    assert neighbours(walk, np.arange(400)) == pytest.approx(0.8, abs=0.07)
    assert effective(90, 0.8) == pytest.approx(10.0)
    assert neighbours(walk[:6], np.arange(6)) == 0.0  # five pairs tell nothing
    assert neighbours(walk[:40], np.arange(0, 80, 2)) == 0.0  # no two neighbours


def test_an_elasticity_of_the_case_itself(case_folder: CaseFolder) -> None:
    """Figures that are the deaths of each month times a constant: an elasticity of 1."""
    deaths = _deaths(case_folder)
    row = "s{0},paper,reported,+,gate,customs-revenue,,{1},{1},USD,{2},{2},{2},,page\n"
    claims = "".join(row.format(n, 40 * died, month) for n, (month, died) in enumerate(deaths.items()))
    against = "{figures: customs-revenue, subject: gate}"
    fit = f"{{elasticity: {{of: {{deaths: rebels}}, against: {against}, by: month}}}}"
    found = estimate(case_folder, f"unit: number, fit: {fit}", claims, "planted")
    low, high = found.distribution.quantile(np.array([0.05, 0.95]))
    assert found.mark == "estimated"
    assert low < 1.0 < high < 1.6
    assert low > 0.6
    assert found.ground.claims[:2] == ("s0", "s1")


def _deaths(case_folder: CaseFolder) -> dict[str, int]:
    """The median deaths by rebels in each month of Fourland, 2013 and 2014."""
    from vedette.scenario.language.from_case import FromCase
    from vedette.scenario.recipes.points import points_of
    from vedette.scenario.recipes.series import RecipeMonths, SeriesEntry

    case = read_case(case_folder(name="plain"))
    months = RecipeMonths.model_validate({"from": "2012-06", "to": "2014-06"})
    found = points_of(SeriesEntry(deaths="rebels"), "month", months, FromCase(case, case.as_of), "fit")
    return {label: max(1, round(x)) for label, x in zip(found.labels, found.middles, strict=True)}


def test_growth_share_and_rate_of_planted_figures(case_folder: CaseFolder) -> None:
    doubling = "".join(strength(n, 2004 + n, 100.0 * 2**n) for n in range(10))
    grown = estimate(
        case_folder,
        "unit: index/month, fit: {growth: {of: {strength: rebels}, by: year}}",
        doubling,
        "doubling",
    )
    assert grown.distribution.quantile(np.array([0.5]))[0] == pytest.approx(2 ** (1 / 12) - 1, rel=0.02)
    of = "{deaths: rebels, places: [FO-A]}"
    part = estimate(
        case_folder, f"unit: share, fit: {{share: {{of: {of}, in: {{deaths: rebels}}}}}}", "", "b"
    )
    rate = estimate(case_folder, f"unit: deaths/month, fit: {{rate: {{of: {of}}}}}", "", "c")
    all_of = estimate(
        case_folder, "unit: deaths/month, fit: {rate: {of: {deaths: rebels}, by: month}}", "", "d"
    )
    medians = [each.distribution.quantile(np.array([0.5]))[0] for each in (part, rate, all_of)]
    assert medians[0] == pytest.approx(medians[1] / medians[2], rel=0.05)
    events = estimate(
        case_folder, "unit: attacks/month, fit: {rate: {of: {events: rebels, places: [FO-A]}}}", "", "e"
    )
    low, high = events.distribution.quantile(np.array([0.05, 0.95]))
    assert low < 3.0 < high < 4.0  # Alfa has 1, 3, 5, 2 and 4 events a month in turn


def test_before_and_after_of_planted_figures(case_folder: CaseFolder) -> None:
    head = "c{0},paper,reported,+,gate,customs-revenue,,{1},{1},USD million,{2},{2},2014-11,,page\n"
    months = [f"2013-{month:02d}" for month in range(1, 13)]
    claims = "".join(head.format(n, 10 + n % 2 + (5 if n >= 6 else 0), m) for n, m in enumerate(months))
    of = "{figures: customs-revenue, subject: gate, times: 1000000}"
    fit = f"fit: {{before-after: {{of: {of}, at: 2013-07}}}}"
    found = estimate(case_folder, f"unit: USD/month, {fit}", claims)
    low, middle, high = found.distribution.quantile(np.array([0.05, 0.5, 0.95]))
    assert middle == pytest.approx(5e6, rel=0.05)
    assert 3.5e6 < low < high < 6.5e6
    ratio = estimate(case_folder, f"unit: number, {fit}", claims, "ratio")
    assert ratio.distribution.quantile(np.array([0.5]))[0] == pytest.approx(15.5 / 10.5, rel=0.03)


# --- the least number of points


@pytest.mark.parametrize(("years", "mark"), [(7, "assumed"), (8, "estimated")])
def test_seven_points_are_assumed_and_eight_are_estimated(
    case_folder: CaseFolder, years: int, mark: str
) -> None:
    claims = "".join(strength(n, 2014 - years + 1 + n, 100.0 * 1.1**n + 7 * (n % 3)) for n in range(years))
    fit = f"unit: index/month, fit: {{growth: {{of: {{strength: rebels}}, by: year}}}}, {ELSE}"
    found = estimate(case_folder, fit, claims)
    assert found.mark == mark
    assert found.ground.points == years
    if mark == "assumed":
        assert found.distribution.form == "uniform"
        assert found.ground.by == "tester"
        assert "assumed from 7 points, of at least 8; growth of strength of rebels" in found.ground.rests_on


def test_without_an_author_too_few_points_are_a_mistake(case_folder: CaseFolder) -> None:
    claims = strength(1, 2012, 100) + strength(2, 2013, 200)
    said = mistake(case_folder, "unit: index/month, fit: {growth: {of: {strength: rebels}}}", claims)
    assert "mechanisms.yaml, line 8, column estimates[0].fit: expected at least 8 independent points" in said
    assert "found '2 points'. Add else: with distribution, author, source and why, or move it to" in said
    assert "It read: growth of strength of rebels, by month: 2012-06, 2013-06." in said


def test_a_before_and_after_counts_the_smaller_side(case_folder: CaseFolder) -> None:
    of = "{of: {deaths: rebels}, at: 2014-12, by: month}"
    found = estimate(case_folder, f"unit: number, fit: {{before-after: {of}}}, {ELSE}")
    assert "from 2 points, of at least 8" in found.ground.rests_on
    assert "35 before and 1 after 2014-12" in found.ground.rests_on


def test_strengths_of_one_half_year_are_one_point(case_folder: CaseFolder) -> None:
    row = "m{0},paper,reported,+,rebels,strength,,{1},{1},persons,{2},{2},2014-07,,page\n"
    months = [
        "2011-01",
        "2011-04",
        "2011-08",
        "2012-02",
        "2012-07",
        "2012-08",
        "2013-03",
        "2013-09",
        "2014-06",
    ]
    claims = "".join(row.format(n, 100 + 30 * n, month) for n, month in enumerate(months))
    fit = f"unit: index/month, fit: {{growth: {{of: {{strength: rebels}}, by: month}}}}, {ELSE}"
    found = estimate(case_folder, fit, claims)
    assert (found.mark, found.ground.points) == ("assumed", 7)  # April 2011 and July 2012 tell nothing new


# --- nothing from the future


def test_a_recipe_knows_what_was_known_on_the_day(case_folder: CaseFolder) -> None:
    claims = "".join(strength(n, 2006 + n, 100.0 * 2**n) for n in range(9))
    entry = f"unit: index/month, fit: {{growth: {{of: {{strength: rebels}}, by: year}}}}, {ELSE}"
    made = with_estimate(case_folder, entry, claims)
    then = [read_mechanism(made.case, date(year, 12, 31)).file.estimates[0] for year in (2012, 2013, 2014)]
    assert [each.ground.points for each in then] == [7, 8, 9]
    assert [each.mark for each in then] == ["assumed", "estimated", "estimated"]
    later = claims + strength(99, 2014, 9e6)
    other = with_estimate(case_folder, entry, later, "later")
    assert (
        read_mechanism(other.case, date(2013, 12, 31)).file.estimates[0].distribution == then[1].distribution
    )


# --- pooling, by hand


def figure(name: str, origin: str, low: float, high: float, ratio: float = 1.0) -> ClaimFigure:
    """A figure of a claim."""
    return ClaimFigure(name, "paper", origin, 1, 1, low, high, ratio, "persons", "", "")


def test_rivals_are_pooled_by_hand() -> None:
    few, many = figure("a", "x", 0, 100, 0.0), figure("b", "y", 14000, 18000, 3.0)
    again = figure("c", "y", 14000, 18000, 3.0)
    rng = rng_stream(1, "pool")
    assert weights_of([few, many, again], "equal").tolist() == [0.5, 0.25, 0.25]
    assert weights_of([few, many, again], "graded").tolist() == [0.0, 0.5, 0.5]
    equal = pooled([few, many], "equal", 1000, rng)
    assert (equal <= 100).sum() == 500
    assert (equal >= 14000).sum() == 500
    assert pooled([few, many], "graded", 1000, rng).min() >= 14000
    between = pooled([few, many], "range", 4000, rng)
    assert 50 <= between.min() < between.max() <= 16000
    assert np.median(between) == pytest.approx(np.sqrt(50 * 16000), rel=0.1)


def test_a_sum_over_months_is_a_month_and_the_finer_figures_stand() -> None:
    sums = ClaimFigure(
        "a",
        "s",
        "s",
        date(2020, 1, 1).toordinal(),
        date(2020, 6, 30).toordinal(),
        60,
        60,
        1,
        "USD",
        "2020-01",
        "2020-06",
    )
    one = ClaimFigure(
        "b",
        "s",
        "s",
        date(2020, 7, 1).toordinal(),
        date(2020, 7, 31).toordinal(),
        5,
        5,
        1,
        "USD",
        "2020-07",
        "2020-07",
    )
    whole = ClaimFigure("c", "s", "s", sums.first, one.last, 70, 70, 1, "USD", "2020-01", "2020-07")
    assert [(each.claim, each.low) for each in monthly([sums, one, whole])] == [("a", 10), ("b", 5)]


@pytest.mark.parametrize(
    ("claims", "rule", "mark"),
    [
        (strength(1, 2014, 0, 100, "x"), "", "observed"),
        (strength(1, 2014, 500, 500, "x") + strength(2, 2014, 500, 500, "y"), "", "observed"),
        (strength(1, 2014, 0, 100, "x") + strength(2, 2014, 14000, 18000, "y"), ", rule: equal", "estimated"),
    ],
)
def test_the_mark_follows_from_the_chain(case_folder: CaseFolder, claims: str, rule: str, mark: str) -> None:
    fit = f"fit: {{figures: {{of: {{strength: rebels}}, last_months: 12{rule}}}}}"
    assert estimate(case_folder, f"unit: people, {fit}", claims).mark == mark


def test_rivals_without_a_rule_are_a_mistake(case_folder: CaseFolder) -> None:
    claims = strength(1, 2014, 0, 100, "x") + strength(2, 2014, 14000, 18000, "y")
    said = mistake(case_folder, "unit: people, fit: {figures: {of: {strength: rebels}}}", claims)
    assert "fit.figures.rule: expected a rule for figures of several sources" in said
    assert "found 's1 0 to 100, s2 14,000 to 18,000'. They clash: name rule: equal, graded or range." in said


# --- bad input


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("unit: number, fit: a fit", "estimates[0].fit: expected a recipe that the program runs: elasticity"),
        (
            "unit: number, fit: a fit",
            "found 'a fit'. Move it to assumptions, with its author, or name a recipe",
        ),
        ("unit: number, fit: elasticty", "Did you mean 'elasticity'?"),
        (
            "unit: number, distribution: {form: point, value: 1}, fit: {rate: {of: {deaths: rebels}}}",
            "estimates[0].distribution: expected none in an estimate: the program computes it",
        ),
        ("unit: number, fit: {rate: {of: {deaths: rebels}}}", "expected deaths/month, which fit.rate gives"),
        ("unit: deaths/month, fit: {rate: {of: {deaths: rebel}}}", "Did you mean 'rebels'?"),
        (
            "unit: people, fit: {rate: {of: {strength: rebles}}}",
            "an actor with claims of strength; found 'rebles'",
        ),
        (
            "unit: deaths/month, fit: {rate: {of: {deaths: rebels, places: [FO-X]}}}",
            "places of the case; found",
        ),
        ("unit: people, fit: {rate: {of: {posture: troop, backer: Bigland}}}", "Did you mean 'troops'?"),
        ("unit: people, fit: {rate: {of: {posture: troops}}}", "expected the backer of a posture"),
        ("unit: number, fit: {rate: {}, growth: {}}", "expected a value; found nothing"),
        (
            "unit: deaths/month, fit: {rate: {of: {deaths: rebels, strength: rebels}}}",
            "expected one of deaths, events",
        ),
        (
            "unit: deaths/month, fit: {rate: {of: {deaths: rebels}, from: 2014, to: 2013}}",
            "a month not before from",
        ),
        (
            "unit: deaths/month, fit: {rate: {of: {deaths: rebels}, from: 2013-13}}",
            "a year like 2014 or a month",
        ),
        (
            "unit: number, fit: {elasticity: {of: {deaths: rebels}, against: {deaths: rebels}}}",
            "against: expected another series than of; found 'deaths of rebels'",
        ),
        (
            "unit: number, fit: {elasticity: {of: {deaths: rebels, times: 2}, against: {deaths: rebels}}}",
            "against: expected another series than of; found 'deaths of rebels'",
        ),
        (
            "unit: number, fit: {elasticity: {by: month, of: {deaths: rebels}, "
            "against: {deaths: rebels, places: [FO-A, FO-B, FO-C, FO-D]}}}",
            "fit.elasticity.against: expected another series than of; found 'deaths of rebels in FO-A",
        ),
        (
            "unit: number, fit: {dose-response: {of: {posture: troops, backer: Bigland}, dose: 1, "
            "against: {posture: troops, backer: Bigland}}}",
            "against: expected another series than of; found 'troops of Bigland'",
        ),
        (
            "unit: share, fit: {share: {of: {deaths: rebels}, in: {deaths: rebels}}}",
            "share.in: expected another series than of; found 'deaths of rebels'",
        ),
        (
            "unit: share, fit: {share: {of: {deaths: rebels}, in: {events: rebels}}}",
            "share.in: expected a series of deaths; found 'events of rebels'",
        ),
        (
            "unit: share, fit: {share: {of: {deaths: all}, in: {deaths: militias}}}",
            "share.in: expected a whole that holds of; found",
        ),
        (
            "unit: share, fit: {rate: {of: {posture: troops, backer: Bigland}}}",
            "An amount is no factor, share or",
        ),
        ("unit: number", "expected one of fit, precedents, strength; found nothing"),
    ],
)
def test_mistakes(case_folder: CaseFolder, entry: str, said: str) -> None:
    assert said in mistake(case_folder, entry)


def test_two_assumptions_moved_to_estimates_with_an_invented_fit_are_refused(case_folder: CaseFolder) -> None:
    text = MECHANISM
    for name in ("training-gain", "strike-factor"):
        start = text.index(f"  - {{id: {name}")
        end = (
            text.index("  - {id:", start + 5)
            if name == "training-gain"
            else text.index("  - {id: strike-life")
        )
        entry = text[start:end]
        moved = entry.replace(
            "author: tester, source: none, why: a guess", "fit: our regression, source: paper"
        )
        assert moved != entry
        text = text.replace(entry, "").replace("assumptions:\n", moved + "assumptions:\n", 1)
    with pytest.raises(CaseError) as raised:
        read(lay(case_folder(), {**FILES, "mechanisms.yaml": text}))
    said = [str(problem) for problem in raised.value.problems]
    assert (
        len([line for line in said if "expected none in an estimate: the program computes it" in line]) == 2
    )
    assert all("Move it to assumptions, with its author" in line for line in said)


def test_figures_of_claims_are_in_their_own_unit(case_folder: CaseFolder) -> None:
    claims = strength(1, 2014, 40, 60)
    said = mistake(case_folder, "unit: number, fit: {figures: {claims: [s1]}}", claims)
    assert "unit: expected the unit of the figures, persons; found 'number'" in said
    assert (
        estimate(case_folder, "unit: people, fit: {figures: {claims: [s1]}}", claims, "b").mark == "observed"
    )


def test_a_case_without_an_as_of_goes_to_the_end_of_its_data(case_folder: CaseFolder) -> None:
    settings = CASE_FILES["case.yaml"]
    assert isinstance(settings, str)
    folder = case_folder({"case.yaml": settings.replace("as_of: 2014-12-31\n", "")}, name="open")
    entry = "  - {id: another, name: A, unit: deaths/month, fit: {rate: {of: {deaths: rebels}}}}\n"
    text = MECHANISM.replace(WRITTEN, entry + WRITTEN)
    assert read(lay(folder, {**FILES, "mechanisms.yaml": text})).file.estimates[0].mark == "estimated"


def test_a_rival_may_not_be_left_out(case_folder: CaseFolder) -> None:
    claims = (
        strength(1, 2014, 0, 100, "x") + strength(2, 2014, 14000, 18000, "y") + strength(3, 2012, 7, 7, "z")
    )
    said = mistake(case_folder, "unit: people, fit: {figures: {claims: [s1]}}", claims)
    assert (
        "fit.figures.claims: expected all figures within 6 months; found 'without s2, 14,000 to 18,000'"
        in said
    )
    both = "unit: people, fit: {figures: {claims: [s1, s2], rule: equal}}"
    assert estimate(case_folder, both, claims, "both").mark == "estimated"


def test_a_planted_dose_response(case_folder: CaseFolder) -> None:
    """Troops rise by 1,000 with each unit of log deaths: 1,000 more go with e times the deaths."""
    head = "date,precision,backer,kind,value,unit,series,source,basis,note\n"
    rows = "".join(
        f"{month}-01,month,Bigland,troops,{1000 * math.log(died):.0f},persons,main,paper,page,\n"
        for month, died in _deaths(case_folder).items()
    )
    dose = "{of: {deaths: rebels}, against: {posture: troops, backer: Bigland}, dose: 1000, by: month}"
    entry = f"  - {{id: another, name: A, unit: number, fit: {{dose-response: {dose}}}}}\n"
    folder = case_folder({"posture.csv": head + rows}, name="dosed")
    text = MECHANISM.replace(WRITTEN, entry + WRITTEN)
    found = read(lay(folder, {**FILES, "mechanisms.yaml": text})).file.estimates[0]
    low, high = found.distribution.quantile(np.array([0.05, 0.95]))
    assert found.mark == "estimated"
    assert low < math.e < high < 8


def test_a_boundary_lies_between_the_levels(case_folder: CaseFolder) -> None:
    head = "date,precision,backer,kind,value,unit,series,source,basis,note\n"
    rows = "".join(
        f"201{2 + n // 4}-0{1 + n % 4}-01,month,Bigland,troops,{200 - n if n < 4 else 900 + n},"
        "persons,main,paper,page,\n"
        for n in range(8)
    )
    recalled = "2012-06-01,month,Bigland,troops,800,persons,main,,recalled,\n"
    fit = "{of: {posture: troops, backer: Bigland}, without: {to: 2012}, with: {from: 2013}}"
    entry = f"  - {{id: another, name: A, unit: people, fit: {{boundary: {fit}}}}}\n"
    folder = case_folder({"posture.csv": head + rows + recalled}, name="bounded")
    text = MECHANISM.replace(WRITTEN, entry + WRITTEN)
    found = read(lay(folder, {**FILES, "mechanisms.yaml": text})).file.estimates[0]
    assert (found.mark, found.ground.points) == ("estimated", 8)
    least, most = found.distribution.support
    assert (round(least), round(most)) == (200, 904)


def test_a_planted_share_lies_in_its_interval_as_often_as_stated() -> None:
    held = 0
    for trial in range(100):
        rng = rng_stream(trial, "planted share")
        wholes = rng.poisson(40, 24)
        parts = rng.binomial(wholes, 0.3)
        weight = weights(24, 24.0, 400, rng)
        low, high = np.quantile((weight * parts).sum(axis=1) / (weight * wholes).sum(axis=1), (0.05, 0.95))
        held += low <= 0.3 <= high
    assert 83 <= held <= 97
