"""Attacks that a ledger records: on which day, at which site, on whom."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from vedette.evidence import Ledger
from vedette.evidence.actors import spelt

NEAR = 3.0
"""An attack lies on the point of a site within this distance in kilometres."""
_A_FEW = "3d"
"""A claim over more days than so many gives no day; one over fewer is dated by its first."""
_EARTH = 6371.0
_AND = re.compile(r"\s+and\s+|\s*[,;/]\s*")


@dataclass(frozen=True)
class Attack:
    """An attack.

    Attributes:
        day: the day; None if only a longer period is known.
        site: the id of the site at which it took place; empty if at none of the case.
        targets: the ids of the actors and sites that were attacked; none if words name nobody of the case.
    """

    day: date | None
    site: str
    targets: frozenset[str]


@dataclass(frozen=True, eq=False)
class AttackRecord:
    """The attacks of a ledger: rows of the timeline of kind attack, and claims of ``attacked``.

    Both were read on a page and are known by the as-of. A row of the timeline is at the site that its target
    or its place names, the longest name first; else at the nearest site within 3 km of its point, unless that
    is the centre of a city, which is nobody's point: its place is an area, or other rows share both. A claim
    is at the site that it names.
    """

    ledger: Ledger

    @cached_property
    def attacks(self) -> tuple[Attack, ...]:
        """All of them, those of the timeline first."""
        return (*(attack for _, attack in self.rows()), *self._of_claims())

    def rows(self) -> Iterator[tuple[Mapping[str, Any], Attack]]:
        """The rows of the timeline that record an attack, each with what it says."""
        rows = self.ledger.case.timeline.filter(pl.col("kind") == "attack", pl.col("basis") == "page")
        if self.ledger.as_of is not None:
            rows = rows.filter(pl.col("date") <= self.ledger.as_of)
        for row in rows.iter_rows(named=True):
            day = row["date"] if row["precision"] == "day" else None
            named = self._named(row["target"])
            site = named or self._named(row["place"]) or self._near(row)
            targets = {*self._actors(row["target"]), *([named] if named else [])}
            if not row["target"] and site:
                targets.add(site)
            yield row, Attack(day, site, frozenset(targets))

    def _of_claims(self) -> Iterator[Attack]:
        sites = {*self.ledger.case.sites["id"]}
        claims = self.ledger.claims.filter(
            pl.col("relation") == "attacked", pl.col("polarity") == "+", pl.col("basis") == "page"
        )
        dated = (pl.col("from").str.len_chars() == 10) & (
            (pl.col("to") == "") | (pl.col("last") <= pl.col("first").dt.offset_by(_A_FEW))
        )
        days = claims.select("place", "object", day=pl.when(dated).then("first"))
        for place, target, day in days.iter_rows():
            site = target if target in sites else place if place in sites else ""
            yield Attack(day, site, frozenset([target]))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The id of a site by each of its names, the longest first."""
        sites = self.ledger.case.sites.select("id", "name").iter_rows()
        named = {
            spelt(word): key
            for key, name in sites
            for word in (name, name.split(",")[0].split(" (")[0], key.replace("-", " "))
        }
        return dict(sorted(named.items(), key=lambda item: -len(item[0])))

    def _named(self, text: str) -> str:
        """The site that a text names in whole words; empty if none."""
        words = f" {spelt(text.replace('-', ' '))} "
        return next((key for name, key in self._names.items() if f" {name.replace('-', ' ')} " in words), "")

    def _near(self, row: Mapping[str, object]) -> str:
        """The nearest site on whose point a row lies; empty if none does, or if it is a city's centre."""
        if not _located(row) or self._central(row):
            return ""
        here = _radians(row)
        sites = self.ledger.case.sites.filter(pl.col("latitude").is_not_null()).iter_rows(named=True)
        away = {site["id"]: _kilometres(*here, *_radians(site)) for site in sites}
        nearest = min(away, key=lambda key: (away[key], key), default="")
        return nearest if nearest and away[nearest] <= NEAR else ""

    def _central(self, row: Mapping[str, object]) -> bool:
        """Whether the point of a row stands for a city: its place is an area, or other rows share both."""
        case, place = self.ledger.case, str(row["place"])
        regions = {spelt(word) for region in case.regions for word in (region.id, region.name)}
        known = case.places.geometry and case.places.resolve(place) is not None
        shared = case.timeline.filter(
            *(pl.col(name) == row[name] for name in ("place", "latitude", "longitude"))
        )
        return bool(place) and (bool(known) or spelt(place) in regions or shared.height > 1)

    def _actors(self, text: str) -> Iterator[str]:
        """The actors that the target of a row names: as a whole, else in its parts."""
        for words in dict.fromkeys((text, *_AND.split(text))):
            ids = self.ledger.actors.candidates(words) if words else ()
            if len(ids) == 1:
                yield ids[0]
                if words == text:
                    return


def _located(row: Mapping[str, object]) -> bool:
    return isinstance(row["latitude"], float) and isinstance(row["longitude"], float)


def _radians(row: Mapping[str, object]) -> tuple[float, float]:
    return math.radians(float(str(row["latitude"]))), math.radians(float(str(row["longitude"])))


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in radians."""
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(half))
