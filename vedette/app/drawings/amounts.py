"""Amounts over time with their ranges: full where they are of the time, pale where carried, gaps said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from markupsafe import Markup

from vedette.app.drawings.svg import GREY, RULE, Drawing, tag

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 620, 170, 66, 14, 14, 24
_BLUE, _PALE, _LABELS = "#12436b", 0.4, 8


@dataclass(frozen=True)
class Amount:
    """An amount on a day with its range, and in words; no numbers in a gap, ``pale`` where it is carried."""

    day: date
    low: float | None
    middle: float | None
    high: float | None
    words: str
    pale: bool = False


@dataclass(frozen=True)
class _Plane:
    """Where days and amounts stand: from the first to the last day, from 0 to the top."""

    first: date
    last: date
    top: float

    def x(self, day: date) -> float:
        """Returns how far across a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(self, amount: float) -> float:
        """Returns how far down an amount stands."""
        return _HEIGHT - _BOTTOM - amount / self.top * (_HEIGHT - _BOTTOM - _TOP)


def amounts_drawing(amounts: Sequence[Amount], *, key: str, title: str, subtitle: str) -> Drawing:
    """Returns amounts over time, from the year of the first to the last of them, from 0 up."""
    days = [one.day for one in amounts]
    top = _round_up(max((one.high or 0.0 for one in amounts), default=0.0))
    plane = _Plane(date(min(days).year, 1, 1), max(days), top)
    marks = Markup("").join(_mark(one, plane) for one in amounts)
    return Drawing(key, _WIDTH, _HEIGHT, title, subtitle, _axes(plane) + marks)


def _axes(plane: _Plane) -> Markup:
    body = Markup()
    for level in (0.0, plane.top / 2, plane.top):
        y = plane.y(level)
        body += tag("path", d=f"M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}", stroke=RULE)
        body += tag("text", f"{level:,.10g}", x=_LEFT - 6, y=y + 4, fill=GREY, text_anchor="end")
    every = max(1, ceil((plane.last.year - plane.first.year + 1) / _LABELS))
    for year in range(plane.first.year, plane.last.year + 1, every):
        x = plane.x(date(year, 1, 1))
        body += tag("text", str(year), x=x, y=_HEIGHT - 6, fill=GREY, text_anchor="middle")
    return body


def _mark(one: Amount, plane: _Plane) -> Markup:
    x, title = plane.x(one.day), tag("title", one.words)
    if one.low is None or one.middle is None or one.high is None:
        mark = tag("text", "?", x=x, y=plane.y(0) - 5, fill=GREY, text_anchor="middle")
        return tag("g", title + mark)
    ends = f"M{x:.1f} {plane.y(one.low):.1f}V{plane.y(one.high):.1f}"
    bar = tag("path", d=ends, stroke=_BLUE, stroke_width=5, opacity=0.35)
    dot = tag("circle", cx=x, cy=plane.y(one.middle), r=2.6, fill=_BLUE)
    return tag("g", title + bar + dot, opacity=_PALE if one.pale else None)


def _round_up(most: float) -> float:
    """The next number of one or two digits and noughts.

    >>> _round_up(307_689), _round_up(0)
    (310000.0, 1.0)
    """
    if most <= 0:
        return 1.0
    step = 10.0 ** max(0, floor(log10(most)) - 1)
    return ceil(most / step) * step
