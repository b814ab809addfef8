"""Claims that a case has already: the same statement of fact from the same source."""

from collections.abc import Mapping

from vedette.case.case import Case
from vedette.case.schema import RELATIONS, SPOKEN

_SAME = ("subject", "relation", "object", "source", "from", "to", "unit", "place", "speaker")
_NUMBERS = ("low", "high")


def repeated(case: Case, claim: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of claims of a case that say the same as a new one: tie, dates, figure, source and speaker.

    An act or assessment without a date is the same only if its statement is.
    """
    same = [*_SAME]
    relation = RELATIONS.get(claim.get("relation", ""))
    if relation and relation.kind in SPOKEN and not claim.get("from"):
        same.append("statement")
    wanted = [*(claim.get(name, "") for name in same), claim.get("polarity") or "+"]
    numbers = [_number(claim.get(name, "")) for name in _NUMBERS]
    rows = case.claims.select("id", *same, "polarity", *_NUMBERS).iter_rows()
    return tuple(key for key, *cells in rows if cells == [*wanted, *numbers] and key != claim.get("id"))


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
