"""Sites and who was hosted there, and the days on which the hosts were attacked there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from vedette.evidence import Ledger
from vedette.network.attacks import AttackRecord
from vedette.network.standing import Standing
from vedette.network.stays import HostedSite, Stay, UncountedAttacks
from vedette.plurals import counted

_SCHEMA: dict[str, pl.DataType] = {
    **dict.fromkeys(("site", "name", "hosts"), pl.String()),
    "handed_over": pl.Date(),
    **dict.fromkeys(("attacks", "attacks_after"), pl.Int64()),
    "claims": pl.List(pl.String),
}


@dataclass(frozen=True, eq=False)
class HostedSites:
    """The sites of a case that hosted somebody, as claimed; with ``foreign`` only those of foreign hosts.

    An attack counts for a host if it took place at the site and the host was its target: the host itself, a
    part of it, the actor that it is a part of, or one that it leads or belongs to. An attack on the site as
    such counts for the site, and for a host that is alone there. Attacks on one day count once. Sites without
    place and point stand for several and are left out.
    """

    ledger: Ledger
    foreign: bool = False

    @cached_property
    def sites(self) -> tuple[HostedSite, ...]:
        """The sites, those handed over first, by day."""
        found = [self._site(*key, self._stays(key[0])) for key in self._places()]
        hosted = [site for site in found if site.stays]
        return tuple(sorted(hosted, key=lambda site: (site.handed_over or date.max, site.site)))

    @cached_property
    def left_out(self) -> UncountedAttacks:
        """What the numbers of attacks leave out."""
        hosts = {stay.host for site in self.sites for stay in site.stays}
        listed = {site.site: site for site in self.sites}
        several = {*self.ledger.case.sites["id"]} - {key for key, _ in self._places()}
        away, others, undated = set(), set(), 0
        for attack in self._record.attacks:
            concerned = any(self._is(host, attack.targets) for host in hosts) or attack.targets & several
            if attack.day is None:
                undated += bool(concerned)
            elif attack.site in listed:
                site = listed[attack.site]
                if attack.day not in (*site.attacks, *(site.after or ())):
                    others.add((attack.day, attack.site))
            elif concerned:
                away.add(attack.day)
        return UncountedAttacks(len(away), undated, len(others))

    def table(self) -> pl.DataFrame:
        """A row for each site.

        Columns: ``site, name, hosts`` (in words, joined by ;: who, from and to, days attacked),
        ``handed_over, attacks, attacks_after`` (numbers of days; the last is empty while a host is there),
        ``claims``.
        """
        rows = [self._row(site) for site in self.sites]
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")

    def words(self, stay: Stay) -> str:
        """A stay in words: US-led coalition, 2014 to 2020-08-23, attacked on 8 days."""
        name = self.ledger.names.get(stay.host, stay.host).removeprefix("Government of ")
        when = f"{stay.since or '...'} to {stay.until}" if stay.last else f"since {stay.since or '...'}"
        when = stay.since if stay.since == stay.until else when
        days = f", attacked on {counted(len(stay.attacked), 'day')}" if stay.attacked else ""
        return f"{name}, {when}{days}"

    def _row(self, site: HostedSite) -> tuple[object, ...]:
        return (
            *(site.site, site.name, "; ".join(map(self.words, site.stays)), site.handed_over),
            *(len(site.attacks), None if site.after is None else len(site.after)),
            sorted({claim for stay in site.stays for claim in stay.claims}),
        )

    @cached_property
    def _record(self) -> AttackRecord:
        return AttackRecord(self.ledger)

    @cached_property
    def _at(self) -> Mapping[str, Mapping[date, frozenset[str]]]:
        """By site and day, whom the attacks there had as targets."""
        by_site: dict[str, dict[date, frozenset[str]]] = {}
        for attack in self._record.attacks:
            if attack.site and attack.day is not None:
                days = by_site.setdefault(attack.site, {})
                days[attack.day] = days.get(attack.day, frozenset()) | attack.targets
        return by_site

    def _places(self) -> list[tuple[str, str]]:
        """Id and name of the sites that are one place each."""
        single = (pl.col("place") != "") | pl.col("latitude").is_not_null()
        return list(self.ledger.case.sites.filter(single).select("id", "name").iter_rows())

    @cached_property
    def _hosting(self) -> Mapping[str, pl.DataFrame]:
        """The claims of hosting and handing over by site."""
        claims = self.ledger.claims.filter(
            pl.col("relation").is_in(["hosted-at", "handed-over"]),
            pl.col("polarity") == "+",
            pl.col("ratio") > 0,
        )
        parts = claims.partition_by("object", as_dict=True)
        return {str(site): of_one for (site,), of_one in parts.items()}

    def _stays(self, site: str) -> tuple[Stay, ...]:
        claims = self._hosting.get(site)
        if claims is None:
            return ()
        stays = [
            Stay.of(str(host), of_one)
            for (host,), of_one in claims.group_by("subject", maintain_order=True)
            if not self.foreign or self._foreign(str(host), of_one)
        ]
        days = self._at.get(site, {})
        hit = [
            replace(stay, attacked=tuple(sorted(day for day in days if self._hit(stay, stays, site, day))))
            for stay in stays
        ]
        return tuple(sorted(hit, key=lambda stay: (stay.last or date.max, stay.host)))

    def _hit(self, stay: Stay, stays: Sequence[Stay], site: str, day: date) -> bool:
        """Whether a host was a target there on a day: itself, or the site while it was alone inside."""
        targets = self._at[site][day]
        if not stay.on(day) or self._is(stay.host, targets):
            return stay.on(day)
        inside = [other.host for other in stays if other.on(day)]
        return site in targets and inside == [stay.host]

    def _site(self, site: str, name: str, stays: tuple[Stay, ...]) -> HostedSite:
        days = self._at.get(site, {})
        attacked = {day for stay in stays for day in stay.attacked}
        attacked |= {day for day in days if site in days[day] and any(stay.on(day) for stay in stays)}
        ends = [stay.last for stay in stays if stay.last is not None]
        after = None
        if stays and len(ends) == len(stays):
            hit = {day for day in days if site in days[day] or self._any(stays, days[day])}
            after = tuple(sorted(day for day in hit if day > max(ends)))
        return HostedSite(site, name, stays, tuple(sorted(attacked)), after)

    def _any(self, stays: Iterable[Stay], targets: frozenset[str]) -> bool:
        return any(self._is(stay.host, targets) for stay in stays)

    def _foreign(self, host: str, claims: pl.DataFrame) -> bool:
        day = claims["first"].max()
        assert isinstance(day, date)
        standing = Standing(self.ledger.case, day)
        return standing.status(host) == "foreign" or not standing.own

    def _is(self, host: str, targets: frozenset[str]) -> bool:
        """Whether a host is one of the targets, or a part or the whole of one."""
        wholes = self._above.get(host, frozenset())
        parts = (target for target in targets if host in self._above.get(target, ()))
        return host in targets or not wholes.isdisjoint(targets) or any(parts)

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        """By actor, those that it is a part of: its parent, and what it leads or belongs to."""
        above: dict[str, set[str]] = {}
        for actor, parent in self.ledger.case.actors.select("id", "parent").iter_rows():
            above.setdefault(actor, set()).update({parent} - {""})
        ties = self.ledger.tied.filter(
            pl.col("relation").is_in(["membership", "leads"]), pl.col("polarity") == "+", pl.col("ratio") > 0
        )
        for member, group in ties.select("subject", "object").iter_rows():
            above.setdefault(member, set()).add(group)
        return {actor: frozenset(groups) for actor, groups in above.items()}
