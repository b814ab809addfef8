"""Prior strengths of ties, as they could be known at an origin.

``ties.csv`` beside this file has one row for each month up to which it was learned. ``basis`` says how a row
came about: ``estimated`` (learned across countries and places, see ``source``) or ``assumed``.
"""

from functools import cache
from pathlib import Path

from vedette.model.pool.tying import Ties
from vedette.model.prior_table import read_prior_table
from vedette.periods import Span, Step, last_day, parse

TABLE = Path(__file__).parent / "ties.csv"


def ties_known(span: Span) -> Ties:
    """The strengths that could be known at the end of a span.

    >>> ties_known(Span(24000, 24100, Step.MONTH)) == ties_known(Span(24000, 24050, Step.MONTH))
    True
    """
    ended = last_day(span.last, span.step)
    over = [
        month for month, _ in _rows() if not month or last_day(parse(month, Step.MONTH), Step.MONTH) <= ended
    ]
    return dict(_rows())[max(over)]


@cache
def _rows() -> tuple[tuple[str, Ties], ...]:
    table = read_prior_table(TABLE, ("along", "across"))
    months = table["known_until"]
    return tuple(
        (month, Ties(along, across))
        for month, along, across in zip(months, table["along"], table["across"], strict=True)
    )
