"""The ledger of a case as a brief shows it: ties on its day, backing, monopoly on arms, rival answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vedette.brief.actor_names import capitalised, short_name, spoken_name
from vedette.brief.figures import Cited, Link, by, from_assumption, from_data
from vedette.brief.words import percent, word
from vedette.case import Case
from vedette.case.schema import RelationKind
from vedette.evidence import Ledger, Rivals, claimed, read_ledger, rivals
from vedette.network import Monopoly, backing, by_year, faded_support, monopoly, support
from vedette.network.bodies import of_backers
from vedette.plurals import counted

DRAWS = 4000
LONGEST = 18
"""Years of backing shown at most."""
CITED = 60
"""Claims listed behind one figure at most; those with the largest weight come first."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """The ledger of a case on the day of the brief, and what is computed from it once."""

    ledger: Ledger
    at: date
    seed: int

    @cached_property
    def years(self) -> range:
        """The years shown: from the first support with a date to that of the brief."""
        dated = self.ledger.tied.filter(pl.col("kind") == RelationKind.SUPPORT.value, pl.col("from") != "")
        first = dated["first"].min()
        start = first.year if isinstance(first, date) else self.at.year
        return range(max(start, self.at.year - LONGEST + 1), self.at.year + 1)

    @cached_property
    def support(self) -> pl.DataFrame:
        """Foreign support on the day; see `vedette.network.support`."""
        return support(self.ledger, self.at)

    @cached_property
    def faded_support(self) -> pl.DataFrame:
        """Foreign support of which a claim counts on the day, but which is believed too little to count."""
        return faded_support(self.ledger, self.at)

    @cached_property
    def backing(self) -> pl.DataFrame:
        """The recipients of each backer by status at the end of each year; see `vedette.network.backing`."""
        return backing(self.ledger, [min(date(year, 12, 31), self.at) for year in self.years])

    @cached_property
    def index(self) -> Monopoly | None:
        """The monopoly on arms on the day."""
        return monopoly(self.ledger, self.at, DRAWS, self.seed)

    @cached_property
    def indices(self) -> pl.DataFrame:
        """The monopoly on arms by year; see `vedette.network.by_year`."""
        return self.ledger.case.cache.keep(by_year, self.ledger, self.years, DRAWS, self.seed)

    @cached_property
    def rivals(self) -> tuple[Rivals, ...]:
        """The questions that somebody answered."""
        return rivals(self.ledger)

    @cached_property
    def names(self) -> dict[str, str]:
        """How the brief calls actors, sites and places in tables and charts, by id."""
        return {key: short_name(name) for key, name in self.ledger.names.items()}

    @cached_property
    def spoken(self) -> dict[str, str]:
        """How it calls them within a sentence, by id."""
        return {key: spoken_name(name) for key, name in self.names.items()}

    def believed(self, belief: float) -> str:
        """A belief as a likelihood word of the case's scale, with its number: very likely (88 %)."""
        said = word(belief, DRAWS, self.ledger.case.scale)
        return f"{said} ({percent(belief)})" if said else percent(belief)

    def name(self, actor: str) -> str:
        """How the brief calls an actor or a site; an id that is none of theirs as it is."""
        return self.names.get(actor, actor)

    def cite(self, claims: pl.DataFrame) -> tuple[Cited, ...]:
        """Claims to list behind a figure, those with the largest weight first; recalled ones are left out."""
        read = claims.filter(pl.col("basis") == "page").with_columns(weight=pl.col("ratio").abs())
        telling = read.sort(["weight", "id"], descending=[True, False]).head(CITED)
        return tuple(self._cited(row) for row in telling.iter_rows(named=True))

    def behind(self, rows: Iterable[tuple[str, str, str]]) -> pl.DataFrame:
        """The claims about these ties (subject, relation, object) that count on the day."""
        ties = pl.DataFrame(list(rows), schema=["subject", "relation", "object"], orient="row").unique()
        columns = ["subject", "relation", "object"]
        told = pl.concat(
            [
                of_one.counting(self.at).join(ties, on=columns, how="semi")
                for of_one in (self.ledger, of_backers(self.ledger))
            ]
        )
        return told.unique("id", keep="first", maintain_order=True)

    def by_id(self, ids: Iterable[str]) -> pl.DataFrame:
        """The claims of these ids."""
        return self.ledger.claims.filter(pl.col("id").is_in(list(ids)))

    def chain(self, claims: pl.DataFrame, *steps: str) -> tuple[Link, ...]:
        """The chain of a figure computed from claims."""
        sources = claims["source"].n_unique()
        return (
            from_data(f"{counted(claims.height, 'claim')} from {counted(sources, 'source')}", "claims.csv"),
            from_assumption(
                "how far a claim moves a belief, by its grades and hedge", "vedette", "belief in case.yaml"
            ),
            from_assumption("how fast belief in a tie fades once nobody says it again", *self._ageing()),
            *(by(step) for step in steps),
        )

    def _ageing(self) -> tuple[str, str]:
        """Who assumes the half-lives, and where they stand or what they are estimated from."""
        ages = self.ledger.half_lives.values()
        authors = sorted({age.author for age in ages if age.author}) or ["estimated"]
        return ", ".join(authors), "Belief, in the docs; half_life in case.yaml"

    def sources(self) -> set[str]:
        """The ids of every source that a claim known by the day names."""
        return set(self.ledger.claims.filter(pl.col("basis") == "page")["source"])

    def _cited(self, row: dict[str, object]) -> Cited:
        return Cited(
            id=str(row["id"]),
            side="for" if row["polarity"] == "+" else "against",
            text=f"{capitalised(claimed(self.spoken, row))}.",
            speaker=self.name(str(row["speaker"])),
            hedge=str(row["hedge"]),
            grade=f"{row['reliability']}{row['credibility']}",
            said=str(row["said"]),
            source=str(row["source"]),
        )


def evidence_on(case: Case, at: date, seed: int) -> Evidence | None:
    """The ledger of a case as known on a day; None for a case without claims by then."""
    ledger = read_ledger(case, at)
    return None if ledger.claims.is_empty() else Evidence(ledger, at, seed)
