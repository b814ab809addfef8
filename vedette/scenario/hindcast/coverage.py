"""Whether history covers an outcome: what past starts of the mechanism say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vedette.plurals import counted
from vedette.scenario.language.mechanism import Mechanism

WHAT = "The mechanism is"
Verdict = Literal["covered", "cannot produce", "not tested"]


@dataclass(frozen=True)
class Coverage:
    """Whether history covers an outcome, and that in a sentence."""

    verdict: Verdict
    sentence: str


def history_covers(mechanism: Mechanism, outcome: str, hindcast: Mapping[str, Any] | None) -> Coverage:
    """Whether past starts of a mechanism reached what came, for an outcome.

    ``covered``: at every start what came lies within the draws. ``cannot produce``: at some start it lies
    beyond all of them. ``not tested``: no start was run, or nothing that came says anything of the outcome.

    Args:
        mechanism: of the case.
        outcome: the id of an outcome.
        hindcast: the document of the last hindcast, as `kept_hindcast` gives it; None for none.
    """
    if mechanism.file.hindcast is None:
        return Coverage(
            "not tested", f"{WHAT} not held against the past: mechanisms.yaml names no past start."
        )
    if hindcast is None:
        return Coverage("not tested", f"{WHAT} not yet held against the past: vedette hindcast does that.")
    node = next(entry.of for entry in mechanism.file.outcomes if entry.id == outcome)
    rows = [
        {**row, "start": start["start"], "held_back": start["held_back"]}
        for start in hindcast["starts"]
        for row in start["rows"]
        if row["node"] == node
    ]
    if not rows:
        return Coverage("not tested", f"{WHAT} not held against the past: nobody counted this outcome then.")
    missed = sorted({str(row["start"]) for row in rows if row["verdict"] == "cannot produce"})
    if missed:
        return Coverage(
            "cannot produce", f"Run from {_listed(missed)}, the mechanism cannot produce what came."
        )
    return Coverage("covered", _reached(rows))


def _reached(rows: Sequence[Mapping[str, Any]]) -> str:
    starts = sorted({str(row["start"]) for row in rows})
    held = {str(row["start"]) for row in rows if row["held_back"]}
    fitted = len(starts) - len(held)
    inside = sum(bool(row["inside"]) for row in rows)
    kinds = f"{fitted} of them fitted on" if held else "all fitted on"
    return (
        f"Run from {counted(len(starts), 'past day')} ({kinds}), the mechanism could produce what came; its "
        f"90 % ranges held {inside} of {counted(len(rows), 'figure')}."
    )


def _listed(months: Sequence[str]) -> str:
    return months[0] if len(months) == 1 else f"{', '.join(months[:-1])} and {months[-1]}"
