"""The start of a mechanism moves with the data: levers go on from their record, nothing later is used."""

from datetime import date

import pytest
from support.fourland import POSTURE, CaseFolder
from support.small_mechanism import FILES, LEAVE, MECHANISM, lay, read

from vedette.commands.known import panel_of
from vedette.errors import CaseError, DataError
from vedette.periods import Step, parse
from vedette.scenario import Mechanism, started_after

LEVER = "- {id: troops, name: Troops of Bigland, unit: people, who: Bigland"
RECORDED = MECHANISM.replace(LEVER, f"{LEVER}, record: {{backer: Bigland, kind: troops}}")
LATER = (
    "2015-03-01,month,Bigland,troops,800,persons,main,,recalled,\n"
    "2015-04-20,day,Bigland,troops,700,persons,main,,recalled,\n"
)


def mechanism_of(case_folder: CaseFolder, **files: str) -> Mechanism:
    folder = case_folder({"posture.csv": POSTURE + LATER})
    return read(lay(folder, {**FILES, "mechanisms.yaml": RECORDED, **files}))


def month(text: str) -> int:
    return parse(text, Step.MONTH)


def test_levers_go_on_from_the_last_value_on_record(case_folder: CaseFolder) -> None:
    mechanism = mechanism_of(case_folder)
    later = started_after(mechanism, month("2015-03"), date(2015, 3, 31))
    assert later.span.labels()[0] == later.file.start == "2015-04" and later.file.end == "2017-12"
    assert set(later.scenarios["stay"].paths["troops"]) == {800.0}
    leave = later.scenarios["leave"].paths["troops"]
    assert leave[0] == pytest.approx(800 * 8 / 9) and leave[8] == 0.0 == leave[-1], "on to none in December"


def test_what_is_known_after_the_data_end_counts_and_what_is_known_later_does_not(
    case_folder: CaseFolder,
) -> None:
    mechanism = mechanism_of(case_folder)
    ahead = started_after(mechanism, month("2015-03"), date(2015, 4, 30)).scenarios["stay"].paths["troops"]
    assert set(ahead) == {700.0}, "April, the first month simulated, is on record"
    before = started_after(mechanism, month("2015-02"), date(2015, 2, 28)).scenarios["stay"].paths["troops"]
    assert set(before) == {1000.0}, "the figure of 2013 is too old to hold, so the path is as written"


def test_what_moved_and_what_departs_is_told(case_folder: CaseFolder) -> None:
    later = started_after(mechanism_of(case_folder), month("2015-03"), date(2015, 3, 31))
    assert later.moved == (
        "The scenarios start in 2015-04, after the last data, in place of 2015-01; their levers go on from "
        "what is on record. Otherwise than stay has it: Troops of Bigland 800 in 2015-03 (written: 1,000)."
    )


def test_levers_without_a_record_are_told(case_folder: CaseFolder) -> None:
    plain = read(lay(case_folder()))
    assert started_after(plain, month("2015-03"), date(2015, 3, 31)).moved.endswith(
        "Without a record, as the scenarios write them: Troops of Bigland."
    )


def test_a_mechanism_that_starts_later_is_left_as_it_is(case_folder: CaseFolder) -> None:
    mechanism = mechanism_of(case_folder)
    assert started_after(mechanism, month("2014-12"), date(2014, 12, 31)) is mechanism


def test_a_mechanism_that_has_ended_is_refused(case_folder: CaseFolder) -> None:
    with pytest.raises(DataError, match="expected an end after 2017-12, the last month known; found 2017-12"):
        started_after(mechanism_of(case_folder), month("2017-12"), date(2018, 1, 31))


def test_an_elasticity_from_a_lever_that_is_gone_is_refused(case_folder: CaseFolder) -> None:
    text = RECORDED.replace(
        "form: saturating, size: training-gain, half: training-half",
        "form: elasticity, size: attack-elasticity",
    )
    gone = POSTURE + "2015-03-01,month,Bigland,troops,0,persons,main,,recalled,\n"
    mechanism = read(lay(case_folder({"posture.csv": gone}), {**FILES, "mechanisms.yaml": text}))
    with pytest.raises(CaseError) as error:
        started_after(mechanism, month("2015-03"), date(2015, 3, 31))
    assert "found troops, which begins at 0. Give a reference above 0" in str(error.value.problems[0])


def test_a_path_by_steps_holds_the_record_until_its_next_step(case_folder: CaseFolder) -> None:
    steps = LEAVE.replace(
        "{2015-01: 1000, 2015-12: 0}, between: line", "{2015-01: 1000, 2015-12: 0}, between: step"
    )
    leave = mechanism_of(case_folder, **{"scenarios/leave.yaml": steps})
    path = started_after(leave, month("2015-03"), date(2015, 3, 31)).scenarios["leave"].paths["troops"]
    assert path[:9].tolist() == [800.0] * 8 + [0.0]


def test_compare_after_the_first_month_answers(case_folder: CaseFolder) -> None:
    mechanism = mechanism_of(case_folder)
    _, panel, day = panel_of(mechanism.case, date(2015, 6, 30), seed=1, step=Step.MONTH)
    later = started_after(mechanism, panel.grid.span.last, day)
    assert later.file.start == "2015-07", "the totals of Fourland go to June 2015"
