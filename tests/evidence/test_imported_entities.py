"""Who is who in imported entities, when a payment was, and mistakes in the terms of the file."""

import json
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.running import typed
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case, write_case
from vedette.errors import DataError
from vedette.evidence.exchange import Proposed

MORE_ACTORS = "ctf,Counter Terror Force,force,,,,,,,CTF;Golden Sword Division,,\n"


def entity(key: str, schema: str, caption: str = "", /, **properties: list[str]) -> str:
    whole = {"id": key, "schema": schema, "properties": properties} | (
        {"caption": caption} if caption else {}
    )
    return json.dumps(whole) + "\n"


def brought(
    case_folder: CaseFolder, tmp_path: Path, text: str, name: str = "fourland"
) -> tuple[Path, Proposed]:
    """The folder of Fourland with an actor more, after an import, and what the import proposed."""
    files = dict(spoken())
    files["actors.csv"] = str(files["actors.csv"]) + MORE_ACTORS
    folder = case_folder(files, name)
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    result = commands.bring_in(str(folder), tmp_path / "x.json", form="followthemoney", source="paper")
    return folder, result.proposed


PAYER = entity("p", "Organization", name=["Payer Fund"])


def test_a_short_alias_proves_nothing_and_is_listed(case_folder: CaseFolder, tmp_path: Path) -> None:
    company = entity("c", "Company", name=["Casino Trade Firm"], alias=["CTF", "Casino Traders"])
    _, found = brought(
        case_folder, tmp_path, PAYER + company + entity("x", "Payment", payer=["p"], beneficiary=["c"])
    )
    names = {row["name"]: row["aliases"] for row in found.actors}
    assert names["Casino Trade Firm"] == "Casino Traders"
    assert [row["object"] for row in found.claims] == ["casino-trade-firm"]
    assert found.doubtful == (
        "Casino Trade Firm is also called CTF, as is Counter Terror Force (ctf): taken for another",
    )


@pytest.mark.parametrize(
    ("name", "aliases", "matched"),
    [
        ("Counter Terror Force", ["CTF"], "Counter Terror Force [c] = Counter Terror Force (ctf)"),
        ("CTF", [], "CTF [c] = Counter Terror Force (ctf)"),
        (
            "Their Golden Ones",
            ["Golden Sword Division"],
            "Their Golden Ones [c] = Counter Terror Force (ctf), by Golden Sword Division",
        ),
    ],
)
def test_names_and_long_aliases_are_matched_and_listed(
    case_folder: CaseFolder, tmp_path: Path, name: str, aliases: list[str], matched: str
) -> None:
    _, found = brought(case_folder, tmp_path, entity("c", "Organization", name=[name], alias=aliases))
    assert (found.actors, found.known, [str(match) for match in found.matched]) == ((), 1, [matched])


@pytest.mark.parametrize(
    ("schema", "properties", "row"),
    [
        ("Person", {}, {"kind": "person", "name": "Counter Terror Force (c)"}),
        (
            "Organization",
            {"weakAlias": ["Golden Sword Division"]},
            {"kind": "organisation", "name": "Another One"},
        ),
        ("Company", {"alias": ["Government of Fourland"]}, {"kind": "company", "aliases": ""}),
    ],
)
def test_a_weak_alias_or_another_kind_is_no_identity(
    case_folder: CaseFolder,
    tmp_path: Path,
    schema: str,
    properties: dict[str, list[str]],
    row: dict[str, str],
) -> None:
    name = "Counter Terror Force" if schema == "Person" else "Another One"
    _, found = brought(case_folder, tmp_path, entity("c", schema, name=[name], **properties))
    (added,) = found.actors
    assert (found.matched, {key: added[key] for key in row}) == ((), row)
    weak = [each for each in found.left_out if each.why == "Organization.weakAlias"]
    assert len(weak) == ("weakAlias" in properties)


@pytest.mark.parametrize(("born", "one"), [("1950-01-01", True), ("1950", True), ("1951", False), ("", True)])
def test_two_dates_of_birth_are_two_persons(
    case_folder: CaseFolder, tmp_path: Path, born: str, one: bool
) -> None:
    files = dict(spoken())
    files["actors.csv"] = str(files["actors.csv"]) + "ali,Ali Example,person,,1950-01,,,,,,,\n"
    if born == "1950-01-01":
        files["actors.csv"] = str(files["actors.csv"]).replace("1950-01,", "1950,")
    folder = case_folder(files)
    dated = {"birthDate": [born]} if born else {}
    (tmp_path / "x.json").write_text(entity("p", "Person", name=["Ali Example"], **dated))
    found = commands.bring_in(str(folder), tmp_path / "x.json", form="followthemoney").proposed
    assert len(found.matched) == one
    assert [(row["name"], row["from"]) for row in found.actors] == (
        [] if one else [("Ali Example (born 1951)", "1951")]
    )
    assert [
        text for text in found.doubtful if "has the name of Ali Example (ali): taken for another" in text
    ] == ([] if one else list(found.doubtful))


