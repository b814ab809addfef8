"""Shares as people read them: in per cent, over branches the lowest and the highest."""

from collections.abc import Iterable


def percent(shares: Iterable[float]) -> str:
    """Shares in per cent, the lowest and the highest over branches.

    >>> percent([0.104, 0.3]), percent([0.5])
    ('10 to 30 %', '50 %')
    """
    numbers = [round(100 * min(max(each, 0.0), 1.0)) for each in shares]
    return f"{numbers[0]} %" if min(numbers) == max(numbers) else f"{min(numbers)} to {max(numbers)} %"
