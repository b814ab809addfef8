"""One method for each kind of block, of the records that PDF is drawn from too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from itertools import groupby

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from vedette.brief.documents.labels import Labels
from vedette.brief.documents.tree import LINE, Record
from vedette.brief.documents.word_file import ACCENT, FAINT, WIDTH
from vedette.brief.documents.word_tables import boxes, table_of

AUTHOR = "vedette"


@dataclass(frozen=True)
class WordBlocks:
    """Appends blocks to a document; ``pictures`` are its drawings in order, comments are of ``day``."""

    document: WordDocument
    labels: Labels
    day: date
    pictures: Iterator[bytes]
    box: _Cell | None = None

    def sections(self, sections: list[Record]) -> None:
        """Sections with their headings; half ones that follow each other stand side by side."""
        for half, group in groupby(sections, key=lambda section: section["half"]):
            rest = list(group)
            while half and len(rest) > 1:
                for section, box in zip(rest[:2], boxes(self.document, 2), strict=True):
                    replace(self, box=box).section(section)
                    box._tc.remove(box.paragraphs[0]._p)
                rest = rest[2:]
            for section in rest:
                self.section(section)

    def section(self, section: Record) -> None:
        """A section: what it is about, its heading, its blocks."""
        if section["label"]:
            label = self._small(section["label"].upper()).paragraph_format
            label.keep_with_next, label.space_before = True, Pt(4)
        title = self._styled("Heading1", section["title"])
        if section["label"]:
            title.paragraph_format.space_before = Pt(0)
        for block in section["blocks"]:
            self.block(block)

    def block(self, block: Record) -> None:
        """One block."""
        match block["kind"]:
            case "paragraph":
                self._comment(self._running(block["pieces"]), block)
            case "points":
                style = "ListNumber" if block["numbered"] else "ListBullet"
                for item in block["items"]:
                    last = self._running(item, style)
                self._comment(last, block)
            case "chart":
                self.chart(block)
            case "table":
                self.head(block)
                table_of(self.box or self.document, block)
                self.foot(block)
            case "reports":
                self.reports(block)
            case "authored":
                self.authored(block)
            case _:
                self.note(block)

    def chart(self, block: Record) -> None:
        """Drawings as pictures, as many on a line as stand side by side, with what explains them."""
        self.head(block)
        if block["legend"]:
            paragraph = self._small("")
            paragraph.paragraph_format.keep_with_next = True
            for entry in block["legend"]:
                self._coloured(paragraph, "■\u00a0", entry["colour"])
                label = entry["label"].replace(" ", "\u00a0")
                paragraph.add_run(f"{label}   ").font.color.rgb = FAINT
        for start in range(0, len(block["panes"]), block["columns"]):
            panes = block["panes"][start : start + block["columns"]]
            self._pictures(panes)
        for key in block["keys"]:
            self._small(f"{key['number']}  {key['when']} {key['text']}")
        self.foot(block)

    def _pictures(self, panes: list[Record]) -> None:
        """Drawings on one line, each under its title."""
        if len(panes) == 1:
            places = [self._styled("Normal")]
        else:
            places = [box.paragraphs[0] for box in boxes(self.box or self.document, len(panes))]
        for pane, paragraph in zip(panes, places, strict=True):
            paragraph.paragraph_format.space_after = Pt(3)
            if pane["title"]:
                title = paragraph.add_run(pane["title"])
                title.bold, title.font.size = True, Pt(8)
                title.add_break()
            width = Emu(int(WIDTH) * pane["width"] // LINE)
            inline = paragraph.add_run().add_picture(BytesIO(next(self.pictures)), width=width)
            inline._inline.docPr.set("descr", pane["alt"])
            inline._inline.docPr.set("name", f"Picture {inline._inline.docPr.get('id')}")

    def reports(self, block: Record) -> None:
        """Single events, one paragraph each."""
        self.head(block)
        for row in block["rows"]:
            paragraph = self._small(f"{row['date']} ")
            paragraph.add_run(row["place"] or self.labels.place_unknown).bold = True
            paragraph.add_run(f": {row['sides']}; {row['deaths']}")
            behind = " ".join(part for part in (row["headline"], row["source"]) if part)
            if behind:
                paragraph.add_run().add_break()
                paragraph.add_run(behind).italic = True
        self.foot(block)

    def authored(self, block: Record) -> None:
        """What an author wrote, set in under a title that says so."""
        self._styled("Heading3", block["title"]).paragraph_format.left_indent = Pt(12)
        for written in block["paragraphs"]:
            paragraph = self._styled("Normal", f"{written['point']} " if written["point"] else "")
            paragraph.paragraph_format.left_indent = Pt(12)
            for run in written["runs"]:
                added = paragraph.add_run(run["text"])
                added.bold, added.italic = run["set"] == "strong" or None, run["set"] == "em" or None

    def note(self, block: Record) -> None:
        """A caution, set in, with a comment."""
        title = self._styled("Heading3", block["title"])
        body = self._running(block["pieces"])
        for paragraph in (title, body):
            paragraph.paragraph_format.left_indent = Pt(12)
        self._comment(body, block)

    def head(self, block: Record) -> None:
        """Number and marks, the finding as a heading, what is shown."""
        if block["number"]:
            label = self._small("  ".join([block["number"], ", ".join(block["marks"])])).paragraph_format
            label.keep_with_next, label.space_before = True, Pt(8)
        if block["title"]:
            self._comment(self._styled("Heading2", block["title"]), block)
        if block["subtitle"]:
            shown = self._small(block["subtitle"])
            shown.paragraph_format.keep_with_next = True
            if not block["title"]:
                self._comment(shown, block)

    def foot(self, block: Record) -> None:
        """The note below, and the notes that it rests on."""
        notes = self.labels.rests_on.format(notes=block["notes"]) if block["notes"] else ""
        self._small("  ".join(part for part in (block["note"], notes) if part))

    def claims(self, claims: list[Record]) -> None:
        """The notes."""
        if claims:
            self._styled("Heading1", self.labels.notes)
        for claim in claims:
            paragraph = self._numbered(claim["number"])
            paragraph.add_run(f"{claim['side']}: ")
            paragraph.add_run(claim["text"] + " ").font.color.rgb = ACCENT
            paragraph.add_run(claim["behind"])

    def chains(self, chains: list[Record]) -> None:
        """Where every figure comes from."""
        self._styled("Heading1", self.labels.register)
        for chain in chains:
            self._small(" → ".join(chain["links"])).paragraph_format.keep_with_next = True
            for figure in chain["figures"]:
                paragraph = self._small("")
                paragraph.paragraph_format.left_indent = Pt(10)
                paragraph.add_run(figure["title"]).bold = True
                paragraph.add_run(f"{figure['value']} {figure['mark']}")

    def sources(self, sources: list[Record]) -> None:
        """Sources and licences."""
        self._styled("Heading1", self.labels.sources)
        for source in sources:
            parts = (source["text"], source["licence"], source["url"])
            self._numbered(source["number"]).add_run(" ".join(part for part in parts if part))

    def _numbered(self, number: int) -> Paragraph:
        paragraph = self._small("")
        paragraph.paragraph_format.left_indent = Pt(22)
        paragraph.paragraph_format.first_line_indent = Pt(-22)
        paragraph.add_run(f"{number}\t").bold = True
        return paragraph

    def _small(self, text: str) -> Paragraph:
        return self._styled("Small", text)

    def _styled(self, style: str, text: str = "") -> Paragraph:
        """A paragraph of a style, named by its id: python-docx looks through all styles for a name."""
        paragraph = (self.box or self.document).add_paragraph(text)
        paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = style
        return paragraph

    def _running(self, pieces: list[Record], style: str = "Normal") -> Paragraph:
        """Running text; behind a figure its letter and its notes, raised."""
        paragraph = self._styled(style)
        for piece in pieces:
            paragraph.add_run(piece["text"])
            if "mark" in piece:
                raised = paragraph.add_run(" ".join(part for part in (piece["mark"], piece["notes"]) if part))
                raised.font.superscript = True
                raised.font.color.rgb = ACCENT
        return paragraph

    def _coloured(self, paragraph: Paragraph, text: str, colour: str) -> Run:
        run = paragraph.add_run(text)
        shade = run._r.get_or_add_rPr().get_or_add_color()
        shade.set(qn("w:val"), colour.lstrip("#"))
        return run

    def _comment(self, paragraph: Paragraph, block: Record) -> None:
        """A comment on a paragraph, where the block leaves something to judge."""
        if block["judge"] and paragraph.runs:
            comment = self.document.add_comment(paragraph.runs, block["judge"], AUTHOR, "v")
            stamp = datetime(self.day.year, self.day.month, self.day.day)
            comment._comment_elm.set(qn("w:date"), f"{stamp:%Y-%m-%dT%H:%M:%SZ}")
