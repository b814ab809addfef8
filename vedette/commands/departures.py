"""Ask what happened elsewhere when foreign troops left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.case import read_case
from vedette.commands.defaults import SEED
from vedette.precedents import (
    LEVELS,
    REGIONS,
    Answer,
    Departure,
    UcdpRecord,
    answer,
    departures,
    outcome_after,
    read_like,
    read_record,
    sentences,
    short,
    years_until_fall,
)
from vedette.precedents.names import plain as plain
from vedette.precedents.names import spoken as spoken
from vedette.precedents.wording import times as times

PRECEDENT_DRAWS = 400


@dataclass(frozen=True, eq=False)
class Precedents:
    """Departures known by a day, and the answer if something was asked."""

    record: UcdpRecord
    as_of: date | None
    answer: Answer | None
    seed: int

    def table(self, *, doubts: bool = False) -> pl.DataFrame:
        """Returns the changes after what was asked, else the departures; with ``doubts`` the codings."""
        if doubts:
            return doubts_table(self.record)
        return changes_table(self.answer) if self.answer else departures_table(self.record)

    def sentences(self) -> tuple[str, ...]:
        """Returns the answer as it is read aloud; nothing if nothing was asked."""
        return sentences(self.answer) if self.answer else ()

    def document(self) -> dict[str, Any]:
        """Returns the departures and the doubtful codings, and what was asked with its answer."""
        record = self.record
        document: dict[str, Any] = {
            "as_of": self.as_of and self.as_of.isoformat(),
            "last_year": record.last,
            "departures": departures_table(record).to_dicts(),
            "doubts": doubts_table(record).to_dicts(),
        }
        return document | _answered(self.answer, self.seed) if self.answer else document


def _answered(found: Answer, seed: int) -> dict[str, Any]:
    stood = found.standing()
    return {
        "like": str(found.like),
        "answer": list(sentences(found)),
        "role": found.like.role,
        "looks": found.like.looks._asdict(),
        "years": found.years,
        "others": found.others,
        "seed": seed,
        "mark": "estimated" if found.estimated else "assumed",
        "weighting": vars(found.weighting),
        "effective_wars": found.effective,
        "middle": float(np.exp(found.middle)),
        "mean": found.mean_factor,
        "government": {**vars(stood), "share": None if np.isnan(stood.share) else stood.share},
        "matches": matches_table(found).to_dicts(),
        "changes": changes_table(found).to_dicts(),
        "grid": grid_table(found).to_dicts(),
        "checks": checks_table(found, seed).to_dicts(),
        "without_war": {war: float(np.exp(middle)) for war, middle in found.without_wars().items()},
    }


def precedents(
    case: str | None = None,
    like: str | None = None,
    *,
    years: int = 3,
    as_of: date | None = None,
    exclude: Path | None = None,
    role: str | None = None,
    others: str = "any",
    draws: int = PRECEDENT_DRAWS,
    seed: int = SEED,
) -> Precedents:
    """Returns the departures known on a day, and what followed those like the one asked about.

    Raises:
        UsageError: no such backer, government or spell, or no such file.
        DataError: a file of doubts with mistakes, or too few precedents.
    """
    day = as_of or (read_case(case).as_of if case else None)
    whole = read_record(exclude)
    record = whole.known(day) if day else whole
    if like is None:
        return Precedents(record, day, None, seed)
    found = answer(record, read_like(record, like, role), years, draws, seed, others=others)
    return Precedents(record, day, found, seed)


def departures_table(record: UcdpRecord) -> pl.DataFrame:
    """Every departure known, with what was coded by hand about it."""
    return pl.DataFrame([_departure(one, record.known_by) for one in departures(record)])


def matches_table(found: Answer) -> pl.DataFrame:
    """The precedents of any weight, the heaviest first; changes as factors on deaths.

    ``government_after`` is the outcome within the years asked about, ``sources`` the pages behind it.
    """
    each = np.exp(found.each)
    rows = []
    for place in found.used:
        match = found.matches[place]
        one = match.departure
        rows.append(
            {
                **_departure(one, found.known_by),
                "weight": float(found.weights[place]),
                "distance": match.distance,
                "reasons": list(match.reasons),
                "years_after": min(found.years, found.last - one.year),
                "factor": float(each[place]),
                "government_after": outcome_after(one, found.years, found.known_by),
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def changes_table(found: Answer) -> pl.DataFrame:
    """Factors on yearly deaths: by year after and all years together, against years of staying and before.

    ``average``: that of averages over wars, against like years in which nobody left, which scenarios take.
    """
    rows = [("staying", str(year), found.by_year(year)) for year in range(1, found.years + 1)]
    span = f"1 to {found.years}" if found.years > 1 else "1"
    if found.years > 1:
        rows.append(("staying", span, found.quantiles(found.compared)))
    rows.append(("before", span, found.quantiles(found.raw)))
    logs = np.log(found.average_factors)
    rows += [("average", str(year), _quantiles(logs[:, year - 1])) for year in range(1, found.years + 1)]
    if found.years > 1:
        rows.append(("average", span, _quantiles(logs.mean(axis=1))))
    return pl.DataFrame(
        [{"against": against, "years": years, **dict(_factors(logs))} for against, years, logs in rows]
    )


def grid_table(found: Answer) -> pl.DataFrame:
    """The middle factor and the effective number of wars for every weighting of the grid."""
    return pl.DataFrame(
        [
            {**vars(weighting), "middle": float(np.exp(middle)), "effective_wars": wars}
            for weighting, (middle, wars) in found.over_grid().items()
        ]
    )


def checks_table(found: Answer, seed: int) -> pl.DataFrame:
    """What ought to hold if the comparison is fair, and how far the middle can be believed."""
    (low, high), placebo = found.doubt(seed), found.placebo_factor()
    rows: list[tuple[str, str, float | None, float | None, float | None]] = [
        ("trend before, less that of years of staying", "0", *found.trend_before),
        (
            "factor after a false departure two years before",
            "1",
            *(np.exp(placebo) if placebo else [None] * 3),
        ),
        ("middle over the grid of weights", "-", *_range(grid_table(found)["middle"].to_list(), found)),
        ("middle, had the wars been others", "-", *np.exp([low, found.middle, high]).tolist()),
        (
            "middle without any one war",
            "-",
            *_range(np.exp(list(found.without_wars().values())).tolist(), found),
        ),
        ("middle without governments that fell before", "-", None, _without_fallen(found), None),
        ("average over the grid of weights", "-", *_around(found, found.average_over_grid())),
        ("average without any one war", "-", *_around(found, list(found.average_without_wars().values()))),
    ]
    return pl.DataFrame(rows, ["check", "fair", "low", "middle", "high"], orient="row")


def _without_fallen(found: Answer) -> float | None:
    """The middle without departures that followed the fall of the government."""
    outcomes = [outcome_after(match.departure, found.years, found.known_by) for match in found.matches]
    middle = found.middle_of(np.array([outcome != "before" for outcome in outcomes]))
    return None if middle is None else float(np.exp(middle))


def most_moving(found: Answer) -> tuple[str, float] | None:
    """The war that moves the middle most when left out, and the factor then; None if it is the only one."""
    wars = found.without_wars()
    if not wars:
        return None
    name = max(wars, key=lambda war: abs(wars[war] - found.middle))
    return name, float(np.exp(wars[name]))


def doubts_table(record: UcdpRecord, found: Answer | None = None) -> pl.DataFrame:
    """Doubtful codings, those of the governments of the precedents only if an answer is given."""
    doubts = record.doubts
    if found is not None:
        asked = {found.matches[place].departure.government for place in found.used} | {found.like.government}
        doubts = doubts.filter(pl.col("government").is_in(asked))
    return doubts.with_columns(pl.col("government", "backer").str.strip_prefix("Government of "))


def _departure(one: Departure, known_by: date) -> dict[str, object]:
    looks, coded = one.looks, one.coded
    until_fall = years_until_fall(one, known_by)
    return {
        "year": one.year,
        "government": short(one.government),
        "war": one.war,
        "left": [short(name) for name in one.left],
        "role": one.role,
        "stayed": [short(name) for name in one.stayed],
        "share_left": list(coded.share) if coded and coded.share else None,
        "left_by": coded.left[1].isoformat() if coded and coded.left else None,
        "years_until_fall": until_fall,
        "fell_to": coded.to if coded and until_fall is not None else None,
        "sources": list(coded.sources_by(known_by)) if coded else [],
        "note": coded.note_by(known_by) if coded else "",
        "intensity": looks.intensity,
        "trend": looks.trend,
        "length": looks.length,
        "region": REGIONS.get(looks.region, ""),
    }


def _factors(logs: Sequence[float]) -> Iterator[tuple[str, float]]:
    for level, factor in zip(LEVELS, np.exp(logs).tolist(), strict=True):
        yield f"{round(100 * level)}", factor


def _quantiles(logs: npt.NDArray[np.float64]) -> list[float]:
    return [float(value) for value in np.quantile(logs, LEVELS)]


def _around(found: Answer, factors: Sequence[float]) -> tuple[float, float, float]:
    middle = float(np.exp(np.median(np.log(found.average_factors).mean(axis=1))))
    return min(factors, default=middle), middle, max(factors, default=middle)


def _range(factors: Sequence[float], found: Answer) -> tuple[float | None, float, float | None]:
    middle = float(np.exp(found.middle))
    if not len(factors):
        return None, middle, None
    return float(min(factors)), middle, float(max(factors))
