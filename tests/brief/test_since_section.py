"""What changed since the last issue, as figures of a brief: the lines of page one and the annex."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from support.fourland import CASE_FILES
from support.spoken import CLAIM_ROWS, claim, spoken
from support.told import plain_texts_of

from vedette import commands
from vedette.brief.figures import figure_problems
from vedette.brief.languages.telling import END, ISOLATE, Tongue
from vedette.brief.pages.since_issue import since_issue
from vedette.brief.prose import Paragraph
from vedette.brief.sections.since import _figure, lead, since
from vedette.changes import Changes, Number, known_on
from vedette.changes.alert import Alert, against, believed_hostile
from vedette.changes.came import DeathSeries
from vedette.changes.parts import lines_of
from vedette.message import say
from vedette.panel import NOWHERE

_OF_THE_CASE = re.compile(f"{ISOLATE}[^{END}]*{END}")
_FIGURE = re.compile(r"\{[^}]*\}")
_ENGLISH = re.compile(r"\b(the|of|and|in|is|are|was|to|from|not|no|by|its|deaths?)\b", re.IGNORECASE)


Between = Callable[[date, date], Changes]


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Between]:
    """What changed in Fourland between two days."""
    folder = tmp_path_factory.mktemp("case") / "fourland"
    folder.mkdir()
    claims = [*CLAIM_ROWS, claim("c20", "bigland", "training", "rebels", from_="2013", said="2014-04-01")]
    for name, content in {**CASE_FILES, **spoken(claims)}.items():
        (folder / name).write_text(str(content), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_on, "DRAWS", 40)
        patch.setenv("VEDETTE_HOME", str(tmp_path_factory.mktemp("home")))
        yield lambda first, last: commands.changes(str(folder), first=first, last=last).changes


@pytest.fixture(scope="module")
def changes(between: Between) -> Changes:
    return between(date(2014, 2, 28), date(2014, 5, 31))


def test_numbers_are_figures_with_a_mark_and_a_chain(changes: Changes) -> None:
    section = since(changes)
    figures = [*lead(changes).figures(), *section.figures()]
    assert [problem for figure in figures for problem in figure_problems(figure)] == []
    first: dict[str, object] = {}
    for figure in figures:
        assert first.setdefault(figure.id, figure) == figure, figure.id
    came = next(figure for figure in figures if figure.id == "since-deaths-came")
    assert changes.came.country is not None and came.value == changes.came.country.came
    assert "UCDP GED" in came.title and "observed.csv" in came.title
    tables = {figure.id for figure in figures if figure.table is not None}
    assert {"since-came", "since-beliefs", "since-claims", "since-ahead"} <= tables


def test_the_first_piece_is_the_arrow_and_its_reason(changes: Changes) -> None:
    first = lead(changes).pieces[0]
    assert isinstance(first, str) and first[0] in "↓↑→" and "from March 2014 to May 2014" in first


CASE_TEXTS = {
    "Fourland",
    "Al Alfa",
    "Bravo",
    "Charlie",
    "Delta",
    "observed.csv",
    "totals.csv",
    "UCDP GED",
    "A sign",
    "Rebel Front",
    "Home Guard",
}
"""Names, which stay as they are written."""
ENGLISH_ALONE = {"fights or threatens"}


def variants(changes: Changes, no_month: Changes) -> Iterator[Changes]:
    """Changes in which each of the first lines is said, and each of their kinds of parts."""
    came, country = changes.came, changes.came.country
    assert country is not None and changes.norm is not None
    yield replace(changes, issue=3)
    yield replace(changes, norm=None)
    yield replace(changes, norm=replace(changes.norm, months=1))
    for miss, below in (("above", 1.0), ("above", 0.993), ("below", 0.0), ("", 0.5)):
        missed = replace(country, miss=miss, below=below)
        yield replace(changes, came=replace(came, country=missed, missing="", draws=1000))
    far = [replace(place, told=True, median=4.0) for place in came.places]
    nowhere = replace(far[0], unit=NOWHERE, name="In no place")
    yield replace(changes, came=replace(came, places=(nowhere, *far, *far)))
    totals = DeathSeries(say("national totals by month"), "totals.csv", ("2014-01", "2014-02"))
    yield replace(changes, came=replace(came, learned=(*came.counted, totals)))
    names = {"rebels": "Rebel Front", "guard": "Home Guard"}
    hostile = (
        believed_hostile(against(names, "rebels", "guard"), 0.69),
        believed_hostile(against(names, "guard", "rebels"), 0.5),
    )
    for months, chance in ((1, 1.0), (3, 0.7)):
        yield replace(
            changes, alert=Alert(("A sign", "A sign"), hostile, months, 60.0, 40.0, chance, draws=1000)
        )
    yield replace(changes, alert=None)
    yield replace(changes, alert=None, ahead=replace(changes.ahead, draws=0))
    yield no_month
    untold = replace(country, median=None)
    yield replace(changes, came=replace(came, country=untold, missing=no_month.came.missing))


def test_the_first_lines_can_be_told_in_each_language(changes: Changes, between: Between) -> None:
    no_month = between(date(2014, 5, 5), date(2014, 5, 20))
    assert no_month.came.country is None
    for variant in variants(changes, no_month):
        section = since_issue(variant)
        assert plain_texts_of(section) <= CASE_TEXTS | ENGLISH_ALONE
        for language in ("fr", "ar"):
            tongue = Tongue(language)
            (block,) = section.blocks
            assert isinstance(block, Paragraph) and block.message is not None
            told = f"{tongue.heading(section.title)} {tongue.template(block.message)}"
            own = _FIGURE.sub("", _OF_THE_CASE.sub("", told))
            assert not _ENGLISH.search(own), own


def test_the_title_names_the_issue(changes: Changes) -> None:
    assert (
        since(replace(changes, issue=3)).title
        == "What changed since 28 February 2014, the brief issued as number 3"
    )


def test_a_number_is_rounded_in_the_page_as_in_the_terminal(changes: Changes) -> None:
    numbers = {
        number.id: number
        for _, _, lines in lines_of(changes)
        for line in lines
        for number in line.numbers.values()
    }
    forecasts = [number for number in numbers.values() if number.basis == "forecast"]
    assert forecasts
    for number in numbers.values():
        figure = _figure(changes, number)
        assert figure.shown == str(number)
        if number.low is not None:
            assert number.band == f"{figure.shown} ({figure.band_shown})"


def test_forecasts_are_rounded_to_what_they_support() -> None:
    number = Number("a", "A", 396.4, "deaths", "forecast", 24.2, 216.7)
    assert number.band == "400 (24–220)" and number.value == 396.4
    assert Number("b", "B", 3216, "deaths", "data").band == "3,216"
