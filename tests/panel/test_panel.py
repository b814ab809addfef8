from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.event_files import acled
from support.fourland import OBSERVED_COLUMNS, CaseFolder

from vedette.case import Case, read_case
from vedette.errors import DataError
from vedette.events import load
from vedette.panel import (
    MEASURES,
    REMAINDER,
    Panel,
    expected_deaths,
    gather,
    make_panel,
    other_datasets,
    present,
)
from vedette.periods import Step

DYADS = (
    "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based",
    "300,Rebel Front - Home Guard,20,Rebel Front,30,Home Guard,non-state",
    "400,Clan East - Clan West,41,Clan East,42,Clan West,non-state",
)
PLACES = ("FO-A,", "FO-A,strip", "FO-A,?", "FO-B,", "FO-C,?", ",?", "?Atlantis,?")


def folder_of(case_folder: CaseFolder, rows: list[str], name: str = "made", **files: str | None) -> Path:
    return case_folder({"observed.csv": "\n".join([OBSERVED_COLUMNS, *rows]) + "\n", **files}, name=name)


def panel_of(folder: Path, as_of: date, seed: int = 1, draws: int = 50) -> tuple[Case, Panel]:
    case = read_case(folder)
    return case, make_panel(gather(case).cells, case, as_of, Step.MONTH, seed, draws)


def test_an_exact_event_stands_where_it_was_in_every_draw(case_folder: CaseFolder) -> None:
    folder = folder_of(case_folder, [f"ucdp,2013-03,2013-03,FO-A,strip,{DYADS[0]},1,1,2,3,5,8"])
    case, panel = panel_of(folder, date(2013, 12, 31))
    deaths = panel.series("best", panel.grid.places)
    places, strata = [name for name, _ in panel.grid.places], panel.grid.strata
    assert (
        deaths[:, panel.grid.span.labels().index("2013-03"), places.index("FO-A"), strata.index("rebels")]
        == 5
    ).all()
    assert (deaths.sum(axis=(1, 2, 3)) == 5).all()
    strip = panel.series("best", panel.grid.regions(case))[:, :, 0]
    assert (strip.sum(axis=(1, 2)) == 5).all()


def test_an_event_known_to_its_province_stays_in_it_and_follows_precise_ones(case_folder: CaseFolder) -> None:
    exact = f"ucdp,2013-02,2013-02,FO-A,strip,{DYADS[0]},1,1,30,30,30,30"
    loose = f"ucdp,2013-03,2013-03,FO-A,?,{DYADS[0]},1,4,1,1,7,9"
    case, panel = panel_of(folder_of(case_folder, [exact, loose]), date(2013, 12, 31), draws=400)
    march = panel.grid.span.labels().index("2013-03")
    everywhere = panel.series("best", panel.grid.places)[:, march].sum(axis=2)
    places = [name for name, _ in panel.grid.places]
    assert (everywhere[:, places.index("FO-A")] == 7).all()
    strip = panel.series("best", panel.grid.regions(case))[:, march, 0].sum(axis=1)
    assert set(strip.tolist()) <= {0, 7}
    assert (strip == 7).mean() > 0.9


def test_an_event_spread_over_months_is_in_one_of_them_in_each_draw(case_folder: CaseFolder) -> None:
    loose = f"ucdp,2013-03,2013-05,FO-B,,{DYADS[0]},5,1,2,4,6,8"
    _, panel = panel_of(folder_of(case_folder, [loose]), date(2013, 12, 31), draws=300)
    months = panel.series("events", panel.grid.everywhere).sum(axis=(2, 3))
    window = [panel.grid.span.labels().index(month) for month in ("2013-03", "2013-04", "2013-05")]
    assert (months[:, window].sum(axis=1) == 2).all()
    assert (months[:, window].max(axis=0) > 0).all()
    assert (months.sum(axis=1) == 2).all()


def test_what_has_no_home_is_counted_with_its_reason(case_folder: CaseFolder) -> None:
    rows = [
        f"ucdp,2011-03,2011-03,FO-A,,{DYADS[0]},1,1,1,1,1,1",
        f"ucdp,2013-03,2013-03,?Atlantis,?,{DYADS[0]},1,1,2,3,4,5",
        f"ucdp,2013-03,2013-03,FO-A,,{DYADS[0]},1,1,1,1,1,1",
    ]
    _, panel = panel_of(folder_of(case_folder, rows), date(2013, 12, 31))
    fates = dict(panel.accounts.group_by("fate").agg(pl.col("events").sum()).iter_rows())
    assert fates == {"before the first period": 1, "in no place": 2, "placed": 1}
    assert [name for name, _ in panel.grid.places] == ["FO-A", "FO-B", "FO-C", "FO-D", "in no place"]
    by_place = panel.series("best", panel.grid.places).sum(axis=(1, 3))
    assert by_place.tolist() == [[1, 0, 0, 0, 4]] * 50
    assert (panel.series("best", panel.grid.everywhere).sum(axis=(1, 2, 3)) == 5).all()


