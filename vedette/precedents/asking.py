"""Parses the departure that a user asks about, such as "United States leaves Iraq"."""

import re
from dataclasses import dataclass

import polars as pl

from vedette.errors import DataError, UsageError
from vedette.plurals import counted
from vedette.precedents.coded import ROLES
from vedette.precedents.departure import Looks, departures, looks_at
from vedette.precedents.names import find_state, short, spellings, spoken
from vedette.precedents.ucdp_record import UcdpRecord
from vedette.problems import did_you_mean

_SENTENCE = re.compile(r"\s*(.+?)\s+leaves\s+(.+?)(?:,?\s+(?:in\s+)?(\d{4}))?\s*")
LEAST_STAYS = 5
_EXAMPLE = '"United States leaves Iraq"'


@dataclass(frozen=True)
class Like:
    """The departure that the user asks about: backer, government, year, and covariates of the war then.

    ``role`` is that of the backer: main, co-backer or contributor. ``past`` is whether the backer is known to
    have left after that year; this departure is then excluded from the precedents.
    """

    backer: str
    government: str
    year: int
    looks: Looks
    past: bool
    role: str = "main"

    def __str__(self) -> str:
        """``United States of America leaves Iraq, as in 2019``."""
        return f"{short(self.backer)} leaves {short(self.government)}, as in {self.year}"


def read_like(record: UcdpRecord, text: str, role: str | None = None) -> Like:
    """Parses a sentence like "United States leaves Iraq" or "Soviet Union leaves Afghanistan 1989".

    The default year is the last in which the backer's troops are known to be beside the government. Without a
    ``role`` it is the coded one of this backer's departures from there, else main for one who is there alone
    and co-backer for one of several.

    Raises:
        UsageError: the sentence has another form, or there is no such backer, government or spell; the
            message suggests what could be meant.

    Example:
        >>> from vedette.precedents.ucdp_record import read_record
        >>> str(read_like(read_record(), "Soviet Union leaves Afghanistan"))
        'Russia (Soviet Union) leaves Afghanistan, as in 1989'
    """
    match = _SENTENCE.fullmatch(text)
    if match is None:
        raise UsageError(f"--like {text!r}: expected BACKER leaves GOVERNMENT, like {_EXAMPLE}.")
    government = _state(record, match[2], "government")
    backer = _state(record, match[1], "backer")
    spells = [
        (first, last)
        for state, other, first, last in record.spells.iter_rows()
        if (state, other) == (government, backer)
    ]
    year = int(match[3]) if match[3] else max((last for _, last in spells), default=record.last)
    if not any(first <= year <= last for first, last in spells):
        raise UsageError(_nobody(record, text, backer, government, year, spells))
    past = year < record.last and (year in [last for _, last in spells])
    looks = looks_at(record, government, year)
    return Like(backer, government, year, looks, past, role or _role(record, backer, government, year))


def _role(record: UcdpRecord, backer: str, government: str, year: int) -> str:
    coded = [
        (abs(one.year - year), one.coded.role)
        for one in departures(record)
        if one.coded and one.role in ROLES and one.government == government and backer in one.left
    ]
    if coded:
        return min(coded)[1]
    here = record.spells.filter(
        pl.col("government") == government, pl.col("first") <= year, pl.col("last") >= year
    )
    return "main" if here["backer"].n_unique() == 1 else "co-backer"


def _state(record: UcdpRecord, text: str, column: str) -> str:
    known = spellings(record.spells[column].unique().sort().to_list())
    state = find_state(text, known)
    if state is None:
        names = sorted({short(name) for name in known.values()})
        role = "gave troops to a government" if column == "backer" else "was given troops"
        meant = did_you_mean(text, names)
        raise UsageError(f"--like: no state called {text!r} {role} up to {record.last}. {meant}")
    return state


def _nobody(
    record: UcdpRecord, text: str, backer: str, government: str, year: int, spells: list[tuple[int, int]]
) -> str:
    backers = sorted(
        other
        for state, other, first, last in record.spells.iter_rows()
        if state == government and first <= year <= last
    )
    if spells:
        runs = " and ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in spells)
        meant = f"They were there in {runs}: name one of these years."
    elif backers:
        meant = f"{spoken(backers, 6)} had: name one of these."
    else:
        others = [short(state) for state, other, *_ in record.spells.iter_rows() if other == backer]
        meant = f"{short(backer)} had troops beside {spoken(dict.fromkeys(others), 6)}."
    at = f"{short(backer)} beside the government of {short(government)} in {year}"
    return f"--like {text!r}: UCDP lists no troops of {at}. {meant}"


def besides(like: Like) -> tuple[str, int] | None:
    """The departure of the record that the user asks about, as government and year; None if there is none."""
    return (like.government, like.year) if like.past else None


def enough(precedents: int, stays: int, record: UcdpRecord) -> None:
    """Checks that there is a departure, and five years of staying to compare it with.

    Raises:
        DataError: there are fewer.
    """
    if not precedents or stays < LEAST_STAYS:
        raise DataError(
            f"expected a departure and at least {LEAST_STAYS} years of staying up to {record.last} to "
            f"speak from; found {counted(precedents, 'departure')} and {counted(stays, 'year')} of staying. "
            "Ask at a later as-of, leave fewer out, or ask for others any."
        )
