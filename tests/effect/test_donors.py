"""Donors: a planted effect is found, only the untouched stand in, a bad fit or too few is no answer."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from vedette import commands
from vedette.case import read_case
from vedette.effect import DonorAnswer, Effect, disagreement_words, donor_words
from vedette.effect.donors import DonorPool, ask_donors
from vedette.effect.other_countries import read_countries
from vedette.errors import DataError
from vedette.model import By, FloatArray, Measure, panel_history
from vedette.panel import gather, panel_on
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

BEFORE, AFTER = 24, 8


def pool(
    number: int = 1, times: float = 1.0, donors: int = 24, level: float = 1.0, before: int = BEFORE
) -> DonorPool:
    rng = rng_stream(number, "donors")
    common = 60.0 * np.exp(0.15 * rng.standard_normal((before + AFTER, 1)).cumsum(axis=0))
    means = common * rng.uniform(0.4, 1.8, donors)
    counts = rng.poisson(means).astype(float)
    own = rng.poisson(level * common[:, 0]).astype(float)
    own[before:] = np.rint(times * own[before:])
    names = tuple(f"place {unit}" for unit in range(donors))
    return DonorPool("places", own, names, counts, before, Step.MONTH, {})


def test_a_planted_effect_is_found_and_none_is_not() -> None:
    found = [ask_donors(pool(number, 3.0)) for number in range(8)]
    assert np.median([each.ratio for each in found]) == pytest.approx(3.0, rel=0.1)
    assert np.mean([each.p == each.least_p for each in found]) >= 0.8
    p = [ask_donors(pool(number)).p or 1.0 for number in range(40)]
    assert np.mean(np.array(p) <= 0.2) == pytest.approx(0.2, abs=0.17)
    assert np.mean(p) == pytest.approx(0.5, abs=0.17)


def test_a_bad_fit_or_too_few_is_no_answer() -> None:
    high = ask_donors(pool(level=9.0))
    assert "the nearest mix of 24 places is off by" in high.missing
    assert "where 50% is allowed" in high.missing
    assert ask_donors(pool(donors=4)).missing == "only 4 of the places can stand in, where 5 are needed"
    early = ask_donors(pool(before=17)).missing
    assert early == "18 months before and 6 after are needed; 17 and 8 are known"
    assert ask_donors(pool(before=18)).missing == ""


def test_quiet_units_are_left_out_and_counted() -> None:
    noisy = pool()
    counts = noisy.counts.copy()
    counts[:, :3] = 0
    found = ask_donors(replace(noisy, counts=counts, left_out={"Basra": "Surge of 2007"}))
    assert not {"place 0", "place 1", "place 2"} & set(found.weights or {})
    assert "Left out: Basra (Surge of 2007); 3 too quiet before." in donor_words(found, "deaths", Step.MONTH)


def test_the_pivot_is_the_donor_that_moves_the_answer_most() -> None:
    spiked = pool()
    counts, largest = spiked.counts.copy(), next(iter(ask_donors(spiked).weights or {}))
    counts[BEFORE:, spiked.names.index(largest)] *= 20
    found = ask_donors(replace(spiked, counts=counts))
    assert found.pivot[0] == largest
    assert found.ratio < 0.6 < found.pivot[1]
    assert f"{found.pivot[1]:.2f} without {largest}" in donor_words(found, "deaths", Step.MONTH)


def countries_file(folder: Path, own: FloatArray, donors: FloatArray, skip: str = "") -> Path:
    names = [
        "Iraq",
        "India",
        "Mexico",
        "Thailand",
        "Colombia",
        "Philippines",
        "Turkey",
        "Algeria",
        "Pakistan",
        "Mali",
    ]
    lines = ["period,country,deaths"]
    for month, row in enumerate(np.column_stack([own, donors])):
        when = f"{2010 + month // 12}-{month % 12 + 1:02d}"
        lines += [
            f"{when},{name},{int(count)}"
            for name, count in zip(names, row, strict=False)
            if f"{when} {name}" != skip
        ]
    path = folder / "countries.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def asked(path: Path | None) -> DonorAnswer:
    result = commands.effect(
        "iraq", "withdrawal-2011", months=6, model="conflictology-12", draws=100, countries=path
    )
    assert result.changed.donors
    return result.changed.donors


@pytest.fixture(scope="module")
def observed() -> FloatArray:
    """Deaths in Iraq from 2010-01 to 2012-05, as the case has them."""
    case = read_case("iraq")
    panel = panel_on(gather(case), case, date(2012, 5, 31), 1)
    past = panel_history(panel, case, Measure.DEATHS, By.COUNTRY)
    return past.truth[parse("2010-01", Step.MONTH) - past.span.first :, 0].astype(float)


def test_other_countries_stand_in_where_the_measure_is_the_same(tmp_path: Path, observed: FloatArray) -> None:
    rng = rng_stream(1, "countries")
    donors = rng.poisson(observed[:, None] * rng.uniform(0.6, 1.6, 9)).astype(float)
    found = asked(countries_file(tmp_path, observed, donors))
    assert found.missing == ""
    assert found.ratio == pytest.approx(1.0, abs=0.15)
    assert found.left_out is not None
    other = asked(countries_file(tmp_path, 3 * observed, donors))
    assert "counts another measure" in other.missing
    missing = asked(countries_file(tmp_path, observed, donors, skip="2011-03 Mexico"))
    assert (missing.left_out or {})["Mexico"] == "unknown in 1 month"
    assert asked(None).missing.startswith("no table of deaths in other countries was given")


def test_countries_beside_which_troops_came_or_left_are_left_out(
    tmp_path: Path, observed: FloatArray
) -> None:
    names = "Iraq,Afghanistan,Somalia,India,Mexico,Thailand,Colombia,Philippines,Turkey"
    path = tmp_path / "wide.csv"
    rows = [
        f"{2010 + m // 12}-{m % 12 + 1:02d}," + ",".join([str(int(n))] * 9) for m, n in enumerate(observed)
    ]
    path.write_text("\n".join([f"month,{names}", *rows]) + "\n", encoding="utf-8")
    found = asked(path)
    assert (found.left_out or {})["Somalia"].startswith("troops of ")
    assert "Afghanistan" in (found.left_out or {})
    assert "India" not in (found.left_out or {})


def test_what_is_no_country_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("period,country,deaths\n2010-01,Atlantis,3\n2010-02,Atlantis,4\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_countries(path)
    assert [(each.expected, each.found) for each in caught.value.problems] == [("a country", "Atlantis")]


def test_disagreement_comes_first_and_agreement_is_silent() -> None:
    effect = commands.effect("iraq", "withdrawal-2011", months=6, model="conflictology-12", draws=100).changed
    estimate = effect.estimate
    assert isinstance(estimate, Effect)
    ratio = estimate.total()["ratio_median"]
    alike, far = ask_donors(pool(2, max(ratio, 1.05))), ask_donors(pool(2, 40.0))
    assert disagreement_words(estimate, None) == ""
    assert "disagree beyond the forecast's 90 % interval" in disagreement_words(estimate, far)
    assert "beyond" not in disagreement_words(estimate, alike)
