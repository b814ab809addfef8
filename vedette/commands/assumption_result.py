"""What the scenarios of a case rest on, number by number: authors, shapes, rivals, history."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from vedette.brief.scenario_names import names_by_id, without_ids
from vedette.case import find_case, workspace_of
from vedette.commands.mechanism import MechanismResult
from vedette.errors import UsageError
from vedette.files import Line, read_log
from vedette.files.rows import LoggedRow
from vedette.problems import did_you_mean
from vedette.scenario import Mechanism
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.entries import FILE, Alternatives, Assumption, Estimate, Quantity
from vedette.scenario.language.judgements import Judged, Judgement
from vedette.scenario.language.reach import outcomes_of

_BINS = 26
_CHANCES = (np.arange(2000) + 0.5) / 2000


@dataclass(frozen=True)
class DrawnShape:
    """A distribution as it is drawn: quantiles, and the heights of equal parts of the range, from 0 to 1.

    ``low`` and ``high`` are the ends of the range: 1 in 200 lies below and above.
    """

    low: float
    high: float
    q5: float
    q50: float
    q95: float
    heights: tuple[float, ...]

    def at(self, value: float) -> float:
        """Returns where in the range a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5


@dataclass(frozen=True)
class HeldAnswer:
    """What an author holds: weight in the pool, distribution in words and as a shape, day, ground, reason."""

    author: str
    weight: float
    value: str
    shape: DrawnShape
    date: str
    source: str
    why: str


@dataclass(frozen=True)
class RivalReading:
    """A reading under which an assumption has another distribution, or what is moved by it is left out."""

    question: str
    name: str
    weight: str
    value: str
    shape: DrawnShape
    author: str
    source: str
    why: str


@dataclass(frozen=True, eq=False)
class AssumptionResult:
    """A number of the mechanism in full.

    Attributes:
        id: its id.
        name: what it is.
        mark: observed, estimated or assumed.
        unit: of its values.
        value: its distribution in words.
        shape: the same as it is drawn.
        by: its authors; empty if it is computed.
        rests_on: what it was computed from or pooled by.
        source: the ground that is named.
        why: the reason.
        claims: the claims of the case that it names.
        moves: the names of the outcomes that it moves.
        answers: what each author holds.
        later: what authors hold since after the day of the case, which does not count yet.
        rivals: readings under which it has another distribution.
        question: the question whose readings set it; None where none does.
        elicited: whether authors can answer it.
        constructed: whether it holds by construction, so that it has no rival.
    """

    id: str
    name: str
    mark: str
    unit: str
    value: str
    shape: DrawnShape
    by: str
    rests_on: str
    source: str
    why: str
    claims: tuple[str, ...]
    moves: tuple[str, ...]
    answers: tuple[HeldAnswer, ...]
    later: tuple[HeldAnswer, ...]
    rivals: tuple[RivalReading, ...]
    question: Alternatives | None
    elicited: bool
    constructed: bool


@dataclass(frozen=True)
class MechanismChange:
    """A change of the mechanism: the line of the log, and the lines of the file before and after."""

    line: Line
    before: tuple[str, ...]
    after: tuple[str, ...]


def shape_of(distribution: Distribution) -> DrawnShape:
    """Returns a distribution as it is drawn."""
    values = distribution.quantile(_CHANCES)
    low, high = float(np.quantile(values, 0.005)), float(np.quantile(values, 0.995))
    if high <= low:
        return DrawnShape(low, high, low, low, low, (1.0,) * _BINS)
    counts, _ = np.histogram(values, bins=_BINS, range=(low, high))
    q5, q50, q95 = (float(each) for each in np.quantile(values, (0.05, 0.5, 0.95)))
    heights = tuple(float(each) for each in counts / counts.max())
    return DrawnShape(low, high, q5, q50, q95, heights)


def assumption_rows(known: MechanismResult) -> list[dict[str, Any]]:
    """Returns a row for each number of a mechanism: its mark, shape, authors, ground, and what it moves.

    Ids of sources, claims and outcomes are told by their names.
    """
    mechanism = known.mechanism
    names, moved = names_by_id(mechanism), outcomes_of(mechanism.file)
    outcomes = {each.id: each.name for each in mechanism.file.outcomes}
    ridden = {
        name for each in mechanism.file.alternatives for branch in each.branches for name in branch.sets
    }
    return [
        {
            "id": quantity.id,
            "name": quantity.name,
            "mark": mark,
            "value": str(quantity.distribution),
            "unit": quantity.unit,
            "by": quantity.ground.by,
            "authors": len(quantity.ground.answers),
            "rivals": quantity.id in ridden,
            "ground": without_ids(names, quantity.ground.rests_on or quantity.ground.source),
            "moves": [outcomes[one] for one in moved.get(quantity.id, ())],
            "shape": shape_of(quantity.distribution),
        }
        for quantity, mark in mechanism.quantities
    ]


