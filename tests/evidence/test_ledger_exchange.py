"""What goes out to other programs is valid there, and what comes in is checked like any row."""

import csv
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pytest
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.spoken import CLAIM_ROWS, claim, spoken

from vedette import commands
from vedette.case import SHIPPED, read_case
from vedette.errors import CaseError, DataError, UsageError
from vedette.evidence import Ledger, read_ledger
from vedette.evidence.exchange import as_followthemoney, as_geojson, as_graphml, tied_rows
from vedette.evidence.exchange.drawn import not_carried
from vedette.files import LOG

MORE = [
    *CLAIM_ROWS,
    claim("m1", "guard", "membership", "brigades", from_="2013-02-03"),
    claim("m2", "state", "funding", "guard", low="2", high="2", unit="USD million", from_="2013", to="2013"),
    claim("m3", "state", "funding", "guard", low="2", high="5", unit="USD million", from_="2014"),
    claim("m4", "bigland", "designation", "rebels", from_="2012-05"),
    claim("m5", "rebels", "split-from", "guard", from_="2011", place="fort"),
    claim("m6", "rebels", "attacked", "guard", from_="2013-07-04", statement="Rebels shell the gate"),
    claim(
        "m7", "state", "command", "guard", from_="2010", note="a note", origin="an agency", credibility="1"
    ),
    claim("m8", "rebels", "controls", "fort", from_="2012", credibility="1", reliability="A"),
]


def entities(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode("utf-8").splitlines()]


def ledger_of(case_folder: CaseFolder) -> Ledger:
    return read_ledger(read_case(case_folder(spoken(MORE))))


def assert_valid(content: bytes) -> None:
    """Every entity passes the library's own checks, and the library keeps every value as it stands."""
    model = pytest.importorskip("followthemoney", reason="followthemoney needs ICU to build").model
    ids = [entity["id"] for entity in entities(content)]
    assert len(ids) == len(set(ids))
    for entity in entities(content):
        schema = model.get(entity["schema"])
        assert schema is not None, entity
        schema.validate(entity)
        kept = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert {k: sorted(v) for k, v in kept.items()} == {
            k: sorted(set(v)) for k, v in entity["properties"].items()
        }
        for name, values in entity["properties"].items():
            if schema.get(name).type.name == "entity":
                assert set(values) <= set(ids), (entity, name)


def test_followthemoney_is_valid(case_folder: CaseFolder) -> None:
    assert_valid(as_followthemoney(ledger_of(case_folder))[0])


def test_followthemoney_of_the_iraq_case_is_valid_and_nothing_is_lost_unsaid() -> None:
    ledger = read_ledger(read_case("iraq"))
    content, left_out = as_followthemoney(ledger)
    assert_valid(content)
    claims = [entity for entity in entities(content) if "-claim-" in entity["id"]]
    notes = [entity for entity in claims if entity["schema"] == "Note"]
    assert len(claims) == ledger.claims.height
    assert len(notes) == sum(each.count for each in left_out if each.kind == "claims") > 100


def test_links_have_the_schema_of_their_relation(case_folder: CaseFolder) -> None:
    content, left_out = as_followthemoney(ledger_of(case_folder))
    by_id = {entity["id"]: entity for entity in entities(content)}
    schemas = {
        key.removeprefix("fourland-claim-"): e["schema"] for key, e in by_id.items() if "-claim-" in key
    }
    notes = {key for key, schema in schemas.items() if schema == "Note"}
    assert notes == {"c3", "c6", "c7", "c8", "c9", "c10"}
    denied = by_id["fourland-claim-c3"]["properties"]
    assert denied["description"][0].startswith("says that it is not so: ")
    assert {key: schema for key, schema in schemas.items() if key not in notes} == {
        "c1": "UnknownLink",
        "c2": "UnknownLink",
        "c4": "Payment",
        "c5": "UnknownLink",
        "m1": "Membership",
        "m2": "Payment",
        "m3": "Payment",
        "m4": "Sanction",
        "m5": "Succession",
        "m6": "Event",
        "m7": "Directorship",
        "m8": "UnknownLink",
    }
    assert by_id["fourland-claim-c1"]["properties"]["sourceUrl"] == ["https://example.org/paper"]
    assert by_id["fourland-claim-m1"]["properties"]["startDate"] == ["2013-02-03"]
    assert by_id["fourland-claim-m4"]["properties"]["startDate"] == ["2012-05"]
    assert by_id["fourland-claim-m2"]["properties"]["amount"] == ["2000000"]
    assert "amount" not in by_id["fourland-claim-m3"]["properties"]
    assert by_id["fourland-claim-m5"]["properties"]["predecessor"] == ["fourland-guard"]
    said = {(each.kind, each.why): each.count for each in left_out}
    assert said["claims", "says that it is not so: a note, no link"] == 2
    assert said["claims", "recalled without a page: a note, no link"] == 1
    assert said["claims", "expected or proposed: a note, no link"] == 1
    assert said["claims", "figure without a schema: a note, no link"] == 1
    assert said["attributes", "figure"] == 1
    assert said["attributes", "origin"] == 1


