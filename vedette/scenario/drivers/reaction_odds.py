"""Odds of what everybody else does after each option, from the tables of named authors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.periods import first_day
from vedette.scenario.drivers.choices import Choices
from vedette.scenario.language.reaction_entries import Reaction
from vedette.scenario.language.reactions import acting
from vedette.scenario.language.settings import Setting, setting_of

POOLED = "all, with equal weights"


@dataclass(frozen=True, eq=False)
class AuthoredOdds:
    """What one author gives for the settings of each other actor after each option, (O, K) by actor."""

    author: str
    rows: Mapping[str, FloatArray]

    def futures(self) -> Iterator[tuple[float, IntArray]]:
        """Parts of all futures: the weight of each, and the number of the world that each option meets, (O,).

        One chance an actor decides what it does after each option, the settings in their order, so that who
        answers one option strongly tends to answer the others strongly too. Actors are independent.
        """
        parts = [list(_parts(rows)) for rows in self.rows.values()]
        sizes = [rows.shape[1] for rows in self.rows.values()]
        for combined in product(*parts):
            weight = float(np.prod([share for share, _ in combined]))
            settings = [setting for _, setting in combined]
            worlds = np.ravel_multi_index(settings, sizes) if sizes else np.zeros(1, np.int64)
            yield weight, np.asarray(worlds, dtype=np.int64)

    def worlds(self) -> FloatArray:
        """The odds of each world after each option, (O, W)."""
        rows = list(self.rows.values())
        odds = rows[0]
        for more in rows[1:]:
            odds = (odds[:, :, None] * more[:, None, :]).reshape(len(odds), -1)
        return odds


def _parts(rows: FloatArray) -> Iterator[tuple[float, IntArray]]:
    """Stretches of one chance within which no option changes its setting: length, setting by option (O,)."""
    cumulated = np.cumsum(rows, axis=1)
    edges = np.unique(np.round(np.concatenate([[0.0], cumulated.ravel(), [1.0]]), 12))
    for low, high in zip(edges[:-1], np.minimum(edges[1:], 1.0), strict=True):
        middle = (low + high) / 2
        setting = np.minimum((cumulated < middle).sum(axis=1), rows.shape[1] - 1)
        yield float(high - low), np.asarray(setting, dtype=np.int64)


def odds_of(choices: Choices) -> tuple[tuple[AuthoredOdds, ...], tuple[str, ...]]:
    """The odds of each author, before them those of several with equal weights; and what is missing.

    Where an author says nothing of an actor the mean of the others stands in. If nobody says how an actor
    answers an option there are no odds at all, and the second part names it.
    """
    tables: dict[str, dict[str, FloatArray]] = {}
    missing: list[str] = []
    for other, settings in choices.others.items():
        tables[other], lacking = _tables(choices, other, settings)
        if not tables[other]:
            missing += lacking
    if missing or not tables:
        return (), tuple(missing)
    means = {other: np.mean(list(by.values()), axis=0) for other, by in tables.items()}
    authors = list(dict.fromkeys(author for by in tables.values() for author in by))
    each = [AuthoredOdds(a, {o: by.get(a, means[o]) for o, by in tables.items()}) for a in authors]
    return (AuthoredOdds(POOLED, means), *each) if len(each) > 1 else tuple(each), ()


def given_on(choices: Choices) -> dict[str, tuple[date, bool]]:
    """The newest day on which each author gave odds, and whether it lies after the first month began."""
    start = first_day(choices.mechanism.span.first, choices.mechanism.span.step)
    days: dict[str, date] = {}
    for reaction in choices.mechanism.file.reactions:
        if acting(choices.mechanism, reaction.to) == choices.who:
            days[reaction.author] = max(days.get(reaction.author, reaction.date), reaction.date)
    return {author: (day, day >= start) for author, day in days.items()}


def _tables(
    choices: Choices, other: str, settings: Sequence[Setting]
) -> tuple[dict[str, FloatArray], list[str]]:
    """The table (O, K) of each author with a row for every option, and what is missing if nobody has one."""
    tables: dict[str, FloatArray] = {}
    named = [
        each for each in choices.mechanism.file.reactions if acting(choices.mechanism, each.who) == other
    ]
    named = [each for each in named if acting(choices.mechanism, each.to) == choices.who]
    who = choices.names[other]
    lacking = [f"how {who} answers {choices.names[choices.who]}"]
    for reaction in sorted(named, key=lambda each: each.date):
        rows = [_row(choices, reaction, option, settings) for option in choices.options]
        without = [option.scenario for option, row in zip(choices.options, rows, strict=True) if row is None]
        if without:
            lacking = [f"how {who} answers “{choices.mechanism.scenario(name).name}”" for name in without]
        else:
            tables[reaction.author] = np.stack([row for row in rows if row is not None])
    return tables, lacking


def _row(
    choices: Choices, reaction: Reaction, option: Setting, settings: Sequence[Setting]
) -> FloatArray | None:
    """The odds of each setting of the one who answers, (K,), after an option; None without a row for it."""
    mechanism = choices.mechanism
    for name, answers in reaction.odds.items():
        if setting_of(mechanism, choices.who, mechanism.scenario(name)).same(option):
            row = np.zeros(len(settings))
            for answer, share in answers.items():
                found = setting_of(mechanism, settings[0].actor, mechanism.scenario(answer))
                row[next(k for k, setting in enumerate(settings) if setting.same(found))] += share
            return np.asarray(row / row.sum())
    return None
