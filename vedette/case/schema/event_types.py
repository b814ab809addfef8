"""Kinds of events that data sets distinguish, and those that count as organised violence.

ACLED's types and sub-types: ACLED codebook, 2019 to 2025. GDELT's are the root codes of CAMEO: 18 is assault,
19 fight, 20 mass violence. UCDP records organised violence only.
"""

from collections.abc import Iterator, Mapping, Sequence

from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

_ACLED: Mapping[str, str] = {
    "Battles": "Government regains territory; Non-state actor overtakes territory; Armed clash",
    "Explosions/Remote violence": "Chemical weapon; Air/drone strike; Suicide bomb; "
    "Shelling/artillery/missile attack; Remote explosive/landmine/IED; Grenade",
    "Violence against civilians": "Sexual violence; Attack; Abduction/forced disappearance",
    "Protests": "Peaceful protest; Protest with intervention; Excessive force against protesters",
    "Riots": "Violent demonstration; Mob violence",
    "Riots/Protests": "",
    "Strategic developments": "Agreement; Arrests; Change to group/activity; Disrupted weapons use; Other; "
    "Headquarters or base established; Looting/property destruction; Non-violent transfer of territory",
}
_VIOLENCE = ("Battles", "Explosions/Remote violence", "Violence against civilians")
_FIGHTS = ("cameo-18", "cameo-19", "cameo-20")


def usual_types(dataset: str) -> tuple[str, ...]:
    """The types that a case counts if it names none, as published; empty if all are counted."""
    return {"acled": _VIOLENCE, "gdelt": _FIGHTS}.get(dataset, ())


def counted_types(dataset: str, named: Sequence[str]) -> tuple[str, ...]:
    """The types and sub-types that a case counts, in small letters; empty if all are counted."""
    return tuple(word.lower() for word in (named or usual_types(dataset)))


def unknown_types(dataset: str, named: Sequence[str]) -> Iterator[Problem]:
    """Problems of words that are no type or sub-type of a data set whose types are known."""
    known = _known(dataset)
    lowered = {word.lower() for word in known}
    for index, word in enumerate(named):
        if known and word.lower() not in lowered:
            column, expected = f"events.types[{index}]", f"a type or sub-type of an event in {dataset}"
            yield Problem("case.yaml", 0, column, expected, shown(word), did_you_mean(word, known))


def _known(dataset: str) -> tuple[str, ...]:
    match dataset:
        case "acled":
            return (*_ACLED, *(word for words in _ACLED.values() for word in words.split("; ") if word))
        case "gdelt":
            return tuple(f"cameo-{root:02}" for root in range(1, 21))
        case "ucdp" | "ucdp-ged-precise":
            return ("state-based", "non-state", "one-sided")
    return ()
