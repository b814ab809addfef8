"""The diagram of a mechanism with a table of its numbers, as one self-contained page."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.scenario.answers.diagram import COLOURS, svg
from vedette.scenario.language.mechanism import Mechanism

_STYLE = (
    "body{font:14px/1.45 sans-serif;margin:1.5rem;color:#222}figure{overflow:auto;margin:1rem 0;"
    "border:1px solid #ddd}table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .6rem;"
    "border-bottom:1px solid #ddd;vertical-align:top}th{white-space:nowrap}"
    ".key span{margin-right:1.2rem;font-weight:600}"
)
_WORDS = {"": "by construction"}


def write_diagram(mechanism: Mechanism, rows: Sequence[Mapping[str, object]], out: Path) -> Path:
    """Writes the diagram as ``.svg``, or with the table of its numbers as ``.html``.

    Raises:
        UsageError: another ending.
        StorageError: the file cannot be written.
    """
    if out.suffix not in (".svg", ".html"):
        raise UsageError(f"--out {out.name}: expected a name that ends in .svg or .html.")
    text = svg(mechanism) if out.suffix == ".svg" else _page(mechanism, rows)
    return replace_file(out, text.encode(), "Choose another with --out.")


def _page(mechanism: Mechanism, rows: Sequence[Mapping[str, object]]) -> str:
    title = f"Mechanisms: {mechanism.case.title}"
    key = "".join(
        f'<span style="color:{colour}">{"- - " if dashes else "── "}{_WORDS.get(mark, mark)}</span>'
        for mark, (colour, dashes) in COLOURS.items()
    )
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in (rows[0] if rows else {}))
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row.values()) + "</tr>" for row in rows
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        "<p>An arrow is an effect in the colour of its size; the edge of a box has the colour of what it "
        f'starts from.</p><p class="key">{key}</p><figure>{svg(mechanism)}</figure>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )
