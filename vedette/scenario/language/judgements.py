"""Assumptions by one or more named authors, pooled into one distribution."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from vedette.case.schema import Text
from vedette.case.schema.kinds import Day
from vedette.plurals import counted
from vedette.problems import wrong
from vedette.scenario.language.cooke import weights_of
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.ground import AuthorAnswer, Ground

_POINTS = 4000
"""The points at which each author's distribution is read for the pool."""
STEPS = 401
"""The number of quantiles by which a pool is kept."""


class Judgement(BaseModel):
    """The answer of one author: the distribution, the day it was given, its ground and the reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    author: Text
    date: Day
    distribution: Distribution
    source: Text
    why: Text


class Judged(BaseModel):
    """What one author holds, or more of them: the first in the keys themselves, the others in ``authors``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    own: Distribution = Field(alias="distribution")
    author: Text
    source: Text
    why: Text
    date: Day | None = None
    authors: Annotated[tuple[Judgement, ...], Field(description="further authors, each with a date")] = ()

    @model_validator(mode="after")
    def _given_by_now(self) -> "Judged":
        last = date.today() + timedelta(days=1)  # it may be tomorrow already where the author is
        days = [("date", self.date)]
        days += [(f"authors[{n}].date", one.date) for n, one in enumerate(self.authors)]
        for column, day in days:
            if day is not None and day > last:
                raise wrong(column, f"a day not after {last}", day.isoformat(), "Correct it.")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> "Judged":
        names = [self.author, *(each.author for each in self.authors)]
        for place, name in enumerate(names[1:]):
            if name in names[: place + 1]:
                cure = "An author has one answer to a question: keep the later one."
                raise wrong(f"authors[{place}].author", "each author once", name, cure)
        return self

    def pool(self, known: object) -> Ground:
        """The pooled answers, as they were given by the day of a case."""
        dated = [(self.author, self.own, self.date, self.why, self.source)]
        dated += [(each.author, each.distribution, each.date, each.why, each.source) for each in self.authors]
        day = known.as_of if isinstance(known, FromCase) else None
        by_then = [one for one in dated if one[2] is None or day is None or one[2] <= day]
        counting = by_then or dated
        answers = known.answers if isinstance(known, FromCase) else {}
        weights, how = weights_of(answers, [one[0] for one in counting])
        authors = tuple(
            AuthorAnswer(author, spread, float(weight), _written(given), why, source)
            for (author, spread, given, why, source), weight in zip(counting, weights, strict=True)
        )
        if len(authors) > 1:
            how = f"linear pool of {counted(len(authors), 'author')}; {how}"
        if len(by_then) < len(dated):
            how = "; ".join(filter(None, (how, _later(len(dated), len(by_then), day))))
        source = authors[0].source if len(authors) == 1 else _each_source(authors)
        return Ground(linear_pool(authors), "assumed", how, source, answers=authors)


def linear_pool(answers: Sequence[AuthorAnswer]) -> Distribution:
    """The weighted mixture of what authors hold: the probability of each value is the mean of theirs.

    >>> from vedette.scenario.language.distributions import Distribution
    >>> of = [AuthorAnswer(str(n), Distribution(form="point", value=n), 0.5, "", "", "") for n in (1, 3)]
    >>> linear_pool(of).quantile(np.array([0.2, 0.8])).tolist()
    [1.0, 3.0]
    """
    weighing = [answer for answer in answers if answer.weight > 0]
    if len(weighing) == 1:
        return weighing[0].distribution
    chance = (np.arange(_POINTS) + 0.5) / _POINTS
    values = np.concatenate([answer.distribution.quantile(chance) for answer in weighing])
    weight = np.repeat([answer.weight / _POINTS for answer in weighing], _POINTS)
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order]) - weight[order] / 2
    at = np.linspace(0, 1, STEPS)
    places = np.minimum(np.searchsorted(below, at), len(values) - 1)
    pooled = values[order][places]
    return Distribution(form="quantiles", values=tuple(float(f"{value:.6g}") for value in pooled))


def _each_source(authors: Sequence[AuthorAnswer]) -> str:
    return "; ".join(f"{answer.author}: {answer.source}" for answer in authors)


def _later(all_of_them: int, by_then: int, day: date | None) -> str:
    if by_then:
        return f"{all_of_them - by_then} judged after {day} and left out"
    return f"judged after {day}, since nobody judged before"


def _written(given: date | None) -> str:
    return "" if given is None else given.isoformat()
