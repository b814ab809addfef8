"""How numbers are written: with thousands apart, and estimated counts rounded to what they support."""

from math import floor, isfinite, log10


def decimal(number: float, digits: int = 0) -> str:
    """A number with thousands apart and a true minus sign; a dash for none.

    >>> decimal(12345.678), decimal(-0.5, 1), decimal(float("nan"))
    ('12,346', '−0.5', '–')
    """
    if not isfinite(number):
        return "–"
    return f"{number:,.{digits}f}".replace("-", "−")


def estimate(number: float) -> str:
    """An estimated count: whole below 100, two significant digits above.

    >>> estimate(7.4), estimate(99.4), estimate(1844), estimate(26_731)
    ('7', '99', '1,800', '27,000')
    """
    if abs(number) < 100 or not isfinite(number):
        return decimal(number)
    return decimal(round(number, 1 - floor(log10(abs(number)))))


def interval(low: float, high: float) -> str:
    """An interval of estimated counts.

    >>> interval(3.2, 1844)
    '3–1,800'
    """
    return f"{estimate(low)}–{estimate(high)}"
