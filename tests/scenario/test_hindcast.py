"""A mechanism of today, run from a past day: what is known then, what is drawn, and what is said of it."""

import shutil
from datetime import date

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, flat, lay, read
from support.spoken import CLAIM_ROWS, spoken
from support.spoken import claim as spoken_claim
from support.warland import claim, war_files

from vedette import commands
from vedette.case import read_case, write_case
from vedette.errors import CaseError, DataError, Remark, UsageError
from vedette.evidence import edition_of
from vedette.scenario import Mechanism, history_covers, kept_hindcast, read_mechanism
from vedette.scenario.hindcast.kept import keep_hindcast
from vedette.scenario.hindcast.levers import lever_draws
from vedette.scenario.hindcast.starts import PastStart, is_bound, past_start
from vedette.scenario.hindcast.trials import simulate_start
from vedette.scenario.hindcast.truths import groups_of
from vedette.scenario.hindcast.weights import earned

START = "2014-01"
MISSED = {
    "start": START,
    "held_back": False,
    "rows": [{"node": "rebel-deaths", "verdict": "cannot produce", "inside": False}],
}
"""A start from which the mechanism did not reach what came, as a document has it."""
FORCES = "force,status,main\narmy,state,army\nmilitia,hybrid,yes\n"
THEN = {"from_": "2013-12-31", "to": "2013-12-31", "unit": "persons", "known": "2013-12-31"}
CLAIMS = [
    claim(1, "army", "strength", low=4000, high=6000, **THEN),
    claim(2, "militia", "strength", low=1000, high=2000, **THEN),
]
LATER = claim(3, "militia", "strength", low=50000, high=50000, **{**THEN, "known": "2014-06"})
MEN = """\
  - {id: men-now, name: Militia today, unit: people, distribution: {form: uniform, low: 100, high: 900},
     author: tester, source: none, why: a guess}
levers:
"""
STOCK = """\
  - {id: militia-men, name: Militia, unit: people, initial: men-now, record: {strength: [militia]}}
effects:
"""
HINDCAST = f"""\
hindcast:
  fit: [{START}]
  asked:
    - {{start: {START}, of: militia-men, above: 500, by: 2014-06}}
"""


def text(hindcast: str = HINDCAST) -> str:
    whole = MECHANISM.replace("levers:\n", MEN, 1).replace("effects:\n", STOCK, 1)
    return f"{whole}{hindcast}"


def made(folder: CaseFolder, claims: list[str], hindcast: str = HINDCAST) -> Mechanism:
    return read(lay(folder(war_files(claims, FORCES)), {**FILES, "mechanisms.yaml": text(hindcast)}))


def draws_of(past: PastStart, today: Mechanism) -> np.ndarray:
    return simulate_start(today, past, flat(past.mechanism), seed=1, draws=50)[0].paths


def test_a_stock_on_record_begins_at_what_was_known(case_folder: CaseFolder) -> None:
    today = made(case_folder, CLAIMS)
    past = past_start(today, START, 12)
    path = simulate_start(today, past, flat(past.mechanism), seed=1, draws=400)[0].path("militia-men")
    assert path[0, :, 0].min() >= 1000 and path[0, :, 0].max() <= 2000
    assert "militia-men" not in past.drawn
    assert past.day == date(2013, 12, 31)


def test_a_fact_learned_later_moves_no_draw(case_folder: CaseFolder) -> None:
    today = made(case_folder, CLAIMS)
    before = draws_of(past_start(today, START, 12), today)
    claims = str(war_files([*CLAIMS, LATER], FORCES)["claims.csv"])
    (today.case.folder / "claims.csv").write_text(claims, encoding="utf-8")
    planted = read(today.case.folder)
    np.testing.assert_array_equal(draws_of(past_start(planted, START, 12), planted), before)
    assert not np.array_equal(
        draws_of(past_start(planted, "2014-07", 12), planted)[..., 0, :], before[..., 0, :]
    )


def test_what_no_record_bears_comes_from_its_whole_range_and_is_listed(case_folder: CaseFolder) -> None:
    today = made(case_folder, CLAIMS[:1])
    past = past_start(today, START, 12)
    ensemble, drawn = simulate_start(today, past, flat(past.mechanism), seed=1, draws=400)
    men = ensemble.path("militia-men")[0, :, 0]
    assert (men.min(), men.max()) == pytest.approx((100, 900), abs=5)
    assert drawn["militia-men"] == "uniform, 100 to 900"
    assert drawn["troops"] == "0 to 1,000 people"  # from the least to the most that a scenario sets
    paths, stood, _ = lever_draws(today, past, date(2014, 12, 31), 400, seed=1)
    assert stood.min() < 10 and stood.max() > 990
    np.testing.assert_array_equal(paths[0, :, :, 0], np.repeat(stood, 12, axis=1))


