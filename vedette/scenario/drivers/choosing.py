"""What a decision-maker can regret, how often each option keeps all thresholds, and what it trades off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.model import FloatArray, IntArray
from vedette.periods import Span
from vedette.scenario.drivers.choices import Choices, choices_of, every_choice, outcomes_by_choice
from vedette.scenario.drivers.futures import beyond, losses
from vedette.scenario.drivers.reaction_odds import AuthoredOdds, odds_of
from vedette.scenario.engine.ensemble import Ensemble

TAIL = 0.05
"""The share of draws that are the worst of a future."""


@dataclass(frozen=True, eq=False)
class Choosing:
    """The options of one decision-maker against each other; more in `what_to_choose`.

    ``regret``: a row for each outcome and option. ``expected``: a row for each outcome, option, author and
    branch; empty without odds. ``within``: a row for each option. ``trade_offs``: a row for each outcome and
    option but the first. ``left_out``: a row for each outcome whose order changes without an option.
    ``missing``: whose odds are not given.
    """

    choices: Choices
    odds: tuple[AuthoredOdds, ...]
    missing: tuple[str, ...]
    regret: pl.DataFrame
    expected: pl.DataFrame
    within: pl.DataFrame
    trade_offs: pl.DataFrame
    left_out: pl.DataFrame


@dataclass(frozen=True, eq=False)
class _Costs:
    """An outcome turned so that more is worse, (O, W, D), with the group of each draw and their names."""

    outcome: str
    values: FloatArray
    group: IntArray
    branches: tuple[str, ...]
    least: float
    """The smallest difference that matters; 0 where none is given."""

    def of(self, options: Sequence[int]) -> "_Costs":
        return _Costs(self.outcome, self.values[list(options)], self.group, self.branches, self.least)

    @property
    def regret(self) -> FloatArray:
        """How much better the best option does in the same draw and world, (O, W, D)."""
        return np.asarray(self.values - self.values.min(axis=0))

    def by_branch(self, values: FloatArray) -> FloatArray:
        """Means over the draws of each branch, (..., D) to (..., G)."""
        groups = range(len(self.branches))
        return np.stack([values[..., self.group == group].mean(axis=-1) for group in groups], axis=-1)

    def errors(self, values: FloatArray) -> FloatArray:
        """Standard errors of these means, (..., D) to (..., G)."""
        number = np.array([(self.group == group).sum() for group in range(len(self.branches))])
        spread = self.by_branch(values**2) - self.by_branch(values) ** 2
        return np.asarray(np.sqrt(np.maximum(spread, 0.0) / number))


def what_to_choose(
    ensemble: Ensemble, who: str, outcomes: Sequence[str], months: Span | None = None
) -> Choosing:
    """Regret, satisficing and trade-offs over the options that scenarios give one decision-maker.

    An option is a distinct setting of the levers of ``who`` among the scenarios of the ensemble; what they
    say of everybody else's levers are worlds, every combination of them. The regret of an option is how much
    better the best option does in the same draw and the same world (Savage 1951, Journal of the American
    Statistical Association 46, 55-67). ``largest`` is the largest mean of it over the draws of a world and an
    unweighted branch, ``error`` its standard error, ``tail`` the largest mean of its worst twentieth: worlds
    and such branches have no odds and are never averaged. With odds of how the others answer, the expected
    regret sets an option in the world that it brings about against the best of the others in theirs.

    Raises:
        UsageError: an actor that sets no lever, or has fewer than two options.
    """
    choices = choices_of(ensemble.mechanism, ensemble.scenarios, who)
    (values,) = outcomes_by_choice(ensemble, [choices], outcomes, months)
    return _judged(ensemble, choices, values)


def what_each_may_choose(
    ensemble: Ensemble, outcomes: Sequence[str], most: int
) -> tuple[tuple[Choosing, ...], tuple[Choices, ...]]:
    """The same as `what_to_choose` for every actor with two options, on runs that they share.

    Options as `vedette.scenario.drivers.choices.every_choice` has them. The second part: the choices of
    actors with more than ``most`` combinations of options and worlds, which are not run.
    """
    every = every_choice(ensemble.mechanism, ensemble.scenarios)
    few = [choices for choices in every if choices.runs <= most]
    tables = outcomes_by_choice(ensemble, few, outcomes, None) if few else []
    judged = tuple(_judged(ensemble, each, values) for each, values in zip(few, tables, strict=True))
    return judged, tuple(choices for choices in every if choices.runs > most)


def _judged(ensemble: Ensemble, choices: Choices, values: Mapping[str, FloatArray]) -> Choosing:
    odds, missing = odds_of(choices)
    group = np.asarray(ensemble.drawn.group[: next(iter(values.values())).shape[2]])
    branches = tuple(ensemble.group_names())
    costs = [
        _Costs(name, losses(ensemble, name, values[name]), group, branches, _least(ensemble, name))
        for name in values
    ]
    return Choosing(
        choices,
        odds,
        missing,
        pl.DataFrame([row for each in costs for row in _regrets(ensemble, choices, each)]),
        pl.DataFrame([row for each in costs for by in odds for row in _expected(choices, each, by)]),
        pl.DataFrame(_within(ensemble, choices, values, costs[0], odds)),
        pl.DataFrame([row for each in costs for row in _trades(choices, each)]),
        pl.DataFrame([row for each in costs for row in _left_out(choices, each)]),
    )


def _least(ensemble: Ensemble, outcome: str) -> float:
    matters = ensemble.outcomes[outcome].matters
    return matters.least if matters else 0.0


def _regrets(ensemble: Ensemble, choices: Choices, costs: _Costs) -> list[dict[str, object]]:
    means, errors, tails = costs.by_branch(costs.regret), costs.errors(costs.regret), _worst(costs)
    rows = []
    for place, option in enumerate(choices.options):
        world, branch = np.unravel_index(int(means[place].argmax()), means[place].shape)
        rows.append(
            {
                "outcome": costs.outcome,
                "unit": ensemble.outcomes[costs.outcome].unit,
                "option": option.scenario,
                "largest": float(means[place].max()),
                "error": float(errors[place, world, branch]),
                "world": world_in_words(choices, int(world)),
                "branch": costs.branches[int(branch)],
                "tail": float(tails[place].max()),
                "best": float((costs.regret[place] <= 0).mean(axis=-1).min()),
            }
        )
    return rows


def _worst(costs: _Costs) -> FloatArray:
    """The mean of the worst twentieth of regret in each world and branch, (O, W, G)."""
    tails = []
    for group in range(len(costs.branches)):
        own = np.sort(costs.regret[..., costs.group == group], axis=-1)
        tails.append(own[..., -max(1, round(TAIL * own.shape[-1])) :].mean(axis=-1))
    return np.stack(tails, axis=-1)


def world_in_words(choices: Choices, world: int) -> str:
    """What everybody else does in a world: ``iran: iran-steps-in``; empty where all keep to theirs."""
    return ", ".join(f"{setting.actor}: {setting.scenario}" for setting in choices.worlds[world])


def _expected(choices: Choices, costs: _Costs, odds: AuthoredOdds) -> list[dict[str, object]]:
    """Expected regret by option and branch, each option in the world that it brings about."""
    options = np.arange(len(choices.options))
    regret = np.zeros((len(options), len(costs.group)))
    for weight, worlds in odds.futures():
        met = costs.values[options, worlds]
        regret += weight * (met - met.min(axis=0))
    means, errors = costs.by_branch(regret), costs.errors(regret)
    return [
        {
            "outcome": costs.outcome,
            "option": option.scenario,
            "author": odds.author,
            "branch": branch,
            "expected": float(means[place, group]),
            "error": float(errors[place, group]),
        }
        for place, option in enumerate(choices.options)
        for group, branch in enumerate(costs.branches)
    ]


def _within(
    ensemble: Ensemble,
    choices: Choices,
    values: Mapping[str, FloatArray],
    costs: _Costs,
    odds: tuple[AuthoredOdds, ...],
) -> list[dict[str, object]]:
    """The share of draws in which no outcome passes its threshold, over worlds and branches, and by odds."""
    withheld = ensemble.mechanism.withheld
    judged = [n for n in values if ensemble.outcomes[n].threshold is not None and n not in withheld]
    if not judged:
        return []
    stays = np.all([~beyond(ensemble, name, values[name]) for name in judged], axis=0)
    shares = costs.by_branch(stays.astype(np.float64))
    rows = []
    for place, option in enumerate(choices.options):
        likely = [by.worlds()[place] @ shares[place] for by in odds[:1]]
        rows.append(
            {
                "option": option.scenario,
                "outcomes": ", ".join(judged),
                "lowest": float(shares[place].min()),
                "highest": float(shares[place].max()),
                "by_odds_low": float(likely[0].min()) if likely else None,
                "by_odds_high": float(likely[0].max()) if likely else None,
            }
        )
    return rows


def _trades(choices: Choices, costs: _Costs) -> list[dict[str, object]]:
    """Where each option is better or worse than the first, by the mean over the draws of a world and branch.

    A mean within two standard errors of 0, or below the smallest difference that matters, is no difference.
    """
    rows: list[dict[str, object]] = []
    first = choices.options[0]
    for place, option in enumerate(choices.options[1:], start=1):
        more = costs.values[place] - costs.values[0]
        mean = costs.by_branch(more)
        sign = np.sign(mean) * (np.abs(mean) > np.maximum(2 * costs.errors(more), costs.least))
        rows.append(
            {
                "outcome": costs.outcome,
                "option": option.scenario,
                "against": first.scenario,
                "verdict": _verdict(sign),
                "low": float(mean.min()),
                "high": float(mean.max()),
            }
        )
    return rows


def _verdict(sign: FloatArray) -> str:
    if not sign.any():
        return "no difference that matters"
    if (sign <= 0).all():
        return "better"
    return "worse" if (sign >= 0).all() else "depends on the others or the branch"


def _left_out(choices: Choices, costs: _Costs) -> list[dict[str, object]]:
    """Orders by the largest regret that change once one option is left out of the comparison."""
    names = [option.scenario for option in choices.options]
    rows: list[dict[str, object]] = []
    for place, name in enumerate(names if len(names) > 2 else ()):
        kept = [index for index in range(len(names)) if index != place]
        before = [index for index in _order(costs) if index != place]
        after = [kept[index] for index in _order(costs.of(kept))]
        if before != after:
            rows.append(
                {
                    "outcome": costs.outcome,
                    "without": name,
                    "order": " < ".join(names[index] for index in before),
                    "becomes": " < ".join(names[index] for index in after),
                }
            )
    return rows


def _order(costs: _Costs) -> list[int]:
    """The options by their largest mean regret, the smallest first; equal ones in their order."""
    largest = costs.by_branch(costs.regret).max(axis=(1, 2))
    return [int(index) for index in np.argsort(np.round(largest, 9), kind="stable")]
