"""The brief for machines: ``brief.json``, with every figure and its chain, in a stable order."""

import json
from dataclasses import asdict
from typing import Any

from vedette.brief.blocks import Authored, Block, Brief, Chart, Page, Reports, Section, Shown
from vedette.brief.figures import Cell, Figure, Table
from vedette.brief.prose import FigureInWords, FigureWithRange, Note, Paragraph, Points

_DIGITS = 6


def to_json(brief: Brief) -> str:
    """The brief as JSON text, in English whatever the language of its pages.

    Keys, in order: vedette (version), case, title, question, as_of, last_complete, data_age, edition, seed,
    scale, issue (null for a draft), figures (by id), pages (the two, each with its sections), sections (the
    annex), sources, licences. Fractions carry six significant digits; what is not a finite number is null.
    """
    brief = brief.english or brief
    content = {
        "vedette": brief.version,
        "case": brief.case,
        "title": brief.title,
        "question": brief.question,
        "as_of": brief.as_of.isoformat(),
        "last_complete": brief.last_complete,
        "data_age": brief.data_age,
        "edition": brief.edition,
        "seed": brief.seed,
        "scale": brief.scale,
        "issue": brief.issue.stamp() if brief.issue else None,
        "figures": {name: _figure(figure) for name, figure in brief.figures.items()},
        "pages": [_page(page) for page in brief.pages],
        "sections": [_section(section) for section in brief.sections],
        "sources": [asdict(source) for source in brief.sources],
        "licences": list(brief.licences),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _figure(figure: Figure) -> dict[str, Any]:
    content: dict[str, Any] = {"title": figure.title, "mark": figure.mark.value, "unit": figure.unit}
    if figure.value is not None:
        content |= {"value": rounded(figure.value), "shown": figure.shown}
    if figure.low is not None or figure.high is not None:
        content |= {"low": rounded(figure.low), "high": rounded(figure.high), "band": figure.band}
    if figure.table is not None:
        content["table"] = _table(figure.table)
    if figure.claims:
        content["claims"] = [asdict(claim) for claim in figure.claims]
    content["chain"] = [
        {key: str(value) for key, value in asdict(link).items() if value} for link in figure.chain
    ]
    return content


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"key": column.key, "title": column.title, "kind": str(column.kind)} for column in table.columns
    ]
    return {"columns": columns, "rows": [[rounded(cell) for cell in row] for row in table.rows]}


def _page(page: Page) -> dict[str, Any]:
    return {"id": page.id, "title": page.title, "sections": [_section(section) for section in page.sections]}


def _section(section: Section) -> dict[str, Any]:
    label = {"label": section.label} if section.label else {}
    blocks = [_block(block) for block in section.blocks]
    return {"id": section.id, "title": section.title, **label, "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "pieces": _pieces(block)}
        case Points():
            return {"kind": "points", "items": [_pieces(item) for item in block.items]}
        case Note():
            return {"kind": "note", "title": block.title, "pieces": _pieces(block.body)}
        case Authored():
            return {"kind": "author", "title": block.title, "markdown": block.markdown}
        case Chart():
            caption = asdict(block.caption)
            return {"kind": "chart", **caption, "figures": [figure.id for figure in block.figures()]}
        case Shown() | Reports():
            return {"kind": "table", "title": block.title, "note": block.note, "figures": [block.figure.id]}


def _pieces(paragraph: Paragraph) -> list[str | dict[str, str]]:
    return [piece if isinstance(piece, str) else {"figure": _named(piece).id} for piece in paragraph.pieces]


def _named(piece: Figure | FigureWithRange | FigureInWords) -> Figure:
    return piece if isinstance(piece, Figure) else piece.figure


def rounded(cell: Cell) -> Cell:
    """A fraction to six significant digits; whole fractions become whole numbers; NaN and infinity are none.

    >>> rounded(1 / 3), rounded(12.0), rounded(float("nan")), rounded("2014-06")
    (0.333333, 12, None, '2014-06')
    """
    if not isinstance(cell, float):
        return cell
    if cell != cell or cell in (float("inf"), float("-inf")):
        return None
    return int(cell) if cell.is_integer() else float(f"{cell:.{_DIGITS}g}")