def test_a_calendar_entry_that_nobody_could_foresee_is_not_there(case_folder: CaseFolder) -> None:
    today = made(case_folder, CLAIMS)  # the strike is of November 2014
    assert past_start(today, START, 12).mechanism.file.calendar[0].first == "1940-01"
    assert past_start(today, "2014-12", 12).mechanism.file.calendar[0].first == "2014-11"
    foreseen = text().replace("first: 2014-11,", "first: 2014-11, known: 2013-12,")
    (today.case.folder / "mechanisms.yaml").write_text(foreseen, encoding="utf-8")
    known = read(today.case.folder)
    assert past_start(known, START, 12).mechanism.file.calendar[0].first == "2014-11"


def test_a_figure_that_counts_more_is_an_upper_bound(case_folder: CaseFolder) -> None:
    bound = STOCK.replace("strength: [militia]", "strength: [militia], bound_from: 2013-12")
    today = made(case_folder, CLAIMS)
    (today.case.folder / "mechanisms.yaml").write_text(text().replace(STOCK, bound), encoding="utf-8")
    today = read(today.case.folder)
    past = past_start(today, START, 12)
    path = simulate_start(today, past, flat(past.mechanism), seed=1, draws=400)[0].path("militia-men")
    assert past.upper_bounds == ("militia-men",)
    assert path[0, :, 0].min() < 100 and 1000 < path[0, :, 0].max() <= 2000
    stock = next(stock for stock in today.file.stocks if stock.id == "militia-men")
    assert not is_bound(stock, today.case, [], date(2013, 11, 30))


def test_deaths_are_held_against_sums_of_events_alone(case_folder: CaseFolder) -> None:
    file = made(case_folder, CLAIMS).file
    assert [group.id for group in groups_of(file, "rebel-deaths")] == ["rebel-deaths"]
    assert groups_of(file, "training") == () and groups_of(file, "capability") == ()


@pytest.mark.parametrize(
    ("hindcast", "said"),
    [
        ("hindcast: {fit: [2013-12]}\n", "fit[0]: expected a start from 2014-01 to 2014-01; found 2013-12"),
        ("hindcast: {fit: [2014-02]}\n", "and 12 after it"),
        ("hindcast: {fit: [2014-01], held: [2014-01]}\n", "hindcast.held[0]: expected each start once"),
        ("hindcast: {held: [2014-01]}\n", "hindcast.fit: expected"),
        (HINDCAST.replace("militia-men", "militia-man"), "Did you mean 'militia-men'?"),
        (HINDCAST.replace("by: 2014-06", "by: 2013-06"), "expected a month after 2014-01; found 2013-06"),
    ],
)  # fmt: skip
def test_a_mistake_in_hindcast_is_told(case_folder: CaseFolder, hindcast: str, said: str) -> None:
    with pytest.raises(CaseError) as error:
        made(case_folder, CLAIMS, hindcast)
    assert any(said in str(problem) for problem in error.value.problems)


def test_a_record_of_no_main_force(case_folder: CaseFolder) -> None:
    folder = case_folder(war_files(CLAIMS, FORCES))
    wrong = text().replace("strength: [militia]", "strength: [militias]")
    with pytest.raises(
        CaseError, match=r"a main force of forces\.csv; found 'militias'\. Did you mean 'militia'"
    ):
        read(lay(folder, {**FILES, "mechanisms.yaml": wrong}))


def test_weights_by_hand_and_their_error() -> None:
    even = np.array([0.5, 0.5])
    logs = np.log([[0.2, 0.1], [0.2, 0.1], [0.2, 0.1], [0.2, 0.1]])
    weights, error = earned(even, logs)  # the posterior is 16 / 17; 4 starts against 8 of the prior
    assert weights[0] == pytest.approx((4 * 16 / 17 + 8 * 0.5) / 12)
    assert error == pytest.approx([0, 0], abs=1e-12)
    one, unknown = earned(even, logs[:1])
    assert one[0] == pytest.approx((2 / 3 + 4) / 9) and np.isnan(unknown).all()


