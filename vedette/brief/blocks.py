"""What a brief is made of: prose, charts and tables; sections of them; two pages and an annex."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.brief.figures import Figure, figure_problems
from vedette.brief.prose import Note, Paragraph, Points
from vedette.case import Issue
from vedette.errors import DataError, Problem

Spec = dict[str, Any]
"""A Vega-Lite specification."""


@dataclass(frozen=True)
class Caption:
    """The words around a chart, and the chart's id on the page.

    ``title`` is a headline with the takeaway, ``subtitle`` says what is shown in what unit, ``alt`` is for
    those who cannot see the chart, ``note`` stands below it (empty for none).
    """

    id: str
    title: str
    subtitle: str
    alt: str
    note: str = ""


@dataclass(frozen=True)
class Pane:
    """One drawing of a chart: a Vega-Lite spec as wide as its container, and a title.

    ``ratio`` is height over width for what must keep its shape (a map); the spec's height is then the most
    it takes. 0 for a fixed height. Numbers and months of its axes are written as in ``language``.
    """

    spec: Spec
    title: str = ""
    ratio: float = 0
    language: str = "en"


@dataclass(frozen=True)
class Swatch:
    """One entry of a chart's legend; ``shape`` is bar, hollow, line, dashed, dot or ring."""

    label: str
    shape: str
    colour: str


@dataclass(frozen=True)
class Key:
    """What a number on a chart stands for."""

    number: int
    when: str
    text: str


@dataclass(frozen=True)
class Chart:
    """One or more panes with a caption, the figures they draw, a legend, and keys to numbers drawn on them.

    ``columns`` is how many panes stand side by side on a wide screen.
    """

    caption: Caption
    panes: tuple[Pane, ...]
    data: tuple[Figure, ...]
    legend: tuple[Swatch, ...] = ()
    keys: tuple[Key, ...] = ()
    columns: int = 1

    @property
    def id(self) -> str:
        """The chart's anchor on the page."""
        return self.caption.id

    def figures(self) -> Iterator[Figure]:
        """The figures that the chart draws."""
        return iter(self.data)


@dataclass(frozen=True)
class Shown:
    """A figure shown as a table, with a headline and a note; a ``folded`` one opens when it is clicked."""

    figure: Figure
    title: str
    note: str = ""
    folded: bool = False

    def figures(self) -> Iterator[Figure]:
        """The one figure."""
        return iter((self.figure,))


@dataclass(frozen=True)
class Reports:
    """Single events as a list.

    Columns of the figure, all text: date, place, sides, deaths, headline, source; any cell may be empty.
    """

    figure: Figure
    title: str
    note: str = ""

    def figures(self) -> Iterator[Figure]:
        """The one figure."""
        return iter((self.figure,))


@dataclass(frozen=True)
class Authored:
    """The author's own words, in Markdown; ``title`` marks them as such."""

    title: str
    markdown: str

    def figures(self) -> Iterator[Figure]:
        """None: what an author writes has no chain."""
        return iter(())


Block = Paragraph | Points | Chart | Shown | Reports | Note | Authored


@dataclass(frozen=True)
class Section:
    """A part of the brief with a heading; ``id`` is its anchor.

    On the two pages ``title`` is the finding and ``label``, above it, what the part is about; ``half`` parts
    that follow each other stand side by side where there is width. In the annex there are neither.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    label: str = ""
    half: bool = False

    def figures(self) -> Iterator[Figure]:
        """All figures of the section, in order."""
        return (figure for block in self.blocks for figure in block.figures())


@dataclass(frozen=True)
class Page:
    """One of the two pages that stand before the annex; each fills at most one A4 page in print."""

    id: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class SourceEntry:
    """Where something came from, under what licence."""

    id: str
    text: str
    licence: str = ""
    url: str = ""


def _sentences(words: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", words.strip())


def asked_in(question: str) -> str:
    """The sentences of a question that ask; all where none does.

    >>> asked_in("The mission ends in 2023. What will it leave?"), asked_in("What the mission leaves")
    ('What will it leave?', 'What the mission leaves')
    """
    return " ".join(one for one in _sentences(question) if one.endswith("?")) or question


def _twice(figure: Figure) -> Problem:
    cure = "Give one of them another id."
    return Problem(f"figure {figure.id}", 0, "id", "one figure of that id", "two different ones", cure)


def _unspoken(chart: Chart) -> Problem:
    cure = "Say in `alt` of its caption what is drawn, for readers who cannot see it."
    return Problem(f"chart {chart.id}", 0, "alt", "an alternative text", "none", cure)


@dataclass(frozen=True)
class Brief:
    """The written product.

    ``pages`` are the two pages, ``sections`` the annex; ``last_complete`` is a period label, ``data_age`` a
    sentence on how far deaths and claims reach; a draft is no ``issue``; ``language`` is that of the pages,
    ``english`` the brief that they were translated from; None for one in English.

    Raises:
        DataError: a figure without mark or chain, two different figures of one id, or a chart without a text
            for those who cannot see it; all of them listed.
    """

    case: str
    title: str
    question: str
    as_of: date
    last_complete: str
    edition: str
    seed: int
    version: str
    scale: str
    data_age: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    sources: tuple[SourceEntry, ...]
    issue: Issue | None = None
    language: str = "en"
    english: "Brief | None" = None

    def __post_init__(self) -> None:
        figures = [] if self.english else list(self._all())
        first: dict[str, Figure] = {}
        problems = [_twice(figure) for figure in figures if first.setdefault(figure.id, figure) != figure]
        problems += [problem for figure in first.values() for problem in figure_problems(figure)]
        problems += [
            _unspoken(block)
            for section in self.all_sections
            for block in section.blocks
            if isinstance(block, Chart) and not block.caption.alt.strip()
        ]
        if problems:
            raise DataError("the brief holds figures that may not be shown:", problems)

    @property
    def standing(self) -> str:
        """Which issue this is, or that it is a draft."""
        return f"Issue {self.issue.number}" if self.issue else "Draft, not issued"

    @property
    def correction(self) -> str:
        """Which issue it corrects, and why; empty where it corrects none."""
        if self.issue is None or self.issue.corrects is None:
            return ""
        return f"Corrects issue {self.issue.corrects}: {self.issue.why}"

    @property
    def asked(self) -> str:
        """The sentences of the question that ask; all where none does."""
        return asked_in(self.question)

    @property
    def background(self) -> str:
        """The sentences of the question that do not ask; none where none asks."""
        told = [one for one in _sentences(self.question) if not one.endswith("?")]
        return "" if self.asked == self.question else " ".join(told)

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """The sections of the two pages, then those of the annex."""
        return (*(section for page in self.pages for section in page.sections), *self.sections)

    def _all(self) -> Iterator[Figure]:
        return (figure for section in self.all_sections for figure in section.figures())

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure once, by id, in the order of the page; in English, as the annex is."""
        first = self.english.figures if self.english else {}
        return {figure.id: first.get(figure.id, figure) for figure in self._all()}

    @property
    def licences(self) -> tuple[str, ...]:
        """The licences of the sources, each once."""
        return tuple(dict.fromkeys(source.licence for source in self.sources if source.licence))
