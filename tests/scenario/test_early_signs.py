"""Early signs: measured by a file of the case as known on a day; alarms by hand; mistakes with their cure."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.fourland import POSTURE, CaseFolder
from support.small_mechanism import FILES, MECHANISM, flat, lay, read

from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.errors import CaseError
from vedette.periods import Span, Step, parse
from vedette.scenario import run
from vedette.scenario.language.sign_entries import Alarm, Sign
from vedette.scenario.tracking.alarms import simulated_alarm, state_of
from vedette.scenario.tracking.readings import COUNTED, HELD, NOTHING, STATED, SignReading, SignRecord
from vedette.scenario.tracking.sign_table import sign_rows
from vedette.scenario.tracking.sign_words import false_in_words, state_in_words

SIGNS = MECHANISM[MECHANISM.index("signs:") :]
CLAIMS = (
    "id,source,hedge,subject,relation,low,high,unit,from,to,basis,credibility\n"
    "c1,paper,reported,rebels,strength,100,100,persons,2013-01,2013-01,page,2\n"
    "c2,paper,reported,rebels,strength,400,900,persons,2013-05,2013-05,page,2\n"
    "c3,paper,reported,rebels,strength,200,300,persons,2013-05,2013-05,page,2\n"
)


def with_signs(text: str) -> dict[str, str]:
    return {**FILES, "mechanisms.yaml": MECHANISM.replace(SIGNS, f"signs:\n{text}")}


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(lay(folder, with_signs(text)))
    return [str(problem) for problem in error.value.problems]


def record_of(folder: Path, day: str) -> SignRecord:
    case = read_case(folder)
    _, panel, known = panel_of(case, date.fromisoformat(day), seed=1, step=Step.MONTH)
    return SignRecord(case, panel, known)


def sign(of: str, measured: str, alarm: str = "{above: 12, for: 2}", more: str = "") -> str:
    return (
        f"  - {{id: s, name: A sign, of: {of}, who: somebody, alarm: {alarm}, measured: {measured}{more}}}\n"
    )


def reading(values: Sequence[float], alarm: Alarm, width: float = 0.0) -> SignReading:
    first = parse("2012-01", Step.MONTH)
    known = np.array(values, dtype=float)
    basis = tuple(NOTHING if np.isnan(value) else COUNTED for value in known)
    measured = {"deaths": "all"}
    watched = Sign.model_validate(
        {"id": "s", "name": "S", "of": "deaths", "measured": measured, "who": "w", "alarm": {"above": 1}}
    ).model_copy(update={"alarm": alarm})
    span = Span(first, first + len(known) - 1, Step.MONTH)
    return SignReading(watched, span, known - width, known, known + width, basis)


def above(level: float, months: int = 1) -> Alarm:
    return Alarm.model_validate({"above": level, "for": months})


def test_deaths_of_a_stratum_are_those_of_the_panel(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    record = record_of(mechanism.case.folder, "2014-12-31")
    told = record.reading(mechanism.file.signs[0])
    panel = record.panel
    rebels = panel.grid.strata.index("rebels")
    expected = panel.series("best", panel.grid.everywhere)[:, :, 0, rebels].mean(axis=0)
    np.testing.assert_allclose(told.value, expected)
    assert told.month(told.newest or 0) == "2014-12" and told.basis[-1] == COUNTED


def test_a_stratum_in_months_of_totals_alone_is_estimated_and_the_country_counted(
    case_folder: CaseFolder,
) -> None:
    files = with_signs(
        sign("deaths", "{deaths: [rebels]}")
        + sign("deaths", "{deaths: all}").replace("id: s, name: A", "id: t, name: Another")
    )
    mechanism = read(lay(case_folder(), files))
    record = record_of(mechanism.case.folder, "2015-06-30")
    rebels, all_ = (record.reading(each) for each in mechanism.file.signs)
    assert rebels.basis[-1] == "estimated" and rebels.low[-1] <= rebels.value[-1] <= rebels.high[-1]
    assert all_.basis[-1] == COUNTED and all_.value[-1] == 26.0, "the national total of June 2015"


def test_a_posture_is_carried_for_a_year_and_nothing_later_counts(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder({"posture.csv": POSTURE.replace(",paper,page,", ",,recalled,")})))
    troops = mechanism.file.signs[1]
    folder = mechanism.case.folder
    early = record_of(folder, "2012-12-31").reading(troops)
    assert early.value[-1] == 1500.0 and early.month(early.newest or 0) == "2012-01"
    late = record_of(folder, "2014-12-31").reading(troops)
    assert np.isnan(late.value[-1])
    at = {late.month(place): (late.value[place], late.basis[place]) for place in range(len(late.span))}
    assert at["2013-06"] == (900.5, STATED) and at["2014-05"] == (900.5, HELD)
    assert at["2014-06"][1] == NOTHING and np.isnan(at["2014-06"][0])


def test_rival_strengths_of_a_month_make_a_range(case_folder: CaseFolder) -> None:
    folder = case_folder({"claims.csv": CLAIMS})
    watched = Sign.model_validate(
        {
            "id": "s",
            "name": "S",
            "of": "capability",
            "measured": {"strength": ["rebels"]},
            "who": "w",
            "alarm": {"above": 250},
        }
    )
    told = record_of(folder, "2014-03-31").reading(watched)
    assert (told.low[-1], told.high[-1]) == (200.0, 900.0) and told.basis[-1] == HELD
    assert state_of(told, None).state == "perhaps", "250 lies within 200 to 900"


def test_attacks_are_those_at_sites_and_on_targets_in_words(case_folder: CaseFolder) -> None:
    head = "date,precision,kind,actor,target,place,latitude,longitude,summary,source,basis\n"
    rows = (
        "2014-01-05,day,attack,RF,The fort,Alfa,,,At the fort,paper,page\n"
        "2014-03-01,month,attack,RF,a supply convoy,road,,,On a convoy,paper,page\n"
        "2014-03-09,day,attack,RF,The gate,Delta,,,At the gate,paper,page\n"
        "2014-03-10,day,attack,RF,a market,Bravo,,,Elsewhere,paper,page\n"
        "2014-05-01,day,agreement,Bigland,,Alfa,,,The newest row,paper,page\n"
    )
    folder = case_folder({"timeline.csv": head + rows})
    base = {"id": "s", "name": "S", "of": "deaths", "who": "w", "alarm": {"above": 0}}
    of = {"attacks": {"sites": ["fort"], "targets": ["convoy"]}}
    told = record_of(folder, "2014-06-30").reading(Sign.model_validate({**base, "measured": of}))
    assert told.value.tolist()[:5] == [1.0, 0.0, 1.0, 0.0, 0.0]
    assert told.basis[5] == NOTHING, "the timeline ends in May"
    everywhere = {"attacks": {"sites": "all"}}
    told = record_of(folder, "2014-03-08").reading(Sign.model_validate({**base, "measured": everywhere}))
    assert told.value.tolist() == [1.0, 0.0], "of March nothing is known in March"


@pytest.mark.parametrize(
    ("values", "months", "state", "since"),
    [
        ([1, 9, 9], 2, "fired", "2012-03"),
        ([1, 9, 1, 9], 2, "not fired", ""),
        ([9, 9, float("nan"), 9], 2, "not fired", ""),
        ([9, 9, 9, 9], 3, "fired", "2012-03"),
        ([8, 8], 1, "not fired", ""),
        ([float("nan")] * 3, 1, "unknown", ""),
        ([9, *[float("nan")] * 12], 1, "unknown", ""),
    ],
)
def test_an_alarm_fires_after_months_in_a_row(
    values: list[float], months: int, state: str, since: str
) -> None:
    told = state_of(reading(values, above(8, months)), None)
    assert (told.state, told.since) == (state, since)


def test_a_range_over_the_level_fires_perhaps() -> None:
    assert state_of(reading([9, 9], above(8), width=2), None).state == "perhaps"
    assert state_of(reading([11, 11], above(8), width=2), None).state == "fired"


def test_false_alarms_in_the_record_are_those_that_nothing_followed(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    outcome = mechanism.file.outcomes[0].model_copy(update={"read": "mean"})
    outcome = outcome.model_copy(
        update={"threshold": outcome.threshold and outcome.threshold.model_copy(update={"above": 5.0})}
    )
    values = [9, *[1] * 11, *[9] * 12, *[1] * 3, 9]
    told = state_of(reading(values, above(8)), outcome)
    assert (told.firings, told.judged, told.false) == (3, 2, 1), "the third is too young to be judged"
    assert (told.months, told.fired) == (28, 14)


def test_simulated_false_alarms_are_counted_in_the_good_futures(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    ensemble = run(mechanism, ["stay"], flat(mechanism, futures=200), 400, seed=3)
    told = simulated_alarm(ensemble, mechanism.file.signs[0], "stay")
    assert told is not None and told.false is not None and told.caught is not None
    path = ensemble.path("rebel-deaths")[0]
    pairs = ((path[:, 1:] > 12) & (path[:, :-1] > 12)).any(axis=1)
    bad = path.sum(axis=1) > 400
    assert told.false[0] == pytest.approx(pairs[~bad].mean())
    assert told.caught[0] == pytest.approx(pairs[bad].mean())


def test_a_sign_without_a_recent_month_is_told_with_its_line(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    record = record_of(mechanism.case.folder, "2014-12-31")
    deaths, troops = sign_rows(mechanism, record.panel, record.day)
    line = MECHANISM[: MECHANISM.index("{id: troops, name: Troops of Bigland, of")].count("\n") + 1
    assert deaths.stale == ""
    assert troops.stale == (
        f"mechanisms.yaml, line {line}: expected a month of the last 12 in which troops was measured; found "
        "the last in 2013-06. Add later rows to posture.csv, or watch something else."
    )
    assert state_in_words(troops) == "cannot be told: nothing measured in the last twelve months"
    assert false_in_words(troops) == "Capability at the end"


WRONG = {
    sign("nothing", "{deaths: [rebels]}"): "expected the id of a lever, event group, rate, stock or outcome",
    sign("deaths", "{deaths: [rebel]}"): "deaths: expected a stratum of the case; found 'rebel'. Did",
    sign("deaths", "{deaths: [rebels], places: [FO-Z]}"): "expected a place of the case; found 'FO-Z'",
    sign("troops", "{posture: {backer: Biglan, kind: troops}}", more=", warns: guard"): (
        "expected a series in posture.csv; found 'Biglan / troops'. Did you mean 'Bigland / troops'?"
    ),
    sign("deaths", "{strength: [rebels]}"): "expected a force with a claimed strength; found 'rebels'",
    sign("deaths", "{attacks: {sites: all}}"): "expected an attack in timeline.csv; found none. Add",
    sign("deaths", "{attacks: {sites: [fortress]}}"): "expected a site of sites.csv; found 'fortress'. Did",
    sign("deaths", "{posture: {backer: Bigland, kind: troops}}"): (
        "measured: expected a measure in deaths/month, as deaths; found people. Measure it by something in"
    ),
    sign("deaths", "{deaths: [rebels]}", "{above: -1}"): "alarm: expected deaths/month from 0 up; found -1",
    sign("deaths", "{deaths: [rebels]}", "{above: 1, below: 2}"): "alarm: expected either above or below",
    sign("deaths", "{deaths: [rebels]}", "{above: 1, for: 0}"): "alarm.for: expected months from 1 to 60",
    sign("deaths", "{deaths: [rebels], events: [rebels]}"): (
        "measured: expected one of deaths, events, posture, strength, attacks; found 'deaths and events'"
    ),
    sign("troops", "{posture: {backer: Bigland, kind: troops}}"): (
        "warns: expected the id of an outcome; found none that reads troops. Name the outcome under warns."
    ),
    sign("deaths", "{deaths: [rebels]}") * 2: "signs[1].id: expected each sign once; found 's'",
    "  - {id: s, name: S, of: capability, who: w, alarm: {below: 1}}\n": "measured: expected which file",
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_a_sign_that_nothing_measures_is_told_with_line_and_cure(case_folder: CaseFolder, text: str) -> None:
    told = mistakes(case_folder(), text)
    first = MECHANISM[: MECHANISM.index("signs:")].count("\n") + 2
    assert any(WRONG[text] in each for each in told), told
    assert told[0].startswith((f"mechanisms.yaml, line {first}", f"mechanisms.yaml, line {first + 1}"))