def test_a_flat_table_counts_the_claims_that_make_no_tie(case_folder: CaseFolder) -> None:
    offered = claim("p1", "bigland", "funding", "brigades", hedge="proposed", from_="2014-06")
    ledger = read_ledger(read_case(case_folder(spoken([*MORE, offered]))))
    said = {(each.kind, each.why): each.count for each in not_carried(ledger, None, None)}
    assert said["claims", "not yet so"] == 2


def test_at_and_least_choose(case_folder: CaseFolder) -> None:
    ledger = ledger_of(case_folder)
    at = date(2012, 8, 1)
    sure = tied_rows(ledger, at, 0.6)
    assert sure.select("subject", "relation", "object").rows() == [
        ("bigland", "training", "guard"),
        ("rebels", "controls", "fort"),
    ]
    links = [e["id"] for e in entities(as_followthemoney(ledger, at, 0.6)[0]) if "-claim-" in e["id"]]
    assert links == ["fourland-claim-c1", "fourland-claim-c2", "fourland-claim-m8"]


def test_graphml_reads_back(case_folder: CaseFolder) -> None:
    ledger = ledger_of(case_folder)
    graph = nx.read_graphml(io.BytesIO(as_graphml(ledger, date(2012, 8, 1))[0]))
    rows = tied_rows(ledger, date(2012, 8, 1))
    assert set(rows["relation"]) >= {"training", "controls"}
    assert graph.number_of_edges() == rows.height
    found = Counter(
        (a, b, data["relation"], round(data["belief"], 6)) for a, b, data in graph.edges(data=True)
    )
    told = rows.select("subject", "object", "relation", "belief").iter_rows()
    assert found == Counter((a, b, relation, round(belief, 6)) for a, b, relation, belief in told)
    assert graph.nodes["guard"]["name"] == "Home Guard"


def test_geojson_places_ties(case_folder: CaseFolder) -> None:
    content, left_out = as_geojson(ledger_of(case_folder), None)
    features = {f["properties"]["id"]: f for f in json.loads(content)["features"]}
    assert features["fort"]["geometry"] == {"type": "Point", "coordinates": [0.25, 0.5]}
    (tie,) = features["fort"]["properties"]["ties"]
    assert (tie["subject"], tie["relation"], tie["said"]) == ("rebels", "controls", "2014-03-02")
    assert features["FO-A"]["geometry"]["type"] == "Polygon"
    assert any(each.why == "neither end is on the map" for each in left_out)


def test_what_was_left_out_lies_beside_the_file(case_folder: CaseFolder, tmp_path: Path) -> None:
    ledger = commands.ledger_of(str(case_folder(spoken(MORE))), edition="public")
    written = commands.export_ledger(ledger, "csv", out=tmp_path / "ties.csv")
    assert written.beside.name == "ties.csv.left-out.json"
    told = json.loads(written.beside.read_text())
    assert told["edition"] == "public"
    assert len(told["left_out"]) == len(written.left_out) > 0
    rows = list(csv.DictReader((tmp_path / "ties.csv").read_text().splitlines()))
    assert {row["relation"] for row in rows} == {"training", "controls"}
    assert {row["said"] for row in rows if row["relation"] == "controls"} == {"2014-03-02"}


def test_what_went_out_comes_in_again(case_folder: CaseFolder, tmp_path: Path) -> None:
    ledger = ledger_of(case_folder)
    file = tmp_path / "out.json"
    file.write_bytes(as_followthemoney(ledger)[0])
    other = tmp_path / "other"
    commands.new(other, "Chad")
    found = commands.bring_in(str(other), file, form="followthemoney").proposed
    case = read_case(other)
    names = dict(case.actors.select("id", "name").iter_rows())
    ties = ("subject", "relation", "object", "from", "to", "hedge")
    came = {
        (names[row[0]], row[1], names.get(row[2], ""), *row[3:])
        for row in case.claims.select(ties).iter_rows()
    }
    known = ledger.actors.names
    went = {
        (
            known[row["subject"]],
            row["relation"],
            known.get(row["object"], ""),
            row["from"],
            row["to"],
            row["hedge"],
        )
        for row in MORE
        if row["subject"] in known and row.get("object", "") in {"", *known}
        for row in [{"from": "", "to": "", **row}]
    }
    assert came == went
    assert {row["ucdp"] for row in case.actors.iter_rows(named=True)} >= {"10", "20", "30"}
    assert {each.kind for each in found.left_out} == {"Address", "Note", "UnknownLink", "properties"}
    assert commands.bring_in(str(other), file, form="followthemoney").proposed.claims == ()


