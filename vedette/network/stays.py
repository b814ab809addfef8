"""Stays of hosts at sites, and what they add up to."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.plurals import counted


@dataclass(frozen=True)
class Stay:
    """A host at a site.

    Attributes:
        host: its id.
        first: the first day that it may have been there; None if not known.
        last: the last; None where the stay is open.
        since: the beginning as the claims have it, a year or month perhaps; empty if not known.
        until: the end likewise; empty where the stay is open.
        handed_over: the day on which it handed the site over; None if that is not claimed.
        claims: the ids of the claims of hosting and handing over.
        attacked: the days on which it was the target of an attack at the site while it was there.
    """

    host: str
    first: date | None
    last: date | None
    since: str
    until: str
    handed_over: date | None
    claims: tuple[str, ...]
    attacked: tuple[date, ...] = ()

    @classmethod
    def of(cls, host: str, claims: pl.DataFrame) -> "Stay":
        """The stay of a host by its claims of one site, without attacks."""
        hosted = claims.filter(pl.col("relation") == "hosted-at")
        over = claims.filter(pl.col("relation") == "handed-over", pl.col("from") != "")
        first, since = _edge(hosted.filter(pl.col("from") != "").sort("first"), "first", "from")
        handed_over, day = _edge(over.sort("first"), "first", "from")
        last, until = handed_over, day
        if hosted.height and (hosted["to"] != "").all():
            ended, text = _edge(hosted.sort("last", descending=True), "last", "to")
            if last is None or (ended is not None and ended < last):
                last, until = ended, text
        return cls(host, first, last, since, until, handed_over, tuple(sorted(claims["id"])))

    def on(self, day: date) -> bool:
        """Whether the host may have been there on a day."""
        return (self.first or date.min) <= day <= (self.last or date.max)


@dataclass(frozen=True)
class HostedSite:
    """A site with the stays of its hosts.

    Attributes:
        site: its id.
        name: its name.
        stays: one for each host, those that were over first.
        attacks: the days on which a host, or the site as such while there was one, was attacked there.
        after: the days on which a former host or the site was attacked there once the last stay was over;
            None while a host is there.
    """

    site: str
    name: str
    stays: tuple[Stay, ...]
    attacks: tuple[date, ...]
    after: tuple[date, ...] | None

    @property
    def handed_over(self) -> date | None:
        """The day of the last handover; None while a host is there, or if none is claimed."""
        days = [stay.handed_over for stay in self.stays if stay.handed_over is not None]
        return max(days) if days and self.after is not None else None


@dataclass(frozen=True)
class UncountedAttacks:
    """What the attacks of some sites leave out.

    Attributes:
        away: days on which a host of these sites was attacked at none of them.
        undated: reports of attacks on a host, or on several sites taken together, without a day.
        others: days of attacks at these sites on somebody else.
    """

    away: int
    undated: int
    others: int


def left_out_in_words(left_out: UncountedAttacks) -> str:
    """What the numbers of attacks leave out, in a sentence."""
    parts = (
        (left_out.away, "day", "of attacks on these hosts away from the sites (convoys, towns)"),
        (left_out.undated, "report", "of attacks without a day"),
        (left_out.others, "day", "of attacks at the sites on others"),
    )
    told = "; ".join(f"{counted(number, noun)} {what}" for number, noun, what in parts if number)
    words = "The numbers are days on which a host was the target at the site, as far as recorded."
    return f"{words} They leave out: {told}." if told else words


def _edge(claims: pl.DataFrame, column: str, text: str) -> tuple[date | None, str]:
    """The day and the text of the first of some claims; None and nothing without any."""
    if claims.is_empty():
        return None, ""
    day, written = claims.select(column, text).row(0)
    return day, str(written)
