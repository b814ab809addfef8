"""How far ahead, as users write it."""

import pytest

from vedette.errors import UsageError
from vedette.periods import Ahead, parse_ahead


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6", 1, 6),
        ("1-12", 1, 12),
        ("1..36", 1, 36),
        ("3-14", 3, 14),
        ("7-7", 7, 7),
        (" 2 ", 1, 2),
        ("156", 1, 156),
    ],
)
def test_ranges(text: str, first: int, last: int) -> None:
    assert parse_ahead(text) == Ahead(first, last)


@pytest.mark.parametrize("text", ["", "0", "0-3", "4-3", "-3", "3-", "1...3", "a year", "157", "1.5", "1,3"])
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(UsageError, match=r"write 3-14, 1\.\.36 or 6 \(for 1 to 6\)"):
        parse_ahead(text)


def test_a_range_is_shown_as_it_is_written() -> None:
    assert (str(Ahead(3, 14)), str(Ahead(7, 7))) == ("3-14", "7")
