"""Ask an author for quantiles of an assumption, and store the answer in the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from vedette.case import Case, read_case
from vedette.case.writing import changing_case
from vedette.errors import UsageError
from vedette.files import CaseChange
from vedette.scenario import read_mechanism
from vedette.scenario.eliciting import Asked, asked_of, elicited, with_answer
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.entries import FILE, Estimate
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.ground import AuthorAnswer

SHOWN = (0.05, 0.25, 0.5, 0.75, 0.95)
OWN = "own judgement"


@dataclass(frozen=True)
class Elicited:
    """An author's answer as stored, and what all authors of the assumption hold now."""

    asked: Asked
    author: str
    date: str
    given: Distribution
    answers: tuple[AuthorAnswer, ...]
    pool: Distribution
    how: str
    later: bool
    """Whether the answer is dated after the as-of, so that it does not count yet."""

    def document(self) -> dict[str, Any]:
        """Returns the assumption, the stored answer, and each author's with its weight."""
        return {
            "assumption": self.asked.id,
            "unit": self.asked.unit,
            "author": self.author,
            "date": self.date,
            "distribution": self.given.model_dump(exclude_none=True),
            "counts": not self.later,
            "pool": {**quantiles_of(self.pool), "how": self.how},
            "authors": [
                {"author": each.author, "weight": round(each.weight, 6), **quantiles_of(each.distribution)}
                for each in self.answers
            ],
        }


def quantiles_of(distribution: Distribution) -> dict[str, float]:
    """Returns the 5, 25, 50, 75 and 95 % quantiles of a distribution."""
    values = distribution.quantile(np.array(SHOWN)).tolist()
    return {
        f"q{round(100 * share)}": float(f"{value:.4g}") for share, value in zip(SHOWN, values, strict=True)
    }


def answer_as_text(quantiles: Sequence[float], unit: str) -> tuple[str, ...]:
    """Returns what quantiles say, drawn back as lines of text with a bar for each tenth of the probability.

    Raises:
        UsageError: they do not rise, are not 3 or 5, or lie where the unit makes no sense.
    """
    given = elicited(tuple(quantiles), unit)
    what = "" if unit == "number" else f" {unit}"
    edges = given.quantile(np.linspace(0.0, 1.0, 11))
    low, quarter, middle, third, high = given.quantile(np.array(SHOWN))
    lines = [
        f"Between {low:,.4g} and {high:,.4g}{what} nine times in ten, "
        f"between {quarter:,.4g} and {third:,.4g} every other time, "
        f"and as likely above {middle:,.4g} as below.",
        "Ten parts of the same chance:",
    ]
    whole = edges[-1] - edges[0]
    for start, end in pairwise(edges.tolist()):
        before, wide = round(40 * (start - edges[0]) / whole), max(1, round(40 * (end - start) / whole))
        lines.append(f"  {' ' * before}{'#' * wide}  {start:,.4g} to {end:,.4g}")
    return tuple(lines)


def assumption(case: str, name: str) -> Asked:
    """Returns what an assumption is: its name and unit.

    Raises:
        UsageError: the case has no such assumption.
        CaseError: the case or its mechanism holds mistakes.
    """
    return asked_of(read_mechanism(read_case(case)).file, name)


def elicit(
    case: str,
    name: str,
    *,
    author: str,
    quantiles: Sequence[float],
    why: str,
    source: str = OWN,
    day: date | None = None,
) -> Elicited:
    """Stores an author's answer to an assumption in mechanisms.yaml; `undo` takes it back.

    Args:
        case: the case.
        name: the id of the assumption, or of an estimate with ``else``.
        author: who answers; an earlier answer of the same author is replaced.
        quantiles: the 5, 50 and 95 %, or the 5, 25, 50, 75 and 95 % quantiles.
        why: the reason.
        source: what it rests on.
        day: when it was given; today if left out.

    Raises:
        UsageError: no such assumption, quantiles that do not rise, no author or reason, a day to come.
        CaseError: the case or its mechanism would hold mistakes; nothing is written.
        StorageError: the case cannot be locked or written.
    """
    given_on = _checked(author, why, day=day)
    with changing_case(case, "elicit") as change:
        read = read_case(change.home)
        asked = asked_of(read_mechanism(read).file, name)
        given = elicited(tuple(quantiles), asked.unit)
        content = change.read(FILE)
        assert content is not None
        mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
        text = content.decode("utf-8-sig")
        terms = {"source": source.strip() or OWN, "why": why.strip()}
        edited = with_answer(text, asked, author.strip(), given, terms, given_on)
        change.write(FILE, mark + edited.encode())
        return _as_it_will_be(change, read, asked=asked, author=author.strip(), given=given, day=given_on)


def _checked(author: str, why: str, *, day: date | None) -> date:
    for option, text in (("--author", author), ("--why", why)):
        if not text.strip():
            raise UsageError(
                f"{option}: expected some text; found nothing. An answer has an author and a reason."
            )
    today = date.today()
    if day is not None and day > today:
        raise UsageError(f"--date {day}: expected a day not after today. Correct it.")
    return day or today


def _as_it_will_be(
    change: CaseChange, case: Case, *, asked: Asked, author: str, given: Distribution, day: date
) -> Elicited:
    """The assumption as the changed file gives it; raises where the mechanism would hold mistakes."""
    trial = change.new_folder("mechanism")
    (trial / FILE).symlink_to(change.made()[FILE] or Path())
    if (case.folder / "scenarios").is_dir():
        (trial / "scenarios").symlink_to(case.folder / "scenarios")
    file = read_mechanism(case, folder=trial).file
    entry = next(each for each in (*file.assumptions, *file.estimates) if each.id == asked.id)
    fallback = entry.fallback if isinstance(entry, Estimate) else None
    ground = fallback.pool(FromCase(case, case.as_of)) if fallback is not None else entry.ground
    later = case.as_of is not None and day > case.as_of
    return Elicited(
        asked, author, day.isoformat(), given, ground.answers, ground.distribution, ground.rests_on, later
    )
