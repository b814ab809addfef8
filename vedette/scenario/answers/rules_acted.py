"""How often and when the rules of scenarios acted."""

import numpy as np
import polars as pl

from vedette.periods import label
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.language.settings import rule_in_words

_COLUMNS = {
    "scenario": pl.String(),
    "rule": pl.String(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "month": pl.String(),
}


def rules_acted(ensemble: Ensemble) -> pl.DataFrame:
    """A row for each rule of each scenario: its words, the share of draws in which it acted, and when.

    ``low`` and ``high`` are the lowest and the highest share over unweighted branches, ``month`` the median
    month of the draws in which it acted, empty if it never did.
    """
    rows = []
    for place, scenario in enumerate(ensemble.scenarios):
        for number, rule in enumerate(scenario.rules):
            months = ensemble.fired[place, :, number]
            shares = ensemble.by_group(months >= 0)
            acted = months[months >= 0]
            middle = ensemble.span.first + int(np.median(acted)) if len(acted) else None
            rows.append(
                {
                    "scenario": scenario.id,
                    "rule": rule_in_words(ensemble.mechanism, rule),
                    "low": float(shares.min()),
                    "high": float(shares.max()),
                    "month": "" if middle is None else label(middle, ensemble.span.step),
                }
            )
    return pl.DataFrame(rows, schema=_COLUMNS)
