"""Setting type by Typst: only our fonts, no network, no file but our templates.

What people wrote reaches Typst as data (JSON in ``sys.inputs``) and is shown as strings; it is never part of
a template, so that nothing in it is read as markup.
"""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

from vedette.brief.typeface import FOLDER
from vedette.errors import DataError, Problem

TEMPLATES = Path(__file__).parent / "typst"


@cache
def fonts() -> typst.Fonts:
    """The fonts that ship and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def pdf_of(content: object, day: date) -> bytes:
    """A PDF of a document's content, dated by ``day``; the same content gives the same bytes.

    It is tagged and checked by Typst against PDF/UA-1 and PDF/A-2a.

    Raises:
        DataError: it does not pass.
    """
    compiler = typst.Compiler(
        str(TEMPLATES / "document.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"document": json.dumps(content, ensure_ascii=False, allow_nan=False)},
        package_path=str(TEMPLATES),
        package_cache_path=str(TEMPLATES),
    )
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=stamp)
    except typst.TypstError as error:
        problem = Problem(
            "brief.pdf",
            0,
            "",
            "a document that conforms to PDF/UA-1 and PDF/A-2a",
            error.message,
            "Leave pdf out of --format, and tell us the message.",
        )
        raise DataError("no PDF was made:", [problem]) from error
    assert isinstance(made, bytes)
    return made
