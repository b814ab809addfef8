"""The two pages: their numbers against plain sums of draws and months, and parts without data in one line."""

import dataclasses
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from support.fourland import CASE_FILES
from support.small_mechanism import FILES
from support.spoken import spoken
from support.told import plain_texts, plain_texts_of

from vedette.brief.blocks import Chart, Page, Section, Shown
from vedette.brief.compose import compose
from vedette.brief.inputs.findings import Findings, find
from vedette.brief.languages.pages import in_language
from vedette.brief.languages.telling import ISOLATE
from vedette.brief.machine import to_json
from vedette.brief.odds import odds_in_words
from vedette.brief.page import to_html
from vedette.brief.pages.answer import answer
from vedette.brief.pages.deaths_now import deaths_now
from vedette.brief.pages.foremost import odds_of_most
from vedette.brief.pages.one import page_one
from vedette.brief.pages.scenarios_now import most_telling, scenarios_now, what_would_change
from vedette.brief.pages.two import page_two
from vedette.brief.pages.year_ahead import chance_of_more
from vedette.brief.prose import FigureWithRange, Paragraph, Points
from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.model import By
from vedette.periods import Span
from vedette.progress import quiet

_ENGLISH_WORD = re.compile(r"\b(the|of|and|in|is|are|was|to|from|not|by|deaths?|month)\b", re.IGNORECASE)
_ODDS = re.compile(r"(likely|unlikely|chance|certain)[^.]*\(\d+ %\)")
ENGLISH_ALONE = {"it is", "the chance is", "there is", "there is a", "in", " that"}
"""Words of English sentences that other languages leave out."""
WHOLE = {**CASE_FILES, **spoken(), **FILES}
_BARE = ("claims.csv", "forces.csv", "places.geojson", "regions.geojson", "sites.csv")


def findings(folder: Path) -> Findings:
    case = read_case(folder)
    holdings, panel, known = panel_of(case, None, seed=1)
    return find(case, holdings, panel, known, 1, quiet)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Fourland with two scenarios and claims."""
    folder = tmp_path_factory.mktemp("case") / "fourland"
    (folder / "scenarios").mkdir(parents=True)
    for name, text in WHOLE.items():
        if text is not None:
            (folder / name).write_text(str(text), encoding="utf-8")
    return findings(folder)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Fourland one month ahead, without claims, scenarios, kinds of violence and areas."""
    folder = tmp_path_factory.mktemp("bare") / "fourland"
    folder.mkdir()
    for name, text in CASE_FILES.items():
        if text is not None and name not in _BARE:
            (folder / name).write_text(str(text), encoding="utf-8")
    observed = (folder / "observed.csv").read_text(encoding="utf-8")
    placeless = re.sub(r"^([^,]+,[^,]+,[^,]+),[^,]*,[^,]*,", r"\1,,,", observed, flags=re.MULTILINE)
    head, rows = observed.split("\n", 1)[0], placeless.split("\n", 1)[1]
    (folder / "observed.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    empty = '{"type": "FeatureCollection", "features": []}'
    (folder / "places.geojson").write_text(empty, encoding="utf-8")
    settings = (folder / "case.yaml").read_text(encoding="utf-8").replace("horizon: 6", "horizon: 1")
    settings = re.sub(r"^(strata|regions|aliases):\n(?:[ -].*\n)+", "", settings, flags=re.MULTILINE)
    (folder / "case.yaml").write_text(settings, encoding="utf-8")
    return findings(folder)


def said(paragraph: Paragraph) -> str:
    """A paragraph as it is read."""
    pieces = paragraph.pieces
    shown = (each.figure.shown if isinstance(each, FigureWithRange) else each for each in pieces)
    return "".join(each if isinstance(each, str) else each.shown for each in shown)


def part(page: Page, name: str) -> Section:
    (section,) = [each for each in page.sections if each.id == name]
    return section


def sentences(section: Section) -> list[str]:
    """The three sentences of the answer."""
    (points,) = [block for block in section.blocks if isinstance(block, Points)]
    return [said(item) for item in points.items]


def words(page: Page) -> list[str]:
    """All texts of a page: titles, sentences, cells, notes."""
    told = []
    for section in page.sections:
        told += [section.title, section.label]
        for block in section.blocks:
            match block:
                case Paragraph():
                    told.append(said(block))
                case Points():
                    told += [said(item) for item in block.items]
                case Shown():
                    told += [block.figure.title, block.note]
                    told += [cell for row in block.figure.table.shown() for cell in row]  # type: ignore[union-attr]
                case Chart():
                    told += [block.caption.subtitle, block.caption.note]
    return told


def test_the_answer_has_three_sentences_with_their_odds(found: Findings) -> None:
    told = sentences(answer(found))
    assert [sentence.split(":")[0] for sentence in told] == [
        "How much",
        "Between whom, and where",
        "What would change it",
    ]
    assert all(_ODDS.search(sentence) for sentence in told), told
    assert not any("confiden" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Militias fight on. Will the state alone bear arms?", True),
        ("How many die if the mission leaves?", False),
        ("Combien de morts l’an prochain ?", False),
        ("Qui paie la milice ?", True),
        ("كم من العنف متوقع؟", False),
        ("Will the warden be awarded a seat?", True),
    ],
)
def test_a_question_that_names_no_violence_is_told_so(found: Findings, question: str, *, other: bool) -> None:
    asked = dataclasses.replace(found, case=dataclasses.replace(found.case, question=question))
    (first, *_) = [block for block in answer(asked).blocks if not isinstance(block, Points)]
    assert isinstance(first, Paragraph)
    assert said(first).startswith("The question of the case names no violence") is other


