"""A made-up case with many ties: sixty actors of every side, three hundred ties of every kind."""

import random

from support.fourland import CASE_YAML, Files
from support.spoken import Cells, claim, table
from vedette.case.schema.rows import Actor, Claim, Force

ACTORS, TIES = 60, 300
_BACKERS, _FORCES, _HYBRIDS, _GROUPS, _PEOPLE = 20, 10, 9, 13, 8
_RELATIONS = {
    "abroad": ("weapons", "training", "funding", "troops", "intelligence", "materiel"),
    "within": ("command", "payroll", "alliance", "hostility", "hostility", "alliance"),
}


def many_ties(ties: int = TIES, seed: int = 1) -> Files:
    """The files of a case of Fourland with so many ties, all of 2014, no two the same."""
    rng = random.Random(seed)
    sides = _sides()
    actors = [actor for side in sides.values() for actor in side]
    forces = [{"force": actor["id"], "status": "hybrid", "known": "2012"} for actor in sides["hybrid"]]
    chosen: dict[tuple[str, str, str], None] = {}
    while len(chosen) < ties:
        tie = _tie(rng, sides)
        if tie[0] != tie[2]:
            chosen[tie] = None
    rows = [row for number, tie in enumerate(chosen) for row in _claims(rng, number, tie)]
    return {
        "case.yaml": CASE_YAML,
        "posture.csv": None,
        "timeline.csv": None,
        "actors.csv": table(Actor, actors),
        "forces.csv": table(Force, forces),
        "claims.csv": table(Claim, rows),
    }


def _claims(rng: random.Random, number: int, tie: tuple[str, str, str]) -> list[Cells]:
    """Two claims of a tie, by sources that do not copy each other."""
    begun, grade = f"2013-0{rng.randint(1, 9)}", rng.choice("12")
    graded = {"from_": begun, "reliability": "A", "credibility": grade}
    return [
        claim(f"t{number}-{source}", *tie, source=source, said="2014-06", **graded)
        for source in ("paper", "totals")
    ]


def _sides() -> dict[str, list[dict[str, str]]]:
    def some(side: str, number: int, kind: str, parent: str = "") -> list[dict[str, str]]:
        return [
            {
                "id": f"{side}-{place}",
                "name": f"{side.capitalize()} number {place}",
                "kind": kind,
                "parent": parent,
            }
            for place in range(1, number + 1)
        ]

    state = {"id": "state", "name": "Government of Fourland", "kind": "state", "iso3": "FOU"}
    return {
        "backer": some("backer", _BACKERS, "state"),
        "state": [state, *some("force", _FORCES - 1, "force", "state")],
        "hybrid": some("hybrid", _HYBRIDS, "force"),
        "group": some("group", _GROUPS, "armed-group"),
        "person": some("person", _PEOPLE, "person"),
    }


def _tie(rng: random.Random, sides: dict[str, list[dict[str, str]]]) -> tuple[str, str, str]:
    """Backers back forces and groups, few of them most; those at home pay, command and fight each other."""

    def one(side: str) -> str:
        many = len(sides[side])
        place = rng.randrange(many) if rng.random() < 0.4 else int(rng.expovariate(0.25)) % many
        return sides[side][place]["id"]

    if rng.random() < 0.55:
        return (
            one("backer"),
            rng.choice(_RELATIONS["abroad"]),
            one(rng.choice(("state", "state", "hybrid", "group"))),
        )
    if rng.random() < 0.2:
        return one("person"), "command", one(rng.choice(("hybrid", "group")))
    return (
        one(rng.choice(("state", "hybrid"))),
        rng.choice(_RELATIONS["within"]),
        one(rng.choice(("hybrid", "group"))),
    )