def test_a_file_into_the_case_it_came_from_adds_nothing(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(spoken(MORE))
    before = own_bytes(folder)
    (tmp_path / "out.json").write_bytes(as_followthemoney(read_ledger(read_case(folder)))[0])
    found = commands.bring_in(str(folder), tmp_path / "out.json", form="followthemoney").proposed
    assert (found.actors, found.sources, found.claims) == ((), (), ())
    assert own_bytes(folder) == before
    assert not (folder / LOG).exists()


def test_what_went_out_comes_back_whole(case_folder: CaseFolder, tmp_path: Path) -> None:
    """Into a case that has nothing of it yet: every claim, cell for cell, those that are no links too."""
    said = {"said": "2014-03", "known": "2014-05", "checked_by": "Anna", "handling": "amber"}
    carried = [
        *MORE,
        claim(
            "n1", "state", "payroll", "guard", speaker="A man", speaker_kind="protected", speaker_of="state"
        ),
        claim("n2", "guard", "controls", "fort", low="1.5", high="3", unit="km", origin="leak", **said),
        claim("n3", "guard", "controls", "FO-B", place="gate", note="as; coded", statement="So"),
    ]
    files = {**spoken(carried), "forces.csv": None}
    folder = case_folder(files)
    file = tmp_path / "out.json"
    content, _ = as_followthemoney(read_ledger(read_case(folder)))
    file.write_bytes(content)
    assert_valid(content)
    header = {
        name: str(files[name]).partition("\n")[0] + "\n" for name in ("actors.csv", "claims.csv", "sites.csv")
    }
    none = dict.fromkeys(("posture.csv", "timeline.csv", "interventions.csv", "totals.csv"))
    yaml = str(files["case.yaml"]).replace(", source: atlas", "")
    sources = {"sources.csv": "id,title,publisher,date,url,reliability,handling,protected\n"}
    empty = case_folder({**files, **none, **header, **sources, "case.yaml": yaml}, "empty")
    found = commands.bring_in(str(empty), file, form="followthemoney").proposed
    assert (found.matched, found.left_out) == ((), ())
    case, origin = read_case(empty), read_case(folder)
    assert case.actors.to_dicts() == origin.actors.to_dicts()
    assert case.claims.to_dicts() == origin.claims.to_dicts()
    assert case.sites.to_dicts() == origin.sites.to_dicts()
    used = origin.sources.filter(id="paper").to_dicts() + origin.sources.filter(id="atlas").to_dicts()
    assert sorted(case.sources.to_dicts(), key=str) == sorted(used, key=str)
    again = commands.bring_in(str(empty), file, form="followthemoney").proposed
    assert again.empty
    for line in reversed(commands.log(str(empty)).changes):
        commands.undo(str(empty), line.id)
    assert (empty / "claims.csv").read_text() == header["claims.csv"]


def test_the_ledger_of_iraq_goes_out_and_comes_whole_into_a_case_without_rows(tmp_path: Path) -> None:
    iraq, folder = read_case("iraq"), tmp_path / "empty"
    folder.mkdir()
    for name in ("case.yaml", "places.geojson", "regions.geojson", "observed.csv"):
        (folder / name).write_bytes((SHIPPED / "iraq" / name).read_bytes())
    for name in ("actors.csv", "claims.csv", "sites.csv", "sources.csv"):
        head = (SHIPPED / "iraq" / name).read_text(encoding="utf-8").partition("\n")[0]
        (folder / name).write_text(head + "\n", encoding="utf-8")
    file = tmp_path / "iraq.json"
    file.write_bytes(as_followthemoney(read_ledger(iraq))[0])
    found = commands.bring_in(str(folder), file, form="followthemoney").proposed
    assert (found.matched, found.left_out) == ((), ())
    came = read_case(folder)
    for one, other in ((came.claims, iraq.claims), (came.actors, iraq.actors), (came.sites, iraq.sites)):
        assert one.equals(other)
    used = iraq.sources.filter(pl.col("id").is_in([*iraq.claims["source"], *iraq.sites["source"]]))
    assert came.sources.sort("id").equals(used.sort("id"))


def link(**properties: list[str]) -> str:
    return json.dumps({"id": "l", "schema": "UnknownLink", "properties": properties}) + "\n"


def person(key: str, name: str) -> str:
    return json.dumps({"id": key, "schema": "Person", "properties": {"name": [name]}}) + "\n"


def test_links_without_a_source_need_one(case_folder: CaseFolder, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(
        person("a", "Ali") + person("b", "Bo") + link(subject=["a"], object=["b"], role=["training"])
    )
    folder = str(case_folder(spoken()))
    with pytest.raises(UsageError, match="1 link names no source"):
        commands.bring_in(folder, file, form="followthemoney")
    found = commands.bring_in(folder, file, form="followthemoney", source="paper").proposed
    assert [(row["id"], row["source"]) for row in found.claims] == [("paper-1", "paper")]
    assert (found.known, found.left_out) == (0, ())
    assert read_case(folder).claims.filter(relation="training", subject="ali").height == 1


def test_unclear_names_are_asked_about(case_folder: CaseFolder, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(person("a", "Sky").replace("Person", "Organization"))
    with pytest.raises(UsageError, match="Sky: sky-a, sky-b"):
        commands.bring_in(str(case_folder(spoken())), file, form="followthemoney")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", r"line 1: expected JSON; found '\{', wrong at character 2. Take the line out"),
        ("not json", "line 1: expected JSON; found 'not json', wrong at character 1."),
        ("[]", "line 1: expected an entity"),
        ('{"id": "a", "schema": "Person", "properties": {"name": "Ali"}}', "expected an entity"),
        ('{"id": 1, "schema": "Person", "properties": {}}', "expected an entity"),
    ],
)
def test_a_file_that_is_no_entities(case_folder: CaseFolder, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(DataError, match=words):
        commands.bring_in(str(case_folder(spoken())), tmp_path / "x.json", form="followthemoney")


def test_a_file_that_is_no_text_or_not_there(case_folder: CaseFolder, tmp_path: Path) -> None:
    file, folder = tmp_path / "x.json", str(case_folder(spoken()))
    with pytest.raises(DataError, match="cannot be read: No such file or directory"):
        commands.bring_in(folder, file, form="followthemoney")
    file.write_bytes("é".encode("latin-1"))
    with pytest.raises(DataError, match="expected text in UTF-8; found another byte at 1"):
        commands.bring_in(folder, file, form="followthemoney")


def test_a_hostile_name_is_refused_whole(case_folder: CaseFolder, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(person("a", "=cmd|' /C calc'!A0") + person("b", "Bo"))
    folder = case_folder(spoken())
    before = (folder / "actors.csv").read_bytes()
    with pytest.raises(CaseError, match="no spreadsheet takes for a formula"):
        commands.bring_in(str(folder), tmp_path / "x.json", form="followthemoney")
    assert (folder / "actors.csv").read_bytes() == before


def test_a_data_package_goes_out_and_comes_in(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(spoken())
    package = commands.export_case(str(folder), tmp_path / "package", edition="internal", package=True).folder
    described = json.loads((package / "datapackage.json").read_text())
    assert {resource["path"] for resource in described["resources"]} >= {"actors.csv", "claims.csv"}
    for resource in described["resources"]:
        header = (package / resource["path"]).read_text().splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert resource["profile"] == "tabular-data-resource"
    less = case_folder({**spoken(CLAIM_ROWS[:4]), "forces.csv": None}, "less")
    found = commands.bring_in(str(less), package / "datapackage.json", form="frictionless").proposed
    assert [row["id"] for row in found.claims] == ["c5", "c6", "c7", "c8", "c9", "c10"]
    assert (found.actors, found.sources) == ((), ())
    assert read_case(less).claims.to_dicts() == read_case(folder).claims.to_dicts()


@pytest.mark.parametrize("path", ["../x.csv", "/etc/passwd", "https://example.org/x.csv", None])
def test_a_data_package_reaches_nothing_outside(
    case_folder: CaseFolder, tmp_path: Path, path: str | None
) -> None:
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps({"resources": [{"name": "claims", "path": path}]}))
    with pytest.raises(DataError, match="tables that lie beside it"):
        commands.bring_in(str(case_folder(spoken())), file, form="frictionless")


def test_a_data_package_brings_actors(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(spoken())
    package = commands.export_case(str(folder), tmp_path / "package", edition="internal", package=True).folder
    files = dict(spoken())
    kept = [line for line in files["actors.csv"].splitlines() if not line.startswith("eland,")]
    less = case_folder({**files, "actors.csv": "\n".join(kept) + "\n"}, "less")
    found = commands.bring_in(str(less), package / "datapackage.json", form="frictionless").proposed
    assert [(row["id"], row["name"]) for row in found.actors] == [("eland", "Eland")]
