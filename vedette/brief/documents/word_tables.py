"""Tables of a Word file, written as XML: thousands of cells in a moment."""

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import _Cell

from vedette.brief.documents.tree import Record
from vedette.brief.documents.word_file import WIDTH

TWIP = 635
"""English metric units of a twentieth of a point, in which Word measures tables."""
_LETTER, _EDGE, _HALF_POINTS = 98, 150, "16"
_FULL = 0.85
"""A table that takes more than this share of the line takes all of it."""


def table_of(place: WordDocument | _Cell, block: Record) -> None:
    """Appends a table whose header row is marked as such and repeated on each page."""
    widths = _widths(block["columns"], _line(place))
    table = _element("w:tbl")
    look = _element(
        "w:tblPr", _element("w:tblStyle", val="TableGrid"), _element("w:tblW", w=str(sum(widths)), type="dxa")
    )
    look.append(_borders())
    look.append(_element("w:tblLayout", type="fixed"))
    sides = [_element(f"w:{side}", w=str(_EDGE // 2), type="dxa") for side in ("left", "right")]
    look.append(_element("w:tblCellMar", *sides))
    look.append(_element("w:tblLook", val="0020", firstRow="1"))
    table.append(look)
    table.append(_element("w:tblGrid", *(_element("w:gridCol", w=str(width)) for width in widths)))
    titles = [column["title"] for column in block["columns"]]
    table.append(_row(titles, block["columns"], widths, header=True))
    for row in block["rows"]:
        table.append(_row(row, block["columns"], widths))
    _append(place, table)


def boxes(place: WordDocument | _Cell, number: int) -> list[_Cell]:
    """Appends a line of so many boxes of one width, without borders."""
    width = _line(place) // number
    frames = [_element("w:tcPr", _element("w:tcW", w=str(width), type="dxa")) for _ in range(number)]
    cells = [_element("w:tc", frame, _element("w:p")) for frame in frames]
    look = _element("w:tblPr", _element("w:tblW", w=str(width * number), type="dxa"))
    sides = [_element(f"w:{side}", w=gap, type="dxa") for side, gap in (("left", "0"), ("right", "110"))]
    look.extend([_element("w:tblLayout", type="fixed"), _element("w:tblCellMar", *sides)])
    grid = _element("w:tblGrid", *(_element("w:gridCol", w=str(width)) for _ in range(number)))
    row = _element("w:tr", _element("w:trPr", _element("w:cantSplit")), *cells)
    _append(place, _element("w:tbl", look, grid, row))
    return list(place.tables[-1].rows[0].cells)


def _append(place: WordDocument | _Cell, table: BaseOxmlElement) -> None:
    """Puts a table behind what stands in a document or a box; a box ends with a paragraph, as Word wants."""
    if isinstance(place, _Cell):
        place._tc.append(table)
        place._tc.append(_element("w:p"))
    else:
        place.element.body.insert(len(place.element.body) - 1, table)


def _line(place: WordDocument | _Cell) -> int:
    """The twips of a line."""
    return int(WIDTH) // TWIP if not isinstance(place, _Cell) else int(place.width or WIDTH) // TWIP


def _widths(columns: list[Record], line: int) -> list[int]:
    """Twips of each column; those of a long table fill the line."""
    wanted = [column["letters"] * _LETTER for column in columns]
    across = line if sum(wanted) > _FULL * line else sum(wanted)
    return [width * across // sum(wanted) for width in wanted]


def _row(
    texts: list[str], columns: list[Record], widths: list[int], *, header: bool = False
) -> BaseOxmlElement:
    kept = _element("w:trPr", _element("w:cantSplit"))
    if header:
        kept.append(_element("w:tblHeader"))
    row = _element("w:tr", kept)
    for place, (text, column, width) in enumerate(zip(texts, columns, widths, strict=True)):
        row.append(_cell(text, width, number=column["number"], bold=header or place == 0, header=header))
    return row


def _cell(text: str, width: int, *, number: bool, bold: bool, header: bool) -> BaseOxmlElement:
    shown = _element("w:t")
    shown.text = text
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    letters = _element("w:rPr", *([_element("w:b")] if bold else []), _element("w:sz", val=_HALF_POINTS))
    spacing = _element("w:spacing", before="10", after="10")
    side = _element("w:jc", val="end" if number else "start")
    keep = [_element("w:keepNext")] if header else []
    paragraph = _element("w:p", _element("w:pPr", *keep, spacing, side), _element("w:r", letters, shown))
    frame = _element("w:tcPr", _element("w:tcW", w=str(width), type="dxa"))
    if header:
        frame.append(_element("w:shd", val="clear", color="auto", fill="EEF3F7"))
    return _element("w:tc", frame, paragraph)


def _borders() -> BaseOxmlElement:
    lines = [
        _element(f"w:{side}", val="single", sz="4", color="C9D1D8") for side in ("top", "bottom", "insideH")
    ]
    none = [_element(f"w:{side}", val="nil") for side in ("left", "right", "insideV")]
    top, bottom, inside = lines
    left, right, upright = none
    return _element("w:tblBorders", top, left, bottom, right, inside, upright)


def _element(name: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML with its children and attributes."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made
