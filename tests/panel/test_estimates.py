"""Rows whose low, best and high estimates are out of order, counted from files and from observed.csv."""

from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import OBSERVED_COLUMNS, CaseFolder

from vedette.case import read_case
from vedette.events import load
from vedette.panel import gather, out_of_order
from vedette.periods import Step, parse

DYAD = "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based"


def test_rows_of_observed_are_counted_up_to_a_period(case_folder: CaseFolder) -> None:
    rows = "".join(
        f"ucdp,2013-0{month},2013-0{month},FO-A,strip,{DYAD},1,1,2,{three}\n"
        for month, three in enumerate(("3,3,3", "4,3,5", "0,3,2", "5,3,1"), start=1)
    )
    case = read_case(case_folder({"observed.csv": f"{OBSERVED_COLUMNS}\n{rows}"}))
    holdings = gather(case)
    assert out_of_order(case, holdings, parse("2013-12", Step.MONTH)) == 3
    assert out_of_order(case, holdings, parse("2013-02", Step.MONTH)) == 1


@pytest.mark.parametrize(("last", "count"), [("2013-12", 2), ("2013-05", 1), ("2013-04", 0)])
def test_events_of_files_are_counted_in_the_country_alone(
    case_folder: CaseFolder, tmp_path: Path, last: str, count: int
) -> None:
    folder = case_folder({"observed.csv": None})
    rows = (
        {"low": 4},
        {"id": 2, "high": 1, "date_start": "2013-06-01", "date_end": "2013-06-01"},
        {"id": 3},
        {"id": 4, "low": 9, "country": "Elsewhere", "country_id": 998},
    )
    load(read_case(folder), [write(tmp_path, "a.csv", ged(*rows))], release="14.1")
    case = read_case(folder)
    assert out_of_order(case, gather(case), parse(last, Step.MONTH)) == count
