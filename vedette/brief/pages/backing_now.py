"""Who backs whom now: the handful of ties that matters, the backers that the question names first."""

import re
from datetime import date

import polars as pl

from vedette.brief.blocks import Section, Shown
from vedette.brief.figures import Cell, Column, Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.prose import text
from vedette.brief.words import likelihood, percent
from vedette.message import Day, joined, listed, say, say_many
from vedette.network import dependence

MOST = 8
"""Rows at most."""
LEADING = 3
"""Backers in the headline at most."""
_MONTH = 31
_FINE = 10_000
"""A belief is no share of draws: it is written to the whole per cent."""
_ADJECTIVE = {
    "state": say("state"),
    "hybrid": say("hybrid"),
    "non-state": say("non-state"),
    "foreign": say("foreign"),
    "unknown": say("of unknown status"),
}
_KINDS = {
    "troops": say("troops"),
    "foreign-presence": say("foreign presence"),
    "joint-operations": say("joint operations"),
    "weapons": say("weapons"),
    "materiel": say("materiel"),
    "training": say("training"),
    "funding": say("funding"),
    "intelligence": say("intelligence"),
    "territory": say("territory"),
    "other-support": say("other support"),
    "unknown-support": say("unknown support"),
}
_LABEL = say("Who backs whom")
_NONE_FOUND = say("No claim found is not none given.")
_COLUMNS = (
    Column("backer", say("backer")),
    Column("recipient", say("backs")),
    Column("kinds", say("with")),
    Column("since", say("since")),
    Column("said", say("last said")),
    Column("belief", say("how far to be believed")),
)


def backing_now(findings: Findings) -> Section:
    """The ties in a table; a sentence where no claim of support counts."""
    evidence = findings.evidence
    ties = None if evidence is None else _pairs(findings, evidence)
    if evidence is None or ties is None or ties.is_empty():
        words = text(joined((_faded(evidence), _NONE_FOUND)))
        title = say("No foreign support is believed far enough to count")
        return Section("backing-now", title, (words,), _LABEL)
    shown = _handful(ties)
    return Section("backing-now", _headline(evidence, shown), (_table(evidence, shown, ties.height),), _LABEL)


def _faded(evidence: Evidence | None) -> str:
    """The ties that are claimed but believed too little; empty where there is none."""
    if evidence is None or evidence.faded_support.is_empty():
        return ""
    rows = evidence.faded_support.sort("belief", "subject", "object", descending=[True, False, False])
    names = evidence.ledger.names
    told = [
        say(
            "{claim} ({belief}, last said {day})",
            claim=say(
                "{backer}, {force}: {kind}",
                backer=names[row["subject"]],
                force=names[row["object"]],
                kind=_KINDS.get(row["relation"], row["relation"].replace("-", " ")),
            ),
            belief=percent(row["belief"]),
            day=Day.at(row["said"], "day"),
        )
        for row in rows.head(LEADING).iter_rows(named=True)
    ]
    return say("Claimed, but believed too little by now: {claims}.", claims=joined(told, "; "))


def _pairs(findings: Findings, evidence: Evidence) -> pl.DataFrame:
    """One row for each backer and recipient: those that the question names first, then by reach and belief.

    Columns: ``backer, force, status, kinds, since, begun, said, belief, contested``; of the most believed kind
    but for ``kinds`` and ``said``.
    """
    ties = (
        dependence(evidence.ledger, evidence.at)
        .filter("widest")
        .sort("belief", "relation", descending=[True, False])
    )
    pairs = ties.group_by("backer", "force", maintain_order=True).agg(
        pl.col("status").first(),
        kinds=pl.col("relation"),
        **{name: pl.col(name).first() for name in ("since", "begun", "belief", "contested")},
        said=pl.col("said").max(),
    )
    named = [each for each in pairs["backer"].unique() if _asked_about(findings, evidence, each)]
    reach = pl.len().over("backer")
    ranked = pairs.with_columns(named=pl.col("backer").is_in(named), reach=reach)
    return ranked.sort(
        "named", "reach", "backer", "belief", "force", descending=[True, True, False, True, False]
    )


