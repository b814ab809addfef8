"""What is drawn of an actor: its status and ties as ranges, its headcounts, what it has in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from vedette import commands
from vedette.app.addresses import claim_address, tie_address
from vedette.app.drawings.amounts import Amount, amounts_drawing
from vedette.app.drawings.network import COLOURS
from vedette.app.drawings.strips import Strip, strips_drawing
from vedette.app.drawings.svg import Drawing
from vedette.commands import ActorResult, Side, StatusSpell
from vedette.plurals import counted

if TYPE_CHECKING:
    from vedette.evidence import Belief, Ledger

_MOST = 8
"""Series of posture that are drawn: the longest."""


@dataclass(frozen=True, eq=False)
class OverTime:
    """An actor over time: its spells of a status, headcounts by year, posture, and what is drawn of them."""

    statuses: tuple[StatusSpell, ...]
    strength: pl.DataFrame
    posture: pl.DataFrame
    drawings: Mapping[str, Drawing]

    def series(self) -> list[Drawing]:
        """Returns the drawings of posture."""
        return [drawing for key, drawing in self.drawings.items() if key.startswith("posture-")]


def over_time_of(ledger: "Ledger", found: ActorResult, at: date | None) -> OverTime:
    """Returns an actor over time, with a line at the day that is meant."""
    present = commands.present_of(ledger)
    key = found.profile.actor["id"]
    statuses = commands.status_spells(found.profile.statuses)
    strength = commands.strength_by_year(ledger, key, present=present)
    posture = commands.posture_of(ledger, key)
    meant = at or present
    drawn = [
        *_status_drawing(ledger, statuses, meant),
        *_ties_drawing(ledger, found, meant),
        *_strength_drawing(strength),
        *_posture_drawings(posture),
    ]
    return OverTime(statuses, strength, posture, {drawing.id: drawing for drawing in drawn})


def _status_drawing(ledger: "Ledger", statuses: tuple[StatusSpell, ...], at: date) -> list[Drawing]:
    if not statuses:
        return []
    present = commands.present_of(ledger)
    claims, strips = set(ledger.claims["id"]), []
    for spell in statuses:
        part = commands.short_name(ledger.names.get(spell.part_of, spell.part_of))
        words = f"{spell.status}, within {part}" if part else spell.status
        address = claim_address(spell.claim) if spell.claim in claims else ""
        days = [(spell.first, min(spell.last, present))]
        strips.append(
            Strip(
                words,
                address,
                days,
                note="" if ledger.case.withheld else spell.note,
                colour=COLOURS[Side(spell.status)],
            )
        )
    ends = {"first": ledger.case.start, "last": present}
    return [
        strips_drawing(strips, key="status", title="Status over time, as coded in forces.csv", at=at, **ends)
    ]


def _ties_drawing(ledger: "Ledger", found: ActorResult, at: date) -> list[Drawing]:
    present = commands.present_of(ledger)
    strips = [
        Strip(
            commands.tie_in_words(ledger.names, strip.tie),
            tie_address(*strip.tie, at),
            *(strip.stated, strip.ageing, strip.against),
            note=f"Said to have held from {strip.stated[0][0]} to {strip.said}",
        )
        for strip in commands.tie_strips(ledger, found.profile.ties, present=present)
    ]
    if not strips:
        return []
    title = f"{counted(len(strips), 'tie')} over time"
    ends = {"first": ledger.case.start, "last": present}
    return [strips_drawing(strips, key="ties", title=title, at=at, **ends)]


def tie_drawings(ledger: "Ledger", belief: "Belief") -> list[Drawing]:
    """Returns a tie over time as a strip, and the belief in it at the end of each year."""
    present, tie = commands.present_of(ledger), (belief.subject, belief.relation, belief.object)
    strips = [
        Strip(commands.tie_in_words(ledger.names, tie), "", strip.stated, strip.ageing, strip.against)
        for strip in commands.tie_strips(ledger, [tie], present=present)
    ]
    if not strips:
        return []
    ends = {"first": ledger.case.start, "last": present}
    strip = strips_drawing(strips, key="strip", title="When it is said to have held", at=belief.at, **ends)
    amounts = [
        Amount(row["at"], *(row["belief"],) * 3, _belief_words(row))
        for row in commands.belief_by_year(ledger, tie, present=present).iter_rows(named=True)
    ]
    title, subtitle = "Belief at the end of each year", "From 0 to 1. ?: no claim for it counts."
    return [strip, amounts_drawing(amounts, key="belief", title=title, subtitle=subtitle)]


def _belief_words(row: Mapping[str, float | str | date | None]) -> str:
    belief = "no claim for it counts" if row["belief"] is None else f"{row['belief']:.0%} believed"
    return f"{row['at']}: {belief}{', contested' if row['contested'] else ''}"


def _strength_drawing(strength: pl.DataFrame) -> list[Drawing]:
    amounts = [
        Amount(
            row["at"], row["low"], row["middle"], row["high"], _strength_words(row), row["basis"] == "carried"
        )
        for row in strength.iter_rows(named=True)
    ]
    subtitle = (
        "Dot: middle, bar: 90% interval. Pale: carried from another year. ?: no headcount within reach."
    )
    title = "Persons under arms at the end of each year"
    return [amounts_drawing(amounts, key="strength", title=title, subtitle=subtitle)] if amounts else []


def _strength_words(row: Mapping[str, float | str | date | None]) -> str:
    if row["middle"] is None:
        return f"{row['at']}: no headcount within reach"
    ends = " to ".join(f"{round(float(str(row[end])), -2):,.0f}" for end in ("low", "high"))
    return f"{row['at']}: {ends} persons, {row['basis']}"


def _posture_drawings(posture: pl.DataFrame) -> list[Drawing]:
    groups = posture.filter(pl.col("value").is_not_null()).partition_by("series", maintain_order=True)
    longest = sorted(groups, key=lambda rows: -rows.height)[:_MOST]
    return [_series(number, rows) for number, rows in enumerate(longest) if rows.height > 1]


def _series(number: int, rows: pl.DataFrame) -> Drawing:
    amounts = [
        Amount(
            date.fromisoformat(str(row["date"])),
            *(row["value"],) * 3,
            f"{row['date']}: {row['value']:,.10g} {row['unit']}",
            row["basis"] != "page",
        )
        for row in rows.iter_rows(named=True)
    ]
    kind, unit, name = (str(rows[column].to_list()[0]) for column in ("kind", "unit", "series"))
    title = f"{kind.capitalize()} in place, {unit} ({name})"
    subtitle = "As sources state it. Pale: recalled, not citable. Between two dots nothing is known."
    return amounts_drawing(amounts, key=f"posture-{number}", title=title, subtitle=subtitle)
