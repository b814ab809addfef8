"""What the brief says about the strata in which nothing happened."""

import polars as pl

from vedette.brief.sections.happening import silences
from vedette.case import Stratum, read_case

QUIET = Stratum("quiet", "Quiet militias", actors=("886",), silence="Their attacks are unclaimed.")
LOUD = Stratum("loud", "Loud militias", actors=("887",), silence="Never to be seen.")
DUMB = Stratum("dumb", "Others", actors=("888",))
YEARS = pl.DataFrame({"stratum": ["quiet", "loud", "dumb"], "events": [0, 1, 0]})


def test_only_a_stratum_without_events_says_what_its_silence_means() -> None:
    assert silences([QUIET, LOUD, DUMB], YEARS) == ["Quiet militias: Their attacks are unclaimed."]


def test_events_without_deaths_are_no_silence() -> None:
    one = YEARS.with_columns(pl.lit(1).alias("events"), pl.lit(0).alias("best"))
    assert silences([QUIET, LOUD, DUMB], one) == []


def test_the_militias_of_the_iraq_case_say_why_they_are_empty() -> None:
    militias = next(each for each in read_case("iraq").strata if each.id == "militias")
    assert militias.silence is not None
    assert "unclaimed" in militias.silence
