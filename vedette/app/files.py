"""Answers that are files: to be kept, or read as a page of their own."""

import hashlib
import re
from base64 import b64encode

from starlette.responses import Response

KINDS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "parquet": "application/vnd.apache.parquet",
}
"""What files are, by the ending of their names."""

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def file_answer(content: bytes, name: str, kind: str = "", *, inline: bool = False) -> Response:
    """Returns a file under a name; ``inline`` shows it in the browser, which may keep it all the same."""
    found = kind or KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    place = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{place}; filename="{name}"'}
    return Response(content, media_type=found, headers=headers)


def brief_answer(content: bytes, name: str) -> Response:
    """Returns the page of a brief as a page of its own, under a policy of its own.

    Its one style sheet is allowed by its hash, widths of columns as they stand; scripts, forms, frames and
    requests are not, and the page is of no origin, so that it can neither read nor ask for anything here.
    """
    answer = file_answer(content, name, KINDS["html"], inline=True)
    answer.headers["Content-Security-Policy"] = _policy(content)
    return answer


def _policy(content: bytes) -> str:
    """The policy of the page of a brief."""
    styles = " ".join(
        f"'sha256-{b64encode(hashlib.sha256(found).digest()).decode()}'" for found in _STYLE.findall(content)
    )
    allowed = styles or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src-elem {allowed}",
            "style-src-attr 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "sandbox",
        )
    )
