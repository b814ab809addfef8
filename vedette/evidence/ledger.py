"""The ledger: the claims of a case as they could have been known on a day, and the beliefs in ties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from vedette.case import Case
from vedette.case.schema import RELATIONS, TIES, UNTIED, RelationKind
from vedette.errors import UsageError
from vedette.evidence.actors import Actors
from vedette.evidence.days_held import with_days
from vedette.evidence.half_lives import HalfLife, half_lives
from vedette.evidence.known_forces import case_known_on
from vedette.evidence.retracting import retracted_by, without_retracted
from vedette.evidence.ties_of_a_day import TIE, TiedClaims, tied_claims
from vedette.evidence.weighing import ratio
from vedette.periods import last_possible_column
from vedette.problems import did_you_mean


@dataclass(frozen=True, eq=False)
class Ledger:
    """The claims of a case as known on a day.

    Attributes:
        case: the case it was read from; its forces and actors are those known on the day.
        as_of: the day; None for all claims of the case.
        actors: the actors of the case, for resolving names.
        claims: the claims known by then: the columns of claims.csv, with ``origin``, ``reliability``,
            ``handling`` and ``said`` filled, and ``kind`` (of relation), ``first`` and ``last`` (the days for
            which it speaks), ``counts_from`` and ``counts_to`` (the days on which it counts, see
            `vedette.evidence.days_held`), ``said_on`` (the last day on which it says that it was so),
            ``known_on`` (day), ``ratio`` (log likelihood ratio).
    """

    case: Case
    as_of: date | None
    actors: Actors
    claims: pl.DataFrame

    @cached_property
    def tied(self) -> pl.DataFrame:
        """Claims about ties, without those that only expect or propose one."""
        return self.claims.filter(
            pl.col("kind").is_in([kind.value for kind in TIES]), ~pl.col("hedge").is_in(UNTIED)
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """The display name of every actor, site, place and region, and of sources with public ids, by id."""
        return names_of(self.case)

    def holding(self, at: date, kinds: Collection[RelationKind] = TIES, least: float = 0.0) -> pl.DataFrame:
        """Ties with at least one claim on a day, the most probable first.

        Columns: ``subject, relation, kind, object, belief`` (0 to 1), ``log_odds``, ``origins`` (the number
        of independent source groups with a log likelihood ratio other than 0), ``claims_for, claims_against,
        contested``, ``recalled`` (whether all its claims are recalled without a source page), ``supported``
        (whether a claim for the tie counts on the day), ``said`` (the last day, up to that day, on which
        one says that it held; the first later one where none does so yet; empty without a claim for it).

        Example:
            >>> from datetime import date
            >>> from vedette.case import read_case
            >>> ledger = read_ledger(read_case("iraq"))
            >>> ledger.holding(date(2010, 6, 30)).columns[:4]
            ['subject', 'relation', 'kind', 'object']
        """
        return self._tied_claims.on(at, kinds, least)

    def with_claims(self, claims: pl.DataFrame) -> "Ledger":
        """The ledger of other claims, with the half-lives of this one."""
        made = replace(self, claims=claims)
        made.__dict__["half_lives"] = self.half_lives
        return made

    def counting(self, at: date) -> pl.DataFrame:
        """The rows of `tied` that count on a day: those that hold, and those from which the tie ages."""
        return self.tied.filter(pl.col("counts_from") <= at, pl.col("counts_to") >= at)

    @cached_property
    def half_lives(self) -> Mapping[str, HalfLife]:
        """The half-life of the ties of each relation, as known on the day of the ledger."""
        return half_lives(self.tied, self.case.weights)

    @cached_property
    def _tied_claims(self) -> TiedClaims:
        return tied_claims(self.tied, self.case.weights, self.half_lives)

    def of_tie(self, subject: str, relation: str, object_: str) -> pl.DataFrame:
        """All claims about one tie, at any time."""
        return self.tied[self._rows.get((subject, relation, object_), [])]

    @cached_property
    def retracted(self) -> pl.DataFrame:
        """The claims that were retracted by the day of the ledger: its columns, and ``retracted, why``."""
        rows = retracted_by(_completed(self.case), self.case.retractions, self.as_of)
        return with_days(rows, self.case.actors)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str, str], list[int]]:
        """The rows of `tied` about each tie."""
        rows: dict[tuple[str, str, str], list[int]] = {}
        for number, tie in enumerate(self.tied.select(TIE).iter_rows()):
            rows.setdefault(tie, []).append(number)
        return rows


def names_of(case: Case) -> dict[str, str]:
    """The display name of each actor, site, place and region, and of sources with public ids, by id."""
    regions = {region.id: region.name for region in case.regions}
    sites = dict(case.sites.select("id", "name").iter_rows())
    public = case.sources.filter(pl.col("id").is_in(list(case.public_ids.values())))
    titles = {key: f"{title} ({key})" for key, title in public.select("id", "title").iter_rows()}
    return {**titles, **case.places.names, **regions, **sites, **Actors(case.actors).names}


def read_ledger(case: Case, as_of: date | None = None, without: Collection[str] = ()) -> Ledger:
    """The ledger of a case as it could have been known on a day.

    Args:
        case: the case, or an edition of it.
        as_of: the day; None for all claims of the case.
        without: ids of sources to leave out, or of single claims.

    Raises:
        UsageError: ``without`` names neither a source nor a claim.
    """
    completed = _completed(case)
    without = [case.public_ids.get(left_out, left_out) for left_out in without]
    claims = without_retracted(completed, case.retractions, as_of)
    for left_out in without:
        if not ((claims["source"] == left_out) | (claims["id"] == left_out)).any():
            cure = did_you_mean(left_out, [*case.sources["id"], *claims["id"]])
            raise UsageError(f"--without {left_out}: no claim comes from a source of that id. {cure}")
    known = claims.filter(~pl.col("source").is_in(list(without)), ~pl.col("id").is_in(list(without)))
    if as_of is not None:
        known = known.filter(pl.col("known_on") <= as_of)
        case = case_known_on(case, as_of, _known_days(case, completed))
    return Ledger(case, as_of, Actors(case.actors), with_days(known, case.actors))


def _known_days(case: Case, claims: pl.DataFrame) -> dict[str, date]:
    """The day on which each claim that a row of forces.csv rests on became known."""
    cited = claims.filter(pl.col("id").is_in(case.forces["claim"].unique().to_list()))
    return dict(cited.select("id", "known_on").iter_rows())


def _completed(case: Case) -> pl.DataFrame:
    sources = case.sources.select(
        source="id", source_date="date", source_reliability="reliability", source_handling="handling"
    )
    joined = case.claims.join(sources, on="source", how="left", maintain_order="left")

    def filled(*names: str) -> pl.Expr:
        return pl.coalesce(*(pl.when(pl.col(name) != "").then(pl.col(name)) for name in names)).fill_null("")

    paged = pl.when(pl.col("page") != "").then(pl.concat_str("source", "page", separator=", "))
    own = paged.otherwise(filled("source", "id"))
    recalled = pl.when(pl.col("basis") == "recalled").then(pl.lit("F"))
    return (
        joined.with_columns(
            origin=pl.when(pl.col("origin") != "").then("origin").otherwise(own),
            reliability=recalled.otherwise(filled("reliability", "source_reliability")).replace("", "F"),
            handling=filled("handling", "source_handling").replace("", "clear"),
            said=filled("said", "source_date"),
            said_in="said",
            known_=filled("known", "said", "source_date"),
            kind=pl.col("relation").replace_strict(
                {word: relation.kind.value for word, relation in RELATIONS.items()}, return_dtype=pl.String
            ),
        )
        .with_columns(known_on=last_possible_column("known_"), ratio=ratio(case.weights))
        .drop("known_", "source_reliability", "source_handling")
    )
