"""Chances of an ensemble in words."""

from collections.abc import Sequence

import polars as pl

from vedette.brief.words import likelihood, rounded_percent, word
from vedette.message import say
from vedette.scenario import Ensemble

RARE = 0.05
SIDES = {"better": "better in", "worse": "worse in", "same": "no difference in"}


def odds_in_words(ensemble: Ensemble, chances: Sequence[float]) -> str:
    """Likelihood word and number for a chance; over unweighted branches those of the lowest and highest."""
    draws, scale = ensemble.draws // ensemble.groups, ensemble.mechanism.case.scale
    ends = min(chances), max(chances)
    low, high = (likelihood(chance, draws, scale) for chance in ends)
    if low == high:
        return low
    words = [word(chance, draws, scale) for chance in ends]
    if None in words:
        return say("{low} to {high}", low=low, high=high)
    range_ = words[0]
    if words[0] != words[1]:
        range_ = say("{low} to {high}", low=words[0], high=words[1])
    percents = [rounded_percent(chance, draws) for chance in ends]
    return say("{likely} ({low} to {high} %)", likely=range_, low=percents[0], high=percents[1])


def better_in_words(ensemble: Ensemble, differences: pl.DataFrame) -> str:
    """The odds that one scenario is better than another, over branches, with ties as a share of their own.

    ``differences``: the rows of one outcome and pair in `vedette.scenario.answers.tables.differences`. Where
    an assumption's own sign decides them (column ``as_assumed``), its author is named.
    """
    if differences["same"].min() == 1:
        return "no difference"
    if differences["same"].max() == 0:
        words = odds_in_words(ensemble, differences["better"].to_list())
    else:
        draws = ensemble.draws // ensemble.groups
        shares = {said: share_range(differences[side].to_list(), draws) for side, said in SIDES.items()}
        words = ", ".join(f"{said} {share}" for said, share in shares.items())
    return words + assumed_by(differences)


def share_range(shares: Sequence[float], draws: int) -> str:
    """Shares of draws in per cent, over branches the lowest and the highest.

    >>> share_range([0.011, 0.27], 1000), share_range([0.0], 1000), share_range([0.001], 1000)
    ('1 to 25 %', '0 %', 'less than 1 %')
    """
    ends = [rounded_percent(share, draws) for share in (min(shares), max(shares))]
    if ends[0] != ends[1]:
        return f"{ends[0]} to {ends[1]} %"
    if ends[1] == 0 < max(shares):
        return "less than 1 %"
    if ends[0] == 100 > 100 * min(shares):
        return "more than 99 %"
    return f"{ends[0]} %"


def assumed_by(differences: pl.DataFrame) -> str:
    """`` as assumed by ...`` where the sign of an assumption decides the odds in every branch; else nothing.

    ``differences`` as in `better_in_words`.
    """
    authors = deciding(differences)
    return f", as assumed by {', '.join(authors)}" if authors else ""


def deciding(differences: pl.DataFrame) -> list[str]:
    """The authors of the assumptions whose sign decides the odds in every branch; none where none does."""
    if "as_assumed" not in differences.columns:
        return []
    authors = differences.filter(pl.col("same") < 1)["as_assumed"].to_list()
    return list(dict.fromkeys(authors)) if all(authors) else []


def clearly(differences: pl.DataFrame) -> str:
    """``better`` or ``worse`` where a scenario is so in 19 of 20 futures of every branch; else nothing.

    ``differences`` as in `better_in_words`.
    """
    for side in ("better", "worse"):
        if min(differences[side].to_list(), default=0.0) >= 1 - RARE:
            return side
    return ""
