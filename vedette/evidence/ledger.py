"""The ledger: the claims of a case as they could have been known on a day, and the beliefs in ties."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vedette.case import Case
from vedette.case.schema import RELATIONS, TIES, UNTIED, RelationKind
from vedette.errors import UsageError
from vedette.evidence.actors import Actors
from vedette.evidence.known_forces import case_known_on
from vedette.evidence.retracting import without_retracted
from vedette.evidence.weighing import prior_log_odds, ratio
from vedette.periods import first_possible_column, last_possible_column
from vedette.problems import did_you_mean

TIE = ("subject", "relation", "object")
_BEGINNING, _END = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, eq=False)
class Ledger:
    """The claims of a case as known on a day.

    Attributes:
        case: the case it was read from; its forces and actors are those known on the day.
        as_of: the day; None for all claims of the case.
        actors: the actors of the case, for resolving names.
        claims: the claims known by then: the columns of claims.csv, with ``origin``, ``reliability``,
            ``handling`` and ``said`` filled, and ``kind`` (of relation), ``first`` and ``last`` (the longest
            interval of days to which the claim may apply), ``known_on`` (day), ``ratio`` (log likelihood
            ratio).
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
        """The display name of every actor, site, place and region, by id."""
        regions = {region.id: region.name for region in self.case.regions}
        sites = dict(self.case.sites.select("id", "name").iter_rows())
        return {**self.case.places.names, **regions, **sites, **self.actors.names}

    def holding(self, at: date, kinds: Collection[RelationKind] = TIES, least: float = 0.0) -> pl.DataFrame:
        """Ties with at least one claim on a day, the most probable first.

        Columns: ``subject, relation, kind, object, belief`` (0 to 1), ``log_odds``, ``origins`` (the number
        of independent source groups with a log likelihood ratio other than 0), ``claims_for, claims_against,
        contested``, ``recalled`` (whether all its claims are recalled without a source page).

        Example:
            >>> from datetime import date
            >>> from vedette.case import read_case
            >>> ledger = read_ledger(read_case("iraq"))
            >>> ledger.holding(date(2010, 6, 30)).columns[:4]
            ['subject', 'relation', 'kind', 'object']
        """
        on_the_day = self.tied.lazy().filter(
            pl.col("first") <= at, pl.col("last") >= at, pl.col("kind").is_in([kind.value for kind in kinds])
        )
        return self._believed(on_the_day).filter(pl.col("belief") >= least).collect()

    def _believed(self, claims: pl.LazyFrame) -> pl.LazyFrame:
        ratios = pl.col("ratio")
        by_origin = claims.group_by(*TIE, "kind", "origin").agg(
            pro=ratios.clip(lower_bound=0).max(),
            con=ratios.clip(upper_bound=0).min(),
            claims_for=(pl.col("polarity") == "+").sum(),
            claims_against=(pl.col("polarity") == "-").sum(),
            recalled=(pl.col("basis") == "recalled").all(),
        )
        priors = prior_log_odds(self.case)
        summed = by_origin.group_by(*TIE, "kind").agg(
            pl.col("pro").sort().sum(),
            pl.col("con").sort().sum(),
            origins=((pl.col("pro") != 0) | (pl.col("con") != 0)).sum(),
            claims_for=pl.col("claims_for").sum(),
            claims_against=pl.col("claims_against").sum(),
            recalled=pl.col("recalled").all(),
        )
        start = pl.col("relation").replace_strict(priors, return_dtype=pl.Float64)
        return (
            summed.with_columns(log_odds=start + pl.col("pro") + pl.col("con"))
            .select(
                *TIE,
                "kind",
                "log_odds",
                "origins",
                "claims_for",
                "claims_against",
                "recalled",
                belief=1 / (1 + (-pl.col("log_odds")).exp()),
                contested=(pl.col("pro") > 0) & (pl.col("con") < 0),
            )
            .select(
                "subject",
                "relation",
                "kind",
                "object",
                "belief",
                "log_odds",
                "origins",
                "claims_for",
                "claims_against",
                "contested",
                "recalled",
            )
            .sort(["belief", *TIE], descending=[True, False, False, False])
        )

    def of_tie(self, subject: str, relation: str, object_: str) -> pl.DataFrame:
        """All claims about one tie, at any time."""
        return self.tied.filter(
            pl.col("subject") == subject, pl.col("relation") == relation, pl.col("object") == object_
        )


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
    claims = without_retracted(completed, case.retractions, as_of)
    for left_out in without:
        if not ((claims["source"] == left_out) | (claims["id"] == left_out)).any():
            cure = did_you_mean(left_out, [*case.sources["id"], *claims["id"]])
            raise UsageError(f"--without {left_out}: no claim comes from a source of that id. {cure}")
    known = claims.filter(~pl.col("source").is_in(list(without)), ~pl.col("id").is_in(list(without)))
    if as_of is not None:
        known = known.filter(pl.col("known_on") <= as_of)
        case = case_known_on(case, as_of, _known_days(case, completed))
    return Ledger(case, as_of, Actors(case.actors), known)


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

    recalled = pl.when(pl.col("basis") == "recalled").then(pl.lit("F"))
    return (
        joined.with_columns(
            origin=filled("origin", "source", "id"),
            reliability=recalled.otherwise(filled("reliability", "source_reliability")).replace("", "F"),
            handling=filled("handling", "source_handling").replace("", "clear"),
            said=filled("said", "source_date"),
            known_=filled("known", "said", "source_date"),
            kind=pl.col("relation").replace_strict(
                {word: relation.kind.value for word, relation in RELATIONS.items()}, return_dtype=pl.String
            ),
            first=first_possible_column("from").fill_null(_BEGINNING),
            last=last_possible_column("to").fill_null(_END),
        )
        .with_columns(known_on=last_possible_column("known_"), ratio=ratio(case.weights))
        .drop("known_", "source_date", "source_reliability", "source_handling")
    )
