"""Numbers as people read them: three digits, ranges over branches, shares in per cent."""

from collections.abc import Iterable


def short(number: float) -> str:
    """Three significant digits, thousands apart.

    >>> short(0.12345), short(12345.0), short(2.5e9)
    ('0.123', '12,300', '2,500 million')
    """
    if number == 0:
        return "0"
    size = abs(number)
    if size >= 1e6:
        return f"{float(f'{number / 1e6:.3g}'):,.6g} million"
    return f"{float(f'{number:.3g}'):,.0f}" if size >= 100 else f"{number:.3g}"


def over_branches(values: Iterable[float]) -> str:
    """One number, or the lowest and the highest over branches.

    >>> over_branches([1.0, 2.0])
    '1 to 2'
    """
    numbers = list(values)
    low, high = short(min(numbers)), short(max(numbers))
    return low if low == high else f"{low} to {high}"


def percent(shares: Iterable[float]) -> str:
    """Shares in per cent, the lowest and the highest over branches.

    >>> percent([0.104, 0.3]), percent([0.5])
    ('10 to 30 %', '50 %')
    """
    numbers = [round(100 * min(max(each, 0.0), 1.0)) for each in shares]
    return f"{numbers[0]} %" if min(numbers) == max(numbers) else f"{min(numbers)} to {max(numbers)} %"
