"""The brief as one self-contained HTML page: text, charts, tables, and where each figure comes from.

The page makes no request: styles, scripts and data are inside it, and its content security policy forbids
every request and every script but its own two (listed by their SHA-256). Vega runs without ``eval``.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vedette.brief.blocks import Brief, Chart, Section, Shown
from vedette.brief.charts.style import CONFIG
from vedette.brief.figures import Figure, Link, Mark
from vedette.brief.words import SCALES
from vedette.plurals import counted

MARKS = {
    Mark.OBSERVED: "read from data rows",
    Mark.ESTIMATED: "computed by a model or a rule that fills gaps",
    Mark.ASSUMED: "held to be so by a named author",
}


def to_html(brief: Brief) -> str:
    """The whole page as text; the same brief gives the same bytes."""
    return render(
        "brief.html",
        brief.all_sections,
        brief=brief,
        marks=MARKS,
        chains=_chains(brief),
        cited={source.id: source.text for source in brief.sources},
        scale=SCALES[brief.scale],
    )


def render(template: str, sections: Sequence[Section], **context: object) -> str:
    """Fills a template with its sections, their charts, and the styles and scripts of a page with charts."""
    library, script = _vega(), _file("brief.js")
    return render_plain(
        template,
        sections,
        policy=f"script-src {_hash(library)} {_hash(script)}",
        library=Markup(library),
        script=Markup(script),
        charts=Markup(in_script({"config": CONFIG, "panes": dict(_specs(sections))})),
        **context,
    )


def render_plain(template: str, sections: Sequence[Section], **context: object) -> str:
    """Fills a template with its sections and the styles that every page carries; it has no scripts."""
    environment = Environment(
        loader=PackageLoader("vedette.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_tidy,
    )
    environment.globals["counted"] = counted
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["web"] = lambda url: url if url.startswith(("https://", "http://")) else ""
    return environment.get_template(template).render(
        sections=sections,
        numbers=_numbers(sections),
        style=Markup(_file("brief.css")),
        **context,
    )


def in_script(content: object) -> str:
    """JSON that may stand inside a script element: nothing in it can close the element or open a comment.

    >>> in_script({"name": "</script><!--"})
    '{"name":"\\\\u003c/script\\\\u003e\\\\u003c!--"}'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _tidy(value: object) -> object:
    """Keeps a number and its percent sign on one line."""
    return value.replace(" %", "\u00a0%") if type(value) is str else value


def _chains(brief: Brief) -> dict[tuple[Link, ...], list[Figure]]:
    """The figures that share a chain, in the order of the page."""
    by_chain: dict[tuple[Link, ...], list[Figure]] = {}
    for figure in brief.figures.values():
        by_chain.setdefault(figure.chain, []).append(figure)
    return by_chain


def _specs(sections: Sequence[Section]) -> Iterator[tuple[str, object]]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                for place, pane in enumerate(block.panes):
                    yield f"{block.id}-{place}", pane.spec


def _numbers(sections: Sequence[Section]) -> dict[str, str]:
    """Figure 1, Figure 2, Table 1 ... by the id of the block, in the order of the page."""
    blocks = [block for section in sections for block in section.blocks]
    drawn = [block.id for block in blocks if isinstance(block, Chart)]
    tabled = [block.figure.id for block in blocks if isinstance(block, Shown)]
    return {id_: f"Figure {place}" for place, id_ in enumerate(drawn, 1)} | {
        f"table {id_}": f"Table {place}" for place, id_ in enumerate(tabled, 1)
    }


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script."""
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


def _file(name: str) -> str:
    return files("vedette.brief").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
