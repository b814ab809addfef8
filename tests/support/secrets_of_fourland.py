"""Fourland with a secret in every field that must not leave, each of them a word found nowhere else."""

import json
from collections.abc import Iterator, Mapping
from itertools import count

from support.fourland import INTERVENTIONS, PLACES, POSTURE, REGIONS, SITES, SOURCES, TIMELINE, TOTALS
from support.spoken import ACTOR_ROWS, CLAIM_ROWS, FORCE_ROWS, YAML, Cells, claim, table
from vedette.case.schema.rows import Actor, Claim, Force, Retraction

_numbers = count(1)
WORDS: dict[str, str] = {}
"""Every secret by what it is."""

DATES = {
    "said": "1971-02-13",
    "from": "1972-05-17",
    "to": "1973-08-19",
    "source": "1974-11-23",
    "known": "1975-12-29",
}
VOICE = {"speaker_kind": "protected"}
FIGURES = ("73191", "81773", "5529173", "4461715")


def secret(what: str) -> str:
    """A word that stands for something secret."""
    return WORDS.setdefault(what, f"Zq{next(_numbers):02d}xwvkjy")


def secrets() -> Iterator[str]:
    """Every secret, as it would stand in a file."""
    yield from WORDS.values()
    yield from DATES.values()
    yield from FIGURES


def _said(key: str, subject: str, relation: str, object_: str, **more: str) -> Cells:
    """A claim with a secret in each of its free fields."""
    own: Mapping[str, str] = {
        **{
            name: secret(f"{key} {name}")
            for name in ("speaker", "speaker_id", "page", "statement", "note", "unit", "origin", "checked_by")
        },
        **{name: DATES[name] for name in ("said", "known", "from", "to")},
        "low": FIGURES[0],
        "high": FIGURES[1],
        "speaker_kind": "group",
    }
    row = claim(secret(f"{key} id"), subject, relation, object_)
    return {**row, **own, **more}


ACTORS: list[Cells] = [
    *ACTOR_ROWS,
    {
        "id": secret("whispered actor"),
        "name": secret("whispered name"),
        "kind": "armed group",
        "aliases": f"{secret('whispered alias')};{secret('whispered alias 2')}",
        "groups": "border-state",
    },
    {
        "id": secret("red actor"),
        "name": secret("red name"),
        "kind": "force",
        "parent": "state",
        "aliases": secret("red alias"),
        "handling": "red",
    },
]

CLAIMS: list[Cells] = [
    *CLAIM_ROWS,
    # where open claims see the border states: all but one at the fort, three of them in 2012
    *(
        claim(f"seen-{nation}", nation, "hosted-at", "fort", from_="2013", to="2013")
        for nation in ("aland", "bland", "cland", "dland", "gland")
    ),
    *(
        claim(f"early-{nation}", nation, "hosted-at", "fort", from_="2012", to="2012")
        for nation in ("aland", "bland")
    ),
    claim("eland-elsewhere", "eland", "hosted-at", "gate", from_="2013", to="2013"),
    _said("closed source", secret("whispered actor"), "training", "guard", source=secret("source")),
    _said("amber", "bigland", "weapons", secret("whispered actor"), handling="amber", question="hush"),
    _said("red", "bigland", "funding", "brigades", handling="red", place=secret("site")),
    _said("about red", secret("red actor"), "command", "brigades"),
    _said("from amber", "bigland", "intelligence", "rebels", source=secret("amber source")),
    _said(
        "voice", "state", "command", "brigades", speaker_kind="protected", speaker_of="eland", place="fort"
    ),
    _said(
        "second voice",
        "bigland",
        "funding",
        "brigades",
        **VOICE,
        speaker_of="aland",
        place="gate",
        **{"from": "2012-03-04", "to": "2012-05-06"},
    ),
    claim(
        "shares-origin",
        "bigland",
        "materiel",
        "guard",
        origin=WORDS["voice origin"],
        checked_by=secret("checker"),
    ),
    claim("names-source", "bigland", "territory", "guard", origin=secret("source")),
    claim("withdrawn", "bigland", "territory", "guard"),
]

FORCES: list[Cells] = [
    *({**row, "main": "army"} for row in FORCE_ROWS),
    {
        "force": secret("whispered actor"),
        "status": "hybrid",
        "claim": WORDS["closed source id"],
        "note": secret("force note"),
    },
    {"force": secret("red actor"), "status": "hybrid"},
    {"force": "brigades", "status": "non-state", "part_of": secret("red actor")},
    {
        "force": "rebels",
        "status": "non-state",
        "main": "yes",
        "most": FIGURES[2],
        "author": secret("author of a most"),
        "claim": WORDS["amber id"],
        "note": secret("other force note"),
    },
]

