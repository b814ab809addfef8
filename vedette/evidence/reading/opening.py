"""Opens a report by its file ending and first bytes."""

from pathlib import Path

from vedette.evidence.reading.document import Document, bytes_of, digest, passages, unreadable
from vedette.evidence.reading.plain import paragraphs_of_text, without_markdown
from vedette.progress import Report, quiet

KINDS = {".txt": "txt", ".md": "txt", ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}


def open_document(path: Path, report: Report = quiet) -> Document:
    """The paragraphs of a report (.txt, .html, .pdf, .docx).

    Nothing outside the file is opened: no address in it is fetched, no script in it runs.

    Raises:
        DataError: the file cannot be read; the message says why and what to do.
    """
    content = bytes_of(path)
    kind = refuse_name(path)
    match kind:
        case "pdf":
            from vedette.evidence.reading.portable import paragraphs_of_pdf  # pypdf: a quarter of a second

            pages = paragraphs_of_pdf(path, content, report)
        case "docx":
            from vedette.evidence.reading.wordfile import paragraphs_of_docx

            pages = paragraphs_of_docx(path, content)
        case "html":
            from vedette.evidence.reading.webpage import paragraphs_of_html

            pages = paragraphs_of_html(path, content)
        case _:
            pages = paragraphs_of_text(path, content)
            if path.suffix.lower() == ".md":
                pages = [(page, list(map(without_markdown, some))) for page, some in pages]
    read = Document(path.name, digest(content), passages(pages))
    if not read.passages:
        raise unreadable(path, "some words", "only blanks", "Save or download the report again.")
    return read


def refuse_name(path: Path) -> str:
    """The kind of a report by the ending of its name: txt, html, pdf or docx.

    Raises:
        DataError: it has another ending; the message says what to do.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        ending = repr(path.suffix) if path.suffix else "a name without ending"
        cure = "Save it as one of these: an old .doc or .rtf as .docx, a mail (.eml, .msg) as text."
        raise unreadable(path, "a name that ends in .txt, .html, .pdf or .docx", ending, cure)
    return kind
