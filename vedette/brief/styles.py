"""How the parts of a brief are set: on its own page, and as fragments on pages of the workbench."""

import re
from importlib.resources import files

SCOPE = "composed"
"""The class of the element that a fragment stands in."""

_MOST_COLUMNS = 14
COLUMN_STYLES = "".join(
    f".{kind}{place} {cells}:nth-child({place}){{{style}}}"
    for kind, cells, style in (
        ("n", ":is(th,td)", "text-align:end;padding-inline:var(--gap)"),
        ("n", "td", "white-space:nowrap"),
        ("k", ":is(th,td)", "white-space:nowrap"),
        ("w", ":is(th,td)", "min-width:13em"),
    )
    for place in range(1, _MOST_COLUMNS + 1)
)
"""How a column of numbers (n), of short texts (k) and of sentences (w) is set, by its place."""
_WIDTHS = "".join(f".wide-{percent}{{width:{percent}%}}" for percent in range(1, 101))
_REM, _ROOT, _ROOT_OF_WORKBENCH = re.compile(r"(\d*\.?\d+)rem"), 18, 16
"""A brief counts lengths from a larger letter than the workbench does, in pixels."""
_GAPS = "--gap: .9em;\n@media (max-width: 620px) { & { --gap: .4em; } }\n"
_DARK = """
@media (prefers-color-scheme: dark) {
  .drawing svg, .swatch { filter: invert(1) hue-rotate(180deg); }
  .scroll { background: none; }
}
"""
"""Pictures are drawn for light paper: their lightness is turned round, and their hues stay."""


def template_text(name: str) -> str:
    """The text of a file of the templates."""
    return files("vedette.brief").joinpath("templates", name).read_text(encoding="utf-8")


def fragment_styles() -> str:
    """Returns how blocks are set within an element of the class `SCOPE`; it touches nothing outside of it."""
    rules = template_text("blocks.css") + COLUMN_STYLES + _WIDTHS + _DARK
    scaled = _REM.sub(lambda found: f"{float(found[1]) * _ROOT / _ROOT_OF_WORKBENCH:.3g}rem", rules)
    return f".{SCOPE} {{\n{_GAPS}{scaled}}}\n"