def test_every_match_waits_for_a_yes(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(spoken())
    text = entity("a", "Organization", name=["Home Guard"]) + entity("b", "Organization", name=["RF"])
    (tmp_path / "x.json").write_text(PAYER + text + entity("x", "Payment", payer=["p"], beneficiary=["b"]))
    words = ("import", "followthemoney", tmp_path / "x.json", "--into", folder, "--source", "paper")
    done = typed(*words)
    assert (done.returncode, read_case(folder).claims.height) == (2, 10)
    told = " ".join(done.stderr.split())
    assert "Home Guard [a] = Home Guard (guard) RF [b] = Rebel Front (rebels)" in told
    assert "nothing was written: who is who needs a yes." in told
    assert typed(*words, "--no", "b", "--yes").returncode == 0
    case = read_case(folder)
    assert case.claims["object"].to_list()[-1] == "rf-b"
    assert case.actors["name"].to_list()[-1] == "RF (b)"


def test_what_is_not_carried_is_counted(case_folder: CaseFolder, tmp_path: Path) -> None:
    fund = entity("r", "Organization", name=["Receiver One"], country=["iq", "sy"], email=["a@b.c"])
    pay = {"payer": ["p"], "beneficiary": ["r"], "date": ["2019-01-01", "2019-01-02"], "amountEur": ["9"]}
    paid = entity("x", "Payment", **pay, amount=["1000.50"], currency=["EUR"], purpose=["payroll"])
    owned = entity("o", "Ownership", owner=["p"], asset=["r"])
    _, found = brought(case_folder, tmp_path, PAYER + fund + paid + owned)
    (row,) = found.claims
    assert (row["relation"], row["low"], row["high"], row["unit"]) == ("payroll", "1000.50", "1000.50", "EUR")
    assert [(each.why, each.count) for each in found.left_out] == [
        ("no table for it", 1),
        ("Organization.country", 2),
        ("Organization.email", 1),
        ("Payment.amountEur", 1),
        ("Payment.date", 1),
    ]


def test_every_payer_of_a_link_has_a_claim(case_folder: CaseFolder, tmp_path: Path) -> None:
    others = entity("q", "Organization", name=["Second Fund"]) + entity(
        "r", "Organization", name=["Receiver One"]
    )
    link = entity("x", "Payment", payer=["p", "q"], beneficiary=["r"], startDate=["2019-03-01"])
    _, found = brought(case_folder, tmp_path, PAYER + others + link)
    assert [row["subject"] for row in found.claims] == ["payer-fund", "second-fund"]
    assert len({row["id"] for row in found.claims}) == 2
    assert found.left_out == ()


def test_an_end_that_is_nobody_is_counted_and_the_other_is_carried(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    link = entity("x", "Payment", payer=["p", "nobody"], beneficiary=["r"])
    receiver = entity("r", "Organization", name=["Receiver One"])
    _, found = brought(case_folder, tmp_path, PAYER + receiver + link)
    assert [row["subject"] for row in found.claims] == ["payer-fund"]
    assert [(each.kind, each.count) for each in found.left_out] == [("Payment", 1)]


def test_the_caption_is_the_name_and_what_is_not_seen_goes(case_folder: CaseFolder, tmp_path: Path) -> None:
    person = entity(
        "p",
        "Person",
        "Qasem Example",
        name=["قاسم نمونه", "Qasem Example"],
        alias=["\u200fقاسم", "حزب\u200cالله نمونه"],
    )
    folder, found = brought(case_folder, tmp_path, person)
    (row,) = found.actors
    assert row["name"] == "Qasem Example"
    assert row["aliases"] == "قاسم نمونه;قاسم;حزب\u200cالله نمونه"
    assert read_case(folder).actors.filter(id=row["id"]).height == 1


def test_namesakes_stay_two(case_folder: CaseFolder, tmp_path: Path) -> None:
    text = (
        entity("a", "Person", name=["Ali Example"], birthDate=["1950-01-01"])
        + entity("b", "Person", name=["Ali Example"], birthDate=["1990-05-05"])
        + entity("c", "Person", name=["Ali Example"])
        + PAYER
        + entity("x", "Membership", member=["a"], organization=["p"])
        + entity("y", "Membership", member=["b"], organization=["p"])
    )
    folder, found = brought(case_folder, tmp_path, text)
    assert [row["name"] for row in found.actors if "Ali" in row["name"]] == [
        *("Ali Example (born 1950)", "Ali Example (born 1990)", "Ali Example (c)"),
    ]
    assert len({row["subject"] for row in found.claims}) == 2
    again = commands.bring_in(
        str(folder), tmp_path / "x.json", form="followthemoney", source="paper"
    ).proposed
    assert (again.actors, again.claims) == ((), ())


@pytest.mark.parametrize(
    ("dates", "interval"),
    [
        ({"date": ["2011-12-29"]}, ("2011-12-29", "2011-12-29", "")),
        ({"date": ["2011"]}, ("2011", "2011", "")),
        ({"startDate": ["2011-12"], "date": ["2012-01-05"]}, ("2011-12", "", "2012-01-05")),
        ({}, ("", "", "")),
    ],
)
def test_a_payment_with_a_date_holds_on_that_day(
    case_folder: CaseFolder, tmp_path: Path, dates: dict[str, list[str]], interval: tuple[str, str, str]
) -> None:
    receiver = entity("r", "Organization", name=["Receiver One"])
    link = entity("x", "Payment", payer=["p"], beneficiary=["r"], **dates)
    _, found = brought(case_folder, tmp_path, PAYER + receiver + link)
    (claim,) = found.claims
    assert (claim["from"], claim["to"], claim["said"]) == interval


def test_wrong_dates_are_told_in_the_terms_of_the_file_and_nothing_else(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    link = entity(
        "x", "Membership", member=["p"], organization=["p"], startDate=["2018-13"], endDate=["2019-05-00"]
    )
    with pytest.raises(DataError) as caught:
        brought(case_folder, tmp_path, PAYER + link)
    told = [(p.file, p.row, p.column, p.found) for p in caught.value.problems]
    assert told == [("x.json", 2, "startDate", "'2018-13'"), ("x.json", 2, "endDate", "'2019-05-00'")]
    assert all("entity x" in problem.cure for problem in caught.value.problems)


@pytest.mark.parametrize("form", ["lines", "a list", "a list with line ends", "a byte order mark"])
def test_entities_may_be_lines_or_one_list(case_folder: CaseFolder, tmp_path: Path, form: str) -> None:
    whole = [json.loads(PAYER), json.loads(entity("q", "Person", name=["Second Person"]))]
    text = {
        "lines": "\n".join(map(json.dumps, whole)),
        "a list": json.dumps(whole),
        "a list with line ends": json.dumps(whole, indent=2),
        "a byte order mark": "\ufeff" + "\n".join(map(json.dumps, whole)),
    }[form]
    _, found = brought(case_folder, tmp_path, text)
    assert [row["name"] for row in found.actors] == ["Payer Fund", "Second Person"]


@pytest.mark.parametrize("form", ["followthemoney", "frictionless"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "unit:id:admin,unit:name,unit:country\nu1,1 Brigade,iq\n",
            "Security Force Monitor.*vedette import sfm",
        ),
        ("canonical_id,entity_id,prop,value\nQ1,e,name,Ali\n", "statements of FollowTheMoney"),
        ("name,country\nAli,iq\n", "found a table .columns name, country"),
    ],
)
def test_a_table_is_told_what_imports(
    case_folder: CaseFolder, tmp_path: Path, form: str, text: str, message: str
) -> None:
    (tmp_path / "units.csv").write_text(text)
    with pytest.raises(DataError, match=message):
        commands.bring_in(str(case_folder(spoken())), tmp_path / "units.csv", form=form)


def iraq_with(tmp_path: Path, file: Path) -> Proposed:
    """What a file of the field brings to a copy of the shipped case."""
    folder = write_case(read_case("iraq"), tmp_path / "iraq")
    source = read_case("iraq").sources["id"][0]
    return commands.bring_in(str(folder), file, form="followthemoney", source=source).proposed


def test_files_of_the_field_come_in(shared: Path, tmp_path: Path) -> None:
    field = shared / "field"
    found = iraq_with(tmp_path, field / "F16" / "a_short_alias.ftm.json")
    assert [row["object"] for row in found.claims] == ["casino-trading-services-llc"]
    assert "Counter Terrorism Service (cts)" in found.doubtful[0]
    for name, claims in (("c_two_ends", 2), ("d_caption", 1), ("e_namesakes", 2), ("i_payment_date", 1)):
        found = iraq_with(tmp_path / name, field / "F16" / f"{name}.ftm.json")
        assert len(found.claims) == claims, name
        assert all(row["from"] == "2011-12-29" == row["to"] for row in found.claims if name.startswith("i_"))
    for name in ("array.json", "bom.ftm.json"):
        assert iraq_with(tmp_path / name, field / "F31" / name).actors
    with pytest.raises(DataError) as caught:
        iraq_with(tmp_path / "bad", field / "F31" / "bad_date.ftm.json")
    assert len(caught.value.problems) == 2
    with pytest.raises(DataError, match="Security Force Monitor"):
        iraq_with(tmp_path / "sfm", field / "F18" / "units.csv")
