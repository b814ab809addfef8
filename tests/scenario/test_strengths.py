"""A mechanism that names main forces in place of a distribution."""

from datetime import date

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, flat, lay, read
from support.warland import claim, war_files

from vedette.case import read_case
from vedette.errors import CaseError, UsageError
from vedette.evidence import edition_of, read_ledger
from vedette.network import monopoly
from vedette.scenario import Mechanism, read_mechanism, run
from vedette.scenario.answers import tables
from vedette.scenario.language.from_case import DRAWS, SEED

WRITTEN = """observations:
  - {id: recent-attacks, name: Attacks of the last twelve months, unit: attacks,
     read: {count: {of: {events: rebels}, last_months: 12}}}
estimates:
"""
WHEN = {"from_": "2014-12-31", "to": "2014-12-31", "unit": "persons"}
CLAIMS = [
    claim(1, "army", "strength", low=4000, high=6000, **WHEN),
    claim(2, "militia", "strength", low=1000, high=2000, **WHEN),
    claim(3, "army", "strength", low=90000, high=90000, **{**WHEN, "known": "2015-06"}),
]
FORCES = """\
force,status,main,most,author
army,state,army,,
militia,hybrid,yes,,
bandits,non-state,yes,500,a test
"""


def made(folder: CaseFolder, entry: str, rates: str = "") -> Mechanism:
    """The small mechanism with another first estimate, and more rates."""
    assert WRITTEN in MECHANISM
    rest = "{id: men, name: Men, unit: people, " + entry + "}"
    text = MECHANISM.replace(WRITTEN, f"estimates:\n  - {rest}\n", 1).replace("rates:\n", f"rates:\n{rates}")
    files = {**FILES, "mechanisms.yaml": text}
    return read(lay(folder(war_files(CLAIMS, FORCES)), files))


def told(folder: CaseFolder, entry: str, rates: str = "") -> str:
    """What is wrong with it."""
    with pytest.raises(CaseError) as raised:
        made(folder, entry, rates)
    return str(raised.value)


def test_the_draws_are_those_of_the_index(case_folder: CaseFolder) -> None:
    mechanism = made(case_folder, "strength: [army, militia]")
    estimate = mechanism.file.estimates[0]
    day = date(2014, 12, 31)
    index = monopoly(read_ledger(mechanism.case, day), day, DRAWS, SEED)
    assert index is not None
    whole = sum(part.strength for part in index.parts if part.force != "bandits")
    for chance in (0.05, 0.5, 0.95):
        assert estimate.distribution.quantile(np.array([chance]))[0] == pytest.approx(
            np.quantile(whole, chance), rel=1e-3
        )
    assert estimate.ground.claims == ("c1", "c2")
    assert estimate.ground.rests_on == "2 headcounts, drawn as in the index of arms of 2014-12-31"


def test_an_assumed_strength_says_so(case_folder: CaseFolder) -> None:
    estimate = made(case_folder, "strength: [bandits]").file.estimates[0]
    assert "bandits assumed, 0 to 500, by a test" in estimate.ground.rests_on
    assert estimate.distribution.support[1] <= 500


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("strength: [amry]", "main forces with a strength on 2014-12-31; found 'amry'. Did you mean 'army'?"),
        ("strength: [army, army]", "Each once"),
        ("strength: [police]", "found 'police'"),
        ("strength: []", "ids of main forces"),
        ("strength: army", "expected a list; found 'army'"),
        ("strength: [army], fit: {share: {}}", "one of fit, precedents, strength; found 'fit and strength'"),
        ("strength: [army], claims: [c1]", "claims: expected none in an estimate"),
    ],
)
def test_what_a_strength_needs(case_folder: CaseFolder, entry: str, said: str) -> None:
    assert said in told(case_folder, entry)


def test_it_is_a_number_of_people(case_folder: CaseFolder) -> None:
    entry = "{id: men, name: Men, unit: share, strength: [army]}"
    wrong = MECHANISM.replace(WRITTEN, f"estimates:\n  - {entry}\n")
    with pytest.raises(CaseError, match="people, since a strength is one"):
        read(lay(case_folder(war_files(CLAIMS, FORCES)), {**FILES, "mechanisms.yaml": wrong}))


def test_the_scenarios_of_the_iraq_case_start_from_the_index_of_arms() -> None:
    case = edition_of(read_case("iraq"))
    assert case.as_of is not None
    index = monopoly(read_ledger(case, case.as_of), case.as_of, DRAWS, SEED)
    assert index is not None
    strengths = [entry for entry in read_mechanism(case).file.estimates if entry.strength]
    forces = [force for entry in strengths for force in entry.strength or ()]
    assert sorted(forces) == sorted(part.force for part in index.parts)
    rng = np.random.default_rng(1)
    drawn = {entry.id: entry.distribution.quantile(rng.random(20000)) for entry in strengths}
    share = drawn["state-men"] / sum(drawn.values())
    assert np.quantile(share, (0.05, 0.5, 0.95)) == pytest.approx(index.quantiles, abs=0.01)
    assert set(next(entry.strength or () for entry in strengths if entry.id == "state-men")) == {
        part.force for part in index.parts if part.status == "state"
    }


def test_the_level_of_the_index_is_withheld_with_that_of_the_network() -> None:
    mechanism = read_mechanism(read_case("iraq"))
    day = mechanism.case.as_of
    assert day is not None
    index = monopoly(read_ledger(mechanism.case, day), day, DRAWS, SEED)
    assert index is not None
    assert mechanism.withheld == {"state-monopoly": index.withheld}
    ensemble = run(mechanism, ["stay", "leave-2023"], flat(mechanism, 1.0, futures=4), 60, 1)
    assert "state-monopoly" not in tables.levels(ensemble, tuple(ensemble.outcomes))["outcome"].to_list()
    assert len(tables.differences(ensemble, ["state-monopoly"], parts=False)) == ensemble.groups
    with pytest.raises(UsageError, match="Its level is withheld, since its range"):
        ensemble.odds("state-monopoly")
    start = ensemble.path("state-monopoly")[0, :, 0]
    assert float(np.median(start)) == pytest.approx(index.quantiles[1], abs=0.03)


def test_there_is_one_definition_of_the_index(case_folder: CaseFolder) -> None:
    rates = (
        "  - {id: ours, name: o, unit: people, base: men}\n  - {id: all-men, name: a, unit: share, "
        "ratio: {of: [ours], over: [ours]}}\n"
    )
    said = told(case_folder, "strength: [army]", rates)
    assert "column rates[1].ratio.over: expected all main forces of 2014-12-31" in said
    assert "found army. Name the same, so that the share of arms has one definition" in said
