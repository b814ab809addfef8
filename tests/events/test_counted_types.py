"""Events that are no violence that the case counts are kept, counted apart and shown, and in no panel."""

from pathlib import Path

import pytest
from support.event_files import acled, ged, write
from support.fourland import CASE_FILES, CaseFolder
from support.running import typed

from vedette.case import Case, read_case
from vedette.errors import CaseError
from vedette.events import load, open_events, summary
from vedette.panel import gather

TYPES = {
    "Battles": "Armed clash",
    "Explosions/Remote violence": "Suicide bomb",
    "Violence against civilians": "Attack",
    "Protests": "Peaceful protest",
    "Riots": "Mob violence",
    "Strategic developments": "Arrests",
}


def rows(*types: str) -> str:
    """An ACLED export with an event of each type, with 4 deaths each."""
    return acled(
        *(
            {"event_id_cnty": f"F{n}", "event_type": word, "sub_event_type": TYPES.get(word, "")}
            for n, word in enumerate(types)
        )
    )


def acled_case(case_folder: CaseFolder, types: str = "") -> Case:
    """Fourland with ACLED as its data set."""
    named = f"dataset: acled\n  types: [{types}]" if types else "dataset: acled"
    lines = str(CASE_FILES["case.yaml"]).replace("dataset: ucdp", named, 1)
    head, _, rest = lines.partition("  partial:")
    kept = rest.split("\n", 1)[1] if rest else ""
    return read_case(case_folder({"case.yaml": head + kept, "observed.csv": None, "totals.csv": None}))


@pytest.mark.parametrize(
    ("types", "counted"),
    [
        ("", {"battles", "explosions/remote violence", "violence against civilians"}),
        ("Battles, Riots", {"battles", "riots"}),
        ("Battles, Mob violence", {"battles", "riots"}),
        ("BATTLES, suicide bomb", {"battles", "explosions/remote violence"}),
        ("Protests", {"protests"}),
    ],
)
def test_only_the_types_that_a_case_names_are_in_its_cells(
    case_folder: CaseFolder, tmp_path: Path, types: str, counted: set[str]
) -> None:
    case = acled_case(case_folder, types)
    load(case, [write(tmp_path, "a.csv", rows(*TYPES))])
    cells = gather(case).cells
    assert set(cells["type"]) == counted
    assert cells["best"].sum() == 4 * len(counted)
    (row,) = summary(case).to_dicts()
    assert (row["events"], row["uncounted"]) == (6, 6 - len(counted))
    assert open_events(case).uncounted(case)["events"].sum() == 6 - len(counted)


def test_types_that_acled_used_until_2018_count_as_those_of_today(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    case = acled_case(case_folder)
    earlier = (
        *("Battle-No change of territory", "Battle-Government regains territory", "Remote violence"),
        *("Violence against civilians", "Riots/Protests", "Strategic development"),
        *("Headquarters or base established", "Non-violent transfer of territory"),
    )
    load(case, [write(tmp_path, "a.csv", rows(*earlier))])
    assert sorted(gather(case).cells["type"]) == [
        *("battles", "explosions/remote violence", "violence against civilians"),
    ]
    assert gather(case).cells["events"].sum() == 4
    assert set(open_events(case).uncounted(case)["type"]) == {"riots/protests", "strategic developments"}


def test_load_and_check_say_how_many_are_not_counted(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = acled_case(case_folder)
    text = rows("Battles", "Protests", "Protests", "Riots") + rows("Agreement").splitlines()[1].replace(
        "F0,2013-05-03", "F9,2013-07-31"
    )
    loaded = load(case, [write(tmp_path, "a.csv", text.replace("Agreement", "Protests") + "\n")])
    said = "4 of 5 events that are no violence that the case counts (3 protests, 1 riots; 16 deaths)"
    assert any(said in str(note) for note in loaded.files[0].notes)
    assert said in typed("check", case.folder).stderr
    assert "uncounted" in typed("events", "summary", case.folder).stdout


def test_a_type_that_acled_does_not_have_is_refused(case_folder: CaseFolder) -> None:
    with pytest.raises(CaseError) as caught:
        acled_case(case_folder, "Battles, Ryots")
    (problem,) = caught.value.problems
    assert (problem.column, problem.found) == ("events.types[1]", "'Ryots'")
    assert "Did you mean 'Riots'?" in problem.cure


def test_ucdp_counts_all_and_says_nothing(case: Case, tmp_path: Path) -> None:
    loaded = load(
        case, [write(tmp_path, "ged141.csv", ged(*({"id": n, "type_of_violence": n} for n in (1, 2, 3))))]
    )
    assert gather(case).cells["events"].sum() == 3
    assert loaded.files[0].notes == ()


def test_the_file_of_the_field(iraq: Case, shared: Path) -> None:
    loaded = load(iraq, [shared / "field" / "F22" / "acled_all_types.csv"])
    assert "16 of 19 events that are no violence" in str(loaded.files[0].notes[0])
    assert open_events(iraq).uncounted(iraq)["events"].to_list() == [8, 8]


def test_a_file_of_another_data_set_says_that_the_case_counts_one(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    case = read_case(case_folder({}))
    loaded = load(case, [write(tmp_path, "a.csv", acled({}))])
    said = "\n".join(str(note) for file in loaded.files for note in file.notes)
    assert f"To count it instead of {case.dataset}, write `dataset: acled`" in said
    assert "a case counts one data set" in said
