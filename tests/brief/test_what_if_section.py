"""What if in a brief: figures agree with the ensemble, every assumption is listed, a past day is replayed."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.small_mechanism import FILES

from vedette import commands
from vedette.brief.blocks import Chart, Shown
from vedette.brief.compose import compose
from vedette.brief.figures import Figure, Mark
from vedette.brief.inputs.findings import Findings, find
from vedette.brief.inputs.scenarios import WhatIf, run_what_if
from vedette.brief.prose import Paragraph, Points
from vedette.brief.sections.regret import who_regrets
from vedette.brief.words import number_text
from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.errors import CaseError, Remark
from vedette.progress import quiet
from vedette.scenario import Ensemble, read_head, read_mechanism
from vedette.scenario.drivers import what_to_choose

Made = dict[str, Figure]


PAST = {"2015-01": "2013-07", "2017-12": "2014-06", "2015-12": "2014-06", "2014-11": "2013-05"}
"""The months of the small mechanism, as of the middle of 2013."""


def lay(folder: Path) -> Path:
    """The small mechanism, and the same as of the middle of 2013."""
    for place, moved in (("", {}), ("replays/2013-06-30", PAST)):
        (folder / place / "scenarios").mkdir(parents=True)
        for name, text in FILES.items():
            for old, new in moved.items():
                text = text.replace(old, new)
            (folder / place / name).write_text(text, encoding="utf-8")
    return folder


def findings(folder: Path, as_of: date | None = None) -> Findings:
    case = read_case(folder)
    holdings, panel, known = panel_of(case, as_of, seed=1)
    return find(case, holdings, panel, known, 1, quiet)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    from support.fourland import CASE_FILES

    folder = tmp_path_factory.mktemp("case") / "fourland"
    folder.mkdir()
    for name, text in CASE_FILES.items():
        if text is not None:
            (folder / name).write_text(str(text), encoding="utf-8")
    return findings(lay(folder))


@pytest.fixture(scope="module")
def figures(found: Findings) -> Made:
    (section,) = [each for each in compose(found).sections if each.id == "what-if"]
    assert any(isinstance(block, Chart) for block in section.blocks)
    shown = [block for block in section.blocks if isinstance(block, Chart | Shown)]
    return {figure.id: figure for block in shown for figure in block.figures()}


def simulated(found: Findings) -> Ensemble:
    """The ensemble of `vedette compare`, with its paths."""
    made = commands.ensemble(str(found.case.folder), as_of=found.as_of, seed=1)
    assert found.what_if is not None and found.what_if.ensemble.draws == made.draws
    return made


def test_outcomes_are_those_of_the_ensemble(found: Findings, figures: Made) -> None:
    assert found.what_if is not None
    made = simulated(found)
    assert made.names == ("stay", "leave")
    for row in figures["outcomes-by-scenario"].records():
        outcome = next(each for each in made.outcomes.values() if str(row["outcome"]).startswith(each.name))
        names = [scenario.name for scenario in made.scenarios]
        values = made.outcome(outcome.id)[names.index(str(row["scenario"]))]
        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
        assert (row["low"], row["middle_low"], row["high"]) == pytest.approx((low, middle, high))


def test_who_would_regret_what_is_the_answer_of_compare(found: Findings, figures: Made) -> None:
    assert found.what_if is not None
    made = simulated(found)
    alone = what_to_choose(made, "Bigland", ["deaths"])
    rows = figures["who-regrets"].records()
    assert [row["who"] for row in rows] == ["Bigland"] * 2
    assert [row["does"] for row in rows] == [
        "Troops of Bigland 1,000",
        "Troops of Bigland 1,000 to 0 by 2015-12",
    ]
    largest, error = alone.regret["largest"].to_list(), alone.regret["error"].to_list()
    told = [number_text(each, max(largest), wrong) for each, wrong in zip(largest, error, strict=True)]
    assert [row["deaths"] for row in rows] == told


def test_decision_makers_whose_choices_are_not_run_are_named(found: Findings) -> None:
    whatif = found.what_if
    assert whatif is not None and whatif.not_run == ()
    wanted = (
        "What these would regret is not told here, since a brief runs at most 80 combinations: "
        "Bigland (2 choices times 1 combination of what others do). Ask vedette compare with "
        "fewer scenarios and --who."
    )
    assert not any("not told here" in line for line in regret_lines(whatif))
    without = dataclasses.replace(whatif, not_run=(whatif.choosing[0].choices,))
    assert regret_lines(without)[-1] == wanted
    assert regret_lines(dataclasses.replace(without, choosing=())) == [wanted]


def regret_lines(whatif: WhatIf) -> list[str]:
    points = [block for block in who_regrets(whatif, ()) if isinstance(block, Points)]
    return [read(line) for block in points for line in block.items]


def test_the_headline_counts_what_is_clearly_better_or_worse(found: Findings) -> None:
    assert found.what_if is not None
    made, verdicts = simulated(found), list[str]()
    for outcome in made.outcomes.values():
        stay, leave = made.outcome(outcome.id)
        gain = (leave - stay) * (1 if outcome.good == "up" else -1)
        if np.mean(gain > 0) >= 0.95:
            verdicts.append("better")
        elif np.mean(gain < 0) >= 0.95:
            verdicts.append("worse")
    assert verdicts
    words = [f"{word} on {verdicts.count(word)}" for word in ("worse", "better") if word in verdicts]
    (section,) = [each for each in compose(found).sections if each.id == "what-if"]
    (table,) = [
        each for each in section.blocks if isinstance(each, Shown) and each.figure.id == "scenario-overview"
    ]
    total = len(made.outcomes)
    assert table.title == (
        f"Clearly worse or better than the first, of {total} outcomes: “Bigland leaves” {' and '.join(words)}"
    )


def test_it_opens_with_the_question_and_the_sentences_of_compare(found: Findings) -> None:
    assert found.what_if is not None
    brief = compose(found)
    (section,) = [each for each in brief.sections if each.id == "what-if"]
    question, lines = section.blocks[:2]
    assert isinstance(question, Paragraph)
    assert isinstance(lines, Points)
    assert "".join(map(str, question.pieces)) == found.case.question
    compared = commands.compare(
        commands.ensemble(str(found.case.folder), as_of=found.as_of, seed=1), report=quiet
    )
    wanted = [sentence.text for sentence in compared.sentences]
    assert [read(line) for line in lines.items] == wanted
    document = commands.CompareResult("fourland", compared).document()
    assert [sentence["text"] for sentence in document["sentences"]] == wanted
    assert wanted[0].startswith("Bigland stays: deaths by rebels from January 2015 to December 2017: ")
    assert "on average" in wanted[1]


def read(line: Paragraph) -> str:
    return "".join(
        piece if isinstance(piece, str) else piece.shown
        for piece in line.pieces
        if not hasattr(piece, "figure")
    )


def test_all_of_it_is_assumed_and_names_its_authors(figures: Made) -> None:
    for name, figure in figures.items():
        if not name.startswith("replay-") and name != "early-signs":
            assert figure.mark is Mark.ASSUMED
            assert any(link.author == "tester" for link in figure.chain)


def test_every_number_is_listed_with_its_ground(found: Findings, figures: Made) -> None:
    rows = figures["scenario-grounds"].records()
    quantities = read_mechanism(found.case).quantities
    assert [row["name"] for row in rows] == [quantity.name for quantity, _ in quantities]
    assert [row["mark"] for row in rows] == [mark for _, mark in quantities]
    assert all(row["ground"] for row in rows)
    assert found.what_if is not None
    names = {outcome.name for outcome in found.what_if.ensemble.outcomes.values()}
    moved = {str(row["moves"]) for row in rows if row["moves"]}
    assert moved
    assert all(one == "every outcome" or one.split(" and ")[0] in names for one in moved)


def test_a_past_day_is_replayed_against_what_came(figures: Made) -> None:
    rows = figures["replay-2013-06-30"].records()
    assert {row["scenario"] for row in rows} == {"Bigland stays", "Bigland leaves"}
    for row in rows:
        held = row["low"] <= row["came"] <= row["high"]  # type: ignore[operator]
        assert row["held"] == ("yes" if held else "no")


def test_signs_stand_with_their_state_and_what_their_alarms_are_worth(found: Findings, figures: Made) -> None:
    deaths, troops = figures["early-signs"].records()
    assert figures["early-signs"].mark is Mark.OBSERVED, "both are counted or stated"
    assert deaths["sign"] == "Deaths by rebels" and "2014-12, counted" in str(deaths["now"])
    assert troops["state"] == "cannot be told: nothing measured in the last twelve months"
    worth = figures["sign-alarms"].records()
    assert "under “Bigland stays” it fires in" in str(worth[0]["warns"])
    assert worth[1]["warns"] == (
        "Capability at the end: the worst quarter; how often falsely is not simulated, since a "
        "scenario sets it: it is the same in every future"
    )
    (section,) = [each for each in compose(found).sections if each.id == "what-if"]
    (block,) = [
        each for each in section.blocks if isinstance(each, Shown) and each.figure.id == "early-signs"
    ]
    assert block.title.startswith("What to watch: ")
    assert block.note == "Troops of Bigland: nothing was measured in the last twelve months."


def test_a_brief_after_the_first_months_starts_with_the_data(found: Findings) -> None:
    later = findings(found.case.folder, date(2015, 3, 31)).what_if
    assert later is not None and later.ensemble.span.labels()[0] == "2015-04"
    assert later.ensemble.mechanism.moved.startswith("The scenarios start in 2015-04, after the last data")


def test_other_days_and_other_cases_do_not_ask(found: Findings) -> None:
    folder = found.case.folder
    assert findings(folder, date(2014, 10, 31)).what_if is None
    assert compose(dataclasses.replace(found, what_if=None)).figures.keys().isdisjoint({"scenario-odds"})


@pytest.mark.parametrize(
    ("marking", "edition", "withheld", "shown"),
    [
        ("", "public", False, True),
        ("", "public", True, False),
        ("", "internal", False, True),
        ("clear", "public", True, True),
        ("amber", "public", False, False),
        ("amber", "internal", True, True),
    ],
)
def test_an_edition_shows_what_its_marking_allows(
    found: Findings, marking: str, edition: str, withheld: bool, shown: bool
) -> None:
    case = dataclasses.replace(found.case, edition=edition, withheld=withheld)
    for folder in (case.folder, case.folder / "replays" / "2013-06-30"):
        with marked(folder / "mechanisms.yaml", marking):
            assert case.shows(read_head(case, folder).handling) == shown
    if not shown:
        with (
            marked(case.folder / "mechanisms.yaml", marking),
            pytest.warns(Remark, match=f"Edition {edition} does not show the scenarios"),
        ):
            assert run_what_if(case, found.holdings, found.panel, found.as_of, 1, quiet) is None


@contextmanager
def marked(file: Path, marking: str) -> Iterator[None]:
    """The file with a marking for a while."""
    text = file.read_text(encoding="utf-8")
    file.write_text(f"handling: {marking}\n{text}" if marking else text, encoding="utf-8")
    yield
    file.write_text(text, encoding="utf-8")


def test_scenarios_to_compare_must_be_there(found: Findings) -> None:
    file = found.case.folder / "mechanisms.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("base: stay\n", "base: stay\ncompared: [stay, leaves]\n"), encoding="utf-8")
    with pytest.raises(CaseError) as raised:
        read_mechanism(found.case)
    (problem,) = raised.value.problems
    assert str(problem).startswith(
        "mechanisms.yaml, line 2, column compared[1]: expected scenarios of this case"
    )
    file.write_text(text, encoding="utf-8")
