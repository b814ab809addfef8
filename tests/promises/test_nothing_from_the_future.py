"""Nothing after the origin enters a forecast: everything later is scrambled, and no byte changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.running import Run
from support.spoiled import spoiled

from vedette.case import read_case
from vedette.model import (
    By,
    History,
    IntArray,
    Kind,
    Measure,
    Model,
    blocks,
    forecast,
    methods,
    panel_history,
)
from vedette.model.level import prior_known
from vedette.model.pool import SHARES, past_draws, past_performance
from vedette.model.protocols import absence
from vedette.panel import gather, make_panel
from vedette.periods import Span, Step, last_day, parse
from vedette.randomness import rng_stream

AS_OF = [
    date(1995, 7, 1),
    date(2001, 1, 31),
    date(2003, 7, 15),
    date(2005, 3, 1),
    date(2007, 3, 1),
    date(2010, 12, 31),
    date(2014, 1, 1),
    date(2014, 6, 30),
    date(2016, 12, 31),
    date(2018, 7, 15),
]
FAMILIES = ("pool", *(share.model.name for share in SHARES), "endemic-epidemic")


def models(by: By, step: Step) -> dict[str, Model]:
    """All that can be asked for by name, but those that sample for minutes."""
    return {name: model for name, model in methods(by, step).items() if not name.endswith("-bayes")}


def histories(folder: str, as_of: date) -> Iterator[tuple[By, Measure, History]]:
    """What models may look at as of a day, of every kind of unit and measure."""
    case = read_case(folder)
    panel = make_panel(gather(case).cells, case, as_of, case.step, seed=1, draws=20)
    for by in By:
        for measure in Measure:
            yield by, measure, panel_history(panel, case, measure, by)


def contents(history: History) -> tuple[object, ...]:
    parts = (history.values, history.observed, history.events, history.neighbours)
    return (history.units, history.span, *(None if part is None else part.tobytes() for part in parts))


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_a_case_forecasts_the_same_whatever_came_later(as_of: date, tmp_path: Path) -> None:
    folder = spoiled(tmp_path / "iraq", as_of)
    pairs = zip(histories("iraq", as_of), histories(str(folder), as_of), strict=True)
    for (by, measure, true), (_, _, other) in pairs:
        assert contents(true) == contents(other)
        if measure is Measure.DEATHS and by in (By.COUNTRY, By.PLACE):
            for name in FAMILIES:
                model = methods(by, true.span.step)[name]
                assert absence(model, true) == absence(model, other)
                if absence(model, true):
                    continue
                one, two = (forecast(model, each, each.span.last, 3, 12, seed=1) for each in (true, other))
                assert one.draws.tobytes() == two.draws.tobytes(), name


def test_the_scrambling_is_noticed_by_whoever_looks_later(tmp_path: Path) -> None:
    folder = spoiled(tmp_path / "iraq", date(2014, 6, 30))
    later = date(2014, 9, 30)
    for (_, _, true), (_, _, other) in zip(
        histories("iraq", later), histories(str(folder), later), strict=True
    ):
        assert true.span == other.span
        assert (true.truth[-3:] != other.truth[-3:]).any()


def test_the_command_writes_the_same_draws(run: Run, tmp_path: Path) -> None:
    as_of, written = date(2014, 6, 30), []
    for number, case in enumerate(("iraq", spoiled(tmp_path / "iraq", as_of))):
        out = tmp_path / f"{number}.csv"
        words = ("--as-of", as_of, "--by", "place", "--months", 3, "--draws", 20, "--out", out, "--quiet")
        done = run("forecast", case, *words, home=tmp_path / f"home-{number}")
        assert done.returncode == 0, done.stderr
        written.append(out.read_bytes())
    assert written[0] == written[1]


def panel(seed: int) -> History:
    """Forty-eight months of deaths in four places, with events, doubt and a map."""
    rng = rng_stream(seed, "leak panel")
    events = rng.negative_binomial(0.7, 0.1, (3, 48, 4))
    touch = np.eye(4, k=1) + np.eye(4, k=-1)
    first = parse("2012-01", Step.MONTH)
    deaths = rng.poisson(4.0 * events)
    return History.of(
        deaths,
        list("abcd"),
        first,
        Step.MONTH,
        measure="deaths",
        events=events,
        neighbours=touch,
        kind=Kind.PLACE,
    )


def scrambled_after(history: History, origin: int) -> History:
    """Other deaths, events and marks after an origin."""
    kept, rng = origin - history.span.first + 1, rng_stream(origin, "after")
    values, behind = history.values.copy(), np.array(history.events)
    for counts in (values, behind):
        later: IntArray = counts[:, kept:]
        later[...] = rng.permuted(later, axis=1) * rng.integers(2, 90, later.shape) + 1
    observed = history.observed.copy()
    observed[kept:] = rng.random(len(observed) - kept) < 0.5
    return replace(history, values=values, events=behind, observed=observed)


@pytest.mark.parametrize("name", models(By.PLACE, Step.MONTH))
def test_a_model_says_the_same_whatever_came_later(name: str) -> None:
    model, history = models(By.PLACE, Step.MONTH)[name], panel(1)
    shortest = 12 if name == "analogues" else 1
    months = range(history.span.first + shortest, history.span.last)
    for origin in rng_stream(2, "origins").choice(np.array(months), 10, replace=False).tolist():
        later = scrambled_after(history, origin)
        assert (later.values != history.values).any()
        true, *others = (said(model, each, origin) for each in (history, later, history.until(origin)))
        assert others == [true, true], origin


def said(model: Model, history: History, origin: int) -> bytes:
    """A forecast for which nothing is remembered."""
    past_draws._kept_draws.cache_clear()
    past_performance._kept_performance.cache_clear()
    return forecast(model, history, origin, 4, 12, seed=1).draws.tobytes()


@pytest.mark.parametrize("step", [Step.WEEK, Step.DAY])
@pytest.mark.parametrize("name", ["pool", "level", "level-marks", "fading-3", "ewma-negbin"])
def test_weeks_and_days_know_no_more(name: str, step: Step) -> None:
    months = panel(3)
    first = {Step.WEEK: 2250, Step.DAY: 735_000}[step]
    history = replace(months, span=Span(first, first + 47, step))
    model = models(By.PLACE, step)[name]
    for origin in (first + 1, first + 30, first + 46):
        later = scrambled_after(history, origin)
        true, *others = (said(model, each, origin) for each in (history, later, history.until(origin)))
        assert others == [true, true], origin


@pytest.mark.parametrize("name", FAMILIES[:-1])
def test_blocks_of_units_know_no_more(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "UNITS", 3)
    history, model = panel(4), models(By.PLACE, Step.MONTH)[name]
    origin = history.span.first + 40
    later = scrambled_after(history, origin)
    true, *others = (said(model, each, origin) for each in (history, later, history.until(origin)))
    assert others == [true, true]


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_what_was_learned_from_other_countries_was_known_by_then(as_of: date) -> None:
    case = read_case("iraq")
    made = make_panel(gather(case).cells, case, as_of, case.step, seed=1)
    for measure in Measure:
        history = panel_history(made, case, measure, By.COUNTRY)
        known = prior_known(measure.value, history.span).known_until
        assert last_day(history.span.last, history.span.step) <= as_of
        assert not known or last_day(parse(known, Step.MONTH), Step.MONTH) <= as_of
