"""Sentences on the weights of the branches of a mechanism on the two days."""

from collections.abc import Iterator
from datetime import date

from vedette.changes.said import listed, literal
from vedette.changes.signs import NONE_OF_THESE, THIN, SignsSince, Weighed, WeightSince
from vedette.changes.thresholds import WEIGHT
from vedette.changes.wording import Line, day_words
from vedette.plurals import counted

_WHY = {
    NONE_OF_THESE: "none of these: what came lies outside 95 % of the draws of each, so no weight is given",
    THIN: "no weight is given, since too few draws lie near what came",
}


def weight_lines(signs: SignsSince, first: date) -> Iterator[Line]:
    """What became of the weights, question by question, or that none moved by more than noise."""
    if not signs.counted:
        return
    questions = dict.fromkeys((row.alternative, row.question) for row in signs.weights)
    for alternative, question in questions:
        rows = [row for row in signs.weights if row.alternative == alternative]
        if moved := [row for row in rows if row.told]:
            yield Line(literal(f"Weights, {question} {_moved(moved, first)}."))
        elif why := rows[0].now.why:
            yield Line(literal(f"Weights, {question} As on {day_words(first)}, {_WHY[why]}."))
    if not any(row.told for row in signs.weights):
        yield Line(
            f"No weight of {counted(len(signs.weights), 'branch', 'branches')} moved by {100 * WEIGHT:.0f} points "
            f"or more, beyond the error of simulation."
        )


def _moved(rows: list[WeightSince], first: date) -> str:
    """The branches of one question that moved, with both weights; or why none is given."""
    if why := rows[0].now.why:
        before = [f"{row.name} {_share(row.then)}" for row in rows if row.then.weight is not None]
        then = f"; on {day_words(first)}: {listed(before)}" if before else ""
        return f"{_WHY[why][:1].upper()}{_WHY[why][1:]}{then}"
    return "; ".join(
        f"{row.name} {_share(row.now)}, on {day_words(first)} {_share(row.then)}" for row in rows
    )


def _share(weighed: Weighed) -> str:
    """A weight in per cent, with its interval of simulation where it has one."""
    if weighed.weight is None or weighed.low is None or weighed.high is None:
        return "without a weight"
    share, low, high = (f"{100 * end:.0f}" for end in (weighed.weight, weighed.low, weighed.high))
    return f"{share} %" if low == high else f"{share} % ({low}–{high})"