_SOURCES = (
    SOURCES
    + f"{secret('source')},{secret('title')},{secret('publisher')},{DATES['source']},"
    + f"https://example.org/{secret('url')},B,clear,true\n"
    + f"{secret('amber source')},{secret('amber title')},{secret('amber publisher')},2014,,B,amber,false\n"
)
_SITES = SITES + (
    f"{secret('site')},{secret('site name')},base,FO-B,0.777123,1.333219,{secret('source')},"
    f"{secret('site note')}\n"
)
_POSTURE = POSTURE + (
    f"2012-02-02,day,Bigland,{secret('kind')},446171539,{secret('unit')},{secret('series')},"
    f"{secret('source')},page,{secret('posture note')}\n"
    f"2012-02-03,day,{secret('red alias')},troops,12,persons,main,paper,page,\n"
)
_TIMELINE = TIMELINE + (
    f"2012-04-04,day,battle,Bigland,,Alfa,,,{secret('summary')},{secret('amber source')},page\n"
    f"2012-04-05,day,battle,{secret('red name')},{secret('red name')},Alfa,,,Somebody is hit,paper,page\n"
    f"2012-04-06,day,battle,Bigland,,{secret('site name')},,,Something is hit,paper,page\n"
)
_YAML = (
    YAML.replace(
        "note: drawn, author: a test, source: atlas",
        f"note: {secret('drawn')}, author: {secret('drawer')}, source: {secret('source')}",
    )
    + f"  - {{id: hush, text: {secret('question')}}}\n# {secret('comment')}\n"
)

WORDS["intervention id"] = "zq-id-xwvkjy"
_INTERVENTIONS = INTERVENTIONS + (
    f"{WORDS['intervention id']},{secret('intervention')},2012-05,,strike,{secret('done')},"
    f"{secret('source')},{secret('aside')}\n"
)


def _drawn(text: str, what: str) -> str:
    """Polygons with a secret wherever a map program may put one."""
    file = json.loads(text)
    file["name"] = secret(f"{what} layer")
    for feature in file["features"]:
        feature |= {"id": secret(f"{what} feature"), "title": secret(f"{what} title")}
        feature["properties"] |= {"note": secret(f"{what} note"), "author": {"is": secret(f"{what} author")}}
        feature["geometry"]["comment"] = secret(f"{what} comment")
    return json.dumps(file)


_TOTALS = TOTALS + f"2015-07,{FIGURES[3]},{secret('amber source')}\n"
_RETRACTIONS = table(
    Retraction,
    [
        {"claim": WORDS["red id"], "known": "2014-06-05", "why": secret("why it was taken back")},
        {
            "claim": "withdrawn",
            "known": "2014-06-06",
            "why": secret("why an open one was"),
            "source": secret("source"),
        },
    ],
)

SECRET_FILES: Mapping[str, str] = {
    "retractions.csv": _RETRACTIONS,
    "places.geojson": _drawn(PLACES, "places"),
    "regions.geojson": _drawn(REGIONS, "regions"),
    "case.yaml": _YAML,
    "sources.csv": _SOURCES,
    "sites.csv": _SITES,
    "posture.csv": _POSTURE,
    "timeline.csv": _TIMELINE,
    "interventions.csv": _INTERVENTIONS,
    "totals.csv": _TOTALS,
    "actors.csv": table(Actor, ACTORS),
    "claims.csv": table(Claim, CLAIMS),
    "forces.csv": table(Force, FORCES),
    "README.md": secret("readme"),
    "notes.md": f"## Where\nOpenly said.\n\n## Where\nhandling: red\n{secret('note')}\n\n"
    f"## What if\nhandling: internal\n{secret('note by edition')}\n",
    "claims.proposed.csv": f"id\n{secret('proposal')}\n",
}
WORDS["site longitude"], WORDS["posture figure"] = "1.333219", "446171539"


CODED = {
    "actors.csv": {"kind", "parent", "from", "to", "ucdp", "gw", "iso3", "groups", "handling"},
    "claims.csv": {
        *("speaker_kind", "speaker_of", "hedge", "polarity", "relation", "reliability", "credibility"),
        *("handling", "basis", "question"),
    },
    "forces.csv": {"from", "to", "status", "main", "known"},
    "interventions.csv": {"from", "to", "kind", "places"},
    "posture.csv": {"date", "precision", "basis"},
    "retractions.csv": {"known"},
    "sites.csv": {"kind", "place", "latitude"},
    "sources.csv": {"reliability", "handling", "protected"},
    "timeline.csv": {"date", "precision", "kind", "latitude", "longitude", "weight", "basis"},
    "totals.csv": {"period"},
}
"""The columns of each table in which a secret is no word of its own; `observed.csv` is public as a whole."""


def escaped(word: str) -> Iterator[str]:
    """The ways in which a word may stand in a file."""
    yield word
    yield word.encode().hex()
    yield json.dumps(word)[1:-1]
    yield word.lower()
    yield word.upper()
