"""Ranges of time as strips, one below the other on one axis: full where stated, pale where it only ages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from vedette.app.drawings.svg import GREY, INK, RULE, Drawing, fitted, in_full, tag

Days = tuple[date, date]
BLUE, RUST = "#12436b", "#b04a22"
_TOP, _BAR = 26, 9
_EVERY = ((6, 1), (14, 2), (30, 5))
"""Up to so many years, a label every so many."""


@dataclass(frozen=True)
class Strip:
    """A row: its words and their address, the days for which it is stated, ages, and is spoken against.

    ``note`` is read out after the words.
    """

    words: str
    address: str
    stated: Sequence[Days]
    ageing: Sequence[Days] = ()
    against: Sequence[Days] = ()
    note: str = ""
    colour: str = BLUE


@dataclass(frozen=True)
class _StripRoom:
    """How strips fit a window: width, room for words at the left, height of one, how far down its bar is."""

    width: int
    label: int
    step: int
    bar: int


_WIDE = _StripRoom(1100, 400, 19, 2)
_PHONE = _StripRoom(352, 0, 32, 15)
"""Words stand above the bars."""


@dataclass(frozen=True)
class _Axis:
    """The days from the left end of the strips to the right one, in a window."""

    first: date
    last: date
    window: _StripRoom

    def x(self, day: date) -> float:
        """Returns how far across a day stands; a day beyond an end stands at it."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        left = self.window.label
        return left + min(1.0, max(0.0, share)) * (self.window.width - left - 8)


def strips_drawing(
    strips: Sequence[Strip], *, key: str, title: str, at: date, first: date, last: date
) -> Drawing:
    """Returns strips from a first to a last day, with a line at the day that is meant.

    ``first`` is moved on to the year before anything is stated or ages.
    """
    begun = [days[0] for strip in strips for days in (*strip.stated, *strip.ageing)]
    early = min((max(day, first) for day in begun), default=first)
    ends = date(early.year, 1, 1), max(last, at)
    subtitle = (
        "Full: a source states it. Pale: nobody says so any more, it ages. Thin below: said not to be so. "
        f"Line: {in_full(at)}."
    )
    wide, phone = (
        Drawing(
            key,
            window.width,
            _height(strips, window),
            title,
            subtitle,
            _drawn(strips, _Axis(*ends, window), at),
        )
        for window in (_WIDE, _PHONE)
    )
    return replace(wide, phone=phone)


def _height(strips: Sequence[Strip], window: _StripRoom) -> int:
    return _TOP + window.step * len(strips) + 6


def _drawn(strips: Sequence[Strip], axis: _Axis, at: date) -> Markup:
    height, meant = _height(strips, axis.window), axis.x(at)
    rows = Markup("").join(_row(strip, number, axis) for number, strip in enumerate(strips))
    line = tag("path", d=f"M{meant:.1f} {_TOP - 6}V{height}", stroke=RUST, stroke_width=1.2, class_="meant")
    return _years(axis, height) + rows + line


def _row(strip: Strip, number: int, axis: _Axis) -> Markup:
    window = axis.window
    y = _TOP + window.step * number
    inside = tag("title", f"{strip.words}. {strip.note}" if strip.note else strip.words)
    label = tag("text", fitted(strip.words, (window.label or window.width) - 14), y=y + 10, fill=INK)
    parts = inside + (tag("a", label, href=strip.address) if strip.address else label)
    bar = y + window.bar
    bars = [_bar(axis, one, bar, _BAR, fill=strip.colour, opacity=0.32) for one in strip.ageing]
    bars += [_bar(axis, one, bar, _BAR, fill=strip.colour) for one in strip.stated]
    bars += [_bar(axis, one, bar + 11, 2, fill=RUST, class_="against") for one in strip.against]
    parts += Markup("").join(bars)
    return tag("g", parts, class_="strip")


def _bar(axis: _Axis, days: Days, y: int, height: int, **look: float | str) -> Markup:
    start, end = axis.x(days[0]), axis.x(days[1])
    return tag("rect", x=start, width=max(2.0, end - start), y=y, height=height, **look)


def _years(axis: _Axis, height: int) -> Markup:
    span = axis.last.year - axis.first.year
    room = 1 if axis.window.label else 2
    every = next((step for most, step in _EVERY if span * room <= most), 10)
    lines = Markup()
    for year in range(axis.first.year, axis.last.year + 1):
        if year % every == 0:
            x = axis.x(date(year, 1, 1))
            lines += tag("path", d=f"M{x:.1f} {_TOP - 4}V{height}", stroke=RULE, class_="rule")
            lines += tag("text", str(year), x=x, y=14, fill=GREY, text_anchor="middle", class_="year")
    return lines
