"""Ask what happened elsewhere when foreign troops left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from vedette.case import read_case
from vedette.commands.defaults import SEED
from vedette.precedents import (
    KEPT,
    LEVELS,
    REGIONS,
    Answer,
    Departure,
    UcdpRecord,
    answer,
    departures,
    read_like,
    read_record,
    short,
)
from vedette.precedents.names import plain as plain
from vedette.precedents.names import spoken as spoken
from vedette.precedents.violence import Floats

PRECEDENT_DRAWS = 400
HORIZONS = range(1, 6)


@dataclass(frozen=True, eq=False)
class Precedents:
    """Departures known by a day, and the answers for one to five years after if something was asked.

    ``years`` is the number of years after that `document` and the tables of one answer look at.
    """

    record: UcdpRecord
    as_of: date | None
    answers: Mapping[int, Answer]
    years: int
    seed: int

    @property
    def answer(self) -> Answer:
        """The answer for the years after that were asked for."""
        return self.answers[self.years]

    def table(self, *, doubts: bool = False) -> pl.DataFrame:
        """Returns the changes after what was asked, else the departures; with ``doubts`` the codings."""
        if doubts:
            return doubts_table(self.record)
        return changes_table(self.answers) if self.answers else departures_table(self.record)

    def document(self) -> dict[str, Any]:
        """Returns the departures and the doubtful codings, and what was asked with its answer."""
        record = self.record
        document: dict[str, Any] = {
            "as_of": self.as_of and self.as_of.isoformat(),
            "last_year": record.last,
            "mark": "estimated",
            "departures": departures_table(record).to_dicts(),
            "doubts": doubts_table(record).to_dicts(),
        }
        return document | self._answered() if self.answers else document

    def _answered(self) -> dict[str, Any]:
        answer = self.answer
        nations = answer.without_governments().items()
        return {
            "like": str(answer.like),
            "looks": answer.like.looks._asdict(),
            "years": self.years,
            "seed": self.seed,
            "matches": matches_table(answer).to_dicts(),
            "changes": changes_table(self.answers).to_dicts(),
            "checks": checks_table(answer, self.seed).to_dicts(),
            "without_government": {short(name): float(np.exp(middle)) for name, middle in nations},
        }


def precedents(
    case: str | None = None,
    like: str | None = None,
    *,
    years: int = 3,
    as_of: date | None = None,
    exclude: Path | None = None,
    nearest: int = KEPT,
    alone: bool = False,
    draws: int = PRECEDENT_DRAWS,
    seed: int = SEED,
) -> Precedents:
    """Returns the departures known on a day, and what followed those most like the one asked about.

    Raises:
        UsageError: no such backer, government or spell, or no such file.
        DataError: a file of doubts with mistakes, or too few precedents.
    """
    day = as_of or (read_case(case).as_of if case else None)
    whole = read_record(exclude)
    record = whole.known(day) if day else whole
    if like is None:
        return Precedents(record, day, {}, years, seed)
    question = read_like(record, like)
    answers = {
        horizon: answer(record, question, horizon, draws, seed, alone=alone, nearest=nearest)
        for horizon in HORIZONS
    }
    return Precedents(record, day, answers, years, seed)


def departures_table(record: UcdpRecord) -> pl.DataFrame:
    """Every departure known: ``year, government, left, stayed, intensity, trend, length, region``."""
    return pl.DataFrame([_departure(one) for one in departures(record)])


def matches_table(found: Answer) -> pl.DataFrame:
    """The precedents used, with how alike they are and what followed; changes as factors on deaths."""
    each, without = np.exp(found.each), np.exp(found.without)
    return pl.DataFrame(
        [
            {
                **_departure(match.departure),
                "years_after": min(found.years, found.last - match.departure.year),
                "distance": match.distance,
                "reasons": list(match.reasons),
                "factor": float(each[place]),
                "middle_without": float(without[place]),
            }
            for place, match in enumerate(found.matches)
        ]
    )


def changes_table(answers: Mapping[int, Answer]) -> pl.DataFrame:
    """Factors on yearly deaths by years after: against before, and against years of staying."""
    return pl.DataFrame(
        [
            {
                "years": years,
                **{f"before_{_percent(level)}": value for level, value in _factors(found.raw)},
                **{f"stayed_{_percent(level)}": value for level, value in _factors(found.compared)},
                "worse": found.worse,
            }
            for years, found in answers.items()
        ]
    )


def checks_table(found: Answer, seed: int) -> pl.DataFrame:
    """What ought to hold if the comparison is fair, and how far the middle can be believed."""
    dropped, nations = found.without, found.without_governments()
    alone, (low, high) = found.alone(), found.doubt(seed)
    gap = found.earlier / np.sqrt(len(found.earlier))
    rows: list[tuple[str, str, float | None, float | None, float | None]] = [
        ("trend before, less that of years of staying", "0", *_around(found.earlier.mean(), gap)),
        ("factor after a false departure two years before", "1", *_half(found.placebo)),
        ("middle, had the governments been others", "-", np.exp(low), np.exp(found.middle), np.exp(high)),
        ("middle without any one precedent", "-", *_range(dropped, found.middle)),
        ("middle without any one government", "-", *_range(np.array(list(nations.values())), found.middle)),
        ("factor where nobody's troops stayed", "-", *_half(alone)),
    ]
    return pl.DataFrame(rows, ["check", "fair", "low", "middle", "high"], orient="row")


def most_moving(found: Answer) -> tuple[str, float]:
    """The government whose precedents move the middle most when left out, and the factor without them."""
    nations = found.without_governments()
    name = max(nations, key=lambda each: abs(nations[each] - found.middle))
    return short(name), float(np.exp(nations[name]))


def doubts_table(record: UcdpRecord, found: Answer | None = None) -> pl.DataFrame:
    """Doubtful codings, those of the governments of the matches only if an answer is given."""
    doubts = record.doubts
    if found is not None:
        asked = {match.departure.government for match in found.matches} | {found.like.government}
        doubts = doubts.filter(pl.col("government").is_in(asked))
    return doubts.with_columns(pl.col("government", "backer").str.strip_prefix("Government of "))


def _departure(one: Departure) -> dict[str, object]:
    looks = one.looks
    return {
        "year": one.year,
        "government": short(one.government),
        "left": [short(name) for name in one.left],
        "stayed": [short(name) for name in one.stayed],
        "intensity": looks.intensity,
        "trend": looks.trend,
        "length": looks.length,
        "region": REGIONS.get(looks.region, ""),
    }


def _factors(values: Floats) -> Iterator[tuple[float, float]]:
    yield from zip(LEVELS, np.exp(np.quantile(values, LEVELS)).tolist(), strict=True)


def _percent(level: float) -> str:
    return f"{round(100 * level)}"


def _around(mean: float, gap: Floats) -> tuple[float, float, float]:
    """A mean with its 90 % interval."""
    reach = 1.645 * float(gap.std(ddof=1))
    return float(mean) - reach, float(mean), float(mean) + reach


def _half(values: Floats) -> tuple[float | None, float | None, float | None]:
    """The middle half, as factors."""
    if not values.size:
        return None, None, None
    low, middle, high = np.exp(np.quantile(values, (0.25, 0.5, 0.75)))
    return float(low), float(middle), float(high)


def _range(values: Floats, middle: float) -> tuple[float | None, float | None, float | None]:
    if not values.size:
        return None, float(np.exp(middle)), None
    return float(np.exp(values.min())), float(np.exp(middle)), float(np.exp(values.max()))
