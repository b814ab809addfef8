"""Public ids are the same from month to month, unrelated between editions, and no withheld row moves one."""

import json
import stat
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import polars as pl
import pytest
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.spoken import CLAIM_ROWS, NATIONS, claim, spoken

from vedette import commands
from vedette.case import Case, read_case, write_case
from vedette.errors import StorageError
from vedette.evidence import Actors, edition_of, read_ledger
from vedette.files import KEY
from vedette.scenario import read_mechanism

RED = claim("red", "bigland", "funding", "guard", handling="red")


def content(case: Case) -> dict[str, str]:
    """Everything that an edition holds, its tables as text."""
    values = ((each.name, getattr(case, each.name)) for each in fields(case) if each.name != "folder")
    return {
        name: value.write_csv() if isinstance(value, pl.DataFrame) else str(value) for name, value in values
    }


def without(case: Case, claim_id: str) -> Case:
    """The case without one claim."""
    return replace(case, claims=case.claims.filter(pl.col("id") != claim_id))


def said_by(case: Case, claim_id: str, actor: str) -> Case:
    """The case with another actor as that of the speaker of a claim."""
    of = pl.when(pl.col("id") == claim_id).then(pl.lit(actor)).otherwise("speaker_of")
    return replace(case, claims=case.claims.with_columns(speaker_of=of))


@pytest.mark.parametrize("edition", ["public", "partner"])
def test_an_edition_is_the_same_with_and_without_each_claim_that_it_withholds(
    case_folder: CaseFolder, tmp_path: Path, edition: str
) -> None:
    case = read_case(case_folder(seeded.SECRET_FILES))
    whole = edition_of(case, edition)
    withheld = [key for key in case.claims["id"] if key not in whole.public_ids]
    assert len(withheld) >= 3
    for key in withheld:
        assert content(edition_of(without(case, key), edition)) == content(whole), key
    one = write_case(whole, tmp_path / "with")
    other = write_case(edition_of(without(case, withheld[0]), edition), tmp_path / "without")
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name
    assert {path.name for path in one.iterdir()} == {path.name for path in other.iterdir()}


def test_the_edition_stays_the_same_when_the_last_withheld_claim_goes(case_folder: CaseFolder) -> None:
    case = read_case(case_folder(spoken([*CLAIM_ROWS, RED])))
    assert content(edition_of(case)) == content(edition_of(without(case, "red")))


