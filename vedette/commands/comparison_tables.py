"""Numbers of a comparison as they are read."""

from collections.abc import Iterable

from vedette.brief.words import outcome_range


def over_branches(values: Iterable[float]) -> str:
    """Returns one number, or the lowest and the highest over branches, two significant figures each.

    >>> over_branches([1.0, 2.0])
    '1.0 to 2.0'
    """
    return outcome_range(list(values))
