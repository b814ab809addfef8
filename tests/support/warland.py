"""A ledger written by hand: two backers, a state with a hybrid militia, and an insurgency."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from support.fourland import ACTORS, CaseFolder, Files
from vedette.case import read_case
from vedette.evidence import Ledger, read_ledger

PEOPLE = """\
north,Northland,state,,,,11,385,NOR,,,
guards,Northland Guards,force,north,,,,,,,,
south,Southland,state,,,,12,997,SOU,,,
army,Fourland Army,force,state,,,,,,,,
police,Fourland Police,force,state,,,,,,,,
militia,The Militia,armed-group,,,,,,,,,
brigade,First Brigade,force,militia,,,,,,,,
bandits,The Bandits,armed-group,,,,,,,,,
"""
HEADER = (
    "id,source,hedge,polarity,subject,relation,object,low,high,unit,from,to,place,origin,said,known,"
    "credibility,basis,statement,speaker,speaker_kind\n"
)
FORCES = """\
force,from,to,status,part_of,main
army,,,state,,army
police,,,state,,yes
militia,,,hybrid,,yes
brigade,,,hybrid,militia,
bandits,,,non-state,,yes
"""
AT = date(2013, 6, 30)


def claim(number: int, subject: str, relation: str, object_: object = "", **cells: object) -> str:
    """A row of claims.csv: documented, credibility 1, from the atlas (B), unless said otherwise.

    It holds since 2010 and was said on the day `AT`, which is also when it became known.
    """
    row = {
        **{"id": f"c{number}", "source": "atlas", "hedge": "documented", "polarity": "+"},
        **{"subject": subject, "relation": relation, "object": object_, "credibility": 1, "known": ""},
        **{"from": 2010, "said": AT},
        **{name.rstrip("_"): value for name, value in cells.items()},
    }
    return ",".join(str(row.get(name, "")) for name in HEADER.strip().split(",")) + "\n"


def ledger(
    folder: CaseFolder,
    claims: Iterable[str],
    forces: str = FORCES,
    as_of: date | None = None,
    *,
    people: str = "",
) -> Ledger:
    """The ledger of these claims."""
    return read_ledger(read_case(warland(folder, claims, forces, people)), as_of)


def warland(folder: CaseFolder, claims: Iterable[str], forces: str = FORCES, people: str = "") -> Path:
    """The folder of a case with these claims and forces, and with more people."""
    return folder(war_files(claims, forces, people))


def war_files(claims: Iterable[str], forces: str = FORCES, people: str = "") -> Files:
    """The files of a case with these claims and forces, to put in place of those of Fourland."""
    header, *rows = ACTORS.strip().split("\n")
    known = "\n".join([f"{header},groups,handling", *(f"{row},," for row in rows)]) + "\n" + PEOPLE + people
    return {"actors.csv": known, "claims.csv": HEADER + "".join(claims), "forces.csv": forces}
