"""Levers that are tried: their ranges, what if, saved as scenarios; rivals of assumptions as branches."""

from pathlib import Path
from typing import Any

import pytest
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, FILES, LEAVE, MECHANISM, lay, read

from vedette import commands
from vedette.commands import LeverQuestion
from vedette.errors import CaseError, UsageError, VedetteError


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    return lay(case_folder(), BRANCHED)


def sheet(folder: Path, question: LeverQuestion | None = None) -> commands.LeverSheet:
    return commands.lever_sheet(commands.mechanisms(str(folder)), question or LeverQuestion())


def test_a_lever_goes_over_what_scenarios_give_it(folder: Path) -> None:
    [troops] = sheet(folder).levers
    assert (troops.span.low, troops.span.high, troops.span.least, troops.span.most) == (0, 1000, 0, 10000)
    assert (troops.begins, troops.ends, troops.value, troops.changed) == (1000, 1000, 1000, False)
    assert troops.step == 10


def test_what_is_on_record_stands_beside_a_lever(case_folder: CaseFolder) -> None:
    record = "who: Bigland, record: {backer: Bigland, kind: troops, series: main, carried: 60}}"
    files = {**FILES, "mechanisms.yaml": MECHANISM.replace("who: Bigland}", record, 1)}
    [troops] = sheet(lay(case_folder(), files)).levers
    assert (troops.recorded, troops.recorded_in) == (900.5, "2014-12")


def test_by_when_levers_arrive_is_when_those_of_the_scenario_do(folder: Path) -> None:
    assert sheet(folder).by == "2016-01"
    assert sheet(folder, LeverQuestion("leave")).by == "2015-12"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (LeverQuestion("gone"), "there is no scenario 'gone'"),
        (LeverQuestion(levers={"tanks": 1.0}), "there is no lever 'tanks'"),
        (
            LeverQuestion(levers={"troops": -1.0}),
            "Troops of Bigland: expected people from 0 to 10,000; found",
        ),
        (LeverQuestion(levers={"troops": float("nan")}), "found nan. Correct it."),
        (LeverQuestion(levers={"troops": float("inf")}), "found inf. Correct it."),
        (LeverQuestion(levers={"troops": 5.0}, by="2019-01"), "by: expected a month from 2015-01 to 2017-12"),
        (LeverQuestion(readings={"sight": "x"}), "there is no question 'sight'"),
        (LeverQuestion(readings={"view": "weak"}), "view: there is no reading 'weak'"),
    ],
)
def test_what_cannot_be_set_is_refused(folder: Path, question: LeverQuestion, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        sheet(folder, question)
    assert said in str(raised.value)


def test_other_levers_stand_beside_the_scenario_unchanged(folder: Path) -> None:
    asked = LeverQuestion("leave", {"troops": 1000.0}, readings={"view": "strong"})
    found = commands.what_if(str(folder), asked, draws=60)
    again = commands.compare(commands.ensemble(str(folder), ["leave", "stay"], draws=60))
    name = "Bigland leaves, but by December 2015 Troops of Bigland: 1,000 people"
    assert found.ensemble.scenarios[1].name == name
    assert found.ensemble.groups == 1
    assert again.ensemble.groups == 2
    same = commands.what_if(str(folder), LeverQuestion("leave", {"troops": 1000.0}), draws=60)
    left, right = (
        each.levels.filter(scenario=name)["median"].to_list()
        for each, name in ((same, "as set here"), (again, "stay"))
    )
    assert left == right


def test_saved_levers_are_a_scenario_that_is_compared_and_can_be_taken_back(folder: Path) -> None:
    mechanism = folder / "mechanisms.yaml"
    mechanism.write_text(f"compared: [stay]  # for the brief\n{mechanism.read_text()}")
    before = mechanism.read_text()
    asked = LeverQuestion("leave", {"troops": 400.0}, "2016-06")
    saved = commands.save_scenario(
        str(folder), asked, name="Half  stay", author="An analyst", why="asked by\nthe minister"
    )
    assert (saved.id, saved.file, saved.compared) == ("half-stay", "scenarios/half-stay.yaml", True)
    assert "compared: [stay, half-stay]  # for the brief\n" in mechanism.read_text()
    scenario = read(folder).scenario("half-stay")
    assert (scenario.author, scenario.note, scenario.source) == (
        "An analyst",
        "asked by the minister",
        "own judgement",
    )
    path = scenario.paths["troops"]
    assert (path[0], path[17], path[-1]) == (1000, 400, 400)
    commands.undo(str(folder))
    assert mechanism.read_text() == before
    assert not (folder / saved.file).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "name: expected some text"),
        ({"author": ""}, "author: expected some text"),
        ({"why": "a\x1bb"}, "reason: expected letters that can be seen"),
        ({"why": "x" * 2001}, "reason: expected at most 2,000 letters"),
        ({"name": "Bigland leaves"}, "Bigland leaves"),
    ],
)
def test_what_cannot_be_saved_leaves_the_case_as_it_was(
    folder: Path, changes: dict[str, str], said: str
) -> None:
    words: Any = {"name": "Half stay", "author": "An analyst", "why": "asked", **changes}
    files = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    with pytest.raises(VedetteError) as raised:
        commands.save_scenario(str(folder), LeverQuestion(levers={"troops": 400.0}), **words)
    assert said in str(raised.value)
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == files


