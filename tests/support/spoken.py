"""Fourland with claims: who backs whom there, by open, protected and recalled voices."""

import csv
import io
from collections.abc import Mapping, Sequence

from support.fourland import ACTORS, CASE_YAML, SITES, SOURCES
from vedette.case.checking.tables import schema
from vedette.case.schema.rows import Actor, Claim, Force, Row

Cells = Mapping[str, str]


def table(model: type[Row], rows: Sequence[Cells]) -> str:
    """A CSV file of some rows of a table, every column in its place."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(schema(model)), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def claim(key: str, subject: str, relation: str, object_: str, **more: str) -> Cells:
    """A row of claims.csv: documented by the paper, graded B2, where nothing else is said."""
    row = {
        "id": key,
        "source": "paper",
        "hedge": "documented",
        "polarity": "+",
        "subject": subject,
        "relation": relation,
        "object": object_,
        "reliability": "B",
        "credibility": "2",
    }
    return {**row, **{name.rstrip("_"): text for name, text in more.items()}}


NATIONS = ("aland", "bland", "cland", "dland", "eland", "gland")
"""The members of the class of border states."""

YAML = (
    CASE_YAML
    + """\
editions:
  - {id: public, handling: clear}
  - {id: partner, handling: amber}
  - {id: internal, handling: red, protected: true}
anonymity: 5
questions:
  - {id: hold, text: "Can the guard hold alone?"}
"""
)

ACTOR_ROWS: list[Cells] = [
    *csv.DictReader(io.StringIO(ACTORS)),
    {"id": "brigades", "name": "Party Brigades", "kind": "force", "aliases": "كتائب الحزب;Kata'ib al-Hizb"},
    {"id": "brigades-front", "name": "Dawn League", "kind": "armed group", "aliases": "عصبة الفجر"},
    {"id": "sky-a", "name": "Sky Army", "kind": "armed group", "aliases": "Sky"},
    {"id": "sky-b", "name": "Sky Union", "kind": "armed group", "aliases": "Sky"},
    {"id": "border-state", "name": "a border state", "kind": "class"},
    *(
        {"id": nation, "name": nation.capitalize(), "kind": "state", "groups": "border-state"}
        for nation in NATIONS
    ),
]

CLAIM_ROWS: list[Cells] = [
    claim("c1", "bigland", "training", "guard", from_="2010", to="2014"),
    claim("c2", "bigland", "training", "guard", from_="2012-06", source="atlas", hedge="reported"),
    claim(
        "c3",
        "bigland",
        "training",
        "guard",
        from_="2013-01",
        hedge="denied",
        polarity="-",
        speaker="bigland",
        speaker_kind="named",
        speaker_of="bigland",
    ),
    claim("c4", "state", "payroll", "guard", from_="2010-05", credibility="1"),
    claim("c5", "brigades-front", "front-of", "brigades", from_="2013", hedge="suspected"),
    claim("c6", "bigland", "weapons", "brigades", hedge="expected", from_="2014-06"),
    claim(
        "c7",
        "guard",
        "strength",
        "",
        from_="2012",
        to="2012",
        low="9000",
        high="12000",
        unit="persons",
    ),
    claim(
        "c8",
        "guard",
        "can-hold",
        "rebels",
        hedge="assessed",
        question="hold",
        statement="It can, for a year",
        speaker="A general",
        speaker_kind="group",
        speaker_of="state",
    ),
    claim(
        "c9",
        "guard",
        "can-hold",
        "rebels",
        hedge="assessed",
        polarity="-",
        question="hold",
        statement="It cannot",
        source="atlas",
    ),
    claim(
        "c10",
        "rebels",
        "hosted-at",
        "fort",
        source="",
        reliability="F",
        credibility="6",
        basis="recalled",
        said="2013",
        hedge="asserted",
    ),
]

FORCE_ROWS: list[Cells] = [
    {"force": "guard", "from": "2010-05", "to": "2013-12-31", "status": "hybrid", "claim": "c4"},
    {"force": "guard", "from": "2014-01-01", "to": "2014-06-01", "status": "state"},
]


def spoken(claims: Sequence[Cells] = CLAIM_ROWS, actors: Sequence[Cells] = ACTOR_ROWS) -> Mapping[str, str]:
    """The files to put in place of those of Fourland."""
    return {
        "case.yaml": YAML,
        "sources.csv": SOURCES,
        "sites.csv": SITES,
        "actors.csv": table(Actor, actors),
        "claims.csv": table(Claim, claims),
        "forces.csv": table(Force, FORCE_ROWS),
    }
