"""An edition holds no secret, and a protected voice stays one of many."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

import polars as pl
import pytest
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.spoken import ACTOR_ROWS, CLAIM_ROWS, NATIONS, Cells, claim, spoken

from vedette.case import Case, read_case, write_case
from vedette.case.schema.relations import RELATIONS
from vedette.errors import UsageError
from vedette.evidence import Actors, edition_of, read_ledger
from vedette.evidence.anonymity import PRESENT, WHO
from vedette.files import KEY

_numbers = count(1)
_SHOWN: list[Cells] = [{**row, "gw": row["id"]} if row["id"] in NATIONS else row for row in ACTOR_ROWS]
"""The actors of Fourland, its nations on a public list."""


def text_of(case: Case, folder: Path) -> str:
    """Everything that an edition holds, as the bytes of its folder."""
    written = write_case(case, folder)
    return "\n".join(
        f"{path.name}\n{path.read_bytes().decode('utf-8')}" for path in sorted(written.rglob("*.*"))
    )


def test_the_seeded_case_holds_every_secret(case_folder: CaseFolder) -> None:
    folder = case_folder(seeded.SECRET_FILES)
    whole = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert [word for word in seeded.secrets() if word not in whole] == []


def test_the_public_edition_holds_none(case_folder: CaseFolder, tmp_path: Path) -> None:
    whole = read_case(case_folder(seeded.SECRET_FILES))
    shown = text_of(edition_of(whole, "public"), tmp_path / "public")
    found = [
        f"{what}: {form}"
        for what, word in [*seeded.WORDS.items(), *((date, date) for date in seeded.DATES.values())]
        for form in seeded.escaped(word)
        if form in shown
    ]
    assert found == []
    assert not any(figure in shown for figure in seeded.FIGURES)


def test_the_internal_edition_holds_all_rows(case_folder: CaseFolder) -> None:
    whole = read_case(case_folder(seeded.SECRET_FILES))
    inner = edition_of(whole, "internal")
    for name in ("claims", "actors", "sources", "sites", "posture", "timeline", "forces"):
        assert getattr(inner, name).height == getattr(whole, name).height, name


def test_an_edition_knows_whether_it_withholds_anything(case_folder: CaseFolder) -> None:
    secret = read_case(case_folder(seeded.SECRET_FILES))
    plain = read_case(case_folder(name="plain"))
    for edition, withheld in (("public", True), ("partner", True), ("internal", False)):
        cut = edition_of(secret, edition)
        assert cut.withheld == withheld
        assert cut.shows("") == (not withheld)
        assert cut.shows("red") == (edition == "internal")
        assert cut.shows("clear")
    assert not edition_of(plain).withheld
    assert plain.shows("red")


def test_the_partner_edition_has_what_is_amber_and_no_voice(case_folder: CaseFolder) -> None:
    partner = edition_of(read_case(case_folder(seeded.SECRET_FILES)), "partner")
    kept = set(partner.public_ids)
    assert {seeded.WORDS["amber id"], seeded.WORDS["from amber id"]} <= kept
    assert not {seeded.WORDS[what] for what in ("closed source id", "red id", "about red id")} & kept


@pytest.mark.parametrize(
    ("handling", "allowed"),
    [
        ("clear", {"clear"}),
        ("green", {"clear", "green"}),
        ("amber", {"clear", "green", "amber"}),
        ("amber+strict", {"clear", "green", "amber", "amber+strict"}),
        ("red", {"clear", "green", "amber", "amber+strict", "red"}),
    ],
)
def test_markings_are_ordered(case_folder: CaseFolder, handling: str, allowed: set[str]) -> None:
    marks = ("", "clear", "green", "amber", "amber+strict", "red")
    rows = [claim(f"c-{mark or 'none'}", "bigland", "training", "guard", handling=mark) for mark in marks]
    files = dict(spoken(rows))
    files["forces.csv"] = "force,status\nguard,state\n"
    files["case.yaml"] = files["case.yaml"].replace("handling: clear}", f"handling: {handling}}}")
    kept = edition_of(read_case(case_folder(files)))
    shown = {key for key in kept.public_ids if key.startswith("c-")} or set(kept.claims["id"])
    assert {key.removeprefix("c-") for key in shown} == allowed | {"none"}
    assert kept.claims.height == len(allowed) + 1


def test_an_unknown_edition_is_refused(case_folder: CaseFolder) -> None:
    with pytest.raises(UsageError, match="has no edition 'press'; choose one of: public, partner, internal"):
        edition_of(read_case(case_folder(spoken())), "press")


def test_a_voice_keeps_what_it_says_and_loses_who_where_and_when(case_folder: CaseFolder) -> None:
    public = edition_of(read_case(case_folder(seeded.SECRET_FILES)))
    voices = public.claims.filter(pl.col("speaker_kind") == "protected")
    assert all(re.fullmatch("p-[a-z2-7]{12}", key) for key in voices["id"])
    said = voices.filter(pl.col("relation") == "command").row(0, named=True)
    assert (said["subject"], said["object"], said["hedge"]) == ("state", "brigades", "documented")
    assert said["speaker"] == f"{WHO} of: a border state"
    assert said["statement"] == "Government of Fourland commands Party Brigades"
    assert (said["place"], said["from"], said["to"], said["said"], said["note"]) == ("", "", "", "", "")
    assert (said["low"], said["high"], said["unit"], said["origin"]) == (None, None, "", "")


def test_claims_of_one_origin_stay_so_under_another_name(case_folder: CaseFolder) -> None:
    rows = [claim(f"o{n}", "bigland", "materiel", "guard", origin=name) for n, name in enumerate("xxy")]
    files = spoken([*CLAIM_ROWS, *rows, claim("red", "bigland", "funding", "guard", handling="red")])
    origins = edition_of(read_case(case_folder(files))).claims.tail(3)["origin"].to_list()
    assert origins[0] == origins[1] != origins[2]
    assert all(re.fullmatch("p-[a-z2-7]{12}", origin) for origin in origins)


def attacked(public: Case) -> list[int]:
    """How many actors each protected claim leaves to somebody who crosses it with all that is open.

    The attacker reads the edition alone: who belongs to the class, and whom open claims show at the place in
    the years that the claim still names.
    """
    claims, classes = public.claims, dict[str, set[str]]()
    for key, groups in public.actors.select("id", "groups").iter_rows():
        for group in filter(None, groups.split(";")):
            classes.setdefault(group, set()).add(key)
    everybody = set(public.actors.filter(pl.col("kind") != "class")["id"])
    words = [word for word, relation in RELATIONS.items() if relation.kind.value in PRESENT]
    open_ = claims.filter(pl.col("speaker_kind") != "protected", pl.col("relation").is_in(words))
    within = dict(public.sites.select("id", "place").iter_rows())
    left = []
    for row in claims.filter(pl.col("speaker_kind") == "protected").iter_rows(named=True):
        fits = classes.get(row["speaker_of"], {row["speaker_of"]}) if row["speaker_of"] else everybody
        if row["place"] or row["from"] or row["to"]:
            seen = set()
            for one in open_.iter_rows(named=True):
                where = {one["place"], one["object"]} | {within.get(one["place"]), within.get(one["object"])}
                before = row["to"] and one["from"] and one["from"][:4] > row["to"]
                after = row["from"] and one["to"] and one["to"][:4] < row["from"]
                if (not row["place"] or row["place"] in where) and not before and not after:
                    seen.add(one["subject"])
            fits = fits & seen
        left.append(len(fits & everybody))
    return left


def test_an_attacker_who_crosses_dates_place_and_nation_finds_at_least_k(case_folder: CaseFolder) -> None:
    public = edition_of(read_case(case_folder(seeded.SECRET_FILES)))
    left = attacked(public)
    assert len(left) == 2
    assert min(left) >= public.anonymity


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("place", ["fort", "gate", "FO-A", "FO-D", ""])
@pytest.mark.parametrize("year", ["2012", "2013", ""])
def test_no_nation_place_and_year_narrow_a_voice_down(
    case_folder: CaseFolder, nation: str, place: str, year: str
) -> None:
    rows = [row for row in seeded.CLAIMS if row["id"].startswith(("c", "seen", "early", "eland"))]
    voice = claim(
        "voice",
        "state",
        "command",
        "brigades",
        speaker="an officer",
        speaker_kind="protected",
        speaker_of=nation,
        place=place,
        from_=year,
        to=year,
    )
    public = edition_of(read_case(case_folder(spoken([*rows, voice]))))
    assert all(left >= 5 for left in attacked(public))
    assert "an officer" not in str(public.claims.to_dicts())


def test_a_class_of_too_few_lets_nothing_but_the_speaker_go(case_folder: CaseFolder) -> None:
    files = dict(
        spoken(
            [
                claim(
                    "voice",
                    "state",
                    "command",
                    "brigades",
                    speaker="an officer",
                    speaker_kind="protected",
                    speaker_of="aland",
                )
            ]
        )
    )
    files["forces.csv"] = "force,status\nguard,state\n"
    files["case.yaml"] = files["case.yaml"].replace("anonymity: 5", "anonymity: 90")
    public = edition_of(read_case(case_folder(files)))
    assert public.claims.is_empty()


def test_an_edition_of_an_edition_is_the_same(case_folder: CaseFolder, tmp_path: Path) -> None:
    public = edition_of(read_case(case_folder(seeded.SECRET_FILES)))
    again = edition_of(read_case(write_case(public, tmp_path / "public")))
    assert again.claims.to_dicts() == public.claims.to_dicts()
    assert again.actors.to_dicts() == public.actors.to_dicts()


def test_beliefs_of_an_edition_rest_on_what_it_holds(case_folder: CaseFolder) -> None:
    whole = read_case(case_folder(seeded.SECRET_FILES))
    public = read_ledger(edition_of(whole))
    assert public.of_tie("bigland", "weapons", seeded.WORDS["whispered actor"]).is_empty()
    assert not read_ledger(whole).of_tie("bigland", "weapons", seeded.WORDS["whispered actor"]).is_empty()


@pytest.mark.parametrize("edition", [each.id for each in read_case("iraq").editions])
def test_the_officer_of_the_iraq_case_is_never_narrower_than_a_european_state(
    edition: str, tmp_path: Path
) -> None:
    cut = edition_of(read_case("iraq"), edition)
    nations = set(cut.actors.filter(pl.col("groups").str.split(";").list.contains("european-state"))["id"])
    voices = cut.claims.filter(pl.col("speaker_kind") == "protected")
    assert voices.height > 0
    assert set(voices["speaker_of"]) == {"european-state"}
    assert len(nations) >= cut.anonymity
    assert set(voices["place"]) == {""}
    if edition != "internal":
        assert min(attacked(cut)) >= cut.anonymity
        assert set(voices["speaker"]) == {f"{WHO} of: {Actors(cut.actors).name('european-state')}"}
        shown = text_of(cut, tmp_path / "cut")
        assert "on condition of anonymity: identity" not in shown


@pytest.mark.parametrize(("begun", "left"), [("2013", "2013"), ("2014", "")])
def test_an_open_claim_of_the_last_year_of_a_voice_counts_and_one_of_the_year_after_does_not(
    case_folder: CaseFolder, begun: str, left: str
) -> None:
    shown = [claim(f"open-{n}", n, "troops", "guard", from_=begun, to="2015") for n in NATIONS]
    voice = claim(
        "voice",
        "state",
        "command",
        "brigades",
        from_="2012",
        to="2013",
        speaker="an officer",
        speaker_kind="protected",
        speaker_of="border-state",
    )
    public = edition_of(read_case(case_folder(spoken([*CLAIM_ROWS, *shown, voice]))))
    (kept,) = public.claims.filter(pl.col("speaker_kind") == "protected").to_dicts()
    assert (kept["speaker_of"], kept["to"]) == ("border-state", left)


@pytest.mark.parametrize(("k", "left"), [(6, "border-state"), (7, "")])
def test_a_class_of_exactly_k_is_named_and_one_short_of_k_is_not(
    case_folder: CaseFolder, k: int, left: str
) -> None:
    assert len(NATIONS) == 6
    voice = claim(
        "voice",
        "state",
        "command",
        "brigades",
        speaker="an officer",
        speaker_kind="protected",
        speaker_of="aland",
    )
    open_ = [claim(f"open-{n}", n, "hosted-at", "fort", from_="2013", to="2013") for n in NATIONS]
    files = dict(spoken([*CLAIM_ROWS, *open_, voice]))
    files["case.yaml"] = files["case.yaml"].replace("anonymity: 5", f"anonymity: {k}")
    public = edition_of(read_case(case_folder(files)))
    (shown,) = public.claims.filter(pl.col("speaker_kind") == "protected").to_dicts()
    assert shown["speaker_of"] == left


def voices_of(
    case_folder: CaseFolder, claims: Sequence[Cells], actors: Sequence[Cells], k: int
) -> pl.DataFrame:
    """The claims of protected speakers in the public edition of Fourland with these claims and actors."""
    files = dict(spoken([*CLAIM_ROWS, *claims], actors))
    files["case.yaml"] = files["case.yaml"].replace("anonymity: 5", f"anonymity: {k}")
    files[KEY] = json.dumps({"secret": "ab" * 32})
    public = edition_of(read_case(case_folder(files, name=f"case-{next(_numbers)}")))
    return public.claims.filter(pl.col("speaker_kind") == "protected")


def voice(key: str, of: str, speaker: str = "an officer", **more: str) -> Cells:
    """A claim of a protected speaker."""
    own = {"speaker": speaker, "speaker_kind": "protected", "speaker_of": of}
    return claim(key, "state", "command", "brigades", **{**own, **more})


def in_classes(classes: Mapping[str, Sequence[str]]) -> list[Cells]:
    """The actors of Fourland with its nations in these classes."""
    rows = [row for row in ACTOR_ROWS if row["id"] not in (*NATIONS, "border-state")]
    own = {nation: [name for name, members in classes.items() if nation in members] for nation in NATIONS}
    return [
        *rows,
        *({"id": name, "name": name, "kind": "class"} for name in classes),
        *({"id": n, "name": n, "kind": "state", "gw": str(n), "groups": ";".join(own[n])} for n in NATIONS),
    ]


def test_two_wordings_of_one_person_are_narrowed_together(case_folder: CaseFolder) -> None:
    # crossed, the two classes leave cland alone
    actors = in_classes({"north": NATIONS[:3], "south": NATIONS[2:5]})
    rows = [voice("v1", "north", "an officer"), voice("v2", "south", "a colonel")]
    for kept in (
        rows,
        [
            {**row, "speaker_id": "p1", "source": f"{s}"}
            for row, s in zip(rows, ("paper", "atlas"), strict=True)
        ],
    ):
        assert set(voices_of(case_folder, kept, actors, 3)["speaker_of"]) == {""}


def test_two_persons_are_narrowed_each(case_folder: CaseFolder) -> None:
    actors = in_classes({"north": NATIONS[:3], "south": NATIONS[3:6]})
    rows = [voice("v1", "aland", speaker_id="p1"), voice("v2", "dland", speaker_id="p2")]
    assert set(voices_of(case_folder, rows, actors, 3)["speaker_of"]) == {"north", "south"}


@pytest.mark.parametrize(("k", "left"), [(3, "2013"), (4, "")])
def test_years_that_k_possible_speakers_fit_stay_and_those_of_one_less_go(
    case_folder: CaseFolder, k: int, left: str
) -> None:
    seen = [claim(f"open-{n}", n, "troops", "guard", from_="2013", to="2013") for n in NATIONS[:3]]
    (kept,) = voices_of(
        case_folder, [*seen, voice("v", "border-state", from_="2013", to="2013")], _SHOWN, k
    ).to_dicts()
    assert (kept["speaker_of"], kept["from"], kept["to"]) == ("border-state", left, left)


@pytest.mark.parametrize(("shown", "left"), [(4, ""), (5, "border-state")])
def test_of_a_class_only_the_members_that_the_reader_sees_count(
    case_folder: CaseFolder, shown: int, left: str
) -> None:
    open_ = [claim(f"open-{n}", n, "training", "guard") for n in NATIONS[:shown]]
    (kept,) = voices_of(case_folder, [*open_, voice("v", "aland")], ACTOR_ROWS, 5).to_dicts()
    assert kept["speaker_of"] == left


@pytest.mark.parametrize(
    "classes",
    [
        {"border-state": NATIONS},
        {"few": NATIONS[:2], "many": NATIONS},
        {"north": NATIONS[:3], "all": NATIONS},
        {"north": NATIONS[:3], "middle": NATIONS[2:5], "south": NATIONS[3:]},
    ],
)
def test_whoever_of_k_actors_speaks_the_same_is_left(
    case_folder: CaseFolder, classes: Mapping[str, Sequence[str]]
) -> None:
    left = [
        str(voices_of(case_folder, [voice("v", nation)], in_classes(classes), 3).to_dicts())
        for nation in (*NATIONS, "state", "guard", "rebels", "bigland", "brigades", "brigades-front")
    ]
    assert min(Counter(left).values()) >= 3
