"""The blocks of a brief as plain records, which the Typst templates draw."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vedette.brief.blocks import Authored, Block, Chart, Pane, Reports, Section, Shown
from vedette.brief.cited import SOURCE
from vedette.brief.documents.authored import paragraphs
from vedette.brief.documents.judging import CAUTION, judgement
from vedette.brief.documents.labels import ENGLISH, Labels
from vedette.brief.documents.lettering import set_apart
from vedette.brief.documents.notes import Notes
from vedette.brief.documents.pictures import drawing
from vedette.brief.figures import CellFormat, Column, Figure
from vedette.brief.languages.frame import LETTERS, MARKS
from vedette.brief.languages.telling import Tongue
from vedette.brief.prose import FigureInWords, FigureWithRange, Note, Paragraph, Points
from vedette.brief.widths import letters_across

Record = dict[str, Any]

LINE = 680
"""Pixels of a drawing as wide as the text of an A4 page (180 mm); its labels are then 8.25 points."""
ACROSS = 104
"""Letters of a table as wide as the text of an A4 page, at 8 points, in a wide face."""
GAP = 16
"""Pixels between drawings side by side."""


@dataclass(frozen=True)
class Tree:
    """Turns blocks into records.

    ``numbers`` gives "Figure 1" and "Table 1" by block; ``share`` is the part of its height that a drawing
    takes; ``names`` what sources are called in tables, by id.
    """

    labels: Labels
    tongue: Tongue
    notes: Notes
    numbers: dict[str, str]
    names: Mapping[str, str]
    share: float = 1

    def section(self, section: Section) -> Record:
        """A section with its blocks; drawings of a half one are half as wide."""
        width = (LINE - GAP) // 2 if section.half else LINE
        return {
            "id": section.id,
            "title": section.title,
            "label": section.label,
            "half": section.half,
            "blocks": [self.block(block, width) for block in section.blocks],
        }

    def block(self, block: Block, width: int) -> Record:
        """One block; ``kind`` names it, ``judge`` is what an analyst must judge about it."""
        match block:
            case Paragraph():
                return {
                    "kind": "paragraph",
                    "pieces": self.pieces(block),
                    "judge": self.judged(block.figures()),
                }
            case Points():
                items = [self.pieces(item) for item in block.items]
                judge = self.judged(block.figures())
                return {"kind": "points", "numbered": block.numbered, "items": items, "judge": judge}
            case Chart():
                return self.chart(block, width)
            case Shown():
                return self.table(block)
            case Reports():
                return self.reports(block)
            case Authored():
                written = paragraphs(block.markdown)
                return {"kind": "authored", "title": block.title, "paragraphs": written, "judge": ""}
            case Note():
                pieces = self.pieces(block.body)
                return {
                    "kind": "note",
                    "title": block.title,
                    "pieces": pieces,
                    "judge": self.tongue.words(CAUTION),
                }

    def pieces(self, paragraph: Paragraph) -> list[Record]:
        """Running text: strings, and figures with their letter and their notes."""
        return [
            {"text": piece} if isinstance(piece, str) else self.piece(piece) for piece in paragraph.pieces
        ]

    def piece(self, piece: Figure | FigureWithRange | FigureInWords) -> Record:
        """A figure in running text."""
        figure = piece if isinstance(piece, Figure) else piece.figure
        band = f" ({figure.band_shown})" if isinstance(piece, FigureWithRange) else ""
        shown = piece.shown if isinstance(piece, FigureInWords) else figure.shown
        if isinstance(piece, FigureInWords) and piece.band:
            band = f" ({piece.band})"
        return {
            "text": shown + band,
            "mark": self.tongue.words(LETTERS[figure.mark]),
            "notes": self.notes.ranges([figure]),
        }

    def chart(self, chart: Chart, width: int) -> Record:
        """A chart with its drawings, of which as many stand side by side as it asks for."""
        columns = min(chart.columns, len(chart.panes))
        across = (width - GAP * (columns - 1)) // columns
        return {
            "kind": "chart",
            **self.head(chart.id, chart.caption.title, chart.caption.subtitle, chart.data),
            "legend": [{"label": e.label, "shape": e.shape, "colour": e.colour} for e in chart.legend],
            "columns": columns,
            "panes": [self.pane(chart, place, pane, across) for place, pane in enumerate(chart.panes)],
            "keys": [{"number": key.number, "when": key.when, "text": key.text} for key in chart.keys],
            "note": chart.caption.note,
        }

    def pane(self, chart: Chart, place: int, pane: Pane, width: int) -> Record:
        """One drawing; the first carries the chart's alternative text, the others say whose part they are."""
        part = self.labels.part.format(title=pane.title or chart.caption.title)
        alt = chart.caption.alt if place == 0 else part
        svg = drawing(pane, width, self.share)
        picture, lines = set_apart(svg)
        return {
            "title": pane.title,
            "alt": alt,
            "width": width,
            "svg": svg,
            "picture": picture if lines else "",
            "lines": lines,
        }

    def table(self, shown: Shown) -> Record:
        """A table with its header."""
        figure, table = shown.figure, shown.figure.table
        subtitle = figure.title + (f" ({figure.unit})" if figure.unit else "")
        columns = table.columns if table else ()
        rows = [self.row(columns, row) for row in table.shown()] if table else []
        return {
            "kind": "table",
            **self.head(f"table {figure.id}", shown.title, subtitle, [figure]),
            "columns": _columns(columns, rows),
            "rows": rows,
            "note": shown.note,
        }

    def row(self, columns: Sequence[Column], row: list[str]) -> list[str]:
        """A row as readers see it: a source by its name."""
        return [
            self.names.get(cell, cell) if column.key == SOURCE else cell
            for column, cell in zip(columns, row, strict=True)
        ]

    def reports(self, reports: Reports) -> Record:
        """Single events as a list."""
        rows = [
            {key: row[key] or "" for key in ("date", "place", "sides", "deaths", "headline", "source")}
            for row in reports.figure.records()
        ]
        head = self.head(reports.figure.id, reports.title, "", [reports.figure])
        head["number"] = self.labels.reports
        return {"kind": "reports", **head, "rows": rows, "note": reports.note}

    def judged(self, figures: Iterable[Figure]) -> str:
        """What an analyst must judge about some figures, for a comment."""
        return self.tongue.words(judgement(figures))

    def head(self, key: str, title: str, subtitle: str, figures: Sequence[Figure]) -> Record:
        """What stands above a chart or a table."""
        return {
            "number": self.numbers.get(key, ""),
            "marks": [
                self.tongue.words(MARKS[mark]) for mark in dict.fromkeys(each.mark for each in figures)
            ],
            "title": title,
            "subtitle": subtitle,
            "notes": self.notes.ranges(figures),
            "judge": self.judged(figures),
        }


def _columns(columns: Sequence[Column], rows: list[list[str]]) -> list[Record]:
    """The columns of a table: title, side, and width in letters."""
    widths = letters_across([column.title for column in columns], rows, ACROSS)
    return [
        {
            "title": column.title,
            "number": column.kind is not CellFormat.TEXT and place > 0,
            "letters": letters,
        }
        for place, (column, letters) in enumerate(zip(columns, widths, strict=True))
    ]


def in_english(tree: Tree) -> Tree:
    """The same for the annex, which is in English."""
    return replace(tree, labels=ENGLISH, tongue=Tongue("en"))
