"""What an effect cannot rule out is said, and only what holds."""

import re
from datetime import date

import numpy as np
import pytest
from support.fourland import CaseFolder

from vedette.case import Case, read_case
from vedette.effect import Effect, Intervention, doubts, estimate_effect, find_intervention
from vedette.model import Conflictology, History
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

START = parse("2013-06", Step.MONTH)


@pytest.fixture
def case(case_folder: CaseFolder) -> Case:
    return read_case(case_folder())


def made(mean: float = 40.0, before: int = 96, known: bool = True, jumpy: bool = False) -> Effect:
    counts = rng_stream(1, "doubts").poisson(mean, (before + 6, 2))
    if jumpy:
        counts = counts * (1 + 30 * (np.arange(before + 6) % 9 == 0))[:, None]
    seen = np.full(len(counts), True)
    seen[-2:] = known
    history = History.of(counts, ["a", "b"], START - before, Step.MONTH, observed=seen)
    return estimate_effect(history, "a", START, Conflictology(3 if jumpy else 12), 100, 1)


def said(case: Case, effect: Effect, asked: int = 6, drawn: float = 0.0, of: str = "drawdown-2013") -> str:
    return "\n".join(doubts(case, find_intervention(case, of), effect, asked, drawn))


def test_a_plain_effect_has_few_doubts(case: Case) -> None:
    told = said(case, made())
    assert "The window counts from 2013-06-01, though it began on 2013-06-15" in told
    assert "The series' own past is all that the model knows" in told
    for word in ("Thin data", "Small counts", "The window ends", "placed by draw", "No earlier window"):
        assert word not in told


def test_other_interventions_and_entries_of_the_window_are_named(case: Case) -> None:
    other = Intervention("later", "x", "strike", "y", date(2013, 6, 1), None, "paper")
    told = "\n".join(doubts(case, other, made(), 6, 0.0))
    assert "Other interventions fall in the window: Drawdown (2013-06)." in told
    assert "2013-06-15: Half of them leave, quietly" in told
    assert "Drawdown (2013-06)" not in said(case, made())


@pytest.mark.parametrize(
    ("effect", "asked", "drawn", "words"),
    [
        (made(), 9, 0.0, "The window ends with the data, 2013-11: 6 of 9 months"),
        (made(known=False), 6, 0.44, "Thin data: in 2 of 6 months .* 44% of the events in the window"),
        (made(), 6, 0.3, "30% of the events in the window are placed by draw"),
        (made(mean=1.5), 6, 0.0, "Small counts: 1 a month would have been usual"),
        (made(before=60), 6, 0.0, "No earlier window can serve as placebo"),
        (made(before=72), 6, 0.0, "fall below 0.19: 7 earlier windows can serve, of which 2 share"),
        (made(), 6, 0.0, "fall below 0.05: 31 earlier windows can serve, of which 6 share"),
        (made(jumpy=True), 6, 0.0, r"\d+% of the placebo windows left their 90 % interval"),
        (made(), 6, 0.0, r"The other units in the window \(1\) may have been changed"),
    ],
)
def test_each_doubt_is_said_where_it_holds(
    case: Case, effect: Effect, asked: int, drawn: float, words: str
) -> None:
    assert re.search(words, said(case, effect, asked, drawn)), said(case, effect, asked, drawn)