def test_of_the_iraq_case_no_claim_that_is_marked_leaves_a_trace() -> None:
    iraq = read_case("iraq")
    rest = iraq.claims.filter(pl.col("speaker_kind") != "protected")
    for key in rest.gather_every(rest.height // 8)["id"]:
        red = pl.when(pl.col("id") == key).then(pl.lit("red")).otherwise("handling")
        marked = replace(iraq, claims=iraq.claims.with_columns(handling=red))
        assert content(edition_of(marked)) == content(edition_of(without(iraq, key))), key


def test_whoever_of_the_european_states_the_officer_of_the_iraq_case_serves_the_edition_is_the_same() -> None:
    iraq = read_case("iraq")
    whole = content(edition_of(iraq))
    states = [
        key for key in Actors(iraq.actors).members["european-state"] if key in edition_of(iraq).actors["id"]
    ]
    assert len(states) >= iraq.anonymity
    for key in iraq.claims.filter(pl.col("speaker_kind") == "protected")["id"]:
        for state in states[:: max(1, len(states) // iraq.anonymity)]:
            assert content(edition_of(said_by(iraq, key, state))) == whole, (key, state)


def test_whoever_of_the_border_states_a_voice_serves_the_edition_is_the_same(case_folder: CaseFolder) -> None:
    case = read_case(case_folder(seeded.SECRET_FILES))
    whole = content(edition_of(case))
    for what in ("voice id", "second voice id"):
        for nation in (*NATIONS, "border-state"):
            assert content(edition_of(said_by(case, seeded.WORDS[what], nation))) == whole, (what, nation)


def test_ids_stay_from_month_to_month_and_are_others_in_another_edition(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken([*CLAIM_ROWS, RED]))
    first = edition_of(read_case(folder))
    (folder / "claims.csv").write_text(
        spoken([RED, claim("more", "bigland", "weapons", "guard"), *CLAIM_ROWS])["claims.csv"]
    )
    later, partner = edition_of(read_case(folder)), edition_of(read_case(folder), "partner")
    assert {key: later.public_ids[key] for key in first.public_ids} == dict(first.public_ids)
    assert not {*later.public_ids.values()} & {*partner.public_ids.values()}
    assert edition_of(read_case(folder), "internal").public_ids == {}


def test_two_cases_have_other_ids_and_the_key_is_in_no_copy(case_folder: CaseFolder, tmp_path: Path) -> None:
    files = spoken([*CLAIM_ROWS, RED])
    one, other = case_folder(files), case_folder(files, name="other")
    shown = edition_of(read_case(one))
    assert not {*shown.public_ids.values()} & {*edition_of(read_case(other)).public_ids.values()}
    assert stat.S_IMODE((one / KEY).stat().st_mode) == 0o600
    secret = json.loads((one / KEY).read_text())["secret"]
    copies = (shown, edition_of(read_case(one), "internal"), read_case(one))
    for number, copy in enumerate(copies):
        written = write_case(copy, tmp_path / str(number))
        assert all(secret.encode() not in data for data in everything(written))
        assert not (written / KEY).exists()


def everything(folder: Path) -> Iterator[bytes]:
    """The bytes of all files of a folder."""
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_case_without_anything_withheld_keeps_its_ids_and_gets_no_key(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    assert edition_of(read_case(folder)).claims["id"].to_list() == [row["id"] for row in CLAIM_ROWS]
    assert not (folder / KEY).exists()


def test_a_broken_key_is_refused(case_folder: CaseFolder) -> None:
    folder = case_folder({**spoken([*CLAIM_ROWS, RED]), KEY: "no key"})
    with pytest.raises(StorageError, match="expected the secret of the case; found something else"):
        edition_of(read_case(folder))


def test_a_claim_is_left_out_by_the_id_of_the_case_or_of_the_edition(case_folder: CaseFolder) -> None:
    public = edition_of(read_case(case_folder(spoken([*CLAIM_ROWS, RED]))))
    for name in ("c1", public.public_ids["c1"]):
        assert public.public_ids["c1"] not in read_ledger(public, without=[name]).claims["id"]


def test_an_actor_that_no_open_row_names_is_in_no_edition_that_withholds(case_folder: CaseFolder) -> None:
    files = spoken([*CLAIM_ROWS, RED])
    assert "sky-a" not in edition_of(read_case(case_folder(files))).actors["id"]
    assert "sky-a" in edition_of(read_case(case_folder(spoken(), name="plain"))).actors["id"]


def test_a_reader_who_quotes_a_public_id_can_be_answered(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken([*CLAIM_ROWS, RED]))
    public = edition_of(read_case(folder)).public_ids["c2"]
    assert commands.retract(str(folder), public, why="an error of the paper").claim == "c2"
    assert commands.row_of(str(folder), public).name == "c2"
    assert commands.edit(str(folder), public, changes={"note": "seen"}, was={}).name == "c2"


def test_a_mechanism_in_an_edition_cites_by_public_ids() -> None:
    public = edition_of(read_case("iraq"))
    cited = [claim for one in read_mechanism(public).file.assumptions for claim in one.claims]
    assert cited
    assert {*cited} <= {*public.claims["id"]}
    scenarios = read_mechanism(public).scenarios
    assert scenarios["stay"].source in {*public.sources["id"]}
    assert "a04" not in scenarios["iran-steps-in"].source.split()
