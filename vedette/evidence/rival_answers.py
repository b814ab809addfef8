"""Rival answers to one question, listed side by side and never averaged."""

from dataclasses import dataclass

import polars as pl

from vedette.evidence.ledger import Ledger


@dataclass(frozen=True, eq=False)
class Rivals:
    """A question of the case and the claims that answer it, sorted by the day they became known.

    ``answers`` has the columns of `Ledger.claims`.
    """

    id: str
    question: str
    answers: pl.DataFrame

    @property
    def disagree(self) -> bool:
        """Whether some answers say yes and some no."""
        return self.answers["polarity"].n_unique() > 1


def rivals(ledger: Ledger) -> tuple[Rivals, ...]:
    """The questions of a case with at least one answer, in the order of the case."""
    questions = (
        Rivals(
            question.id,
            question.text,
            ledger.claims.filter(pl.col("question") == question.id).sort("known_on", "id"),
        )
        for question in ledger.case.questions
    )
    return tuple(one for one in questions if not one.answers.is_empty())
