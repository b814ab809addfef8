"""Sites over time: hosted forces, days of handover, and numbers of attacks before and after."""

import math
from collections.abc import Iterator
from datetime import date

import polars as pl

from vedette.evidence import Ledger
from vedette.network.standing import Standing

NEAR = 12.0
"""An attack in the timeline counts as one on a site within this distance in kilometres."""
_EARTH = 6371.0
_SCHEMA: dict[str, pl.DataType] = {
    **dict.fromkeys(("site", "name", "host"), pl.String()),
    **dict.fromkeys(("first", "last", "handed_over"), pl.Date()),
    **dict.fromkeys(("attacks", "attacks_after"), pl.Int64()),
    "claims": pl.List(pl.String),
}


def hosted_sites(ledger: Ledger) -> pl.DataFrame:
    """Sites that hosted foreign forces, and attacks on them.

    Attacks are rows of the timeline of kind attack, read on a page and known by the as-of, within 12 km
    of the site or naming it, and claims of ``attacked`` placed at it; those on one day count once.

    Columns: ``site, name, host, first, last`` (days; empty if not known), ``handed_over`` (day; empty
    if not), ``attacks`` (while hosted), ``attacks_after, claims``.
    """
    rows = [_row(ledger, *key, claims) for key, claims in _stays(ledger)]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort(
        "handed_over", "site", "host", nulls_last=True
    )


def _stays(ledger: Ledger) -> Iterator[tuple[tuple[str, str], pl.DataFrame]]:
    hosted = ledger.claims.filter(
        pl.col("relation").is_in(["hosted-at", "handed-over"]),
        pl.col("polarity") == "+",
        pl.col("ratio") > 0,
        pl.col("object").is_in(ledger.case.sites["id"].to_list()),
    )
    for (site, host), claims in hosted.group_by("object", "subject", maintain_order=True):
        yield (str(site), str(host)), claims


def _row(ledger: Ledger, site: str, host: str, claims: pl.DataFrame) -> tuple[object, ...]:
    stays = claims.filter(pl.col("relation") == "hosted-at")
    over = claims.filter(pl.col("relation") == "handed-over", pl.col("from") != "")["first"].min()
    first = stays.filter(pl.col("from") != "")["first"].min()
    ended = stays["last"].max() if stays.height and (stays["to"] != "").all() else None
    last = min((day for day in (over, ended) if isinstance(day, date)), default=None)
    days = attack_days(ledger, site)
    during = [
        day for day in days if (not isinstance(first, date) or day >= first) and (last is None or day <= last)
    ]
    after = [day for day in days if last is not None and day > last]
    name = ledger.case.sites.filter(pl.col("id") == site)["name"][0]
    return site, name, host, first, last, over, len(during), len(after), claims["id"].to_list()


def attack_days(ledger: Ledger, site: str) -> list[date]:
    """The days on which a site was attacked, by the timeline and the claims."""
    place = ledger.case.sites.row(by_predicate=pl.col("id") == site, named=True)
    moments = ledger.case.timeline.filter(pl.col("kind") == "attack", pl.col("basis") == "page")
    if ledger.as_of is not None:
        moments = moments.filter(pl.col("date") <= ledger.as_of)
    days = {row["date"] for row in moments.iter_rows(named=True) if _at(row, place)}
    claimed = ledger.claims.filter(
        pl.col("relation") == "attacked",
        (pl.col("place") == site) | (pl.col("object") == site),
        pl.col("from").str.len_chars() == 10,
        pl.col("polarity") == "+",
        pl.col("basis") == "page",
    )
    return sorted(days | set(claimed["first"]))


def _at(moment: dict[str, object], site: dict[str, object]) -> bool:
    name = str(site["name"]).split(",")[0].split(" (")[0].casefold()
    if name and name in str(moment["place"]).casefold():
        return True
    points = [moment["latitude"], moment["longitude"], site["latitude"], site["longitude"]]
    known = [math.radians(value) for value in points if isinstance(value, float)]
    return len(known) == len(points) and _kilometres(*known) <= NEAR


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in radians."""
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(half))


def missions(ledger: Ledger) -> pl.DataFrame:
    """Missions and their leading actors over time.

    Columns: ``mission, lead, from, to`` (with the precision of the claim), ``hedge, contested, claims``;
    expected or proposed missions are listed with that hedge.
    """
    states = Standing(ledger.case, date.max).states
    led = (pl.col("relation") == "leads") & ~pl.col("object").is_in(states)
    leads = ledger.claims.filter(led, pl.col("basis") == "page")
    grouped = leads.group_by("object", "subject", "from", maintain_order=True).agg(
        pl.col("to").sort().last(),
        hedge=pl.col("hedge").first(),
        contested=pl.col("polarity").n_unique() > 1,
        claims=pl.col("id"),
    )
    return (
        grouped.rename({"object": "mission", "subject": "lead"})
        .select("mission", "lead", "from", "to", "hedge", "contested", "claims")
        .sort("mission", "from", "lead")
    )