def test_levers_that_are_not_changed_are_not_saved(folder: Path) -> None:
    with pytest.raises(UsageError, match="No lever is set otherwise"):
        commands.save_scenario(
            str(folder), LeverQuestion(levers={"troops": 1000.0}), name="Same", author="me", why="none"
        )


WORDS: Any = {"name": "Far <less>", "author": "A rival", "why": "it looked weak"}


def test_a_rival_begins_a_question_of_its_own(folder: Path) -> None:
    added = commands.add_branch(str(folder), "capability-2014", quantiles=[0.1, 0.2, 0.3], **WORDS)
    assert added.begun
    question = read(folder).file.alternatives[-1]
    assert (question.id, question.unweighted) == ("rival-capability-2014", True)
    assert [each.name for each in question.branches] == ["As the mechanism has it", "Far <less>"]
    assert question.branches[1].sets["capability-2014"].q50 == 0.2


def test_a_rival_joins_the_question_that_sets_its_assumption(folder: Path) -> None:
    added = commands.add_branch(str(folder), "attack-elasticity", quantiles=[-0.5, -0.2, -0.1], **WORDS)
    assert (added.begun, added.question) == (False, "view")
    given = [-0.5, -0.2, -0.1]
    with pytest.raises(UsageError, match="nobody weighs the branches"):
        commands.add_branch(str(folder), "attack-elasticity", quantiles=given, weight=0.5, **WORDS)


@pytest.mark.parametrize(
    ("assumption", "quantiles", "said"),
    [
        ("nothing", [1, 2, 3], "there is no assumption 'nothing'"),
        ("no-inflow", [0, 1, 2], "holds by construction"),
        ("capability-2014", [0.3, 0.2, 0.1], "quantiles that rise"),
        ("capability-2014", [0.5, 0.8, 1.4], "expected index from 0 to 1"),
    ],
)
def test_what_is_no_rival_is_refused(
    folder: Path, assumption: str, quantiles: list[float], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        commands.add_branch(str(folder), assumption, quantiles=quantiles, **WORDS)


# --- editions


def test_an_edition_that_may_not_show_the_mechanism_refuses_all_that_rests_on_it(
    case_folder: CaseFolder,
) -> None:
    folder = str(lay(case_folder(seeded.SECRET_FILES), FILES))
    for ask in (commands.mechanisms, commands.ensemble, commands.signs, commands.track, commands.hindcast):
        with pytest.raises(UsageError, match="The public edition does not show the scenarios"):
            ask(folder, edition="public")


def test_a_mistake_that_names_a_secret_is_not_told_to_an_edition_that_withholds_it(
    case_folder: CaseFolder,
) -> None:
    secret = seeded.WORDS["red actor"]
    text = "handling: clear\n" + MECHANISM.replace("strata: [rebels]", f"strata: [{secret}]")
    folder = str(lay(case_folder(seeded.SECRET_FILES), {**FILES, "mechanisms.yaml": text}))
    with pytest.raises(UsageError) as raised:
        commands.mechanisms(folder, edition="public")
    assert secret not in str(raised.value)
    assert "cannot show the scenarios" in str(raised.value)


def test_a_withheld_actor_that_sets_a_lever_is_not_named(case_folder: CaseFolder) -> None:
    text = "handling: clear\n" + MECHANISM.replace("who: Bigland}", f"who: {seeded.WORDS['red actor']}}}", 1)
    folder = str(lay(case_folder(seeded.SECRET_FILES), {**FILES, "mechanisms.yaml": text}))
    known = commands.mechanisms(folder, edition="public")
    assert commands.lever_sheet(known, LeverQuestion()).levers[0].who == ""


def test_a_mistake_is_told_to_an_edition_that_withholds_nothing(case_folder: CaseFolder) -> None:
    files = {**FILES, "scenarios/leave.yaml": LEAVE.replace("troops:", "tanks:")}
    with pytest.raises(CaseError, match="tanks"):
        commands.mechanisms(str(lay(case_folder(), files)), edition="internal")
