"""Running text in which every number is a figure: paragraphs, points, notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter

from vedette.brief.figures import Figure
from vedette.message import Message, template_of


@dataclass(frozen=True)
class FigureWithRange:
    """A figure written with its low and high: 10,046 (9,011–11,820)."""

    figure: Figure


@dataclass(frozen=True)
class FigureInWords:
    """A figure as another language writes it, ``band`` its low and high; empty for none."""

    figure: Figure
    shown: str
    band: str = ""


Piece = str | Figure | FigureWithRange | FigureInWords


@dataclass(frozen=True)
class Paragraph:
    """Running text in which every number is a `Figure`. Pieces are plain text; nothing in them is markup.

    ``message`` is what the text was made from, with its figures by ``name``; None for text that is told in
    English alone.
    """

    pieces: tuple[Piece, ...]
    message: Message | None = field(default=None, repr=False)
    named: Mapping[str, Figure] = field(default_factory=dict, repr=False, compare=False)

    def figures(self) -> Iterator[Figure]:
        """The figures in the text, in order."""
        for piece in self.pieces:
            if not isinstance(piece, str):
                yield piece if isinstance(piece, Figure) else piece.figure


def text(template: str, **figures: Figure) -> Paragraph:
    """A paragraph from a template with a figure for each name in braces; ``{name:band}`` adds low and high,
    where the figure has them.

        >>> from vedette.brief import Mark, from_data
        >>> total = Figure("total", "Deaths", Mark.OBSERVED, (from_data("rows 2-90", "UCDP"),), "deaths", 916)
        >>> [p if isinstance(p, str) else p.id for p in text("In 2019 {n} people died.", n=total).pieces]
        ['In 2019 ', 'total', ' people died.']

    Raises:
        ValueError: a name in braces without a figure, or a figure that the template does not name.
    """
    parts = list(Formatter().parse(template_of(template)))
    names = {name for _, name, _, _ in parts if name is not None}
    if names != set(figures):
        raise ValueError(f"template names {sorted(names)}, figures are {sorted(figures)}")
    pieces: list[Piece] = []
    for literal, name, form, _ in parts:
        pieces += [literal] if literal else []
        if name is not None:
            ranged = form == "band" and figures[name].band_shown
            pieces.append(FigureWithRange(figures[name]) if ranged else figures[name])
    return Paragraph(tuple(pieces), template if isinstance(template, Message) else None, figures)


@dataclass(frozen=True)
class Points:
    """A list of paragraphs, numbered or not."""

    items: tuple[Paragraph, ...]
    numbered: bool = False

    def figures(self) -> Iterator[Figure]:
        """The figures of all points, in order."""
        return (figure for item in self.items for figure in item.figures())


@dataclass(frozen=True)
class Note:
    """A caution set apart from the text."""

    title: str
    body: Paragraph

    def figures(self) -> Iterator[Figure]:
        """The figures in the caution."""
        return self.body.figures()
