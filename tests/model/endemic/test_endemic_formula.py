"""Formulas: what can be said, and what is said about what cannot."""

import pytest

from vedette.errors import UsageError
from vedette.model.endemic.formula import Covariate, Season, Trend, component
from vedette.model.endemic.specification import Specification, coefficient_names, column_names, lags_of
from vedette.model.endemic.structure import Intercept


@pytest.mark.parametrize("text", ["", "0", " ~ 0 ", "-1", "~ -1"])
def test_a_component_can_be_left_out(text: str) -> None:
    assert component(text) is None


@pytest.mark.parametrize(
    ("text", "intercept"),
    [
        ("1", "1"),
        ("~ 1", "1"),
        ("trend", "1"),
        ("0 + trend", "0"),
        ("-1 + fe", "fe"),
        ("fe", "fe"),
        ("ri", "ri"),
    ],
)
def test_intercepts(text: str, intercept: str) -> None:
    found = component(text)
    assert found is not None
    assert found.intercept == Intercept(intercept)


def test_all_terms_at_once() -> None:
    found = component("fe + trend + season(52, 2) + troops + offset(population)")
    assert found is not None
    assert found.terms == (Trend(), Season(52.0, 2), Covariate("troops"))
    assert found.offset == "population"
    assert found.covariates == ("troops", "population")
    assert column_names(found)[3:] == ("sin(4 * pi * t/52)", "cos(4 * pi * t/52)", "troops")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trend + trend", "'trend' stands twice"),
        ("1 + fe", "found 1 and fe"),
        ("season(0)", "a period P above 1"),
        ("season(12,7)", "at most half of P"),
        ("season", "found 'season'"),
        ("fe * trend", "joined by +; found 'fe * trend'"),
        ("offset(a) + offset(b)", "expected one offset; found 2"),
        ("1 + + trend", "found ''"),
    ],
)
def test_words_that_do_not_fit(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        component(text, "ne")
    assert "--ne" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Specification(family="gamma"), "--family: expected one of poisson, negbin1, negbinM; found 'gamma'"),
        (Specification(weights="near"), "--weights: expected one of raw, norm"),
        (Specification(ar="0", ne="0", end="0"), "all three are left out"),
    ],
)
def test_specifications_that_do_not_fit(asked: Specification, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        _ = asked.structure


@pytest.mark.parametrize("text", ["2", "geometric", "geometric(1)", "free(0)", "poisson(3)"])
def test_lags_that_do_not_fit(text: str) -> None:
    with pytest.raises(UsageError, match="--lags: expected 1, geometric"):
        lags_of(text)


def test_names_are_those_of_the_reference() -> None:
    asked = Specification("fe + trend", "1", "1", "negbinM", "order2", lags_of("free(3)"))
    assert coefficient_names(asked, ("A", "B")) == (
        *("ar.I(t/100)", "ne.1", "end.1", "neweights.d", "lagweights.2", "lagweights.3"),
        *("ar.1.A", "ar.1.B", "-log(overdisp.A)", "-log(overdisp.B)"),
    )
