"""The index of arms: the share of armed strength in forces that the state alone commands.

    index = sum of strength over main forces of status state / sum of strength over all main forces

Main forces and their status are coded in forces.csv. A hybrid force is on the payroll of the state and under
the command of others too: it counts as armed strength and not as the state's, and its share stands beside the
index. Foreign troops are in neither sum. Strengths are drawn (see `vedette.network.headcounts`).

A main force without a headcount within reach enters as a range from 0 to the most that its author states,
which is an assumption: the index is then a range between the ends, and says how much of it is that.
"""

import zlib
from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from vedette.case.forces import CodedForce
from vedette.case.schema.forces import ELSEWHERE
from vedette.evidence import Ledger
from vedette.network.armed_forces import ArmedForce, Monopoly
from vedette.network.headcounts import counted, headcount
from vedette.network.standing import Standing


def monopoly(ledger: Ledger, at: date, draws: int, seed: int) -> Monopoly | None:
    """The index of arms on a day; None if no force is marked as main on it, or none has a strength.

    The index may have to be withheld: see `Monopoly.withheld`.

    Args:
        ledger: the claims as known on its as-of day.
        at: the day.
        draws: the number of draws.
        seed: the seed. Each force has its own rng stream, so its draws do not depend on the other forces.
    """
    return index_of(ledger, counted(ledger), at, draws, seed)


def drivers(index: Monopoly) -> pl.DataFrame:
    """One-at-a-time sensitivity of the index, the largest change first.

    Varied are the strength of each force (between its ends) and the status of each hybrid force: not the
    state's, or the state's. Columns: ``what`` (strength or command), ``force, low, high`` (the median of the
    index at either end), ``swing`` (their distance).
    """
    rows = []
    for part in index.parts:
        small, large = (index.with_(part.force, strength=end) for end in part.ends())
        rows.append(("strength", part.force, small, large))
        if part.status == "hybrid":
            ours = index.with_(part.force, status="state")
            rows.append(("command", part.force, index.with_(part.force), ours))
    schema = {"what": pl.String, "force": pl.String, "low": pl.Float64, "high": pl.Float64}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    swing = (pl.col("high") - pl.col("low")).abs()
    return table.with_columns(swing=swing).sort("swing", "force", "what", descending=[True, False, False])


def index_of(
    ledger: Ledger, headcounts: Mapping[str, pl.DataFrame], at: date, draws: int, seed: int
) -> Monopoly | None:
    """`monopoly`, with the claims of headcounts as `vedette.network.headcounts.counted` gives them."""
    coded = Standing(ledger.case, at).coded
    main = [row for row in coded.values() if row.counted]
    parts = [_part(row, headcounts, at, draws, seed) for row in main]
    present = tuple(part for part in parts if part is not None)
    if not present:
        return None
    missing = tuple(row.force for row, part in zip(main, parts, strict=True) if part is None)
    armies = tuple(row.force for row in main if row.main == "army")
    elsewhere = tuple(row.force for row in coded.values() if row.main == ELSEWHERE)
    return Monopoly(at, present, missing, armies, elsewhere)


def _part(
    row: CodedForce, headcounts: Mapping[str, pl.DataFrame], at: date, draws: int, seed: int
) -> ArmedForce | None:
    rng = np.random.default_rng([seed, at.toordinal(), zlib.crc32(row.force.encode())])
    count = headcount(row.force, headcounts.get(row.force), at, draws, rng)
    if count is not None:
        return ArmedForce(row.force, row.status, count.draws, count.claims, count.years)
    if row.most is None:
        return None
    strength = row.most * rng.random(draws)
    return ArmedForce(row.force, row.status, strength, most=row.most, author=row.author)
