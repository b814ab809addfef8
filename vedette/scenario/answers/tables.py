"""Answers of an ensemble as tables: outcomes by scenario, differences, by year and by place.

Where there are unweighted branches, each combination of them has a row of its own and nothing is averaged
over them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

import numpy as np
import polars as pl

from vedette.model import FloatArray
from vedette.periods import Span, first_day
from vedette.scenario.answers.variance import Swaps, swaps, variance_shares
from vedette.scenario.answers.whole import distribution, odds
from vedette.scenario.engine.ensemble import Ensemble, apart

PARTS = ("branch", "assumption", "fit", "chance")
"""The parts of the spread of a difference, in the order in which it is split."""


def levels(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """A row for each outcome, scenario and branch: the distribution told whole, and odds of its threshold.

    Outcomes whose level is withheld have none. For the columns see `distribution` in
    `vedette.scenario.answers.whole`.
    """
    rows = []
    for name in outcomes:
        if name in ensemble.mechanism.withheld:
            continue
        values, outcome = ensemble.outcome(name, months), ensemble.outcomes[name]
        chances = ensemble.odds(name, months) if outcome.threshold else None
        for place, scenario in enumerate(ensemble.names):
            for group, row in enumerate(_summary(ensemble, name, values[place])):
                chance = None if chances is None else float(chances[place, group])
                named = outcome.threshold.name if outcome.threshold else ""
                rows.append(
                    {
                        "outcome": name,
                        "unit": outcome.unit,
                        "scenario": scenario,
                        **row,
                        "threshold": named,
                        "chance": chance,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def differences(
    ensemble: Ensemble,
    outcomes: Sequence[str],
    months: Span | None = None,
    *,
    every_pair: bool = False,
    parts: bool = True,
    assumed: Mapping[tuple[str, str, str, str], str] = MappingProxyType({}),
) -> pl.DataFrame:
    """A row for each outcome, pair of scenarios and branch: the difference told whole, with its odds.

    Each scenario is set against the first; with ``every_pair`` also the others against each other. For the
    columns see `vedette.scenario.answers.whole`. ``from_branch`` to ``from_chance`` are the shares of its
    spread, see `variance_shares`, the same in all branches; left out unless ``parts``. ``as_assumed`` is the
    author of the assumption that decides the direction by its sign, from ``assumed``, see
    `vedette.scenario.drivers.authors_of`.
    """
    rows = []
    swapped = swaps(ensemble, months) if parts and len(ensemble.names) > 1 else None
    for name in outcomes:
        values, outcome = ensemble.outcome(name, months), ensemble.outcomes[name]
        matters = outcome.matters.least if outcome.matters else None
        for first, other in combinations(range(len(ensemble.names)), 2):
            if first and not every_pair:
                break
            change, against, scenario = (
                apart(values[other], values[first]),
                ensemble.names[first],
                ensemble.names[other],
            )
            shares = _shares(ensemble, name, scenario, against, swapped) if swapped else {}
            for group, row in enumerate(_summary(ensemble, name, change)):
                own = ensemble.drawn.group == group
                less = outcome.good == "down"
                rows.append(
                    {
                        "outcome": name,
                        "unit": outcome.unit,
                        "scenario": scenario,
                        "against": against,
                        **row,
                        "matters": matters,
                        **odds(change[own], ensemble.future[own], matters, less_is_better=less),
                        "as_assumed": assumed.get((name, scenario, against, str(row["branch"])), ""),
                        **shares,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def by_year(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """`levels` for each calendar year that the months touch, with the year in the first column."""
    named = [name for name in outcomes if name not in ensemble.mechanism.withheld]
    if not named:
        return pl.DataFrame()
    return pl.concat(
        [
            levels(ensemble, named, part).insert_column(0, pl.lit(year).alias("year"))
            for year, part in years(months or ensemble.span)
        ]
    )


def by_place(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """A row for each event outcome, place, scenario and branch: totals over the months.

    Outcomes that read events, or sums of events, have places; others are left out. Places add up to the
    total of the outcome's node in every draw.
    """
    rows: list[dict[str, object]] = []
    for name in outcomes:
        groups = events_of(ensemble, name)
        if not groups:
            continue
        values = sum(ensemble.by_place(group, months) for group in groups)
        for place, label in enumerate(ensemble.baseline.places):
            deaths = np.asarray(values)[:, :, place]
            if not deaths.any():
                continue
            for index, scenario in enumerate(ensemble.names):
                rows += [
                    {"outcome": name, "place": label, "scenario": scenario, **row}
                    for row in _summary(ensemble, name, deaths[index])
                ]
    return pl.DataFrame(rows, infer_schema_length=None)


def events_of(ensemble: Ensemble, outcome: str) -> tuple[str, ...]:
    """The groups of events that an outcome reads, alone or as a sum; none if it reads anything else."""
    file = ensemble.mechanism.file
    groups = {group.id for group in file.events}
    sums = {rate.id: rate.sum for rate in file.rates if rate.sum}
    node = ensemble.outcomes[outcome].of
    parts = sums.get(node, (node,))
    return parts if set(parts) <= groups else ()


def years(months: Span) -> Iterator[tuple[int, Span]]:
    """The calendar years that months touch, each with those of its months.

    >>> from vedette.periods import Step
    >>> [(year, len(each)) for year, each in years(Span(24249, 24264, Step.MONTH))]
    [(2020, 3), (2021, 12), (2022, 1)]
    """
    months_by_year = [(first_day(month, months.step).year, month) for month in months]
    for year in dict.fromkeys(year for year, _ in months_by_year):
        own = [month for other, month in months_by_year if other == year]
        yield year, Span(own[0], own[-1], months.step)


def _summary(ensemble: Ensemble, outcome: str, values: FloatArray) -> Iterator[dict[str, object]]:
    """The distribution of values (D,) in each branch."""
    less = ensemble.outcomes[outcome].good == "down"
    for group, name in enumerate(ensemble.group_names()):
        own = ensemble.drawn.group == group
        yield {"branch": name, **distribution(values[own], ensemble.future[own], less_is_better=less)}


def _shares(ensemble: Ensemble, outcome: str, one: str, other: str, swapped: Swaps) -> dict[str, float]:
    shares = variance_shares(ensemble, outcome, one, other, swapped_outcomes=swapped)
    return {f"from_{part}": float(getattr(shares, part)) for part in PARTS}
