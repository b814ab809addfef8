r"""Performance weights of authors by the classical method of Cooke.

Of N questions whose true values became known, s_k is the share that fell between an author's quantiles
(below the 5 %, up to the 50 %, up to the 95 %, above), and p = (.05, .45, .45, .05) what should have.

    calibration  C = 1 - F(2 N I(s, p)),   F the chi-square distribution of 3 degrees of freedom
    information  H = mean over questions of I(p, r)
    weight         = C H  where C is at least the cut-off, else 0

I(a, b) = sum a ln(a / b). r are the shares of the same intervals under a uniform (or log-uniform) density
on the intrinsic range of the question: from the lowest to the highest of all answers and the true value, with
a tenth added on either side. Source: Cooke 1991, Experts in Uncertainty, Oxford University Press, chapter 12;
Cooke and Goossens 2008, Reliability Engineering and System Safety 93, 657-674.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from vedette.model import FloatArray
from vedette.plurals import counted
from vedette.scenario.language.answered_questions import AnsweredOne

NEEDED = 10
"""The number of answered test questions below which weights are equal."""
CUT_OFF = 0.05
"""The calibration below which an author weighs nothing."""
OVERSHOOT = 0.1
"""What is added to the range of all answers on either side, as a share of it."""
EXPECTED = np.array([0.05, 0.45, 0.45, 0.05])


@dataclass(frozen=True)
class AuthorScore:
    """How an author did: the number of questions, calibration (0 to 1), information, unnormalised weight."""

    questions: int
    calibration: float
    information: float
    weight: float


def performance(
    answers: Mapping[str, Sequence[AnsweredOne]], authors: Sequence[str]
) -> Mapping[str, AuthorScore]:
    """How each author did on the test questions that all of them answered.

    >>> answers = [AnsweredOne(str(n), (0.0, 5.0, 10.0), truth, False) for n, truth in enumerate([3, 7] * 10)]
    >>> round(performance({"a": answers}, ["a"])["a"].calibration, 2)
    0.24
    """
    common = set.intersection(*({one.question for one in answers.get(author, ())} for author in authors))
    given = {author: [one for one in answers.get(author, ()) if one.question in common] for author in authors}
    ranges = {question: _range(given, question) for question in common}
    return {author: _of(own, ranges) for author, own in given.items()}


def weights_of(
    answers: Mapping[str, Sequence[AnsweredOne]], authors: Sequence[str]
) -> tuple[FloatArray, str]:
    """The weights of authors in a pool, (n,), which add up to 1, and why they are so, in words."""
    equal = np.full(len(authors), 1 / len(authors))
    if len(authors) == 1:
        return equal, ""
    found = performance(answers, authors)
    questions = min((each.questions for each in found.values()), default=0)
    if questions < NEEDED:
        answered = counted(questions, "test question") if questions else "no test question"
        return equal, f"equal weights: {answered} answered by all, {NEEDED} are needed"
    raw = np.array([found[author].weight for author in authors])
    if not raw.sum():
        return equal, f"equal weights: no author reaches a calibration of {CUT_OFF:g}"
    told = ", ".join(f"{author} {found[author].calibration:.2g}" for author in authors)
    how = f"weights by Cooke's method from {questions} test questions; calibration: {told}"
    return np.asarray(raw / raw.sum()), how


def _of(own: Sequence[AnsweredOne], ranges: Mapping[str, tuple[float, float]]) -> AuthorScore:
    if not own:
        return AuthorScore(0, 0.0, 0.0, 0.0)
    bins = [int(np.searchsorted(each.quantiles, each.truth, side="left")) for each in own]
    shares = np.bincount(bins, minlength=4) / len(own)
    hit = shares > 0
    divergence = float((shares[hit] * np.log(shares[hit] / EXPECTED[hit])).sum())
    calibration = float(chdtrc(3, 2 * len(own) * divergence))
    information = float(np.mean([_information(each, *ranges[each.question]) for each in own]))
    weight = calibration * information if calibration >= CUT_OFF else 0.0
    return AuthorScore(len(own), calibration, information, weight)


def _information(answer: AnsweredOne, low: float, high: float) -> float:
    edges = np.array([low, *_scaled(answer.quantiles, answer.log), high])
    return float((EXPECTED * np.log(EXPECTED / (np.diff(edges) / (high - low)))).sum())


def _range(given: Mapping[str, Sequence[AnsweredOne]], question: str) -> tuple[float, float]:
    """The intrinsic range of a question, on its scale."""
    answers = [one for own in given.values() for one in own if one.question == question]
    numbers = [number for one in answers for number in _scaled((*one.quantiles, one.truth), one.log).tolist()]
    low, high = min(numbers), max(numbers)
    return low - OVERSHOOT * (high - low), high + OVERSHOOT * (high - low)


def _scaled(numbers: Sequence[float], log: bool) -> FloatArray:
    return np.log(numbers) if log else np.asarray(numbers, dtype=np.float64)
