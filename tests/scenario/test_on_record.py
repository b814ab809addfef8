"""The worst futures of an outcome beside the most on record: by hand, and in the sentences that are read."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, flat, lay, read

from vedette.brief.scenario_words import sentences
from vedette.scenario import Ensemble, run
from vedette.scenario.answers import tables
from vedette.scenario.answers.on_record import most_on_record

PLACES, STRATA = 4, 3
EARLY = [500.0, np.nan, *np.full(36, 10.0)]


def simulated(
    case_folder: CaseFolder, read_as: str = "total", unit: str = "deaths", more: str = ""
) -> Ensemble:
    """Rebels are to kill 2 a month in each place."""
    written, given = "read: total, unit: deaths,", f"read: {read_as}, unit: {unit}{more},"
    assert written in FILES["mechanisms.yaml"]
    files = {**FILES, "mechanisms.yaml": FILES["mechanisms.yaml"].replace(written, given)}
    mechanism = read(lay(case_folder(), files))
    return run(mechanism, ["stay", "leave"], flat(mechanism), 40, 1)


def after(made: Ensemble, monthly: Sequence[float]) -> Ensemble:
    """The same after months in which rebels killed so many in the first place."""
    past = np.zeros((len(monthly), PLACES, STRATA), np.float32)
    past[:, 0, made.baseline.strata.index(made.mechanism.file.events[0].strata[0])] = monthly
    return replace(made, baseline=replace(made.baseline, past={"deaths": past}))


def test_the_most_over_as_many_months_by_hand(case_folder: CaseFolder) -> None:
    """36 months of a total; windows with an unknown month do not count."""
    made = simulated(case_folder)
    assert len(made.span) == 36
    assert most_on_record(after(made, [*EARLY, 30.0]), "deaths", made.span) == 35 * 10 + 30
    assert most_on_record(after(made, [*EARLY, 30.0]), "guard", made.span) is None
    assert most_on_record(after(made, EARLY[:30]), "deaths", made.span) is None
    assert most_on_record(made, "deaths", made.span) is None


@pytest.mark.parametrize(("read_as", "most"), [("mean", 10.0), ("highest", 500.0), ("last", 500.0)])
def test_other_readings(case_folder: CaseFolder, read_as: str, most: float) -> None:
    made = after(simulated(case_folder, read_as, "deaths/month"), EARLY)
    assert most_on_record(made, "deaths", made.span) == pytest.approx(most)


def test_a_worst_twentieth_beyond_the_record_says_so_beside_the_number(case_folder: CaseFolder) -> None:
    """At least 288 deaths are simulated in 36 months: beyond a record of 36, within one of 3,600,000."""
    made = simulated(case_folder)
    first, other = _sentences(after(made, [1.0] * 36))
    beyond = "beyond the most on record, 36 in as many months"
    assert first.endswith(f"; that worst twentieth is {beyond}.")
    assert "; the worst twentieth of deaths by rebels is then " in other and beyond in other
    assert not any("on record" in text for text in _sentences(after(made, [1e5] * 36)))


@pytest.mark.parametrize(("least", "again"), [(1, True), (1_000_000, False)])
def test_a_scenario_as_bad_as_the_first_does_not_say_it_again(
    case_folder: CaseFolder, least: int, again: bool
) -> None:
    """Where its worst twentieth is that of the first scenario, but for less than what matters."""
    made = simulated(case_folder, more=f", matters: {least} deaths, why: w")
    first, other = _sentences(after(made, [1.0] * 36))
    assert "on record" in first
    assert ("on record" in other) == again


def _sentences(made: Ensemble) -> list[str]:
    levels = tables.levels(made, ["deaths"])
    rows = tables.differences(made, ["deaths"], parts=False)
    return [each.text for each in sentences(made, made.outcomes["deaths"], made.span, levels, rows)]
