"""Renames entries of a mechanism through its file and its scenarios, and nothing else."""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

QUANTITIES = ("observations", "estimates", "assumptions")
NAMED = (
    *QUANTITIES,
    "levers",
    "calendar",
    "events",
    "rates",
    "stocks",
    "effects",
    "alternatives",
    "outcomes",
)
KINDS = (*NAMED, "signs", "branches", "scenarios")
"""Everything that bears an id of its own in a mechanism or beside it."""

_WORDS = {"id", "name", "unit", "why", "source", "author", "authors", "note", "who"}
_NUMBERS = {"distribution", "else", "fit", "precedents", "strength", "record", "measured", "matters"}
_PLAIN = _WORDS | _NUMBERS | {"strata", "places", "form", "side", "read", "good", "branches"}
"""Keys of entries in which no id of a mechanism stands."""
Document = dict[str, Any]


def other_name(name: str) -> str:
    """A name that sorts otherwise."""
    return f"z-{name[::-1].strip('-')}"


def renamed(
    document: Document, scenarios: Mapping[str, Document], kinds: Collection[str], only: str | None = None
) -> tuple[Document, dict[str, Document], dict[str, str]]:
    """The file and its scenarios once entries of some kinds bear other names; the names by the old ones.

    All entries of these kinds, or one of them. The id of a sign, a branch or a scenario may be that of
    another entry too, which keeps it.
    """
    told = {name: new for kind in kinds if kind in NAMED for name, new in _names(document.get(kind), only)}
    signs = dict(_names(document.get("signs"), only)) if "signs" in kinds else {}
    runs = {name: other_name(name) for name in scenarios if "scenarios" in kinds and only in (None, name)}
    made = deepcopy(document)
    for section in (*NAMED, "signs"):
        made[section] = [_referring(entry, told) for entry in made.get(section, [])]
        for entry in made[section]:
            entry["id"] = (signs if section == "signs" else told).get(entry["id"], entry["id"])
    for alternative in made["alternatives"]:
        others = dict(_names(alternative["branches"], only)) if "branches" in kinds else {}
        alternative["branches"] = [
            {**_referring(branch, told), "id": others.get(branch["id"], branch["id"])}
            for branch in alternative["branches"]
        ]
    for section in ("base", "compared", "reactions"):
        made[section] = _swapped(made.get(section, []), runs)
    if "hindcast" in made:
        made["hindcast"] = _swapped(made["hindcast"], told)
    files = {runs.get(name, name): _scenario(each, runs, told, signs) for name, each in scenarios.items()}
    return made, files, told


def _names(entries: list[Document] | None, only: str | None) -> Iterator[tuple[str, str]]:
    for entry in entries or []:
        if only in (None, entry["id"]):
            yield entry["id"], other_name(entry["id"])


def files_of(folder: Path) -> tuple[Document, dict[str, Document]]:
    """The mechanism in a folder and its scenarios, by id."""
    scenarios = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("scenarios/*.yaml"))]
    document = yaml.safe_load((folder / "mechanisms.yaml").read_text("utf-8"))
    return document, {each["id"]: each for each in scenarios}


def write(folder: Path, document: Document, scenarios: Mapping[str, Document]) -> None:
    """Puts a mechanism and its scenarios in place of those in a folder."""
    for file in folder.glob("scenarios/*.yaml"):
        file.unlink()
    (folder / "mechanisms.yaml").write_text(
        yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "utf-8"
    )
    for name, each in scenarios.items():
        text = yaml.safe_dump(each, sort_keys=False, allow_unicode=True)
        (folder / "scenarios" / f"{name}.yaml").write_text(text, "utf-8")


def _referring(entry: Document, told: Mapping[str, str]) -> Document:
    return {key: value if key in _PLAIN else _swapped(value, told) for key, value in entry.items()}


def _scenario(
    each: Document, runs: Mapping[str, str], told: Mapping[str, str], signs: Mapping[str, str]
) -> Document:
    made = {**each, "id": runs.get(each["id"], each["id"]), "levers": _swapped(each["levers"], told)}
    if "rules" in each:
        made["rules"] = [
            {**rule, "when": _swapped(rule["when"], signs), "levers": _swapped(rule["levers"], told)}
            for rule in each["rules"]
        ]
    return made


def _swapped(value: object, told: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return "+".join(told.get(part, part) for part in value.split("+"))
    if isinstance(value, list):
        return [_swapped(each, told) for each in value]
    if isinstance(value, dict):
        return {_swapped(key, told): _swapped(each, told) for key, each in value.items()}
    return value
