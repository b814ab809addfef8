"""A mechanism that names precedents in place of a distribution."""

from datetime import date

import pytest
from support.fourland import CASE_FILES, CaseFolder
from support.small_mechanism import FILES, MECHANISM, lay, read

from vedette.case import read_case
from vedette.errors import CaseError
from vedette.precedents import factor_of
from vedette.scenario import read_mechanism
from vedette.scenario.engine.sampling import draw_quantities

WRITTEN = MECHANISM[MECHANISM.index("fit: {elasticity") : MECHANISM.index("assumptions:\n")]


def named(precedents: str) -> dict[str, str]:
    assert WRITTEN in MECHANISM
    return {**FILES, "mechanisms.yaml": MECHANISM.replace(WRITTEN, precedents + "}\n", 1)}


def told(case_folder: CaseFolder, precedents: str) -> str:
    with pytest.raises(CaseError) as raised:
        read(lay(case_folder(), named(precedents)))
    return str(raised.value)


def test_the_distribution_is_that_of_the_precedents_known_then(case_folder: CaseFolder) -> None:
    made = read(lay(case_folder(), named("precedents: {like: United States leaves Iraq, years: 1}")))
    (estimate,) = made.file.estimates
    factor = factor_of("United States leaves Iraq", date(2014, 12, 31), 1)
    assert estimate.distribution.rows == factor.rows
    assert estimate.ground.rests_on == factor.fit
    assert "known by 2013" in factor.fit
    values = draw_quantities(made, 400, 1).values[:, [q.id for q, _ in made.quantities].index(estimate.id)]
    middle = sorted(values)[200]
    assert middle == pytest.approx(factor.middle, rel=0.1)


def test_years_others_and_role(case_folder: CaseFolder) -> None:
    made = read(
        lay(
            case_folder(),
            named("precedents: {like: United States leaves Iraq, years: 1, others: gone, role: main}"),
        )
    )
    factor = factor_of("United States leaves Iraq", date(2014, 12, 31), 1, "gone", "main")
    assert made.file.estimates[0].distribution.rows == factor.rows
    assert len(factor.rows[0]) == 1


def test_below_five_wars_the_author_holds(case_folder: CaseFolder) -> None:
    """Six departures left others there, worth less than five wars: what stands under else is assumed."""
    given = (
        "else: {distribution: {form: lognormal, low: 0.2, high: 4}, author: tester, source: none, why: few}"
    )
    sets = "precedents: {like: United States leaves Iraq, years: 1, others: stayed}"
    (estimate,) = read(lay(case_folder(), named(f"{sets}, {given}"))).file.estimates
    assert (estimate.mark, estimate.distribution.form) == ("assumed", "lognormal")
    assert "wars, of at least 5" in estimate.ground.rests_on


def test_without_an_author_five_wars_are_asked_for(case_folder: CaseFolder) -> None:
    found = told(case_folder, "precedents: {like: United States leaves Iraq, years: 1, others: stayed}")
    assert "expected at least 5 independent wars, or else: an assumption by an author; found" in found


def test_the_day_may_be_another_than_that_of_the_case() -> None:
    made = read_mechanism(read_case("iraq"), date(2020, 3, 1))
    assert "known by 2018" in next(each.ground.rests_on for each in made.file.estimates if each.precedents)


@pytest.mark.parametrize(
    ("precedents", "said"),
    [
        ("precedents: Mars leaves Iraq", "no state called 'Mars' gave troops"),
        ("precedents: {like: United States leaves Iraq, years: 9}", "years from 1 to 5; found 9"),
        ("precedents: {like: United States leaves Iraq, others: away}", "'any', 'gone' or 'stayed'"),
        ("precedents: {lik: United States leaves Iraq}", "Did you mean 'like'?"),
        ("precedents: United States leaves Iraq, fit: mine", "a recipe that the program runs"),
    ],
)
def test_mistakes(case_folder: CaseFolder, precedents: str, said: str) -> None:
    found = told(case_folder, precedents)
    assert said in found
    assert "mechanisms.yaml, line" in found


def test_a_unit_that_is_no_factor(case_folder: CaseFolder) -> None:
    files = named("precedents: United States leaves Iraq")
    text = files["mechanisms.yaml"]
    files["mechanisms.yaml"] = text.replace("by capability, unit: number", "by capability, unit: people")
    with pytest.raises(CaseError, match="number, since precedents tell a factor; found 'people'"):
        read(lay(case_folder(), files))


def test_a_case_without_a_day(case_folder: CaseFolder) -> None:
    settings = CASE_FILES["case.yaml"]
    assert isinstance(settings, str)
    folder = case_folder({"case.yaml": settings.replace("as_of: 2014-12-31\n", "")})
    with pytest.raises(CaseError, match="expected a case with an as-of; found"):
        read(lay(folder, named("precedents: United States leaves Iraq")))
