"""The frame of a Word file: styles, head and foot, properties, and bytes that do not depend on the clock."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from vedette.brief.documents.tree import Record
from vedette.brief.documents.word_languages import set_direction

FACE = "Arial"
INK, FAINT, ACCENT = (RGBColor(0x1C, 0x27, 0x30), RGBColor(0x5B, 0x65, 0x6E), RGBColor(0x12, 0x43, 0x6B))
WIDTH = Mm(180)
LOOKS = {
    "Normal": (8.5, 0, 3),
    "Title": (15, 0, 2),
    "Heading 1": (10, 8, 1),
    "Heading 2": (9.5, 0, 1),
    "Heading 3": (8.5, 6, 1),
    "Small": (8, 0, 2),
}
"""By style: points of its letters, above and below a paragraph."""


def styled(document: WordDocument, frame: Record) -> None:
    """Sets page, styles, properties, and what stands at head and foot of each page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(14), Mm(12)
    section.header_distance = section.footer_distance = Mm(6)
    small = document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(small, ParagraphStyle)
    small.base_style = document.styles["Normal"]
    for name, look in LOOKS.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _style(style, *look)
    for name in ("List Bullet", "List Number"):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.paragraph_format.space_after = Pt(1)
    _language(document, frame["labels"])
    _line(section.header.paragraphs[0], [frame["running"], frame["mark"].upper()])
    foot = section.footer.paragraphs[0]
    _line(foot, [frame["made"], frame["mark"].upper(), ""])
    _page_number(foot, frame["labels"]["page"])
    _properties(document, frame)


def _style(style: ParagraphStyle, size: float, above: float, below: float) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FACE)
    style.font.color.rgb = FAINT if style.name == "Small" else INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    style.paragraph_format.line_spacing = 1.0
    if style.name == "Title":
        for border in style.element.xpath("w:pPr/w:pBdr"):
            border.getparent().remove(border)
        style.font.bold = True
    if style.name and style.name.startswith("Heading"):
        style.paragraph_format.keep_with_next = True


def _language(document: WordDocument, labels: Record) -> None:
    for lang in document.styles.element.xpath("w:docDefaults//w:lang"):
        for key in ("w:val", "w:bidi"):
            lang.set(qn(key), labels["lang"])
    if labels["rtl"]:
        set_direction(document.styles["Normal"].element.get_or_add_pPr(), rtl=True)


def _line(paragraph: Paragraph, parts: list[str]) -> None:
    """Two or three texts on a line: at its start, in its middle, at its end; the mark is bold."""
    paragraph.style = "Small"
    stops = paragraph.paragraph_format.tab_stops
    if len(parts) > 2:
        stops.add_tab_stop(int(WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for place, part in enumerate(parts):
        run = paragraph.add_run(("\t" if place else "") + part)
        run.bold = place > 0 and bool(part)


def _page_number(paragraph: Paragraph, words: str) -> None:
    """Appends words in which {page} and {pages} are fields that Word fills."""
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        paragraph.add_run(text)
        if code:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            run = OxmlElement("w:r")
            shown = OxmlElement("w:t")
            shown.text = "1"
            run.append(shown)
            field.append(run)
            paragraph._p.append(field)


def _properties(document: WordDocument, frame: Record) -> None:
    """Title, language and day; nobody is named."""
    core, day = document.core_properties, frame["day"]
    core.title, core.subject, core.language = frame["title"], frame["mark"], frame["labels"]["lang"]
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.created = core.modified = datetime(day["year"], day["month"], day["day"], tzinfo=UTC)
    core.revision = 1


def packed(content: bytes, day: date) -> bytes:
    """The same package with every part dated by ``day``, so that no clock is in its bytes."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            part = ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            part.compress_type, part.external_attr, part.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(part, old.read(name))
    return made.getvalue()
