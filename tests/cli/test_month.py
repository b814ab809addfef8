"""The monthly round: each step shown, resumed where it stopped, nothing issued, nothing from the future."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from support.fourland import CaseFolder, observed_rows
from support.issued import DAYS
from support.spoiled import spoiled
from typer.testing import CliRunner

from vedette import commands
from vedette.case import read_case
from vedette.case.writing import freeze_issue, stamp_issue
from vedette.cli.verbs import app
from vedette.commands import month_signs, month_steps, registering
from vedette.commands.month_round import DONE, NOTHING, MonthRound, MonthStep, Told, Work, steps_done
from vedette.errors import CaseError, DataError, UsageError
from vedette.evidence import edition_of
from vedette.files import changing
from vedette.progress import quiet

NEXT = date(2014, 10, 31)


@dataclass
class Works:
    """Steps that note that they were done; those of ``failing`` raise."""

    done: list[str] = field(default_factory=list)
    failing: dict[str, Exception] = field(default_factory=dict)

    def given(self) -> Mapping[str, Work]:
        return {name: Work(name.capitalize(), self._step(name)) for name in ("load", "check", "draft")}

    def _step(self, name: str) -> Callable[[MonthRound], Told]:
        def do(asked: MonthRound) -> Told:
            if name in self.failing:
                raise self.failing[name]
            self.done.append(name)
            asked.out.mkdir(exist_ok=True)
            (asked.out / "brief.html").write_text(name)
            return Told((f"{name} is done.",))

        return do


def asked_of(folder: Path, as_of: date | None = None) -> MonthRound:
    case = edition_of(read_case(folder))
    return MonthRound(case, as_of, as_of or date(2014, 8, 31), 1, (), folder.parent / "build", quiet)


def test_a_stopped_round_goes_on_where_it_stopped(case_folder: CaseFolder) -> None:
    folder, works = case_folder(), Works(failing={"draft": KeyboardInterrupt()})  # type: ignore[dict-item]
    with pytest.raises(KeyboardInterrupt):
        list(steps_done(asked_of(folder), works.given()))
    assert works.done == ["load", "check"]
    works.failing.clear()
    steps = list(steps_done(asked_of(folder), works.given()))
    assert works.done == ["load", "check", "draft"]
    assert [(step.id, step.before) for step in steps] == [("load", True), ("check", True), ("draft", False)]
    assert steps[0] == MonthStep("load", "Load", DONE, ("load is done.",), before=True)
    assert all(step.before for step in steps_done(asked_of(folder), works.given()))


def another_row(folder: Path) -> None:
    with (folder / "observed.csv").open("a") as table:
        table.write(f"{observed_rows()[-1].replace('2013-02', '2013-03')}\n")


def another_event_file(folder: Path) -> None:
    (folder / "events").mkdir()
    (folder / "events" / "later.csv").write_text("id\n")


def state_cut_short(folder: Path) -> None:
    (folder / ".vedette" / "month-public.json").write_text("[1")


def draft_gone(folder: Path) -> None:
    (folder.parent / "build" / "brief.html").unlink()


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (another_row, ["load", "check", "draft"]),
        (another_event_file, ["load", "check", "draft"]),
        (state_cut_short, ["load", "check", "draft"]),
        (draft_gone, ["draft"]),
    ],
)
def test_what_rests_on_other_files_is_done_again(
    case_folder: CaseFolder, change: Callable[[Path], None], again: list[str]
) -> None:
    folder, works = case_folder(), Works()
    list(steps_done(asked_of(folder), works.given()))
    works.done.clear()
    change(folder)
    list(steps_done(asked_of(folder), works.given()))
    assert works.done == again


def test_another_day_is_another_round(case_folder: CaseFolder) -> None:
    folder, works = case_folder(), Works()
    list(steps_done(asked_of(folder), works.given()))
    works.done.clear()
    list(steps_done(asked_of(folder, date(2014, 9, 30)), works.given()))
    assert works.done == ["load", "check", "draft"]


def test_a_step_without_data_says_so_and_the_round_goes_on(case_folder: CaseFolder) -> None:
    works = Works(failing={"check": DataError("too short a past")})
    steps = list(steps_done(asked_of(case_folder()), works.given()))
    assert [step.state for step in steps] == [DONE, NOTHING, DONE]
    assert steps[1].lines == ("Nothing to do: too short a past",)


def test_mistakes_stop_the_round_at_the_check(case_folder: CaseFolder) -> None:
    folder = case_folder({"regions.geojson": "{"})
    told: list[MonthStep] = []
    with pytest.raises(CaseError):
        commands.month(str(folder), told=told.append)
    folder = case_folder({"forces.csv": "force,status\nnobody,state\n"}, name="second")
    with pytest.raises(CaseError, match=r"(?s)The round stops here: correct them, .* forces\.csv, row 2"):
        month_steps.check_case(asked_of_broken(folder))


def asked_of_broken(folder: Path) -> MonthRound:
    """A round of a case that was broken after it was read."""
    content = (folder / "forces.csv").read_text()
    (folder / "forces.csv").unlink()
    asked = asked_of(folder)
    (folder / "forces.csv").write_text(content)
    return asked


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registering, "_DRAWS", 100)
    monkeypatch.setattr(month_signs, "SIGN_DRAWS", 100)


@pytest.mark.usefixtures("few_draws")
def test_two_rounds_one_of_them_with_later_rows_planted_are_the_same_to_the_byte(
    issued_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round as of a day looks at nothing later: rows, claims and issues."""
    told = []
    for name in ("true", "planted"):
        desk = tmp_path / name
        desk.mkdir()
        monkeypatch.chdir(desk)
        folder = spoiled(desk / "fourland", NEXT if name == "planted" else date(2020, 1, 1), issued_case)
        if name == "planted":
            with (folder / "claims.csv").open("a") as table:
                table.write(later_claim(folder))
            issue_later(folder, date(2014, 11, 30))
        done = CliRunner().invoke(app, ["month", "fourland", "--as-of", str(NEXT), "--json"])
        assert done.exit_code == 0, done.output
        steps = json.loads(done.stdout)["steps"]
        assert [step["id"] for step in steps] == list(month_steps.WORKS)
        told.append([step for step in steps if step["id"] != "check"])
        told.append([path.read_bytes() for path in sorted((desk / "build" / "fourland").iterdir())])
    assert told[0] == told[2]
    assert told[1] == told[3]
    steps = {step["id"]: step for step in told[0]}
    assert steps["changes"]["state"] == DONE
    assert f"{DAYS[1].day} {DAYS[1]:%B %Y}" in " ".join(steps["changes"]["lines"])
    assert steps["score"]["state"] == NOTHING
    assert not (tmp_path / "true" / "fourland" / "issues" / "public" / "003").exists()


def issue_later(folder: Path, day: date) -> None:
    """Issues a brief of a day in which nothing stands."""
    with changing(folder, "brief --issue") as change:
        issue = stamp_issue(edition_of(read_case(folder)), day, day, seed=1)
        freeze_issue(change, issue, {"brief.json": b"{}"})


def later_claim(folder: Path) -> str:
    """The first claim of a case once more, said after the day of the round."""
    header, first, *_ = (folder / "claims.csv").read_text().splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    cells |= {"id": "later", "said": "2014-11-20", "from": "2014-11-20", "to": ""}
    return ",".join(cells.values()) + "\n"


def test_a_shipped_case_is_copied_first() -> None:
    with pytest.raises(UsageError, match=r"iraq comes with vedette .* cp -r .*cases/iraq my-iraq"):
        commands.month("iraq")
