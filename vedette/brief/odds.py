"""Chances of an ensemble in words."""

from collections.abc import Sequence

import polars as pl

from vedette.brief.words import likelihood, rounded_percent, word
from vedette.scenario import Ensemble

RARE = 0.05


def odds_in_words(ensemble: Ensemble, chances: Sequence[float]) -> str:
    """Likelihood word and number for a chance; over unweighted branches those of the lowest and highest."""
    draws, scale = ensemble.draws // ensemble.groups, ensemble.mechanism.case.scale
    ends = min(chances), max(chances)
    low, high = (likelihood(chance, draws, scale) for chance in ends)
    if low == high:
        return low
    words = [word(chance, draws, scale) for chance in ends]
    if None in words:
        return f"{low} to {high}"
    range_ = str(words[0]) if words[0] == words[1] else f"{words[0]} to {words[1]}"
    percents = [rounded_percent(chance, draws) for chance in ends]
    return f"{range_} ({percents[0]} to {percents[1]} %)"


def better_in_words(ensemble: Ensemble, differences: pl.DataFrame) -> str:
    """The odds that one scenario is better than the first, over branches; unless nothing changes in any draw.

    ``differences``: the rows of one outcome and scenario in `vedette.scenario.answers.tables.differences`.
    """
    if not _differs(differences):
        return "no difference"
    return odds_in_words(ensemble, differences["better"].to_list())


def clearly(differences: pl.DataFrame) -> str:
    """``better`` or ``worse`` where a scenario is so in 19 of 20 futures of every branch; else nothing.

    ``differences`` as in `better_in_words`.
    """
    chances = differences["better"].to_list()
    if not _differs(differences):
        return ""
    return "better" if min(chances) >= 1 - RARE else "worse" if max(chances) <= RARE else ""


def _differs(differences: pl.DataFrame) -> bool:
    return bool(differences.select("low_90", "median", "high_90", "mean").to_numpy().any())
