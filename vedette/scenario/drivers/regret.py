"""Robustness: the regret of each choice over all futures."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from vedette.periods import Span
from vedette.scenario.drivers.futures import beyond, losses
from vedette.scenario.engine.ensemble import Ensemble, apart


def robustness(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """A row for each outcome, scenario and branch: regret in the unit of the outcome, and how often it does.

    The regret of a choice in a draw is how much better the best of the scenarios compared does in that same
    draw (Savage 1951, Journal of the American Statistical Association 46, 55-67). ``most_regret`` is the
    largest over draws, ``regret_90`` the 90th percentile. ``satisfies`` is the share of draws that stay off
    the bad side of the outcome's threshold, none if it has none; ``best`` the share in which no other
    scenario does better.
    """
    names, rows = ensemble.group_names(), []
    for outcome in outcomes:
        values = ensemble.outcome(outcome, months)
        cost = losses(ensemble, outcome, values)
        regret = apart(cost, cost.min(axis=0))
        bad = beyond(ensemble, outcome, values)
        has_threshold = ensemble.outcomes[outcome].threshold is not None
        for place, scenario in enumerate(ensemble.names):
            for group, branch in enumerate(names):
                own = ensemble.drawn.group == group
                rows.append(
                    {
                        "outcome": outcome,
                        "unit": ensemble.outcomes[outcome].unit,
                        "scenario": scenario,
                        "branch": branch,
                        "most_regret": float(regret[place, own].max()),
                        "regret_90": float(np.quantile(regret[place, own], 0.9)),
                        "satisfies": float(1 - bad[place, own].mean()) if has_threshold else None,
                        "best": float((regret[place, own] == 0).mean()),
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def trade_offs(table: pl.DataFrame) -> pl.DataFrame:
    """The relative regret of each scenario: a row for each outcome and branch, a column for each scenario.

    From the table of `robustness`: the 90th percentile of regret, as a share of the largest of all scenarios
    on that outcome in that branch, so that 0 is the choice that gives up nothing and 1 the one that gives up
    most. Outcomes on which no scenario differs are left out.
    """
    keys = ["outcome", "branch"]
    largest = pl.col("regret_90").max().over(keys)
    shares = table.filter(largest > 0).with_columns((pl.col("regret_90") / largest).alias("share"))
    if shares.is_empty():
        return pl.DataFrame()
    return shares.pivot("scenario", index=keys, values="share", maintain_order=True)


def dominated(table: pl.DataFrame) -> dict[str, str]:
    """Scenarios that another matches or beats in every outcome and branch, by the 90th percentile of regret.

    Each with the first scenario that does so; those not named are the choices between which there is a
    trade-off.

    >>> dominated(pl.DataFrame({"outcome": ["x"] * 2, "branch": [""] * 2, "scenario": ["a", "b"],
    ...                         "regret_90": [0.0, 1.0]}))
    {'b': 'a'}
    """
    names = list(dict.fromkeys(table["scenario"]))
    regrets = {name: table.filter(scenario=name)["regret_90"].to_numpy() for name in names}
    beaten = {}
    for one in names:
        for other in names:
            if (
                one != other
                and np.all(regrets[other] <= regrets[one])
                and np.any(regrets[other] < regrets[one])
            ):
                beaten[one] = other
                break
    return beaten
