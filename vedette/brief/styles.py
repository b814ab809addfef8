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
_OURS = """
.scroll { background: none; }
.about { margin: 0; font: 600 .72rem/1.3 var(--sans); color: var(--rust); }
.about + h2 { margin: .1rem 0 .4rem; }
figure { margin: .9rem 0 1.4rem; }
h3 { font-weight: 600; }
.traced, .downloads { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .72rem; }
.traced { color: var(--grey); }
.traced + .downloads { margin-top: .1rem; }
"""
"""What a page of the workbench has and the page of a brief has not."""


def template_text(name: str) -> str:
    """The text of a file of the templates."""
    return files("vedette.brief").joinpath("templates", name).read_text(encoding="utf-8")


def fragment_styles() -> str:
    """Returns how blocks are set within an element of the class `SCOPE`; it touches nothing outside of it."""
    rules = template_text("blocks.css") + COLUMN_STYLES + _WIDTHS + _OURS
    scaled = _REM.sub(lambda found: f"{float(found[1]) * _ROOT / _ROOT_OF_WORKBENCH:.3g}rem", rules)
    return f".{SCOPE} {{\n{_GAPS}{scaled}}}\n"
