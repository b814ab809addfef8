"""How a claim is told in a list: who says it, of what grade, when, from which source."""

from collections.abc import Mapping
from datetime import date, timedelta

from vedette.case.schema import RELATIONS

NOT_CITABLE = "recalled, not citable"


def relation_words(relation: str) -> str:
    """Returns what a relation says, as a verb.

    >>> relation_words("training")
    'trains or advises'
    """
    return RELATIONS[relation].meaning


def speaker(row: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Returns who says it, in words."""
    if row["speaker_kind"] == "document":
        return "the document"
    who = str(row["speaker"])
    of = str(row["speaker_of"])
    told = names.get(who, who)
    return f"{told} ({names.get(of, of)})" if of and names.get(of, of) not in told else told


def grade(row: Mapping[str, object]) -> str:
    """Returns reliability and credibility, like B2."""
    return f"{row['reliability']}{row['credibility']}"


def said_when(said: date, day: date) -> str:
    """Returns when a tie was last said, or first where that is after the day.

    >>> said_when(date(2014, 8, 26), date(2020, 9, 30)), said_when(date(2020, 9, 1), date(2014, 1, 1))
    ('last said 2014-08-26', 'first said 2020-09-01')
    """
    return f"{'last' if said <= day else 'first'} said {said}"


def span(first: date | None, last: date | None) -> str:
    """Returns days from and to, whole years and months as such: 2014 to 2016-01; open ends said."""
    return span_of_text(_begun(first), _ended(last))


def span_of_text(first: str, last: str) -> str:
    """Returns a time from and to, as written; open ends said."""
    if not first and not last:
        return "at all times"
    if first == last:
        return first
    return f"{first or '...'} to {last}" if last else f"since {first}"


def _begun(day: date | None) -> str:
    if day is None:
        return ""
    return str(day)[: 4 if day.timetuple().tm_yday == 1 else 7 if day.day == 1 else 10]


def _ended(day: date | None) -> str:
    """As `_begun`: the day after is the first of a year, of a month, or neither."""
    return "" if day is None else str(day)[: len(_begun(day + timedelta(days=1)))]