def test_the_command_and_whether_history_covers_an_outcome(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(case_folder(), {**FILES, "mechanisms.yaml": f"{MECHANISM}hindcast: {{fit: [{START}]}}\n"})
    mechanism = read(folder)
    assert history_covers(mechanism, "deaths", None).verdict == "not tested"
    assert kept_hindcast(mechanism) is None
    result = commands.hindcast(str(folder))
    document = result.document()
    (start,) = document["starts"]
    (row,) = [row for row in start["rows"] if row["node"] == "rebel-deaths"]
    assert (row["months"], start["held_back"], start["as_of"]) == (12, False, "2013-12-31")
    counted = mechanism.case.observed
    assert row["crps"] > 0 and row["crps_forecast"] > 0 and row["width_ratio"] > 0 and counted is not None
    assert document["no_data_test"] == ["Capability of the guard"]
    kept = kept_hindcast(mechanism)
    assert kept == document
    assert history_covers(mechanism, "deaths", kept).verdict == "covered"
    assert history_covers(mechanism, "guard", kept).verdict == "not tested"
    assert kept is not None
    later = {
        **start,
        "start": "2013-06",
        "held_back": True,
        "rows": [{**row, "inside": False, "crps": 3 * row["crps"]}],
    }
    later["rows"][0]["crps_forecast"] = 2 * row["crps"]
    keep_hindcast(mechanism, {**document, "starts": [later]})
    both = kept_hindcast(mechanism)
    assert both is not None and [one["start"] for one in both["starts"]] == ["2013-06", START]
    assert history_covers(mechanism, "deaths", both).sentence == (
        "Run from the past, the mechanism could produce what came. Its 90 % ranges held 1 of 1 figure from "
        "1 day that it was fitted on; 0 of 1 figure from 1 day that nobody fitted, with 1.50 times the error "
        "(CRPS) of the forecast alone."
    )
    row["verdict"] = "cannot produce"
    beyond = history_covers(mechanism, "deaths", document)
    assert beyond.verdict == "cannot produce" and START in beyond.sentence
    with pytest.raises(UsageError, match="expected a start of hindcast"):
        commands.hindcast(str(folder), starts=["2013-06"])
    with monkeypatch.context() as changed:
        changed.setattr("vedette.scenario.hindcast.kept.program_digest", lambda: b"another program")
        assert kept_hindcast(mechanism) is None
    (folder / "mechanisms.yaml").write_text(MECHANISM, encoding="utf-8")
    assert kept_hindcast(read(folder)) is None
    with pytest.raises(DataError, match="expected hindcast: with past months"):
        commands.hindcast(str(folder))


def test_an_edition_tells_only_of_what_was_run_on_what_it_holds(case_folder: CaseFolder) -> None:
    fit = f"handling: clear\n{MECHANISM}hindcast: {{fit: [{START}]}}\n"
    red = spoken_claim("red", "bigland", "funding", "guard", handling="red")
    files = {**spoken([*CLAIM_ROWS, red]), "forces.csv": "force,status,main\nguard,state,army\n"}
    folder = lay(case_folder(files), {**FILES, "mechanisms.yaml": fit})

    def told(edition: str | None) -> str:
        case = read_case(folder)
        cut = case if edition is None else edition_of(case, edition)
        mechanism = read_mechanism(cut)
        return history_covers(mechanism, "deaths", kept_hindcast(mechanism)).sentence

    commands.hindcast(str(folder))
    shutil.rmtree(folder / ".vedette")
    assert told(None) == told("internal")
    assert told(None).startswith("Run from the past, the mechanism could produce what came.")
    not_yet = "The mechanism is not yet held against the past: vedette hindcast --edition public does that."
    assert told("public") == not_yet
    keep_hindcast(read_mechanism(edition_of(read_case(folder), "public")), {"starts": [MISSED]})
    assert told("public") == f"Run from {START}, the mechanism cannot produce what came."
    assert told("partner").startswith("The mechanism is not yet held")
    (folder / "claims.csv").write_text(spoken()["claims.csv"], encoding="utf-8")
    assert told("public") == f"Run from {START}, the mechanism cannot produce what came."
    assert told(None).startswith("The mechanism is not yet held")
    (folder / "claims.csv").chmod(0o600)
    keep_hindcast(read_mechanism(read_case(folder)), {"starts": [MISSED]})
    assert 0o600 in {path.stat().st_mode & 0o777 for path in (folder / "hindcasts").iterdir()}
    assert not (write_case(edition_of(read_case(folder)), folder.parent / "public") / "hindcasts").exists()
    assert not (write_case(read_case(folder), folder.parent / "whole") / "hindcasts").exists()


def test_a_hindcast_that_cannot_be_kept_is_told(case_folder: CaseFolder) -> None:
    folder = lay(case_folder(), {**FILES, "hindcasts": ""})
    with pytest.warns(Remark, match="This was not kept, so that briefs and comparisons will not tell of it"):
        keep_hindcast(read(folder), {"starts": [MISSED]})
    assert kept_hindcast(read(folder)) is None


def test_a_level_that_is_passed_before_the_start_is_no_news(case_folder: CaseFolder) -> None:
    line = "  - {id: few, name: Few troops, unit: people, distribution: {form: point, value: 1500},\n"
    line += "     author: tester, source: none, why: a guess}\nlevers:\n"
    effect = "  - {id: few-kill, from: troops, to: rebel-deaths, form: threshold, size: strike-factor,\n"
    effect += "     at: few, side: below}\noutcomes:\n"
    written = MECHANISM.replace("levers:\n", line, 1).replace("outcomes:\n", effect, 1)
    today = read(lay(case_folder(), {**FILES, "mechanisms.yaml": written}))
    always = draws_of(past_start(today, START, 3), today)
    never = read(lay(today.case.folder, {"mechanisms.yaml": written.replace("value: 1500", "value: 0")}))
    np.testing.assert_array_equal(draws_of(past_start(never, START, 3), never), always)
