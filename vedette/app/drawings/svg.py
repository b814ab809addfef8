"""Parts of SVG, and a drawing with its words around it."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from vedette import brief

INK, GREY, RULE, PAPER = "#1c2730", "#5b656e", "#dfe4e8", "#fff"
_ACROSS = 0.53
"""How wide a letter is on average, in font sizes."""
_FONTS = ", ".join(brief.FAMILIES)
_HEAD, _FOOT = 46, 24


@dataclass(frozen=True)
class Drawing:
    """A drawing: id, size in pixels, what it shows, its parts as SVG; ``phone`` is the same for a phone."""

    id: str
    width: int
    height: int
    title: str
    subtitle: str
    body: Markup
    phone: "Drawing | None" = None

    def inline(self) -> Markup:
        """Returns the drawing for a page, whose headline says what it shows."""
        return self._svg(0, self.height, Markup())

    def whole(self, foot: str) -> str:
        """Returns the drawing to be used anywhere: on a light ground, with its headline and a foot."""
        words = tag("text", self.title, y=-26, font_size=15, font_weight="bold", fill=INK)
        words += tag("text", self.subtitle, y=-9, font_size=11, fill=GREY)
        words += tag("text", foot, y=self.height + 16, font_size=10, fill=GREY)
        ground = tag("rect", x=0, y=-_HEAD, width=self.width, height=self.height + _HEAD + _FOOT, fill=PAPER)
        return str(self._svg(-_HEAD, self.height + _HEAD + _FOOT, ground + words))

    def _svg(self, top: int, height: int, before: Markup) -> Markup:
        return tag(
            "svg",
            before + self.body,
            xmlns="http://www.w3.org/2000/svg",
            width=self.width,
            height=height,
            viewBox=f"0 {top} {self.width} {height}",
            font_family=_FONTS,
            font_size=11,
        )


def tag(name: str, inside: str = "", /, **attributes: object) -> Markup:
    """Returns an element; ``_`` in the names of attributes is ``-``, those that are None are left out.

    >>> tag("circle", r=2, stroke_width=1, class_="dot", id=None)
    Markup('<circle r="2" stroke-width="1" class="dot"/>')
    """
    kept = (
        f' {_name(key)}="{escape(_number(value))}"' for key, value in attributes.items() if value is not None
    )
    start = f"<{name}{''.join(kept)}"
    return Markup(f"{start}>{escape(inside)}</{name}>" if inside else f"{start}/>")


def fitted(text: str, pixels: float, size: float = 11) -> str:
    """Returns a text cut to a width, the end replaced by a sign that something is missing.

    >>> fitted("Popular Mobilization Units", 80), fitted("Badr", 80)
    ('Popular Mobi…', 'Badr')
    """
    letters = int(pixels / (size * _ACROSS))
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def in_full(day: date) -> str:
    """Returns a day in words.

    >>> in_full(date(2020, 9, 30))
    '30 September 2020'
    """
    return f"{day.day} {day:%B %Y}"


def _name(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _number(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value
