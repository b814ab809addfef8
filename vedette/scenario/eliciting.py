"""An author's answer to an assumption, put into mechanisms.yaml beside those of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from vedette.case.writing.yaml_edit import Path, loaded, with_item, with_keys
from vedette.errors import StorageError, UsageError
from vedette.problems import did_you_mean
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.entries import FILE, MechanismFile
from vedette.scenario.language.units import support

SHARES = {3: ("q5", "q50", "q95"), 5: ("q5", "q25", "q50", "q75", "q95")}
"""Which quantiles so many numbers are."""


@dataclass(frozen=True)
class Asked:
    """An assumption that can be elicited: its id, name, unit, and where it stands in the file."""

    id: str
    name: str
    unit: str
    path: Path


def asked_of(file: MechanismFile, name: str) -> Asked:
    """The assumption of an id, or the one under ``else`` of an estimate.

    Raises:
        UsageError: there is no such assumption.
    """
    known: dict[str, Asked] = {}
    for index, entry in enumerate(file.assumptions):
        known[entry.id] = Asked(entry.id, entry.name, entry.unit, ("assumptions", index))
    for index, estimate in enumerate(file.estimates):
        if estimate.fallback is not None:
            path = ("estimates", index, "else")
            known[estimate.id] = Asked(estimate.id, estimate.name, estimate.unit, path)
    if name not in known:
        found = next((entry for entry in (*file.observations, *file.estimates) if entry.id == name), None)
        cure = did_you_mean(name, list(known))
        if found is not None:
            cure = "It is computed from the case; give it an else: to let authors answer where data are few."
        raise UsageError(f"{name}: expected the id of an assumption of {FILE}. {cure}")
    return known[name]


def elicited(quantiles: tuple[float, ...], unit: str) -> Distribution:
    """Quantiles as a distribution, cut off where its unit ends.

    Args:
        quantiles: the 5, 50 and 95 %, or the 5, 25, 50, 75 and 95 % quantiles.
        unit: the unit of the quantity.

    Raises:
        UsageError: there are not 3 or 5, they do not rise, or lie where the unit makes no sense.

    >>> str(elicited((100.0, 400.0, 2000.0), "people"))
    'elicited, 5 %: 100, 50 %: 400, 95 %: 2000'
    >>> elicited((100.0, 400.0, 2000.0), "people").support
    (0.0, 2190.0)
    """
    if len(quantiles) not in SHARES:
        raise UsageError(
            f"expected 3 numbers (5, 50, 95 %) or 5 (5, 25, 50, 75, 95 %); found {len(quantiles)}."
        )
    low, high = support(unit)
    if quantiles[0] < low or quantiles[-1] > high:
        top = f" to {high:g}" if high < float("inf") else " up"
        raise UsageError(f"expected {unit} from {low:g}{top}; found {quantiles[0]:g} to {quantiles[-1]:g}.")
    written: dict[str, Any] = dict(zip(SHARES[len(quantiles)], quantiles, strict=True))
    over = 0.1 * (quantiles[-1] - quantiles[0])
    written |= {"least": low} if quantiles[0] - over < low else {}
    written |= {"most": high} if quantiles[-1] + over > high else {}
    try:
        return Distribution(form="elicited", **written)
    except ValidationError as error:
        found = ", ".join(f"{value:g}" for value in quantiles)
        raise UsageError(f"expected quantiles that rise; found {found}. Correct them.") from error


def with_answer(
    text: str, asked: Asked, author: str, given: Distribution, terms: Mapping[str, str], day: date
) -> str:
    """The text of mechanisms.yaml with an author's answer, in place of the author's earlier one if any.

    ``terms``: ``source`` and ``why``. Comments and layout stay.

    Raises:
        StorageError: the file is written in a way that cannot be changed entry by entry.
    """
    data = loaded(text, FILE)
    entry = data
    for step in asked.path:
        entry = entry[step]
    answer = {
        "date": day,
        "distribution": given.model_dump(exclude_none=True),
        "source": terms["source"],
        "why": terms["why"],
    }
    others = entry.get("authors") or []
    names = [each["author"] for each in others]
    if entry["author"] == author:
        edited = with_keys(text, asked.path, answer)
        entry.update(answer)
    elif author in names:
        edited = with_keys(text, (*asked.path, "authors", names.index(author)), answer)
        others[names.index(author)].update(answer)
    elif others:
        edited = with_item(text, (*asked.path, "authors"), {"author": author, **answer})
        others.append({"author": author, **answer})
    else:
        edited = with_keys(text, asked.path, {"authors": [{"author": author, **answer}]})
        entry["authors"] = [{"author": author, **answer}]
    if loaded(edited, FILE) != data:
        cure = f"Write the entry of {asked.id} on lines of its own, or add the author by hand."
        raise StorageError(f"{FILE}: this entry cannot be changed without touching others. {cure}")
    return edited