def _asked_about(findings: Findings, evidence: Evidence, backer: str) -> bool:
    """Whether the case's question or title names a backer."""
    asked = f"{findings.case.title} {findings.case.question}"
    aliases = ";".join(evidence.ledger.case.actors.filter(id=backer)["aliases"])
    names = [evidence.name(backer), *filter(None, map(str.strip, aliases.split(";")))]
    return bool(re.search(rf"\b({'|'.join(map(re.escape, names))})\b", asked))


def _handful(pairs: pl.DataFrame) -> pl.DataFrame:
    """Of each backer the most believed recipient of each status; `MOST` rows at most."""
    return pairs.unique(["backer", "status"], keep="first", maintain_order=True).head(MOST)


def _headline(evidence: Evidence, shown: pl.DataFrame) -> str:
    """Whom the first backers back."""
    parts = []
    for (backer,), rows in list(shown.group_by(["backer"], maintain_order=True))[:LEADING]:
        forces = [evidence.name(force) for force in rows["force"]]
        parts.append(say("{backer}: {forces}", backer=evidence.name(str(backer)), forces=listed(forces)))
    return joined(parts, "; ")


def _table(evidence: Evidence, shown: pl.DataFrame, of: int) -> Shown:
    keys = [
        (row["backer"], kind, row["force"]) for row in shown.iter_rows(named=True) for kind in row["kinds"]
    ]
    claims = evidence.behind(keys)
    figure = Figure(
        "backing-now",
        say(
            "Foreign support on {day}: of each backer the recipient most to be believed, by status",
            day=Day.at(evidence.at, "day"),
        ),
        Mark.ESTIMATED,
        evidence.chain(claims, "claims for and against weighed into the belief that a tie holds on the day"),
        "",
        table=Table.of([_row(evidence, row) for row in shown.iter_rows(named=True)], _COLUMNS),
        claims=evidence.cite(claims),
    )
    left = of - shown.height
    more = say_many(left, "{count} more pair stands in the annex.", "{count} more pairs stand in the annex.")
    note = (
        more if left else "",
        say("By: it held by then, its beginning is not said."),
        say("Hybrid: on a public payroll, under others’ command."),
        _NONE_FOUND,
    )
    return Shown(figure, "", joined(note))


def _row(evidence: Evidence, row: dict[str, object]) -> dict[str, Cell]:
    kinds = row["kinds"]
    assert isinstance(kinds, list)
    belief = likelihood(float(str(row["belief"])), _FINE, evidence.ledger.case.scale)
    return {
        "backer": evidence.name(str(row["backer"])),
        "recipient": say(
            "{force} ({status})",
            force=evidence.name(str(row["force"])),
            status=_ADJECTIVE[str(row["status"])],
        ),
        "kinds": joined([_KINDS.get(str(kind), str(kind).replace("-", " ")) for kind in kinds], ", "),
        "since": since_words(row["since"], row["begun"]),
        "said": Day.at(row["said"], "iso") if isinstance(row["said"], date) else "",
        "belief": say("{belief}, contested", belief=belief) if row["contested"] else belief,
    }


def since_words(since: object, begun: object) -> str:
    """When a spell began, as precisely as a claim says so; else by when it held.

    ``since`` is its first day, ``begun`` the last day of the day, month or year in which a claim says that it
    began, if any does.

    >>> since_words(date(2014, 1, 1), date(2014, 12, 31)), since_words(date(2017, 10, 1), date(2017, 10, 31))
    ('2014', '2017-10')
    >>> since_words(date(2018, 4, 26), None), since_words(None, None)
    ('by 2018-04', 'not known')
    """
    if not isinstance(since, date):
        return say("not known")
    if not isinstance(begun, date):
        return say("by {month}", month=Day.at(since, "short"))
    return f"{since:%Y}" if (begun - since).days > _MONTH else Day.at(since, "short")
