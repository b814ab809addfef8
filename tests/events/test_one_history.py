"""Yearly, Candidate and HDX files of UCDP as one history: for each month and country one release counts."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.event_files import Row, ged, write
from support.fourland import CASE_FILES, CaseFolder

from vedette.case import Case, read_case
from vedette.commands import undo
from vedette.events import LowersDeaths, load, open_events, summary
from vedette.panel import gather, panel_on, present
from vedette.periods import Days

HOME, ABROAD = "Fourland", "Elsewhere"


def event(number: int, day: str, best: int = 3, **more: Any) -> Row:
    return {"id": number, "date_start": day, "date_end": day, "best": best, "low": 0, "high": 99, **more}


def put(case: Case, folder: Path, name: str, *rows: Row, **said: Any) -> None:
    load(case, [write(folder, name, ged(*rows))], **said)


def by_month(case: Case, known_on: date | None = None) -> dict[str, int]:
    """Deaths in the country by month."""
    table = open_events(case).table("ucdp", None, known_on).filter(country=HOME)
    months = table.group_by(pl.col("date_start").dt.strftime("%Y-%m").alias("month")).agg(
        pl.col("best").sum()
    )
    return dict(months.sort("month").iter_rows())


def counts(case: Case) -> str:
    (row,) = summary(case).rows(named=True)
    return str(row["counts"])


@dataclass(frozen=True)
class File:
    """A generated file: the months and countries that it covers, and its place in the order."""

    name: str
    text: str
    order: tuple[int, int, int]
    months: frozenset[str]
    countries: frozenset[str]
    rows: tuple[tuple[int, str, str, int], ...]
    """Id, country, month and deaths of each event."""


def label(month: int) -> str:
    return f"20{month // 12:02d}-{month % 12 + 1:02d}"


def generated(rng: random.Random, ids: dict[tuple[str, str, int], int], yearly: bool) -> File:
    """A yearly file of two years, or a Candidate file of some months, of one country or two."""
    countries = frozenset(rng.choice([(HOME,), (HOME, ABROAD), (HOME, ABROAD), (ABROAD,)]))
    first = 12 * 23 + rng.randrange(18)
    if yearly:
        year = first // 12
        months = range(12 * (year - 1), 12 * year + 12)
        name, order, needed = f"GEDEvent_v{year + 1}_1.csv", (1, year, 0), {months[0], months[-1]}
    else:
        last = first + rng.choice([0, 0, 2, 5])
        months = range(first, last + 1)
        (a, b), (c, d) = divmod(first, 12), divmod(last, 12)
        several = f"{a}_{b + 1:02d}_{c}_{d + 1:02d}"
        name = f"GEDEvent_v{several if last > first else f'{a}_0_{b + 1}'}.csv"
        order, needed = (0, last, last - first), {rng.choice(months)}
    rows = []
    for country in sorted(countries):
        for month in months:
            for slot in range(2):
                if rng.random() < 0.4 or (month in needed and slot == 0):
                    number = ids.setdefault((country, label(month), slot), len(ids) + 1)
                    rows.append((number, country, label(month), rng.randrange(9)))
    lines = [
        event(n, f"{month}-1{n % 9}", best, country=country, country_id=999 if country == HOME else 700)
        for n, country, month, best in rows
    ]
    return File(name, ged(*lines), order, frozenset(map(label, months)), countries, tuple(rows))


def reckoned(files: Sequence[File]) -> dict[str, int]:
    """Deaths by month at home: of the first file, in the order, that covers the month and the country."""
    deaths: Counter[str] = Counter()
    for month in {month for file in files for month in file.months}:
        over = [file for file in files if month in file.months and HOME in file.countries]
        if over:
            first = max(over, key=lambda file: file.order)
            deaths[month] = sum(best for _, c, m, best in first.rows if (c, m) == (HOME, month))
    return dict(deaths)


@pytest.mark.parametrize("seed", range(3))
def test_each_month_is_that_of_the_file_that_counts_in_whatever_order_files_come(
    case_folder: CaseFolder, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    ids: dict[tuple[str, str, int], int] = {}
    drawn = {
        file.name: file
        for file in (generated(rng, ids, yearly) for yearly in (True, False, False, True, False))
    }
    files = [file for file in drawn.values() if any(HOME in row for row in file.rows)]
    for turn in range(2):
        case = read_case(case_folder({"observed.csv": None}, name=f"turn-{turn}"))
        published = dict(zip(rng.sample(sorted(drawn), len(drawn)), PUBLISHED, strict=False)) if turn else {}
        for file in rng.sample(files, len(files)):
            load(case, [write(tmp_path, file.name, file.text)], published=published.get(file.name))
        _assert_reckoned(case, files, None)
        if published:
            day = sorted(published[file.name] for file in files)[len(files) // 2]
            by_then = [file for file in files if published[file.name] <= day]
            _assert_reckoned(case, by_then, day)


PUBLISHED = tuple(date(2027, month, 15) for month in range(1, 7))
"""Days after all events of the generated files."""


def _assert_reckoned(case: Case, files: Sequence[File], day: date | None) -> None:
    """Deaths by month and the months that count are those of some files; no event stands twice."""
    expected, found = reckoned(files), by_month(case, day)
    assert {month: found.get(month, 0) for month in expected} == expected
    assert set(found) <= set(expected)
    counting = open_events(case).counting("ucdp", case.country, day)
    assert {m for m in expected for each in counting if _covers(each.days, m)} == set(expected)
    assert sum(_months(each.days) for each in counting) == len(expected)
    assert open_events(case).table("ucdp", None, day)["source_id"].is_unique().all()


def _months(days: Days) -> int:
    return 12 * (days.last.year - days.first.year) + days.last.month - days.first.month + 1


def _covers(days: Days, month: str) -> bool:
    return bool(days.first <= date.fromisoformat(f"{month}-01") <= days.last)


def monthly(case: Case, folder: Path) -> None:
    """GED 25.1 and three Candidates, each with the day of its publication."""
    put(
        case,
        folder,
        "ged251.csv",
        event(1, "2023-03-05"),
        event(2, "2024-11-05", 7),
        published=date(2025, 6, 12),
    )
    for month, best in ((1, 10), (2, 20), (3, 30)):
        row = event(month + 10, f"2025-{month:02d}-03", best)
        put(case, folder, f"GEDEvent_v25_0_{month}.csv", row, published=date(2025, 6 + month, 20))


@pytest.fixture
def ucdp(case_folder: CaseFolder) -> Case:
    """The made-up case from 2000 on, without observed.csv and a partial file."""
    yaml = str(CASE_FILES["case.yaml"]).replace("start: 2012-01-01", "start: 2000-01-01")
    yaml = yaml.replace("  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}\n", "")
    yaml = yaml.replace("as_of: 2014-12-31\n", "")
    return read_case(case_folder({"case.yaml": yaml, "observed.csv": None}))


def test_yearly_and_candidate_files_are_one_history(ucdp: Case, tmp_path: Path) -> None:
    monthly(ucdp, tmp_path)
    assert by_month(ucdp) == {"2023-03": 3, "2024-11": 7, "2025-01": 10, "2025-02": 20, "2025-03": 30}
    assert counts(ucdp) == (
        "UCDP GED 25.1 from 2023-01 to 2024-12; "
        "UCDP Candidate 25.0.1-25.0.3 from 2025-01 to 2025-03, preliminary"
    )
    holdings = gather(ucdp)
    assert list(map(str, holdings.covers)) == ["2023-01..2025-03"]
    assert present(holdings.cells, ucdp, holdings.step, holdings.covers) == date(2025, 3, 31)
    assert holdings.releases_to(date(2025, 3, 31)) == (
        "UCDP GED 25.1 to 2024-12, then UCDP Candidate 25.0.1-25.0.3, preliminary"
    )
    assert holdings.releases_to(date(2024, 6, 30)) == "UCDP GED 25.1"


def test_the_next_yearly_release_replaces_the_candidates_and_can_be_taken_back(
    ucdp: Case, tmp_path: Path
) -> None:
    monthly(ucdp, tmp_path)
    before = by_month(ucdp)
    rows = (event(2, "2024-11-05", 7), event(11, "2025-01-03", 4), event(99, "2025-12-30", 1))
    with pytest.raises(LowersDeaths, match=r"in 3 months \(ucdp 2025-01: 10 to 4; ucdp 2025-02: 20 to 0"):
        put(ucdp, tmp_path, "ged261.csv", *rows, agree=lambda months: False)
    assert by_month(ucdp) == before
    put(ucdp, tmp_path, "ged261.csv", *rows, published=date(2026, 6, 10))
    after = {"2023-03": 3, "2024-11": 7, "2025-01": 4, "2025-12": 1}
    assert by_month(ucdp) == after
    assert counts(ucdp) == "UCDP GED 25.1 from 2023-01 to 2023-12; UCDP GED 26.1 from 2024-01 to 2025-12"
    for day, known in (
        (date(2025, 7, 31), {"2023-03": 3, "2024-11": 7, "2025-01": 10}),
        (date(2026, 6, 9), before),
        (date(2026, 6, 10), after),
        (date(2018, 1, 1), {"2023-03": 3, "2024-11": 7}),  # before any release: the first stands in
    ):
        assert by_month(ucdp, day) == known
    as_of = gather(ucdp, known_on=date(2025, 7, 31))
    assert list(map(str, as_of.covers)) == ["2023-01..2025-01"]
    assert as_of.releases_to(date(2025, 7, 31)).endswith("then UCDP Candidate 25.0.1, preliminary")
    undo(str(ucdp.folder))
    assert by_month(read_case(ucdp.folder)) == before


def test_a_file_of_unknown_publication_replaces_nothing_before_it_was_loaded(
    ucdp: Case, tmp_path: Path
) -> None:
    put(
        ucdp,
        tmp_path,
        "ged241.csv",
        event(1, "2022-03-05"),
        event(2, "2023-12-05", 7),
        published=date(2024, 6, 1),
    )
    put(ucdp, tmp_path, "ged251.csv", event(2, "2023-12-05", 8), event(3, "2024-12-05", 9))
    assert by_month(ucdp, date(2024, 12, 31)) == {"2022-03": 3, "2023-12": 7, "2024-12": 9}
    assert by_month(ucdp) == {"2022-03": 3, "2023-12": 8, "2024-12": 9}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_a_month_and_a_quarter_the_later_issued_counts(
    ucdp: Case, tmp_path: Path, order: tuple[int, ...]
) -> None:
    files = (
        ("GEDEvent_v25_0_3.csv", (event(3, "2025-03-05", 3), event(4, "2025-03-06", 4))),
        ("GEDEvent_v25_01_25_03.csv", (event(1, "2025-01-05", 1), event(4, "2025-03-06", 40))),
        ("GEDEvent_v25_0_4.csv", (event(5, "2025-03-31", 5, date_end="2025-04-02"),)),
    )
    for number in order:
        put(ucdp, tmp_path, files[number][0], *files[number][1])
    assert by_month(ucdp) == {"2025-01": 1, "2025-03": 45}
    assert counts(ucdp) == "UCDP Candidate 25.01.25.03-25.0.4 from 2025-01 to 2025-04, preliminary"


def test_an_event_over_two_months_goes_when_files_for_both_replace_it(ucdp: Case, tmp_path: Path) -> None:
    long = event(1, "2025-01-31", 9, date_end="2025-02-01")
    put(ucdp, tmp_path, "GEDEvent_v25_01_25_02.csv", long, event(2, "2025-01-03"), release="24.0.11")
    put(ucdp, tmp_path, "GEDEvent_v25_0_1.csv", event(2, "2025-01-03"))
    assert by_month(ucdp)["2025-01"] == 12
    put(ucdp, tmp_path, "GEDEvent_v25_0_2.csv", event(3, "2025-02-03"))
    assert by_month(ucdp) == {"2025-01": 3, "2025-02": 3}


def test_candidates_after_a_gap_wait_for_the_month_between(ucdp: Case, tmp_path: Path) -> None:
    put(ucdp, tmp_path, "ged251.csv", event(1, "2024-03-05"), event(2, "2024-12-05", 7))
    for month in (1, 3, 4):
        put(ucdp, tmp_path, f"GEDEvent_v25_0_{month}.csv", event(month + 10, f"2025-{month:02d}-03"))
    holdings = gather(ucdp)
    assert list(map(str, holdings.covers)) == ["2024-01..2025-01"]
    assert counts(ucdp).endswith(
        "; UCDP Candidate 25.0.3-25.0.4 from 2025-03 to 2025-04 is not counted, since no file covers 2025-02"
    )
    put(ucdp, tmp_path, "GEDEvent_v25_0_2.csv", event(12, "2025-02-03"))
    assert list(map(str, gather(ucdp).covers)) == ["2024-01..2025-04"]


def test_a_guessed_release_ends_with_its_last_event_and_says_so(ucdp: Case, tmp_path: Path) -> None:
    rows = (event(1, "2016-03-05"), event(2, "2018-06-05", 7))
    path = write(tmp_path, "conflict_data.csv", ged(*rows))
    (file,) = load(ucdp, [path]).files
    assert (file.release, file.guessed, file.covers) == ("19.1", True, ("2016-01..2018-06",))
    (note,) = [note for note in file.notes if "--covers" in note.cure]
    assert "from which release 19.1 is guessed" in note.found
    assert "conflict_data.csv --covers 2018-07..2018-12, or name its release" in note.cure
    panel = panel_on(gather(ucdp), ucdp, date(2020, 1, 1), 1)
    assert panel.grid.span.labels()[-1] == "2018-06"
    (file,) = load(ucdp, [path], release="19.1").files
    assert (file.guessed, file.covers, file.notes[-1:]) == (False, ("2016-01..2018-12",), file.notes[-1:])
    assert not any("guessed" in note.found for note in file.notes)


def test_what_the_user_says_beats_the_guess(ucdp: Case, tmp_path: Path) -> None:
    path = write(tmp_path, "conflict_data.csv", ged(event(1, "2016-03-05"), event(2, "2018-06-05", 7)))
    load(ucdp, [path])
    (file,) = load(read_case(ucdp.folder), [Path("conflict_data.csv")], covers=["2018-07..2018-12"]).files
    assert file.covers == ("2016-01..2018-12",)
    assert not any("guessed" in note.found for note in file.notes)
