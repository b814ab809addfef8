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
from vedette.evidence import sentence
from vedette.network import dependence
from vedette.plurals import counted, plural

MOST = 8
"""Rows at most."""
LEADING = 3
"""Backers in the headline at most."""
_MONTH = 31
_FINE = 10_000
"""A belief is no share of draws: it is written to the whole per cent."""
_STATUS = {"state": "state forces", "hybrid": "hybrid forces", "non-state": "groups outside the state"}
_COLUMNS = (
    Column("backer", "backer"),
    Column("recipient", "backs"),
    Column("kinds", "with"),
    Column("since", "since"),
    Column("said", "last said"),
    Column("belief", "how far to be believed"),
)


def backing_now(findings: Findings) -> Section:
    """The ties in a table; a sentence where no claim of support counts."""
    evidence = findings.evidence
    ties = None if evidence is None else _pairs(findings, evidence)
    if evidence is None or ties is None or ties.is_empty():
        words = text(_literal(f"{_faded(evidence)}No claim found is not none given."))
        title = "No foreign support is believed far enough to count"
        return Section("backing-now", title, (words,), "Who backs whom")
    shown = _handful(ties)
    return Section(
        "backing-now", _headline(evidence, shown), (_table(evidence, shown, ties.height),), "Who backs whom"
    )


def _faded(evidence: Evidence | None) -> str:
    """The ties that are claimed but believed too little; empty where there is none."""
    if evidence is None or evidence.faded_support.is_empty():
        return ""
    rows = evidence.faded_support.sort("belief", "subject", "object", descending=[True, False, False])
    names = evidence.ledger.names
    told = [
        f"{sentence(names, row['subject'], row['relation'], row['object'])} ({percent(row['belief'])}, last said {row['said']})"
        for row in rows.head(LEADING).iter_rows(named=True)
    ]
    return f"Claimed, but believed too little by now: {'; '.join(told)}. "


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


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
    """Which kinds of forces the first backers back."""
    parts = []
    for (backer,), rows in list(shown.group_by(["backer"], maintain_order=True))[:LEADING]:
        kinds = [
            _STATUS.get(str(status), f"{status} forces") for status in sorted(rows["status"], key=_order)
        ]
        parts.append(
            f"{evidence.name(str(backer))}: {' and '.join(kinds).replace(' forces and hybrid', ' and hybrid')}"
        )
    return "; ".join(parts)


def _order(status: str) -> int:
    return list(_STATUS).index(status) if status in _STATUS else len(_STATUS)


def _table(evidence: Evidence, shown: pl.DataFrame, of: int) -> Shown:
    keys = [
        (row["backer"], kind, row["force"]) for row in shown.iter_rows(named=True) for kind in row["kinds"]
    ]
    claims = evidence.behind(keys)
    figure = Figure(
        "backing-now",
        f"Foreign support on {evidence.at}: of each backer the recipient most to be believed, by status",
        Mark.ESTIMATED,
        evidence.chain(claims, "claims for and against weighed into the belief that a tie holds on the day"),
        "",
        table=Table.of([_row(evidence, row) for row in shown.iter_rows(named=True)], _COLUMNS),
        claims=evidence.cite(claims),
    )
    left = of - shown.height
    more = f"{counted(left, 'more pair')} {plural(left, 'stands', 'stand')} in the annex. " if left else ""
    note = (
        f"{more}By: it held by then, its beginning is not said. Hybrid: on a public payroll, under others’ command. "
        "No claim found is not none given."
    )
    return Shown(figure, "", note)


def _row(evidence: Evidence, row: dict[str, object]) -> dict[str, Cell]:
    kinds = row["kinds"]
    assert isinstance(kinds, list)
    belief = likelihood(float(str(row["belief"])), _FINE, evidence.ledger.case.scale)
    return {
        "backer": evidence.name(str(row["backer"])),
        "recipient": f"{evidence.name(str(row['force']))} ({row['status']})",
        "kinds": ", ".join(str(kind).replace("-", " ") for kind in kinds),
        "since": since_words(row["since"], row["begun"]),
        "said": str(row["said"] or ""),
        "belief": belief + (", contested" if row["contested"] else ""),
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
        return "not known"
    if not isinstance(begun, date):
        return f"by {since:%Y-%m}"
    return f"{since:%Y}" if (begun - since).days > _MONTH else f"{since:%Y-%m}"
