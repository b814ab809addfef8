"""Looking back: what is said rests on nothing later, and what came is counted by hand."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.command_fixtures import shortened
from support.fourland import CaseFolder
from support.small_mechanism import FILES, flat

from vedette.case import SHIPPED, read_case
from vedette.commands import replayed
from vedette.commands.known import panel_of
from vedette.errors import CaseError, DataError, UsageError
from vedette.scenario import Replay, replay, run
from vedette.scenario.past import past_mechanism

DAY = date(2013, 6, 30)


def asked(folder: Path, as_of: date = DAY, *scenarios: str) -> Replay:
    return replayed(str(folder), as_of, scenarios=scenarios, draws=60, seed=1).replay


def lay(folder: Path, day: str = "2013-06-30", start: str = "2013-07", end: str = "2014-06") -> Path:
    """The small mechanism as it was on a past day."""
    past = folder / "replays" / day
    (past / "scenarios").mkdir(parents=True)
    for name, text in FILES.items():
        moved = text.replace("start: 2015-01", f"start: {start}").replace("end: 2017-12", f"end: {end}")
        moved = moved.replace("first: 2014-11", "first: 2013-05")
        moved = moved.replace("{2015-01: 1000, 2015-12: 0}", "{2013-07: 1000, 2014-06: 0}")
        (past / name).write_text(moved, encoding="utf-8")
    return folder


def counted(folder: Path, year: str) -> float:
    """Deaths of a year as the table of the case says, added up by hand."""
    with (folder / "observed.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["last"].startswith(year)]
    return float(sum(int(row["best"]) for row in rows))


def test_without_a_mechanism_of_that_day_the_forecast_stands_alone(case_folder: CaseFolder) -> None:
    folder = case_folder()
    found = asked(folder)
    assert found.ensemble.names == ("forecast",)
    baseline, future = found.ensemble.baseline, found.ensemble.future
    for group in found.ensemble.mechanism.file.events:
        assert found.draws_of(group.id)["forecast"] == pytest.approx(baseline.group(group)[future])
    whole = sum(found.draws_of(group)["forecast"] for group in found.groups if group != "all")
    assert found.draws_of("all")["forecast"] == pytest.approx(whole)


def test_what_came_is_what_the_case_counts(case_folder: CaseFolder) -> None:
    folder = case_folder()
    sums = asked(folder).sums().filter(group="all")
    assert sums.filter(over="2014")["came"].to_list() == [counted(folder, "2014")]
    assert sums.filter(over="2014")["months"].to_list() == [12]
    assert "2015" not in sums["over"]  # the months from 2015 on are not observed
    assert asked(folder).months().filter(group="all", period="2015-03")["came"].to_list() == [None]


def test_sums_and_scores_against_plain_ones(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    case = read_case(folder)
    made = past_mechanism(case, DAY)
    ensemble = run(made, ["stay", "leave"], flat(made, futures=40), 40, 1)
    found = replay(ensemble, DAY, panel_of(case, None, seed=1)[1])
    came = found.came["rebel-deaths"]
    for scenario, said in found.draws_of("rebel-deaths").items():
        row = found.sums().filter(scenario=scenario, over="all").row(0, named=True)
        whole = said.sum(axis=1)
        assert row["came"] == came.sum()
        assert row["low_90"] == pytest.approx(np.quantile(whole, 0.05))
        assert row["median"] == row["median_low"] == pytest.approx(np.quantile(whole, 0.5))
        below = sum(one < came.sum() for one in whole) + 0.5 * sum(one == came.sum() for one in whole)
        assert row["below_low"] == row["below_high"] == pytest.approx(below / len(whole))
        crps = [
            np.abs(column - true).mean()
            - np.abs(column[:, None] - column).sum() / (2 * len(column) * (len(column) - 1))
            for column, true in zip(said.T, came, strict=True)
        ]
        score = found.scores().filter(scenario=scenario).row(0, named=True)
        assert score["crps"] == pytest.approx(np.mean(crps))
        low, high = np.quantile(said, (0.05, 0.95), axis=0)
        assert score["held"] == pytest.approx(np.mean((low <= came) & (came <= high)))


def test_a_mechanism_that_starts_in_another_month_is_told(case_folder: CaseFolder) -> None:
    folder = lay(case_folder(), start="2013-09")
    with pytest.raises(DataError, match=r"replays/2013-06-30/mechanisms.yaml: expected start: 2013-07"):
        asked(folder)


def test_a_mistake_is_told_with_its_line(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    file = folder / "replays" / "2013-06-30" / "mechanisms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("author: tester, ", "", 1), encoding="utf-8")
    with pytest.raises(CaseError, match="2013-06-30 have 1 mistake") as raised:
        asked(folder)
    assert "author" in str(raised.value.problems[0])


@pytest.mark.parametrize(
    ("as_of", "scenarios", "kind", "said"),
    [
        (date(2014, 12, 31), (), DataError, "Ask as of an earlier day"),
        (DAY, ("leaves",), UsageError, "Did you mean 'leave'"),
    ],
)
def test_what_cannot_be_replayed_is_told(
    case_folder: CaseFolder, as_of: date, scenarios: tuple[str, ...], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        asked(lay(case_folder()), as_of, *scenarios)


def spoiled(folder: Path, since: str) -> None:
    """Multiplies all deaths that came later, and moves them elsewhere."""
    table = folder / "observed.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        if row["last"] >= since:
            for name in ("low", "best", "high"):
                row[name] = str(int(row[name]) * 3 + number)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_the_withdrawal_of_2011_is_replayed_from_what_was_known(tmp_path: Path) -> None:
    true = tmp_path / "iraq"
    shortened(shutil.copytree(SHIPPED / "iraq", true), start="2005-01-01", horizon=12)
    before = asked(true, date(2011, 12, 18))
    spoiled(true, "2011-12")
    after = asked(true, date(2011, 12, 18))
    assert before.ensemble.names == ("stay", "withdrawal")
    assert before.ensemble.paths.tobytes() == after.ensemble.paths.tobytes()
    assert all(
        (before.draws_of("all")[name] == after.draws_of("all")[name]).all() for name in before.ensemble.names
    )
    assert (before.came["all"] != after.came["all"]).any()


def test_precedents_of_a_past_day_are_those_known_then() -> None:
    case = read_case("iraq")
    (then,) = past_mechanism(case, date(2011, 12, 18)).file.estimates
    assert "known by 2010" in then.ground.rests_on
    later = replace(case, as_of=date(2020, 9, 30))
    (same,) = past_mechanism(later, date(2011, 12, 18)).file.estimates
    assert same.ground.rests_on == then.ground.rests_on
    assert same.distribution.model_dump() == then.distribution.model_dump()
