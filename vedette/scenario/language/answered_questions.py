"""``test-questions.csv``: questions whose true answer came to be known, and what authors had answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import Field, model_validator

from vedette.case.checking import read_table
from vedette.case.schema import Number, Row, Text
from vedette.case.schema.kinds import Day
from vedette.errors import Problem
from vedette.problems import wrong

FILE = "test-questions.csv"


class AnsweredQuestion(Row):
    """What an author answered to a test question, as three quantiles, and what was true.

    ``date`` is the day on which the true value became known: from then on the answer counts. ``scale`` says
    whether sizes (``uniform``) or ratios (``log``) are alike likely within the range of all answers.
    """

    file = FILE
    key = ("author", "question")

    author: Text
    question: Text
    q5: Number
    q50: Number
    q95: Number
    truth: Number = Field(alias="true")
    date: Day
    scale: Literal["", "uniform", "log"] = ""
    source: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "AnsweredQuestion":
        if not self.q5 < self.q50 < self.q95:
            found = [self.q5, self.q50, self.q95]
            raise wrong("q50", "q5 below q50 below q95", found, "Correct them.")
        last = date.today() + timedelta(days=1)  # it may be tomorrow already where the author is
        if self.date > last:
            day = self.date.isoformat()
            raise wrong("date", f"a day not after {last}", day, "Add it once the true value is known.")
        if self.scale == "log" and min(self.q5, self.truth) <= 0:
            raise wrong("scale", "numbers above 0 where the scale is log", "log", "Write uniform.")
        return self


@dataclass(frozen=True)
class AnsweredOne:
    """The answer of an author to a question: the 5, 50 and 95 % quantiles, the truth, and the scale."""

    question: str
    quantiles: tuple[float, float, float]
    truth: float
    log: bool


def read_answers(folder: Path, as_of: date | None) -> Mapping[str, tuple[AnsweredOne, ...]]:
    """The answers of each author to questions whose true value was known by a day; none without the file."""
    table = read_table(folder, AnsweredQuestion)
    rows = table.frame if as_of is None else table.frame.filter(pl.col("date") <= as_of)
    answers: dict[str, list[AnsweredOne]] = {}
    for row in rows.sort("question").iter_rows(named=True):
        quantiles = (row["q5"], row["q50"], row["q95"])
        answers.setdefault(row["author"], []).append(
            AnsweredOne(row["question"], quantiles, row["true"], row["scale"] == "log")
        )
    return {author: tuple(given) for author, given in answers.items()}


def question_problems(folder: Path) -> Iterator[Problem]:
    """Mistakes in test-questions.csv: single cells, and questions with two true values, days or scales."""
    table = read_table(folder, AnsweredQuestion)
    yield from table.problems
    first: dict[str, tuple[int, tuple[object, ...]]] = {}
    for number, row in zip(table.numbers, table.frame.iter_rows(named=True), strict=True):
        for column in ("true", "date", "scale"):
            told = first.setdefault(f"{column} {row['question']}", (number, (row[column],)))
            if told[1] != (row[column],):
                expected = f"{told[1][0] or 'uniform'}, as in row {told[0]} for the same question"
                cure = "One question has one answer: correct one of the rows."
                yield Problem(FILE, number, column, expected, str(row[column]), cure)