def test_the_chance_of_more_deaths_counts_futures_as_forecast(found: Findings) -> None:
    draws = found.outlook.country.draws[:, :, 0].sum(axis=1)
    row = found.over(Span(found.span.last - 5, found.span.last, found.span.step), found.panel.grid.everywhere)
    last = int(row["best"][0])
    figure = chance_of_more(found, last)
    assert figure.value == pytest.approx(np.mean([float(total > last) for total in draws]))
    assert f"more die than the {last:,} from July to December 2014." in sentences(answer(found))[0]


def test_the_deadliest_kind_and_place_are_counted_future_by_future(found: Findings) -> None:
    for by in (By.STRATUM, By.PLACE):
        forecast = found.outlook.of[by]
        winners = [forecast.units[int(np.argmax(draw.sum(axis=0)))] for draw in forecast.draws if draw.sum()]
        share = odds_of_most(found, by)
        assert max(share, key=lambda unit: share[unit]) == max(winners, key=winners.count)
        assert list(share.values()) == sorted(share.values(), reverse=True)
        best = next(iter(share))
        assert share[best] == pytest.approx(winners.count(best) / len(forecast.draws))


def test_deaths_of_the_month_quarter_and_year_are_plain_sums(found: Findings) -> None:
    (table,) = [block for block in deaths_now(found).blocks if isinstance(block, Shown)]
    draws = found.panel.series("best", found.panel.grid.everywhere).sum(axis=(2, 3)).tolist()

    def middle(first: int, last: int | None) -> int:
        """The middle of the draws of a sum over months, the lower of two."""
        return int(sorted(sum(months[first:last]) for months in draws)[(len(draws) - 1) // 2])

    rows = table.figure.records()
    assert [row["best"] for row in rows] == [middle(-many, None) for many in (1, 3, 12)]
    assert [row["before"] for row in rows] == [middle(-12 - many, -12) for many in (1, 3, 12)]
    assert {row["against"] for row in rows} == {"no norm: fewer than 3 of the 5 years before are known"}


def test_the_table_of_scenarios_is_that_of_the_ensemble(found: Findings) -> None:
    assert found.what_if is not None
    (table,) = [block for block in scenarios_now(found.what_if).blocks if isinstance(block, Shown)]
    base, leaves = table.figure.records()
    assert base["worse"] is None
    headline = found.what_if.ensemble.mechanism.headline.id
    rows = found.what_if.differences.filter(outcome=headline, scenario="leave")
    assert str(leaves["worse"]).removesuffix("\N{NO-BREAK SPACE}*") == odds_in_words(
        found.what_if.ensemble, rows["worse"].to_list()
    )
    assert most_telling(found.what_if)["scenario"].to_list() == rows["scenario"].to_list()


def test_one_scenario_has_nothing_to_be_compared_with(found: Findings) -> None:
    assert found.what_if is not None
    ensemble = dataclasses.replace(found.what_if.ensemble, scenarios=found.what_if.ensemble.scenarios[:1])
    levels = found.what_if.levels.filter(scenario="stay")
    alone = dataclasses.replace(
        found.what_if, ensemble=ensemble, levels=levels, differences=found.what_if.differences.clear()
    )
    section = scenarios_now(alone)
    assert section.title == "There is one scenario, and nothing to compare it with"
    (table,) = [block for block in section.blocks if isinstance(block, Shown)]
    assert [row["median"] for row in table.figure.records()] == [None]
    assert "there is one scenario, “Bigland stays”" in said(what_would_change(alone))


def test_a_case_with_next_to_nothing_says_so_in_one_line_a_part(bare: Findings) -> None:
    one, two = page_one(bare), page_two(bare)
    for name in ("backing-now", "arms-now", "scenarios-now", "watching"):
        (block,) = part(two, name).blocks
        assert isinstance(block, Paragraph)
    assert part(one, "since-issue").blocks == ()
    assert part(one, "map-now").title == "Where is not known"
    assert not part(one, "year-ahead").half
    much, who, change = sentences(part(one, "answer"))
    assert "the case names no kinds of violence" in who
    assert "where cannot be told without areas" in who
    assert "it would take a mechanism with scenarios (mechanisms.yaml)" in change
    assert "more die than the" in much
    assert "one month ahead" in part(two, "trust-now").title


def test_a_month_that_no_file_covers_is_not_summed(found: Findings) -> None:
    covered = found.panel.covered.copy()
    covered[-2] = False
    hole = dataclasses.replace(found, panel=dataclasses.replace(found.panel, covered=covered))
    section = deaths_now(hole)
    (table,) = [block for block in section.blocks if isinstance(block, Shown)]
    month, quarter, year = table.figure.records()
    assert month["best"] is not None
    assert quarter["best"] is year["best"] is None
    assert str(quarter["against"]).startswith("not known: no file covers a part")
    assert section.title.startswith("How many died in the last twelve months is not known")
    assert "more than" in sentences(answer(hole))[0]


def test_names_stand_on_the_pages_and_no_ids_or_scores(found: Findings, bare: Findings) -> None:
    ids = {"home-guard", "bigland", "rebels", "FO-A", "FO-B", "leave", "stay"}
    for each in (found, bare):
        told = [*words(page_one(each)), *words(page_two(each))]
        assert not [text for text in told if re.search(r"\b(CRPS|PRIM|Sobol)\b", text)]
        assert not [text for text in told if text in ids]


def test_the_figures_of_the_pages_have_marks_and_chains(found: Findings) -> None:
    for page in (page_one(found), page_two(found)):
        for section in page.sections:
            for figure in section.figures():
                assert figure.chain, figure.id
    assert found.as_of == date(2014, 12, 31)


def test_all_but_the_texts_of_a_case_can_be_told_in_another_language(found: Findings, bare: Findings) -> None:
    held = "\n".join(str(text) for text in WHOLE.values()).casefold()
    old = plain_texts_of(answer(dataclasses.replace(found, day=date(2020, 1, 1))))
    for texts in (plain_texts(compose(found)), plain_texts(compose(bare)), old):
        assert {text for text in texts - ENGLISH_ALONE if text.casefold() not in held} == set()


def test_the_pages_are_told_in_each_language_and_the_figures_stay_english(found: Findings) -> None:
    brief = compose(found)
    for language in ("fr", "ar"):
        told = in_language(brief, language)
        assert [page.title for page in told.pages] != [page.title for page in brief.pages]
        assert told.figures == brief.figures
        assert to_json(told) == to_json(brief)
        page = BeautifulSoup(to_html(told), "lxml")
        assert {each.get_text() for each in page.select("article.sheet bdi[lang=en]")} >= {
            "Al Alfa",
            "Rebels",
        }
        assert not [value for tag in page.find_all() for value in tag.attrs.values() if "bdi" in str(value)]
        assert ISOLATE not in str(page)
        for tag in page.select("article.sheet bdi, article.sheet [lang=en]"):
            tag.decompose()
        own = " ".join(sheet.get_text(" ") for sheet in page.select("article.sheet"))
        assert not _ENGLISH_WORD.search(own), _ENGLISH_WORD.findall(own)
