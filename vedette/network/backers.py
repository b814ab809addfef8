"""The support of each backer by the status of its recipients: state, hybrid or non-state."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger
from vedette.network.bodies import of_backers
from vedette.network.graph import believed, faded, least_of
from vedette.network.reports import reported
from vedette.network.standing import Standing

NOT_GIVEN = (
    "cumulative",
    "requested",
    "pledged",
    "bill",
    "draft",
    "ceiling",
    "planned",
    "announced",
    "approved",
)
"""Words in a unit of figures that are no flow: running totals, plans, requests."""
_STOCKS = ("troops", "foreign-presence", "joint-operations")
"""Relations whose figures are stocks of people present at a time; they are not added over time."""
_COUNTED_ACTS = ("strikes", "sorties")
_RATES = ("a month", "a year", "a member", "a course")
_MONEY = ("USD", "EUR", "IQD", "GBP", "DKK", "CAD")
_FLOWS: dict[str, pl.DataType] = {
    **dict.fromkeys(("backer", "status", "measure", "unit"), pl.String()),
    "figures": pl.Int64(),
    **dict.fromkeys(("low", "high"), pl.Float64()),
    **dict.fromkeys(("first", "last"), pl.Date()),
    "total": pl.Float64(),
    "why_no_total": pl.String(),
    "claims": pl.List(pl.String),
}
_PEOPLE = ("persons", "people", "personnel", "soldiers", "fighters", "Iraqis", "members", "men", "advisers")


def support(ledger: Ledger, at: date, least: float | None = None) -> pl.DataFrame:
    """Foreign support on a day, believed at least ``least`` (that of the case if left out).

    Columns: ``backer, recipient, status, relation, belief, contested, said``. The bodies of a backer are one:
    see `vedette.network.bodies`. Support by the state of the case to its own forces is not foreign support.
    """
    standing = Standing(ledger.case, at)
    ties = believed(of_backers(ledger), at, [RelationKind.SUPPORT], least_of(ledger, least))
    ties = ties.filter(~pl.col("subject").is_in(list(standing.own)))
    statuses = {one: standing.status(one) for one in ties["object"].unique()}
    return ties.select(
        pl.col("subject").alias("backer"),
        pl.col("object").alias("recipient"),
        pl.col("object").replace_strict(statuses, return_dtype=pl.String).alias("status"),
        *("relation", "belief", "contested", "said"),
    )


def faded_support(ledger: Ledger, at: date) -> pl.DataFrame:
    """Foreign support for which a claim counts on a day, but which is believed less than `least` of the case.

    Columns as those of `vedette.network.faded`, with the topmost parent of who gives it as ``subject``.
    """
    own = Standing(ledger.case, at).own
    ties = faded(of_backers(ledger), at, [RelationKind.SUPPORT])
    return ties.filter(~pl.col("subject").is_in(list(own)))


def backing(ledger: Ledger, days: Iterable[date]) -> pl.DataFrame:
    """The recipients of each backer by status on each day, counted, with their kinds of support.

    Of recipients that one report alone names together with a force that holds them, only that force
    counts; see `vedette.network.reports`. Columns: ``at, backer, status, recipients`` (their number),
    ``reports`` (the number of independent reports that they rest on), ``kinds`` (relations, joined by ;),
    ``names`` (ids of the recipients, joined by ;), ``said`` (the day on which any of it was last said).
    """
    return pl.concat([_backed(ledger, day) for day in days]).sort("at", "backer", "status")


def _backed(ledger: Ledger, at: date) -> pl.DataFrame:
    ties = reported(ledger, support(ledger, at), at)
    counted = ties.filter("widest")
    grouped = counted.group_by("backer", "status").agg(
        recipients=pl.col("recipient").n_unique().cast(pl.Int64),
        reports=pl.col("reports").list.explode().n_unique().cast(pl.Int64),
        kinds=pl.col("relation").unique().sort().str.join(";"),
        names=pl.col("recipient").unique().sort().str.join(";"),
        said=pl.col("said").max(),
    )
    columns = ["at", "backer", "status", "recipients", "reports", "kinds", "names", "said"]
    return grouped.with_columns(at=pl.lit(at)).select(columns)


def flows(ledger: Ledger, first: date, last: date) -> pl.DataFrame:
    """Money, people and things that backers gave between two days according to claims, by unit.

    Figures of different units are never added. Figures of one unit are added only if they are flows over
    intervals that do not overlap, so stocks of people and monthly rates are not added: ``total`` (the sum
    of the middles of low and high) is then empty and ``why_no_total`` is the reason. Running totals,
    requests, pledges and plans are left out, and so are claims that are recalled, expected, proposed or
    negative.

    Columns: ``backer, status`` (of the recipient when it began), ``measure`` (money, people, other),
    ``unit``, ``figures`` (their number), ``low, high`` (the lowest and highest single figure), ``first,
    last`` (the days that they span), ``total, why_no_total, claims`` (ids).
    """
    figures = ledger.tied.filter(
        pl.col("kind") == RelationKind.SUPPORT.value,
        pl.col("polarity") == "+",
        pl.col("basis") == "page",
        pl.col("low").is_not_null(),
        pl.col("first") <= last,
        pl.col("last") >= first,
        ~pl.col("unit").str.contains_any(list(NOT_GIVEN)),
    )
    standing = Standing(ledger.case, last)
    foreign = figures.filter(~pl.col("subject").is_in(list(standing.own)))
    days = {day: Standing(ledger.case, day) for day in foreign["first"].unique()}
    statuses = [days[day].status(who) for who, day in foreign.select("object", "first").iter_rows()]
    rows = [
        _flow(unit, status, backer, of_one)
        for (backer, status, unit), of_one in foreign.with_columns(
            pl.Series("status", statuses, dtype=pl.String),
            backer=pl.col("subject").map_elements(standing.root, return_dtype=pl.String),
        ).group_by("backer", "status", "unit", maintain_order=True)
    ]
    return pl.DataFrame(rows, schema=_FLOWS, orient="row").sort("backer", "measure", "unit", "status")


def _flow(unit: object, status: object, backer: object, claims: pl.DataFrame) -> tuple[object, ...]:
    spans = list(claims.select("first", "last").iter_rows())
    why = _why_no_flow(str(unit), claims) or (
        "overlapping" if any(max(a[0], b[0]) <= min(a[1], b[1]) for a, b in combinations(spans, 2)) else ""
    )
    middles = (claims["low"] + claims["high"]) / 2
    total = None if why else middles.sum()
    ends = claims["low"].min(), claims["high"].max(), claims["first"].min(), claims["last"].max()
    return backer, status, measure(str(unit)), unit, claims.height, *ends, total, why, claims["id"].to_list()


def _why_no_flow(unit: str, claims: pl.DataFrame) -> str:
    """The reason why figures cannot be added over time (a rate, a stock); empty if they can."""
    if any(word in unit for word in _RATES):
        return "a rate"
    if any(word in unit for word in _COUNTED_ACTS) or not claims["relation"].is_in(_STOCKS).any():
        return ""
    return "in place at a time"


def measure(unit: str) -> str:
    """Whether a unit counts money, people or something else.

    >>> measure("USD million a month"), measure("people trained"), measure("air strikes in Iraq")
    ('money', 'people', 'other')
    """
    if unit.startswith(_MONEY):
        return "money"
    return "people" if any(word in unit for word in _PEOPLE) else "other"
