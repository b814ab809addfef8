"""Units: a fixed vocabulary, and the units of products and ratios."""

from collections.abc import Mapping
from typing import Literal

Unit = Literal[
    "people",
    "people/month",
    "USD",
    "USD/month",
    "deaths",
    "deaths/month",
    "attacks",
    "attacks/month",
    "share",
    "share/month",
    "index",
    "index/month",
    "months",
    "number",
]

Dimensions = frozenset[tuple[str, int]]
"""Powers of what is counted: ``people/month`` is {("people", 1), ("month", -1)}."""

_PLAIN = {"share", "index", "number"}

SUPPORT: Mapping[str, tuple[float, float]] = {
    "share": (0.0, 1.0),
    "index": (0.0, 1.0),
    "share/month": (0.0, 1.0),
    "number": (-float("inf"), float("inf")),
    "index/month": (-float("inf"), float("inf")),
}
"""Between which numbers a unit makes sense; 0 and up for the others."""


def support(unit: str) -> tuple[float, float]:
    """The least and the most that a quantity of a unit can be.

    >>> support("share"), support("people")
    ((0.0, 1.0), (0.0, inf))
    """
    return SUPPORT.get(unit, (0.0, float("inf")))


def dimensions(unit: str) -> Dimensions:
    """The dimensions of a unit, each with its power; shares, indices and numbers have none.

    >>> sorted(dimensions("people/month"))
    [('month', -1), ('people', 1)]
    >>> dimensions("share/month") == dimensions("index/month")
    True
    """
    over, _, under = unit.partition("/")
    powers = {} if over in _PLAIN else {"month" if over == "months" else over: 1}
    return frozenset({**powers, **({under: -1} if under else {})}.items())


def times(*parts: Dimensions) -> Dimensions:
    """The dimensions of a product.

    >>> times(dimensions("people/month"), dimensions("months")) == dimensions("people")
    True
    """
    powers: dict[str, int] = {}
    for part in parts:
        for name, power in part:
            powers[name] = powers.get(name, 0) + power
    return frozenset((name, power) for name, power in powers.items() if power)


def over(above: Dimensions, below: Dimensions) -> Dimensions:
    """The dimensions of a quotient."""
    return times(above, frozenset((name, -power) for name, power in below))


def spoken(dimensions: Dimensions) -> str:
    """Dimensions as text: ``people/month``; ``number`` where there are none.

    >>> spoken(over(dimensions("people"), dimensions("months")))
    'people/month'
    """
    above = [f"{name}^{power}" if power > 1 else name for name, power in sorted(dimensions) if power > 0]
    below = [f"{name}^{-power}" if power < -1 else name for name, power in sorted(dimensions) if power < 0]
    return "/".join([" ".join(above) or ("1" if below else "number"), *below])
