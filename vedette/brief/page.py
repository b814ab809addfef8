"""The brief as one self-contained HTML page: text, charts, tables, and where each figure comes from.

The page makes no request and has no scripts: its styles and its charts, drawn as SVG, are inside it, and its
content security policy forbids every request and every script.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from vedette.brief.blocks import Brief, Chart, Pane, Section
from vedette.brief.charts.drawn import windows
from vedette.brief.charts.whole import swatch
from vedette.brief.cited import SOURCE, in_words, numbered_claims, publishers, runs
from vedette.brief.figures import CellFormat, Mark, Table
from vedette.brief.languages import frame
from vedette.brief.languages.telling import END, ISOLATE, Tongue, without_signs
from vedette.brief.links import INSIDE, Links
from vedette.brief.markdown import to_markup
from vedette.brief.numbering import chains_of, numbers_of, tidy
from vedette.brief.styles import COLUMN_STYLES, template_text
from vedette.brief.widths import letters_across
from vedette.brief.words import SCALES
from vedette.message import Day
from vedette.plurals import counted

MARKS = {
    Mark.OBSERVED: "read from data rows",
    Mark.ESTIMATED: "computed by a model or a rule that fills gaps",
    Mark.ASSUMED: "held to be so by a named author",
}

_ENGLISH: Mapping[str, object] = MappingProxyType(
    {
        "t": str,
        "frame": frame,
        "tell": lambda words, spoken: str(words),
        "mark_words": lambda mark, spoken: str(mark),
    }
)
"""How pages are told that are in English alone."""
_OF_THE_CASE = re.compile(f"{ISOLATE}([^{ISOLATE}{END}]*){END}")
_LATIN = re.compile("[A-Za-z]")
_NONE: Mapping[str, str] = MappingProxyType({})
_SHORT, _SENTENCE = 16, 36
_DAYS = re.compile(r"[-–0-9]+( to [-0-9]+)?")
_LINE = 112
"""Letters of a table as wide as the text."""


def to_html(brief: Brief) -> str:
    """The whole page as text; the same brief gives the same bytes."""
    claims, short = numbered_claims(brief.figures.values()), publishers(brief.sources)
    return render(
        "brief.html",
        brief.sections,
        links=INSIDE,
        brief=brief,
        marks=MARKS,
        chains=chains_of(brief),
        claims=claims,
        claim_runs=lambda cites: runs(claims[claim] for claim in cites),
        short=short,
        scale=SCALES[brief.scale],
        **page_context(brief),
    )


def page_context(brief: Brief) -> dict[str, object]:
    """What a template needs to tell the frame of a brief in its language."""
    tongue = Tongue(brief.language)
    return {
        "t": tongue.words,
        "sign": tongue.sign,
        "frame": frame,
        "direction": tongue.direction,
        "as_of": Day.at(brief.as_of, "day"),
        "own_text": "" if tongue.english else Markup(f' lang="{tongue.language}" dir="{tongue.direction}"'),
        "case_text": "" if tongue.english else Markup(' lang="en" dir="ltr"'),
        "tell": lambda words, spoken: tongue.words(words) if spoken else str(words),
        "mark_words": lambda mark, spoken: tongue.words(frame.MARKS[mark]) if spoken else str(mark),
    }


def render(
    template: str,
    sections: Sequence[Section],
    short: Mapping[str, str] = _NONE,
    *,
    links: Links = INSIDE,
    **context: object,
) -> str:
    """Fills a template with its numbered sections, their charts, and the styles that every page carries.

    ``short`` is what sources are called, by id; ``links`` says where marks and sources lead to.
    """
    environment = Environment(
        loader=PackageLoader("vedette.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    environment.globals["counted"] = counted
    environment.globals["pictures"] = _pictures
    environment.globals["swatch"] = lambda entry: Markup(swatch(entry))
    environment.globals["columns"] = _columns
    environment.globals["widths"] = lambda table: map(links.width, _widths(table))
    environment.globals["markdown"] = to_markup
    environment.filters["flat"] = lambda text: escape(without_signs(str(tidy(text))))
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["publisher"] = lambda source: in_words(source, short)
    environment.filters["web"] = lambda url: url if url.startswith(("https://", "http://")) else ""
    return environment.get_template(template).render(
        sections=sections,
        numbers=defaultdict(str, numbers_of(sections)),
        short=short,
        links=links,
        style=Markup(template_text("brief.css") + template_text("blocks.css") + COLUMN_STYLES),
        pages_style=Markup(template_text("pages.css")),
        **{**_ENGLISH, **context},
    )


def _shown(value: object) -> object:
    """A text for the page: what is of the case and in Latin letters is marked as in another language."""
    told = tidy(value)
    if isinstance(told, Markup) or not isinstance(told, str) or ISOLATE not in told:
        return told
    return Markup(_OF_THE_CASE.sub(_set_apart, str(escape(told))))


def _set_apart(found: re.Match[str]) -> str:
    lang = ' lang="en"' if _LATIN.search(found[1]) else ""
    return f"<bdi{lang}>{found[1]}</bdi>"


def _pictures(chart: Chart, pane: Pane) -> list[tuple[str, Markup]]:
    """The SVG of a pane by the window that it is for."""
    return [(window, Markup(svg)) for window, svg in windows(chart, pane)]


def _widths(table: Table) -> list[float]:
    """The share of the line that each column takes, in percent."""
    letters = letters_across([column.title for column in table.columns], list(table.shown()), _LINE)
    return [100 * each / sum(letters) for each in letters]


def _columns(table: Table, wordy: bool, sized: bool = False) -> str:
    """The classes of a table, one for each column that is set apart; see `vedette.brief.styles`.

    ``wordy``: whether its rows are set as paragraphs on a phone. ``sized``: whether it has widths of its own.
    """
    shown = list(table.shown())
    classes = ["wordy"] if wordy else []
    for place, column in enumerate(table.columns, 1):
        cells = [row[place - 1] for row in shown]
        longest = max(map(len, cells), default=0)
        if column.kind is not CellFormat.TEXT:
            classes.append(f"n{place}")
        elif sized:
            continue
        elif column.key != SOURCE and (longest < _SHORT or all(map(_DAYS.fullmatch, cells))):
            classes.append(f"k{place}")
        elif longest > _SENTENCE:
            classes.append(f"w{place}")
    return " ".join(classes)
