"""Writes a brief to disk, all its files or none."""

import warnings
from collections.abc import Sequence
from pathlib import Path

from vedette.brief.blocks import Brief
from vedette.brief.formats import USUAL_FORMATS, name_of
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.brief.short import without_annex
from vedette.cache import Cache
from vedette.errors import Remark
from vedette.files import replace_files
from vedette.plurals import counted


def write_brief(
    brief: Brief,
    folder: Path,
    formats: Sequence[str] = USUAL_FORMATS,
    *,
    short: bool = False,
    cache: Cache | None = None,
) -> dict[str, Path]:
    """Writes ``brief.html``, ``brief.json`` and the like into a folder (made if need be): paths by form.

    ``short`` and ``cache`` are as in `contents_of`.

    Raises:
        DataError: a document cannot be made of the brief.
        StorageError: the folder or a file cannot be written; what stood there before is untouched in all.
    """
    contents = contents_of(brief, formats, short=short, cache=cache)
    replace_files(
        {folder / name: content for name, content in contents.items()}, "Choose another with --out."
    )
    return {form: folder / name_of(form) for form in formats}


def contents_of(
    brief: Brief,
    formats: Sequence[str] = USUAL_FORMATS,
    *,
    short: bool = False,
    cache: Cache | None = None,
) -> dict[str, bytes]:
    """The content of each file of a brief, by name.

    ``short`` leaves the annex out of what people read; ``brief.json`` is always whole. With a cache the page
    of the same brief, most of which are pictures, is drawn once.
    """
    read = without_annex(brief) if short else brief
    return {
        name_of(form): to_json(brief).encode() if form == "json" else form_of(read, form, cache)
        for form in formats
    }


def form_of(brief: Brief, form: str, cache: Cache | None = None) -> bytes:
    """The bytes of a brief in a form that people read."""
    match form:
        case "pdf":
            return _pdf(brief)
        case "docx":
            from vedette.brief.documents.word import to_docx

            return to_docx(brief)
        case _:
            return (cache.keep(to_html, brief) if cache else to_html(brief)).encode()


def _pdf(brief: Brief) -> bytes:
    """The PDF, with a remark for a page that does not fit one page of A4."""
    from vedette.brief.documents.pdf import to_pdf

    made = to_pdf(brief)
    for place, taken in enumerate(made.sheets, 1):
        if taken > 1:
            text = (
                f"brief.pdf: page {place} of the brief takes {counted(taken, 'page')} of A4: its text is too "
                "long for one at 8 points. Shorten the question in case.yaml or the notes of the case."
            )
            warnings.warn(Remark(text), stacklevel=2)
    return made.content
