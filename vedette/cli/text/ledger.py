"""Prints the ledger: actors, ties with the spells in which they held, and the claims under them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl
from rich.markup import escape
from rich.table import Table

from vedette.case.schema.relations import RELATIONS, TIES
from vedette.cli.text import screen
from vedette.commands import ActorResult, TieResult, claimed, sentence
from vedette.commands.claim_words import NOT_CITABLE, grade, said_when, span, span_of_text, speaker
from vedette.evidence import Belief, Ledger, Profile, Spell
from vedette.evidence.retracting import UNSAID
from vedette.plurals import counted

_TIE = ("subject", "relation", "object")


def print_actor(result: ActorResult) -> None:
    """Prints who an actor is, what it was over time, and its ties by kind with their claims."""
    names, found = result.ledger.names, result.profile
    _print_identity(found, names)
    by_id = {row["id"]: row for row in found.claims.iter_rows(named=True)}
    for kind in TIES:
        ties = {tie: some for tie, some in found.ties.items() if RELATIONS[tie[1]].kind is kind}
        if ties:
            screen.out.print(f"\n[bold]{kind.value.capitalize()}[/]")
        for tie, some in ties.items():
            screen.out.print(f"  [bold]{escape(sentence(names, *tie))}[/]")
            _print_spells(some, by_id, found.day)
            screen.out.print(_standing(found.standing.get(tie), found.day, result.ledger), highlight=False)
            print_claims([row for row in by_id.values() if tie == tuple(row[end] for end in _TIE)], names)
    _print_through(result)
    if not found.other.is_empty():
        screen.out.print("\n[bold]Also said[/] (acts, figures, assessments; no ties)")
        print_claim_list(found.other, names)


def _print_through(result: ActorResult) -> None:
    """Prints the support of the forces and ministries that a force lies within, one line a tie."""
    if result.through.is_empty():
        return
    names = result.ledger.names
    screen.out.print(f"\n[bold]Through forces above it[/], on {result.day} (claimed of them, counted there)")
    for row in result.through.iter_rows(named=True):
        tie = sentence(names, row["backer"], row["relation"], row["through"])
        screen.out.print(f"  {escape(tie)}, {row['belief']:.0%}")


def _print_identity(found: Profile, names: Mapping[str, str]) -> None:
    actor = found.actor
    screen.out.print(f"[bold]{escape(actor['name'])}[/] ({escape(actor['id'])}), {escape(actor['kind'])}")
    codes = [f"{label} {actor[key]}" for key, label in (("ucdp", "UCDP"), ("gw", "GW")) if actor[key]]
    lines = {
        "also": "; ".join(found.spellings),
        "codes": ", ".join(codes),
        "existed": span_of_text(actor["from"], actor["to"]) if actor["from"] or actor["to"] else "",
        "parent": names.get(actor["parent"], actor["parent"]),
        "classes": ", ".join(names.get(group, group) for group in found.groups),
        "holds": ", ".join(names.get(key, key) for key in found.members),
    }
    shown = _grid()
    for label, text in lines.items():
        if text:
            shown.add_row(label, escape(text))
    for row in found.statuses.iter_rows(named=True):
        held = f", part of {names.get(row['part_of'], row['part_of'])}" if row["part_of"] else ""
        shown.add_row("status", f"{row['status']}, {span_of_text(row['from'], row['to'])}{escape(held)}")
    became = found.lineage.filter(pl.col("relation").is_in(["renamed-to", "split-from", "merged-into"]))
    for row in became.unique(["subject", "relation", "object"], maintain_order=True).iter_rows(named=True):
        said = sentence(names, row["subject"], row["relation"], row["object"])
        shown.add_row("lineage", f"{escape(said)}, {span_of_text(row['from'], row['to'])}")
    screen.out.print(shown, soft_wrap=False)


def _standing(row: Mapping[str, Any] | None, day: date, ledger: Ledger) -> str:
    """How far a tie is believed on the day, in words."""
    if row is None:
        return f"    no claim found that counts on {day}"
    if not row["supported"]:
        return f"    no claim for it counts on {day}; {counted(row['claims_against'], 'claim')} against"
    belief = f"{row['belief']:.0%} on {day}, {said_when(row['said'], day)}"
    mark = ", [bold yellow]contested[/]" if row["contested"] else ""
    least = ledger.case.weights.least
    return f"    {belief}{mark}" + (f"; below {least:.0%}" if row["belief"] < least else "")


def _print_spells(some: Iterable[Spell], by_id: Mapping[str, Mapping[str, object]], day: date) -> None:
    shown = Table.grid(padding=(0, 2))
    shown.add_column(width=28)
    shown.add_column(min_width=6)
    shown.add_column()
    for one in some:
        rows = [by_id[claim] for claim in one.claims if claim in by_id]
        against = sum(row["polarity"] == "-" for row in rows)
        remarks = [f"{len(rows) - against} for, {against} against"] if rows else []
        remarks += ["[bold yellow]contested[/]"] if one.contested else []
        remarks += [NOT_CITABLE] if rows and all(row["basis"] == "recalled" for row in rows) else []
        goes_on = one.last is None or one.last >= day
        remarks += [] if goes_on else [f"last said {one.said}"]
        days = span(one.first, None if goes_on else one.last)
        shown.add_row(f"    {days}", f"up to {one.belief:.0%}", ", ".join(remarks))
    screen.out.print(shown, soft_wrap=False)


def print_claims(rows: Iterable[Mapping[str, object]], names: Mapping[str, str]) -> None:
    """Prints claims, one a line: for or against, grade, how said by whom, in which source, when."""
    shown = Table.grid(padding=(0, 1))
    for width, least in ((5, 5), (2, 2), (None, 30), (None, 24), (10, 10)):
        shown.add_column(width=width, min_width=least)
    for row in rows:
        said = f"{row['hedge']} by {speaker(row, names)}"
        where = NOT_CITABLE if row["basis"] == "recalled" else f"{source_of(row, names)} ({row['id']})"
        shown.add_row(f"    {row['polarity']}", grade(row), escape(said), escape(where), str(row["said"]))
    screen.out.print(shown, soft_wrap=False)


def source_of(row: Mapping[str, object], names: Mapping[str, str]) -> str:
    """The source as one can look it up: its id, or its title where the edition has public ids."""
    source = str(row["source"])
    return names.get(source, source) if source.startswith("p-") else source


def print_ties(result: TieResult) -> None:
    """Prints ties in full: the belief, its range over tables of weights, every claim with its influence."""
    for belief in result.beliefs:
        _print_belief(belief, result.range_of(belief), names=result.ledger.names)


def _print_belief(belief: Belief, ends: tuple[float, float], *, names: Mapping[str, str]) -> None:
    least, most = ends
    said = sentence(names, belief.subject, belief.relation, belief.object)
    screen.out.print(f"[bold]{escape(said)}[/], on {belief.at}")
    if not belief.reports:
        screen.out.print(f"  no claim found that counts on {belief.at}")
        return
    mark = ", [bold yellow]contested[/]" if belief.contested else ""
    screen.out.print(
        f"  {belief.probability:.1%} believed (log-odds {belief.log_odds:+.2f}), from {belief.prior:.0%} "
        f"without claims{mark}"
    )
    screen.out.print(f"  {least:.1%} to {most:.1%} if the table of weights is taken half as far, or twice")
    ages = belief.half_life
    by = f"assumed by {ages.author}" if ages.author else f"estimated from {counted(ages.spells, 'spell')}"
    said = said_when(belief.said, belief.at) if belief.said else "no claim for it counts"
    screen.out.print(f"  {said}; half-life {ages.years:.3g} years ({by})", highlight=False)
    rows = {row["id"]: row for row in belief.claims.iter_rows(named=True)}
    influences = belief.influences()
    for report in sorted(belief.reports, key=lambda one: -abs(one.ratio)):
        shared = f", one report of {counted(len(report.claims), 'claim')}" if len(report.claims) > 1 else ""
        screen.out.print(f"\n  origin {escape(report.origin)}: {report.ratio:+.2f}{shared}")
        print_claims([rows[claim] for claim in report.claims], names)
        for claim in report.claims:
            screen.out.print(f"      without {escape(claim)}: {influences[claim]:+.1%}")


def print_claim_list(claims: pl.DataFrame, names: Mapping[str, str]) -> None:
    """Prints a list of claims: what is claimed, and below it who says so, where and when."""
    shown = Table.grid(padding=(0, 2))
    shown.add_column(style="bold", no_wrap=True)
    shown.add_column()
    for row in claims.iter_rows(named=True):
        sign = "[bold red]not so:[/] " if row["polarity"] == "-" and row["statement"] else ""
        where = NOT_CITABLE if row["basis"] == "recalled" else source_of(row, names)
        told = f"{grade(row)} {row['hedge']} by {speaker(row, names)}; {where}; said {row['said'] or 'once'}"
        known = "" if str(row["known_on"]) == row["said"] else f", known {row['known_on']}"
        shown.add_row(escape(row["id"]), f"{sign}{escape(claimed(names, row))}")
        shown.add_row("", f"[dim]{escape(told + known)}[/]")
        if "retracted" in row:
            reason = "" if row["why"] == UNSAID else f": {row['why']}"
            shown.add_row("", f"[bold]retracted {row['retracted']}[/]{escape(reason)}")
    screen.out.print(shown, soft_wrap=False)


def _grid() -> Table:
    shown = Table.grid(padding=(0, 2))
    shown.add_column(style="dim", width=9)
    shown.add_column()
    return shown
