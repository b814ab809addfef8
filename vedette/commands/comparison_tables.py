"""Numbers of a comparison as they are read."""

from collections.abc import Iterable

from vedette.brief.words import outcome_range


def over_branches(values: Iterable[float]) -> str:
    """Returns one number, or the lowest and the highest over branches, two significant figures each.

    >>> over_branches([1.0, 2.0])
    '1.0 to 2.0'
    """
    return outcome_range(list(values))


def percent_range(shares: Iterable[float]) -> str:
    """Returns shares in per cent, the lowest and the highest over branches.

    >>> percent_range([0.104, 0.3]), percent_range([0.5])
    ('10 to 30 %', '50 %')
    """
    numbers = [round(100 * min(max(each, 0.0), 1.0)) for each in shares]
    return f"{numbers[0]} %" if min(numbers) == max(numbers) else f"{min(numbers)} to {max(numbers)} %"