@st.composite
def cell_rows(draw: st.DrawFn) -> list[str]:
    """Distinct cells of 2011-2014, precise and not, in and out of the case."""
    keys = draw(
        st.lists(
            st.tuples(
                st.integers(0, 40), st.integers(0, 14), st.sampled_from(PLACES), st.sampled_from(DYADS)
            ),
            min_size=1,
            max_size=25,
            unique=True,
        )
    )
    rows = [f"ucdp,2014-12,2014-12,FO-D,,{DYADS[2]},1,1,1,1,1,1"]
    for start, length, place, dyad in keys:
        months = [f"{2011 + m // 12}-{m % 12 + 1:02d}" for m in (start, start + length)]
        events, low = draw(st.integers(1, 5)), draw(st.integers(0, 9))
        best = low + draw(st.integers(0, 9))
        rows.append(f"ucdp,{months[0]},{months[1]},{place},{dyad},1,1,{events},{low},{best},{best + 3}")
    return rows


@given(rows=cell_rows(), seed=st.integers(0, 9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_whatever_the_cells(
    rows: list[str], seed: int, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    folder = tmp_path_factory.mktemp("case") / "made"
    write = request.getfixturevalue("case_folder")
    made = write({"observed.csv": "\n".join([OBSERVED_COLUMNS, *rows]) + "\n"}, name=folder.parent.name)
    case = read_case(made)
    held = gather(case).cells
    panel = make_panel(held, case, date(2014, 12, 31), Step.MONTH, seed, 7)
    for measure in MEASURES:
        total = panel.series(measure, panel.grid.everywhere).sum(axis=(1, 2, 3))
        left = panel.accounts.filter(pl.col("fate").is_in(REMAINDER))[measure].sum()
        known = held.filter(pl.col("last") <= panel.grid.span.last)[measure].sum()
        assert (total + left == known).all()
        by_place = panel.series(measure, panel.grid.places).sum(axis=(1, 2, 3))
        assert (by_place == total).all()
    low, best, high = (panel.series(m, panel.grid.places) for m in ("low", "best", "high"))
    assert (low <= best).all()
    assert (best <= high).all()


def test_partial_months_equal_the_totals_in_every_draw_and_hold_the_subset(case_folder: CaseFolder) -> None:
    folder = case_folder()
    observed = (folder / "observed.csv").read_text()
    subset = f"ucdp-ged-precise,2015-02,2015-02,FO-C,,{DYADS[1]},1,2,3,9,9,9"
    (folder / "observed.csv").write_text(observed + subset + "\n")
    _, panel = panel_of(folder, date(2015, 6, 30))
    labels, deaths = panel.grid.span.labels(), panel.series("best", panel.grid.places)
    totals = {f"2015-{month:02d}": 20 + month for month in range(1, 7)}
    for month, total in totals.items():
        assert (deaths[:, labels.index(month)].sum(axis=(1, 2)) == total).all()
    assert [label for label, e in zip(labels, panel.estimated, strict=True) if e] == list(totals)
    places = [name for name, _ in panel.grid.places]
    assert (deaths[:, labels.index("2015-02"), places.index("FO-C")].sum(axis=1) >= 9).all()
    rows = (
        panel.accounts.filter(dataset="ucdp-ged-precise")
        .select("year", "stratum", "fate", "events", "best")
        .rows()
    )
    assert rows == [(2015, "militias", "placed", 3, 9)]


def test_the_panel_ends_where_the_totals_end_or_the_as_of_day_lies(case_folder: CaseFolder) -> None:
    folder = case_folder()
    subset = f"ucdp-ged-precise,2015-02,2015-02,FO-C,,{DYADS[1]},1,2,1,9,9,9"
    (folder / "observed.csv").write_text((folder / "observed.csv").read_text() + subset + "\n")
    for as_of, last in (
        (date(2016, 5, 3), "2015-06"),
        (date(2015, 4, 29), "2015-03"),
        (date(2013, 7, 31), "2013-07"),
    ):
        assert panel_of(folder, as_of)[1].grid.span.labels()[-1] == last
    case = read_case(folder)
    assert present(gather(case).cells, case, Step.MONTH) == date(2015, 6, 30)


def test_later_rows_do_not_move_an_earlier_panel(case_folder: CaseFolder) -> None:
    early = [f"ucdp,2013-{m:02d},2013-{m + 1:02d},,?,{DYADS[0]},4,6,{m},1,2,3" for m in range(1, 10)] + [
        f"ucdp,2013-{m:02d},2013-{m:02d},FO-B,,{DYADS[0]},1,1,{m},1,2,3" for m in range(1, 10)
    ]
    late = [f"ucdp,2014-{m:02d},2014-{m:02d},FO-A,,{DYADS[1]},1,1,{9 * m},50,60,70" for m in range(1, 10)]
    one = panel_of(folder_of(case_folder, early + late, "one"), date(2013, 12, 31))[1]
    two = panel_of(folder_of(case_folder, early + late[:1], "two"), date(2013, 12, 31))[1]
    assert np.array_equal(one.series("best", one.grid.places), two.series("best", two.grid.places))
    assert one.accounts.equals(two.accounts)


def test_the_same_seed_gives_the_same_panel_and_another_seed_another(case_folder: CaseFolder) -> None:
    folder = case_folder()
    first, again, other = (panel_of(folder, date(2014, 12, 31), seed)[1] for seed in (1, 1, 2))
    assert np.array_equal(first.spread.cell, again.spread.cell)
    assert not np.array_equal(first.spread.cell, other.spread.cell)


def test_a_case_without_events_says_how_to_get_them(case_folder: CaseFolder) -> None:
    case = read_case(case_folder({"observed.csv": None}))
    with pytest.raises(
        DataError, match=r"has no events to count by month\. Load the event files with: vedette events load"
    ):
        gather(case)


def test_files_of_another_data_set_than_the_one_counted_are_named(case_folder: CaseFolder) -> None:
    folder = case_folder({"observed.csv": None})
    (folder.parent / "protests.csv").write_text(acled({"event_date": "2014-06-01"}))
    loaded = load(read_case(folder), [folder.parent / "protests.csv"])
    assert any("counts" in note.expected and note.found == "acled" for note in loaded.files[0].notes)
    with pytest.raises(DataError, match="counts ucdp, and its event files hold acled"):
        gather(read_case(folder))
    (warning,) = other_datasets(read_case(folder))
    assert (warning.found, warning.cure) == ("ucdp", "Write `dataset: acled`, or load files of ucdp.")


def test_a_gap_between_the_complete_and_the_partial_file_is_not_filled_with_zeros(
    case_folder: CaseFolder,
) -> None:
    rows = [f"ucdp,2013-03,2013-03,FO-A,,{DYADS[0]},1,1,1,1,1,1"]
    _, panel = panel_of(folder_of(case_folder, rows), date(2015, 6, 30))
    assert panel.grid.span.labels()[-1] == "2013-12"


def test_data_that_end_before_the_case_begins_are_told(case_folder: CaseFolder) -> None:
    rows = [f"ucdp,2011-03,2011-03,FO-A,,{DYADS[0]},1,1,1,1,1,1"]
    with pytest.raises(DataError, match=r"counts from 2012-01 and its data end with 2011-12\. Choose"):
        panel_of(folder_of(case_folder, rows), date(2015, 6, 30))


def test_weeks_need_event_files(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    with pytest.raises(DataError, match="has no events to count by week"):
        gather(case, Step.WEEK)


def test_partial_rows_beyond_the_totals_or_within_the_complete_file_are_in_the_remainder(
    case_folder: CaseFolder,
) -> None:
    folder = case_folder({"totals.csv": "period,deaths,source\n2015-01,30,totals\n"})
    rows = [
        f"ucdp-ged-precise,{m},{m},FO-C,,{DYADS[1]},1,2,1,4,5,6" for m in ("2014-06", "2015-01", "2015-02")
    ]
    (folder / "observed.csv").write_text((folder / "observed.csv").read_text() + "\n".join(rows) + "\n")
    _, panel = panel_of(folder, date(2015, 12, 31))
    assert panel.grid.span.labels()[-1] == "2015-01"
    fates = (
        panel.accounts.filter(dataset="ucdp-ged-precise")
        .sort("year", "fate")
        .select("year", "fate", "best")
        .rows()
    )
    assert fates == [
        (2014, "covered by the complete file", 5),
        (2015, "after the last period that can be counted", 5),
        (2015, "placed", 5),
    ]


def test_expected_deaths_are_the_mean_of_all_datings_whatever_the_seed(case_folder: CaseFolder) -> None:
    exact = f"ucdp,2013-02,2013-02,FO-A,strip,{DYADS[0]},1,1,30,30,30,30"
    loose = f"ucdp,2013-05,2013-06,FO-A,strip,{DYADS[0]},4,1,1,1,80,90"
    folder = folder_of(case_folder, [exact, loose])
    one, two = (panel_of(folder, date(2013, 12, 31), seed, draws=400)[1] for seed in (1, 2))
    found = expected_deaths(one)
    assert found.tolist() == expected_deaths(two).tolist()
    first = one.grid.span.labels().index("2013-05")
    assert found[first : first + 2] == pytest.approx([40, 40])
    assert found.sum() == pytest.approx(110)
    draws = one.series("best", one.grid.everywhere).sum(axis=(2, 3))
    assert set(draws[:, first].tolist()) == {0, 80}
