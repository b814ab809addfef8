"""Reports as text: every format, and every kind of file that cannot be read."""

import io
import socket
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from vedette.errors import DataError
from vedette.evidence.reading import open_document

WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
)


def pdf(pages: list[str], padding: int = 0) -> bytes:
    """A PDF with these words on its pages; an empty page shows none, as a scan does."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = stream
    if padding:
        heap = DecodedStreamObject()
        heap.set_data(b"\x55" * padding)
        writer._add_object(heap)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(xml: str, **others: bytes) -> bytes:
    """A Word file with this text part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", xml)
        for name, content in others.items():
            packed.writestr(name, content)
    return out.getvalue()


def paragraphs(path: Path, content: bytes) -> list[tuple[int, int, str]]:
    """Page, number and text of each paragraph of a file."""
    path.write_bytes(content)
    return [(one.page, one.paragraph, one.text) for one in open_document(path).passages]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Le général a été reçu à Erbil.\r\nIl a parlé.\r\n\r\nDeuxième paragraphe, où l'on lit."
    read = paragraphs(tmp_path / "a.txt", text.encode(encoding))
    assert read[0] == (0, 1, "Le général a été reçu à Erbil. Il a parlé.")
    assert read[1][:2] == (0, 2)


def test_a_hostile_page_fetches_and_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = """<html><head><meta http-equiv="refresh" content="0;url=http://evil.example/">
      <link rel="stylesheet" href="http://evil.example/a.css"><style>body{background:url(http://evil.example/b)}
      </style><script src="http://evil.example/c.js"></script><script>document.write('EVIL')</script></head>
      <body onload="steal()"><iframe src="http://evil.example/d">EVIL</iframe><img src="http://evil.example/e"
      onerror="steal()"><p>Iran armed <b>Badr</b>.</p><p style="display: none">EVIL</p><p hidden>EVIL</p>
      <!-- EVIL --><object data="http://evil.example/f">EVIL</object><svg><text>EVIL</text></svg>
      <p>Second</p></body></html>"""
    assert paragraphs(tmp_path / "a.html", page.encode()) == [(0, 1, "Iran armed Badr."), (0, 2, "Second")]


def test_a_page_nested_without_end_is_read(tmp_path: Path) -> None:
    page = "<div>" * 5000 + "deep" + "</div>" * 5000
    assert paragraphs(tmp_path / "a.html", page.encode()) == [(0, 1, "deep")]


def test_pages_of_a_pdf_are_kept(tmp_path: Path) -> None:
    first, second = "Iran armed the Badr Organization in 2014.", "Denmark trained the Peshmerga in 2015."
    assert paragraphs(tmp_path / "a.pdf", pdf([first, second])) == [(1, 1, first), (2, 2, second)]


def test_a_pdf_of_fifty_megabytes_is_read(tmp_path: Path) -> None:
    content = pdf(["Iran armed the Badr Organization in 2014."], padding=50_000_000)
    assert len(content) > 50_000_000
    assert len(paragraphs(tmp_path / "a.pdf", content)) == 1


def test_runs_of_a_word_file_are_joined(tmp_path: Path) -> None:
    xml = f"{WORD}<w:body><w:p><w:r><w:t>Iran </w:t></w:r><w:r><w:t>armed Badr.</w:t></w:r></w:p>"
    xml += "</w:body></w:document>"
    assert paragraphs(tmp_path / "a.docx", docx(xml)) == [(0, 1, "Iran armed Badr.")]


BOMB = WORD + " " * 5_000_000 + "</w:document>"
HUGE = WORD + " " * 61_000_000 + "</w:document>"
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>' + f"{WORD[21:]}&c;</w:document>"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "a.pdf",
            lambda: pdf(["", ""]),
            "text layer; found 2 pages without text: scanned images. .*ocrmypdf",
        ),
        ("a.pdf", lambda: b"<html>", "expected a PDF; found a file that does not begin like one"),
        ("a.pdf", lambda: pdf(["words"])[:200], "expected a whole PDF; found a broken one"),
        (
            "a.docx",
            lambda: docx(BOMB),
            "5 MB, .* times its packed size: a zip bomb. .*ask its sender for a PDF",
        ),
        ("a.docx", lambda: docx(HUGE), "more than 60 MB, .* a zip bomb"),
        ("a.docx", lambda: docx(ENTITIES), "well-formed XML inside; found DTDForbidden"),
        ("a.docx", lambda: docx("<oops"), "well-formed XML inside; found ParseError"),
        ("a.docx", lambda: b"PK\x03\x04 no", "expected a Word file .*; found a broken one"),
        ("a.docx", lambda: docx(f"{WORD}</w:document>"), "expected some words"),
        ("a.html", lambda: b"<script>1</script>", "words that are shown; found a page without any"),
        ("a.txt", lambda: b"\x7fELF\0\0\0", "expected text; found bytes that are no text"),
        ("a.txt", lambda: b"", "some content; found an empty file"),
        ("a.txt", lambda: b" \n \n", "some words; found only blanks"),
        ("a.doc", lambda: b"words", r"ends in .txt, .html, .pdf or .docx; found '.doc'. .*as .docx"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: object, says: str) -> None:
    assert callable(content)
    with pytest.raises(DataError, match=f"(?s){name}.*{says}"):
        paragraphs(tmp_path / name, content())


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none.txt: expected a file that can be read; found nothing there"):
        open_document(tmp_path / "none.txt")
