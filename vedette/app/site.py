"""Makes pages from templates, and tables into CSV."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vedette import brief, commands
from vedette.app.served import Held
from vedette.app.visitors import Role, visitor
from vedette.plurals import counted

_FORMULA = r"^[=@\t\r]|^[+-][^0-9.]"
"""How a text begins that a spreadsheet would work out; numbers and single signs are none."""


@dataclass(frozen=True)
class Place:
    """A page that the menu leads to: its address, what it is called, and which addresses belong to it.

    ``whole``: whether it is there only for an edition that withholds nothing.
    """

    address: str
    title: str
    below: tuple[str, ...] = ()
    whole: bool = False

    def holds(self, path: str) -> bool:
        """Whether an address is this page or one below it."""
        return path == self.address or any(path.startswith(start) for start in self.below)


MENU = (
    Place("/", "This month"),
    Place("/violence", "Violence", ("/violence",)),
    Place("/network", "Actors and ties", ("/network", "/actors", "/tie", "/arms")),
    Place("/evidence", "Evidence", ("/evidence", "/sources", "/questions")),
    Place("/reading", "Reading", ("/reading", "/checks"), whole=True),
    Place("/forecast", "Forecast", ("/forecast", "/record", "/register")),
    Place("/brief", "Brief", ("/brief", "/figures", "/charts")),
    Place("/scenarios", "What if", ("/scenarios", "/assumptions", "/mechanism", "/effects", "/precedents")),
    Place("/case", "Case", ("/case", "/log", "/import", "/tables", "/rows"), whole=True),
)


def page(request: Request, template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """Returns a page made from a template, with the menu, the case and the age of its claims around it."""
    held: Held = request.app.state.held
    ledger = held.last()
    own = commands.may_be_changed(ledger)
    text = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            menu=[place for place in MENU if not (place.whole and ledger.case.withheld)],
            ledger=ledger,
            case=ledger.case,
            names=ledger.names,
            present=commands.present_of(ledger),
            age=commands.age_of_claims(ledger),
            address=Address(request.url),
            may_edit=own and visitor(request).role.may(Role.ANALYST),
            ledger_is_own=own,
            outside=held.outside,
            form_token=request.app.state.door.form_token(request.state.session),
            **shown,
        )
    )
    return HTMLResponse(text, status)


def table(rows: pl.DataFrame, name: str) -> Response:
    """Returns a table as a CSV file of a name; formulas of a spreadsheet are quoted."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    texts = pl.col(pl.String)
    formula = texts.str.contains(_FORMULA)
    safe = rows.with_columns(pl.when(formula).then(pl.lit("'") + texts).otherwise(texts).name.keep())
    return Response(commands.table_text(safe), media_type="text/csv; charset=utf-8", headers=headers)


@dataclass(frozen=True)
class Address:
    """The address of the page that is shown, and addresses that differ from it in a filter."""

    url: URL

    def having(self, **filters: object) -> str:
        """Returns the address with these filters; one that is None or empty is left out."""
        kept = {name: str(value) for name, value in filters.items() if value not in (None, "")}
        dropped = [name for name in filters if name not in kept]
        changed = self.url.include_query_params(**kept).remove_query_params(dropped)
        return f"{changed.path}?{changed.query}" if changed.query else changed.path


def _drawings(chart: "brief.Chart", pane: "brief.Pane") -> list[tuple[str, Markup]]:
    """The SVG of a pane by the window that it is for: ``wide`` and ``phone``, or one for both (empty)."""
    return [(window, Markup(svg)) for window, svg in brief.windows(chart, pane)]


def _digits(value: float) -> str:
    """A number in three significant digits or all of its whole ones, without exponents.

    >>> _digits(1734.2), _digits(0.01234), _digits(0.0)
    ('1,734', '0.0123', '0')
    """
    if not value or not 1e-6 < abs(value) < 1e15:
        return f"{value:,.3g}"
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("vedette.app"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        percent=lambda share: f"{share:.0%}",
        points=_points,
        sentence=lambda tie, names: commands.tie_in_words(names, tie),
        claimed=lambda row, names: commands.claim_in_words(names, row),
        speaker=lambda row, names: commands.speaker(row, names),
        short=commands.short_name,
        relation=commands.relation_words,
        amount=commands.figure,
        persons=lambda number: f"{round(number, -2):,.0f}",
        digits=_digits,
        sentence_case=lambda words: words[:1].upper() + words[1:],
        plain=lambda value: f"{value:.12g}",
        thousands=lambda value: f"{value:,.6g}",
    )
    made.globals.update(
        chance=commands.chance,
        drawings=_drawings,
        estimate=commands.estimate,
        interval=commands.interval,
        swatch=lambda entry: Markup(brief.swatch(entry)),
        age_of_tie=commands.age_of_tie,
        counted=counted,
        count_words=commands.count_words,
        deaths_words=commands.deaths_words,
        grade=commands.grade,
        span=commands.span,
        span_of_text=commands.span_of_text,
        said_when=commands.said_when,
    )
    return made


def _points(share: float) -> str:
    """A difference of shares in percentage points, with its sign.

    >>> _points(0.034), _points(-0.01), _points(-0.001)
    ('+3 points', '-1 point', 'less than a point')
    """
    whole = round(100 * share)
    if not whole:
        return "less than a point"
    return f"{'+' if whole > 0 else '-'}{counted(abs(whole), 'point')}"