def assumed(known: MechanismResult, name: str) -> AssumptionResult:
    """Returns a number of a mechanism in full: its authors, its rivals, what it moves.

    Raises:
        UsageError: there is none of that id.
    """
    mechanism = known.mechanism
    quantities = {quantity.id: (quantity, mark) for quantity, mark in mechanism.quantities}
    if name not in quantities:
        raise UsageError(f"there is no assumption {name!r}. {did_you_mean(name, list(quantities))}")
    quantity, mark = quantities[name]
    ground, names = quantity.ground, names_by_id(mechanism)
    outcomes = {each.id: each.name for each in mechanism.file.outcomes}
    fallback = quantity.fallback if isinstance(quantity, Estimate) else None
    return AssumptionResult(
        name,
        quantity.name,
        mark,
        quantity.unit,
        str(quantity.distribution),
        shape_of(quantity.distribution),
        ground.by,
        without_ids(names, ground.rests_on),
        without_ids(names, ground.source),
        ground.why,
        _claims(quantity),
        tuple(outcomes[one] for one in outcomes_of(mechanism.file).get(name, ())),
        tuple(_answers(quantity)),
        tuple(_later(fallback or quantity, {each.author for each in ground.answers})),
        tuple(_rivals(mechanism, name)),
        next((each for each in mechanism.file.alternatives if _sets(each, name)), None),
        isinstance(quantity, Assumption) or fallback is not None,
        quantity.distribution.form == "point",
    )


def mechanism_history(case: str, name: str) -> list[MechanismChange]:
    """Returns the changes of the mechanism of a case in which a line names an id, the newest first.

    Raises:
        CaseError: there is no such case.
        StorageError: the log cannot be read.
    """
    home = workspace_of(find_case(case))
    found = []
    for line in read_log(home).lines:
        for edit in line.edits:
            if edit.file == FILE and edit.rows:
                before, after = edit.rows.changed()
                texts = [_naming(rows, name) for rows in (before, after)]
                if any(texts):
                    found.append(MechanismChange(line, texts[0], texts[1]))
    return found[::-1]


def _naming(rows: Iterable[LoggedRow], name: str) -> tuple[str, ...]:
    """The lines of a file that name an id."""
    return tuple(row.text.strip() for row in rows if row.text is not None and _names(row.text, name))


def _names(text: str, name: str) -> bool:
    """Whether a line of the file names an id."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _claims(quantity: Quantity) -> tuple[str, ...]:
    named = quantity.claims if isinstance(quantity, Assumption) else ()
    return tuple(dict.fromkeys((*named, *quantity.ground.claims)))


def _sets(alternatives: Alternatives, name: str) -> bool:
    return any(name in branch.sets for branch in alternatives.branches)


def _answers(quantity: Quantity) -> Iterator[HeldAnswer]:
    for each in quantity.ground.answers:
        shape = shape_of(each.distribution)
        value = str(each.distribution)
        yield HeldAnswer(each.author, each.weight, value, shape, each.date, each.source, each.why)


def _later(judged: object, counting: set[str]) -> Iterator[HeldAnswer]:
    """The answers of the authors that are not among those that count."""
    if not isinstance(judged, Judged):
        return
    own = Judgement.model_construct(
        author=judged.author,
        date=judged.date,
        distribution=judged.own,
        source=judged.source,
        why=judged.why,
    )
    for each in (own, *judged.authors):
        if counting and each.author not in counting:
            spread, day = each.distribution, f"{each.date or ''}"
            yield HeldAnswer(each.author, 0.0, str(spread), shape_of(spread), day, each.source, each.why)


def _rivals(mechanism: Mechanism, name: str) -> Iterator[RivalReading]:
    for question in mechanism.file.alternatives:
        for branch in question.branches:
            if name in branch.sets:
                spread = branch.sets[name]
                weight = "" if branch.weight is None else f"{branch.weight:.0%}"
                words = (branch.author, branch.source, branch.why)
                yield RivalReading(question.name, branch.name, weight, str(spread), shape_of(spread), *words)
