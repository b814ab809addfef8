"""`vedette effect` as a user runs it: what it says, what it leaves out, nothing from after the window."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.fourland import OBSERVED_COLUMNS, CaseFolder, observed_rows

from vedette import commands
from vedette.case import SHIPPED
from vedette.case.writing.edition_key import public_ids
from vedette.effect import BeforeAfter, Changed, Effect
from vedette.errors import DataError, UsageError

FEW = {"draws": 100, "seed": 1, "model": "level"}


def answer(
    case: Path | str, of: str, on: str, months: int | None = 6, **more: Any
) -> Changed[Effect | BeforeAfter]:
    result = commands.effect(str(case), of, on=on, months=months, **{**FEW, **more})
    return result.changed


def effect_of(case: Path, of: str = "drawdown-2013", on: str = "all", **more: Any) -> Effect:
    found = answer(case, of, on, **more).estimate
    assert isinstance(found, Effect)
    return found


DYAD = "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based"


def with_events(case_folder: CaseFolder, name: str, *months: str) -> Path:
    """The case with a great many deaths more in some months, and one event known to the year alone."""
    late = [f"ucdp,{month},{month},FO-A,strip,{DYAD},2,1,900,900,900,900" for month in months]
    loose = f"ucdp,{months[0][:4]}-01,{months[0][:4]}-12,FO-D,?,{DYAD},5,4,1,5,5,5"
    observed = "\n".join([OBSERVED_COLUMNS, *observed_rows(), *late, loose]) + "\n"
    return case_folder({"observed.csv": observed}, name=name)


def test_what_lies_after_the_window_changes_nothing(case_folder: CaseFolder) -> None:
    plain = effect_of(case_folder())
    changed = effect_of(with_events(case_folder, "planted", "2014-01", "2014-09", "2013-12"))
    assert plain.observed.tobytes() == changed.observed.tobytes()
    assert plain.simulated.tobytes() == changed.simulated.tobytes()
    assert plain.placebos.dates.equals(changed.placebos.dates)


def test_what_was_known_after_the_as_of_changes_nothing(case_folder: CaseFolder) -> None:
    day = date(2013, 9, 30)
    plain = answer(case_folder(), "drawdown-2013", "all", as_of=day)
    changed = answer(with_events(case_folder, "planted", "2013-10"), "drawdown-2013", "all", as_of=day)
    assert plain.doubts == changed.doubts
    assert any("The window ends with the data, 2013-09: 4 of 6 months" in doubt for doubt in plain.doubts)
    for each in (plain, changed):
        assert isinstance(each.estimate, Effect)
        assert len(each.estimate.periods) == 4
    assert plain.estimate.simulated.tobytes() == changed.estimate.simulated.tobytes()  # type: ignore[union-attr]


def test_what_lies_in_the_window_changes_not_what_would_have_been(case_folder: CaseFolder) -> None:
    plain = effect_of(case_folder())
    changed = effect_of(with_events(case_folder, "planted", "2013-07"))
    assert plain.simulated.tobytes() == changed.simulated.tobytes()
    assert changed.total()["median"] > plain.total()["median"] + 500


@pytest.mark.parametrize("on", ["all", "rebels", "Bravo", "north", "rebels/FO-A"])
def test_every_kind_of_series_is_answered(case_folder: CaseFolder, on: str) -> None:
    found = effect_of(case_folder(), on=on)
    assert found.simulated.shape == (100, 6)
    assert found.step == "month"


def test_no_whole_month_after_it_is_an_error(case_folder: CaseFolder) -> None:
    with pytest.raises(DataError, match=r"a whole month from 2013-06 on to be known; as of 2013-06-20 none"):
        answer(case_folder(), "drawdown-2013", "all", as_of=date(2013, 6, 20))


def test_a_wrong_model_lists_those_there_are(case_folder: CaseFolder) -> None:
    with pytest.raises(UsageError, match="no model 'levle'; choose one of: pool"):
        answer(case_folder(), "drawdown-2013", "all", model="levle")


def test_the_strike_says_that_its_data_are_thin() -> None:
    doubts = " ".join(answer("iraq", "strike-2020", "all", months=12).doubts)
    assert "Thin data: in 9 of 9 months" in doubts
    assert "The window ends with the data, 2020-09: 9 of 12 months." in doubts
    assert "Army at the crossings" in doubts


def test_clashing_revenue_is_compared_and_not_modelled() -> None:
    found = answer("iraq", "crossings-2020", "revenue", months=12)
    assert "so none is fitted" in found.doubts[0]
    assert not isinstance(found.estimate, Effect)
    public = public_ids(SHIPPED / "iraq", "public", ["r24", "r25", "r27"])
    shown = dict(found.estimate.figures.select("claims", "high").iter_rows())
    assert (shown[public["r25"]], shown[public["r27"]]) == (100.0, 500.0)
    assert public["r24"] in found.estimate.left_out


def test_the_command_prints_and_lists(case_folder: CaseFolder, tmp_path: Path, run: Any) -> None:
    case = case_folder()
    words = ("effect", case, "--of", "drawdown-2013", "--model", "level", "--draws", 100)
    done = run(*words, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["mark"] == "estimated"
    assert document["by_period"][0]["period"] == "2013-06"
    assert document["estimates"][0]["id"] == "drawdown-2013-ratio"
    assert document["shape"]["chosen"] in document["shape"]["chances"]
    assert sum(document["shape"]["chances"].values()) == pytest.approx(1.0)
    assert document["smallest_told"][-1]["shape"] == "step"
    told = run(*words, home=tmp_path).stdout
    assert "What this cannot rule out:" in told
    assert told.startswith("Drawdown: ")
    assert "Shape" in told
    assert "Smallest effect that could have been told" in told
    assert "trainers" in run("effect", case, "--list", home=tmp_path).stdout
    missing = run("effect", case, home=tmp_path)
    assert missing.returncode == 2
    assert "Name one that --list shows" in missing.stderr
