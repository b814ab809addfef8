"""The forecast in the shipped brief: it adds up, says what it is made of, and shows its whole record."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from support.running import figures, records

from vedette.brief.sections.simple import simple_words
from vedette.case import read_case
from vedette.model import baselines
from vedette.periods import Step
from vedette.rounding import interval
from vedette.scenario import read_mechanism

BASELINES = [model.name for model in baselines(Step.MONTH)]
TARGETS = ["The country", "Who fights", "Places"]


def means(figure: dict[str, Any]) -> dict[str, float]:
    """Expected deaths by month, added up over all rows of the month."""
    found: dict[str, float] = defaultdict(float)
    for row in records(figure):
        found[row["period"]] += row["mean"]
    return dict(found)


def sections(folder: Path) -> list[dict[str, Any]]:
    """The sections of a brief with their blocks, those of the two pages first."""
    read = json.loads((folder / "brief.json").read_text(encoding="utf-8"))
    return [*(section for page in read["pages"] for section in page["sections"]), *read["sections"]]


def test_the_shipped_brief_tells_what_changed_and_what_if(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    scenarios = {row["scenario"] for row in records(found["outcomes-by-scenario"])}
    compared = read_mechanism(read_case("iraq"))
    assert scenarios == {compared.scenarios[name].name for name in compared.file.compared}
    grounds = records(found["scenario-grounds"])
    assert all(row["ground"] for row in grounds)
    assumed = {author for row in grounds if row["mark"] == "assumed" for author in row["by"].split("; ")}
    assert "vedette" in assumed and "" not in assumed
    assert {"scenario-odds", "replay-2011-12-18"} <= found.keys()
    changed = {row["intervention"]: row for row in records(found["interventions"])}
    assert changed["Invasion of 2003"]["p"] < 0.05 < changed["Withdrawal of December 2011"]["p"]


def test_places_and_strata_add_up_to_the_country_in_every_month(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    country = means(found["forecast-country"])
    assert len(country) == 12
    assert means(found["forecast-strata"]) == pytest.approx(country, rel=1e-4)
    assert means(found["forecast-places"]) == pytest.approx(country, rel=1e-4)


def test_cells_add_up_to_places_strata_and_the_country(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    *places, country = records(found["forecast-sums"])
    assert len(places) == 18
    strata = [name for name in country if name.startswith("stratum-")]
    assert len(strata) == 4
    for row in [*places, country]:
        assert sum(row[name] for name in strata) == pytest.approx(row["all"], rel=1e-4)
    for name in [*strata, "all"]:
        assert sum(row[name] for row in places) == pytest.approx(country[name], rel=1e-4)
    assert country["all"] == pytest.approx(sum(means(found["forecast-country"]).values()), rel=1e-4)


def test_the_headline_gives_the_year_from_the_draws_that_the_table_sums_up(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    year = found["deaths-ahead-1-to-12"]
    assert year["low"] < year["value"] < year["high"]
    assert (year["mark"], year["band"]) == ("estimated", "90 % interval")
    country = records(found["forecast-sums"])[-1]
    assert country["ninety"] == interval(year["low"], year["high"])
    assert year["value"] < country["all"]
    answer = sections(iraq_brief)[0]
    assert answer["title"].startswith("About ")
    assert " from October 2020 to September 2021; nine times in ten " in answer["title"]
    assert {"figure": "deaths-ahead-1-to-12"} in answer["blocks"][0]["items"][0]


def test_sums_over_places_and_months_agree_with_the_table(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    table = {row["place"]: row["all"] for row in records(found["forecast-sums"])}
    by_place: dict[str, float] = defaultdict(float)
    for row in records(found["forecast-places"]):
        by_place[row["stratum"]] += row["mean"]
    assert len(by_place) == 18
    for place, expected in by_place.items():
        assert table[place] == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_intervals_are_nested(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    for name in ("forecast-country", "forecast-strata", "forecast-places"):
        for row in records(found[name]):
            ends = [row[key] for key in ("low90", "low80", "low50", "median", "high50", "high80", "high90")]
            assert ends == sorted(ends)


def test_members_are_told_in_words_and_weights_that_never_move_are_not_drawn(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    assert "pool-weights" not in found
    for row in records(found["pool-members"]):
        assert len(row["words"]) > len("a method of its own")


def test_the_record_is_against_every_baseline(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    skills = records(found["skill"])
    assert [(row["of"], row["method"]) for row in skills] == [
        (of, name) for of in TARGETS for name in BASELINES
    ]
    for row in skills:
        assert row["low"] <= row["skill"] <= row["high"] < 1
    lines = {(row["of"], row["method"], row["horizon"]) for row in records(found["crps-by-month"])}
    assert lines == {(of, m, h) for of in TARGETS for m in ("pool", *BASELINES) for h in range(1, 13)}
    for by in ("country", "stratum", "place"):
        scores = {row["model"]: row["crps"] for row in records(found[f"scores-{by}"])}
        assert set(scores) == {"pool", *BASELINES}
        of = dict(zip(("country", "stratum", "place"), TARGETS, strict=True))[by]
        for row in skills:
            if row["of"] == of:
                assert row["skill"] == pytest.approx(1 - scores["pool"] / scores[row["method"]], abs=1e-4)


def test_what_the_pool_does_not_beat_is_said_in_words(iraq_brief: Path) -> None:
    found = figures(iraq_brief)
    short = {row["method"] for row in records(found["skill"]) if row["low"] <= 0}
    (trust,) = (s for s in sections(iraq_brief) if s["id"] == "trust")
    notes = [block for block in trust["blocks"] if block["kind"] == "note"]
    said = "".join(piece for note in notes for piece in note["pieces"] if isinstance(piece, str))
    assert {name for name in BASELINES if simple_words(name) in said} == short


def test_an_interval_that_holds_too_little_is_pointed_out(iraq_brief: Path) -> None:
    (country, *_) = records(figures(iraq_brief)["held-by-month"])
    wrong = [ahead for ahead in (1, 6, 12) if not 0.85 <= country[f"month-{ahead}"] <= 0.95]
    (trust,) = (s for s in sections(iraq_brief) if s["id"] == "trust")
    titles = [block["title"] for block in trust["blocks"] if block["kind"] == "note"]
    assert ("Where intervals do not hold what they say" in titles) == bool(wrong)


def test_the_prior_says_up_to_when_it_was_learned(iraq_brief: Path) -> None:
    prior = figures(iraq_brief)["prior"]
    assert prior["mark"] == "estimated"
    assert prior["value"] == "2019-12"
    assert "learned across countries, data to 2019-12" in prior["chain"][0]["text"]
