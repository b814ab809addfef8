"""The page that compares printed ties of Iraq with a history read by hand."""

from pathlib import Path

import pytest
from iraq_ties import Tie, cell, history, page, verdicts

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "iraq-ties.md"


@pytest.mark.parametrize(
    ("held", "shown", "told"),
    [
        ("T", {"T": 0.82}, "T .82"),
        ("t", {"T": 0.82}, "T .82?"),
        ("-", {"T": 0.82}, "T .82!"),
        ("T", {}, "(T)"),
        ("t", {}, ""),
        ("-", {}, ""),
        ("Am", {"A": 1.0, "M": 0.6, "T": 0.505}, "A 1.00<br>M .60?<br>T .51!"),
    ],
)
def test_what_is_printed_is_right_open_or_wrong_and_what_is_not_is_missing(
    held: str, shown: dict[str, float], told: str
) -> None:
    tie = Tie("Iran", "badr", (held,), "")
    printed = {("Iran", "badr", letter): belief for letter, belief in shown.items()}
    elsewhere = {("Turkey", "badr", "A"): 0.9, ("Iran", "aah", "A"): 0.9}
    assert cell(list(verdicts(tie, held, printed | elsewhere))) == told


def test_the_history_has_ten_days_from_2004_to_2020_for_four_backers() -> None:
    told, ties = history()
    assert [told["at"][0].year, told["at"][-1].year, len(told["at"])] == [2004, 2020, 10]
    assert len({tie.backer for tie in ties}) == 4


def test_the_page_shows_what_vedette_prints_and_leaves_no_tie_uncompared() -> None:
    made = page()
    assert PAGE.read_text(encoding="utf-8") == made, "make parts: the ties or the history have changed"
    assert "not compared" not in made
