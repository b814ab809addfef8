"""The days for which a claim speaks, and the days up to which a tie ages from it.

A claim holds fully from ``first`` to ``last``: the dates that it states. Where it states no end, ``last``
is the last day of which its source speaks as present (``said``; without it the date of the source, but
never later than it was known); where it states no beginning, ``first`` is the first such day. Beyond
these days the tie ages, back to ``counts_from`` and on to ``counts_to``, which are open unless

- the claim states a beginning, or an end on which its source looks back: where ``said`` is later than the
  end, or, if only a publication is known, that came more than `REPORTING` days after it. An end near the
  publication is the end of what was reported, not of the tie;
- the subject or the object existed no longer, or not yet (``from`` and ``to`` in actors.csv), or was a person
  whom a claim of `killed` says to have died;
- another actor has since been said to lead the same mission or state.
"""

from datetime import date, timedelta

import polars as pl

from vedette.case.schema.claims import UNTIED
from vedette.periods import first_possible_column, last_possible_column

REPORTING = 92
"""Days within which a report is published: an end this near before it is the end of the report."""
LASTING = ("handed-over", "renamed-to", "split-from", "merged-into")
"""Relations that tell of one event, whose outcome does not fade."""
_PLAINLY = ("documented", "asserted", "reported")
"""Hedges of claims that a person was killed that end what is claimed of the person."""
BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)
"""The values of the days of a claim without a beginning or an end."""


def with_days(claims: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """Claims with the columns ``first, last, counts_from, counts_to, said_on`` (days).

    ``said_on`` is the last day on which the claim says that it was so. Needed are the columns of claims.csv
    with ``ratio``, ``known_on``, ``said_in`` (``said`` as the claim states it) and ``source_date``; the last
    two are dropped.

    Args:
        claims: the claims known on the day of the ledger.
        actors: the actors with the dates known on it.
    """
    actors = _with_deaths(actors, claims)
    dated = claims.with_columns(
        begins=first_possible_column("from"),
        ends=last_possible_column("to"),
        said_first=pl.coalesce(
            *(first_possible_column(name) for name in ("said_in", "known", "source_date"))
        ),
        said_last=pl.min_horizontal(
            pl.coalesce(*(last_possible_column(name) for name in ("said_in", "source_date", "known"))),
            "known_on",
        ),
    ).with_columns(exists_from=_existence(actors, "from"), exists_to=_existence(actors, "to"))
    grace = pl.when(pl.col("said_in") != "").then(0).otherwise(REPORTING)
    looked_back = pl.col("said_first") > pl.col("ends") + pl.duration(days=grace)
    spoken = pl.max_horizontal("begins", pl.min_horizontal("said_last", "exists_to"))
    lasting = pl.col("ends").is_null() & pl.col("relation").is_in(LASTING)
    told = (
        dated.with_columns(said_on=pl.coalesce("ends", spoken))
        .with_columns(
            last=pl.when(lasting).then(pl.lit(END)).otherwise("said_on"),
            first=pl.coalesce(
                "begins", pl.min_horizontal("said_first", first_possible_column("to"), "said_on")
            ),
        )
        .with_columns(
            counts_from=pl.coalesce(
                "begins", pl.min_horizontal("first", pl.coalesce("exists_from", pl.lit(BEGINNING)))
            ),
            counts_to=pl.when(looked_back)
            .then("last")
            .otherwise(pl.max_horizontal("last", pl.coalesce("exists_to", pl.lit(END)))),
        )
        .drop(
            "begins", "ends", "said_first", "said_last", "exists_from", "exists_to", "said_in", "source_date"
        )
    )
    return _until_the_next_leader(told)


def _with_deaths(actors: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Actors in which people without an end have that of the first claim that they were killed on a day."""
    deaths = claims.filter(
        pl.col("relation") == "killed",
        pl.col("ratio") > 0,
        pl.col("hedge").is_in(_PLAINLY),
        pl.col("from").str.len_chars() == 10,
        pl.col("object").is_in(actors.filter(pl.col("kind") == "person")["id"].to_list()),
    )
    days = dict(deaths.sort("from", descending=True).select("object", "from").iter_rows())
    killed = pl.col("id").replace_strict(days, default="", return_dtype=pl.String)
    return (
        actors.with_columns(to=pl.when(pl.col("to") == "").then(killed).otherwise("to")) if days else actors
    )


def _existence(actors: pl.DataFrame, end: str) -> pl.Expr:
    """The day from which, or to which, both ends of a tie existed; null where nothing is known of it."""
    column = (first_possible_column if end == "from" else last_possible_column)(end)
    days = dict(actors.select("id", day=column).drop_nulls().iter_rows())
    both = [
        pl.col(name).replace_strict(days, default=None, return_dtype=pl.Date)
        for name in ("subject", "object")
    ]
    return pl.max_horizontal(*both) if end == "from" else pl.min_horizontal(*both)


def _until_the_next_leader(claims: pl.DataFrame) -> pl.DataFrame:
    """Claims of leading count only until the day before another actor is said to begin to lead."""
    said = claims.filter(
        pl.col("relation") == "leads",
        pl.col("ratio") > 0,
        pl.col("from") != "",
        ~pl.col("hedge").is_in(UNTIED),
    )
    begun = list(said.select("object", "subject", "first").iter_rows())
    led = claims.filter(pl.col("relation") == "leads").select("id", "object", "subject", "first", "last")
    ends = {}
    for key, object_, subject, first, last in led.iter_rows():
        following = [day for what, who, day in begun if what == object_ and who != subject and day > first]
        if following:
            ends[key] = max(last, min(following) - timedelta(days=1))
    until = pl.col("id").replace_strict(ends, default=None, return_dtype=pl.Date)
    return claims.with_columns(counts_to=pl.min_horizontal("counts_to", until)) if ends else claims
