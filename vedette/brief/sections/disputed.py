"""What is contested: ties with claims on both sides, and rival answers to one question, side by side."""

import polars as pl

from vedette.brief.actor_names import capitalised
from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, from_data
from vedette.brief.inputs.ledger import Evidence
from vedette.evidence import Rivals, claimed, sentence
from vedette.message import say
from vedette.network import believed
from vedette.plurals import counted

MOST = 12
NEWEST = 3
"""A question with more answers is shown with so many, those known last."""
_TIES = (
    Column("tie", "what is claimed"),
    Column("words", "belief"),
    Column("pro", "claims for", CellFormat.NUMBER),
    Column("con", "claims against", CellFormat.NUMBER),
    Column("said", "last said"),
)
_ANSWERS = (
    Column("question", "question"),
    Column("who", "who"),
    Column("says", "says"),
    Column("how", "how"),
    Column("source", "source"),
)


def disputed(evidence: Evidence) -> Section | None:
    """The section, or nothing where nobody contradicts anybody."""
    blocks: list[Block] = [*_contested(evidence), *_answers(evidence)]
    return Section("disputed", say("What is contested"), tuple(blocks)) if blocks else None


def _contested(evidence: Evidence) -> list[Block]:
    ties = believed(evidence.ledger, evidence.at).filter(
        (pl.col("claims_for") > 0) & (pl.col("claims_against") > 0)
    )
    if ties.is_empty():
        return []
    doubt = (pl.col("belief") - 0.5).abs()
    shown = ties.sort([doubt, "subject", "relation", "object"]).head(MOST)
    rows: list[dict[str, Cell]] = [
        {
            "tie": capitalised(sentence(evidence.spoken, row["subject"], row["relation"], row["object"])),
            "words": evidence.believed(row["belief"]),
            **{"pro": row["claims_for"], "con": row["claims_against"]},
            "said": str(row["said"]),
        }
        for row in shown.iter_rows(named=True)
    ]
    claims = evidence.behind(shown.select("subject", "relation", "object").iter_rows())
    figure = Figure(
        "contested",
        f"Ties that some claims speak for and some against on {evidence.at}",
        Mark.ESTIMATED,
        evidence.chain(claims, "claims for and against weighed"),
        "belief that it holds",
        table=Table.of(rows, _TIES),
        claims=evidence.cite(claims),
    )
    more = f"The {MOST} nearest to an even chance of {ties.height}." if ties.height > MOST else ""
    title = counted(ties.height, "tie has claims on both sides", "ties have claims on both sides")
    return [Shown(figure, title, more)]


def _answered_questions(evidence: Evidence) -> list[Rivals]:
    return [one for one in evidence.rivals if _citable(one).height > 1]


def _citable(rivals: Rivals) -> pl.DataFrame:
    return rivals.answers.filter(pl.col("basis") == "page")


def _answers(evidence: Evidence) -> list[Block]:
    questions = _answered_questions(evidence)
    if not questions:
        return []
    rows = [row for rivals in questions for row in _rows(evidence, rivals)]
    answers = pl.concat([_citable(rivals) for rivals in questions])
    figure = Figure(
        "rival-answers",
        "Answers side by side, each with who gives it, how firmly, and the grade of source and claim; none is averaged",
        Mark.OBSERVED,
        (from_data(counted(answers.height, "claim"), "claims.csv"),),
        "",
        table=Table.of(rows, _ANSWERS),
        claims=evidence.cite(answers),
    )
    return [Shown(figure, f"{counted(len(questions), 'question')} that sources answer in their own ways")]


def _rows(evidence: Evidence, rivals: Rivals) -> list[dict[str, Cell]]:
    answers = _citable(rivals)
    newest = answers.tail(NEWEST)
    asked = rivals.question
    if newest.height < answers.height:
        asked += f" (the {newest.height} newest of {counted(answers.height, 'answer')})"
    return [
        {
            "question": "" if place else asked,
            "who": evidence.name(row["speaker"]) if row["speaker"] else "the document",
            "says": f"{capitalised(claimed(evidence.spoken, row))}.",
            "how": f"{row['hedge']}, {row['reliability']}{row['credibility']}",
            "source": row["source"],
        }
        for place, row in enumerate(newest.iter_rows(named=True))
    ]
