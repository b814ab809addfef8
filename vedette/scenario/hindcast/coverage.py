"""Whether history covers an outcome: what past starts of the mechanism say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vedette.message import joined, listed, say, say_many
from vedette.scenario.language.mechanism import Mechanism

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
            "not tested",
            say("The mechanism is not held against the past: mechanisms.yaml names no past start."),
        )
    if hindcast is None:
        command = "vedette hindcast"
        if mechanism.case.apart:
            command += f" --edition {mechanism.case.edition}"
        return Coverage(
            "not tested",
            say("The mechanism is not yet held against the past: {command} does that.", command=command),
        )
    node = next(entry.of for entry in mechanism.file.outcomes if entry.id == outcome)
    rows = [
        {**row, "start": start["start"], "held_back": start["held_back"]}
        for start in hindcast["starts"]
        for row in start["rows"]
        if row["node"] == node
    ]
    if not rows:
        return Coverage(
            "not tested", say("The mechanism is not held against the past: nobody counted this outcome then.")
        )
    missed = sorted({str(row["start"]) for row in rows if row["verdict"] == "cannot produce"})
    if missed:
        return Coverage(
            "cannot produce",
            say("Run from {days}, the mechanism cannot produce what came.", days=listed(missed)),
        )
    return Coverage("covered", _reached(rows))


def _reached(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many ranges held at days that the mechanism was fitted on, and at those that nobody fitted."""
    fitted, held = ([row for row in rows if bool(row["held_back"]) == back] for back in (False, True))
    told = []
    if fitted:
        told.append(
            say("{ranges} from {days} that it was fitted on", ranges=_ranges(fitted), days=_days(fitted))
        )
    if held:
        told.append(say("{ranges} from {days} that nobody fitted", ranges=_ranges(held), days=_days(held)))
    ranges = say("Its 90 % ranges held {ranges}{against}.", ranges=joined(told, "; "), against=_against(held))
    return joined((say("Run from the past, the mechanism could produce what came."), ranges))


def _ranges(rows: Sequence[Mapping[str, Any]]) -> str:
    inside = sum(bool(row["inside"]) for row in rows)
    return say_many(len(rows), "{inside} of {count} figure", "{inside} of {count} figures", inside=inside)


def _days(rows: Sequence[Mapping[str, Any]]) -> str:
    return say_many(len({row["start"] for row in rows}), "{count} day", "{count} days")


def _against(rows: Sequence[Mapping[str, Any]]) -> str:
    """The error against that of the forecast alone, at days that nobody fitted; empty where not known."""
    scored = [row for row in rows if row.get("crps") is not None and row.get("crps_forecast")]
    if not scored:
        return ""
    ratio = sum(row["crps"] for row in scored) / sum(row["crps_forecast"] for row in scored)
    return say(", with {ratio} times the error (CRPS) of the forecast alone", ratio=f"{ratio:.2f}")
