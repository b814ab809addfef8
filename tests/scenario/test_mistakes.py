"""Every mistake in a mechanism or a scenario is told: file, line, expected, found, and what to do."""

import re

import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, LEAVE, MECHANISM, lay, read

from vedette.case import read_case
from vedette.errors import CaseError, UsageError
from vedette.evidence import edition_of
from vedette.scenario import read_mechanism


def edited(old: str, new: str) -> dict[str, str]:
    assert old in MECHANISM
    return {**FILES, "mechanisms.yaml": MECHANISM.replace(old, new, 1)}


def line_of(text: str) -> int:
    return MECHANISM[: MECHANISM.index(text)].count("\n") + 1


def mistakes(case_folder: CaseFolder, files: dict[str, str]) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), files))
    return [str(problem) for problem in error.value.problems]


def test_a_unit_that_does_not_fit(case_folder: CaseFolder) -> None:
    (said,) = mistakes(
        case_folder, edited("name: Training, unit: index/month", "name: Training, unit: people/month")
    )[:1]
    line = line_of("- {id: training, name: Training")
    assert said == (
        f"mechanisms.yaml, line {line}, column rates[0].base: expected people/month; found index/month "
        "(no-inflow). Change the unit of no-inflow or of training, or name another."
    )


def test_an_effect_on_something_unknown(case_folder: CaseFolder) -> None:
    files = edited("to: training, form: saturating", "to: trainning, form: saturating")
    line = line_of("- {id: troops-train")
    assert mistakes(case_folder, files) == [
        f"mechanisms.yaml, line {line}, column effects[0].to: expected the id of a rate, event group or "
        "stock; found 'trainning'. Did you mean 'training'?"
    ]


def test_an_outcome_of_something_unknown(case_folder: CaseFolder) -> None:
    said = mistakes(case_folder, edited("of: capability, read", "of: capabilty, read"))
    assert (
        "outcomes[1].of: expected the id of a node; found 'capabilty'. Did you mean 'capability'?" in said[0]
    )


def test_an_assumption_without_an_author(case_folder: CaseFolder) -> None:
    files = edited(
        "distribution: {form: beta, mean: 0.5, weight: 20}, author: tester,",
        "distribution: {form: beta, mean: 0.5, weight: 20},",
    )
    assert mistakes(case_folder, files) == [
        f"mechanisms.yaml, line {line_of('- {id: capability-2014')}, column assumptions[0].author: expected "
        "some text; found nothing. Fill it in."
    ]


ALTERNATIVES = """\
alternatives:
  - id: view
    name: Which view
    branches:
      - {id: one, name: One, weight: 0.5, sets: {attack-elasticity: {form: point, value: -1}}, author: a,
         source: b,
         why: c}
      - {id: two, name: Two, weight: 0.6, author: a, source: b, why: c}
outcomes:
"""


def test_weights_that_do_not_sum_to_one(case_folder: CaseFolder) -> None:
    (said,) = mistakes(case_folder, edited("outcomes:\n", ALTERNATIVES))
    assert re.search(
        r"line \d+, column alternatives\[0\].branches: expected weights that sum to 1; found", said
    )
    assert "[0.5, 0.6], sum 1.1" in said
    assert "write unweighted: true and leave them out" in said


def test_weights_beside_unweighted(case_folder: CaseFolder) -> None:
    files = edited(
        "outcomes:\n", ALTERNATIVES.replace("name: Which view", "name: Which view\n    unweighted: true")
    )
    (said,) = mistakes(case_folder, files)
    assert "expected no weights where unweighted is true" in said


def test_a_loop_that_diverges_is_named(case_folder: CaseFolder) -> None:
    files = edited(
        "stocks:\n",
        "  - {id: joining, name: Joining, unit: people/month, base: nobody}\n"
        "stocks:\n"
        "  - {id: crowd, name: A crowd, unit: people, initial: training-half, inflow: [joining]}\n",
    )
    text = files["mechanisms.yaml"].replace(
        "effects:\n",
        "effects:\n  - {id: more-bring-more, from: crowd, to: joining, form: share, size: contagion}\n",
    )
    given = "author: tester, source: none, why: a guess}\n"
    text = text.replace(
        "levers:\n",
        f"  - {{id: nobody, name: N, unit: people/month, distribution: {{form: point, value: 0}}, {given}"
        "  - {id: contagion, name: C, unit: share/month, distribution: {form: uniform, low: 0.1, high: 0.2}, "
        f"{given}"
        "levers:\n",
    )
    (said,) = mistakes(case_folder, {**files, "mechanisms.yaml": text})
    assert "column effects[0]: expected loops that settle; found crowd -> joining -> crowd" in said or (
        "found joining -> crowd -> joining" in said
    )
    assert re.search(r"which grows by (1\d|20) % a month without end|grows by 1\d%|grows by 20%", said)
    assert "Weaken an effect of it, add decay or an outflow, or give the stock a most." in said


def test_a_lever_path_with_gaps(case_folder: CaseFolder) -> None:
    files = {**FILES, "scenarios/leave.yaml": LEAVE.replace(", between: line", "")}
    assert mistakes(case_folder, files) == [
        "scenarios/leave.yaml, line 6, column levers.troops.path: expected a value for every month; found "
        "none for 2015-02. Add it, or say what holds between: step or line."
    ]


def test_a_lever_path_that_begins_late(case_folder: CaseFolder) -> None:
    files = {**FILES, "scenarios/leave.yaml": LEAVE.replace("2015-01: 1000", "2015-03: 1000")}
    (said,) = mistakes(case_folder, files)
    assert "expected a value from 2015-01 on; found nothing before 2015-03. Add 2015-01." in said


def test_a_lever_that_is_not_there(case_folder: CaseFolder) -> None:
    (said,) = mistakes(case_folder, {**FILES, "scenarios/leave.yaml": LEAVE.replace("troops:", "troop:")})
    assert (
        "line 6, column levers.troop: expected the id of a lever; found 'troop'. Did you mean 'troops'?"
        in said
    )


def test_clashing_levers(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    with pytest.raises(UsageError, match=r"stay\+leave: .* found troops set by both stay and leave"):
        mechanism.scenario("stay+leave")
    assert mechanism.scenario("leave+leave").id == "leave+leave"


def test_an_unknown_scenario(case_folder: CaseFolder) -> None:
    with pytest.raises(UsageError, match=r"there is no scenario 'leaf'. Did you mean 'leave'\?"):
        read(lay(case_folder())).scenario("leaf")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{form: beta, mean: 0.5, weight: 20}",
            "{form: normal, low: 0.2, high: 0.9}",
            "expected index from 0 to 1; found normal",
        ),
        (
            "{form: lognormal, low: 12, high: 48}",
            "{form: normal, low: -6, high: 48}",
            "expected months from 0 up; found normal",
        ),
        (
            "{form: lognormal, low: 1.2, high: 3}",
            "{form: normal, low: 0.5, high: 3}",
            "expected a factor of 0 or more; found normal",
        ),
        (
            "{form: beta, mean: 0.5, weight: 20}",
            "{form: beta, mean: 1.5, weight: 20}",
            "a mean between 0 and 1",
        ),
        (
            "{form: beta, mean: 0.5, weight: 20}",
            "{form: beta, mean: 0.5}",
            "expected mean and weight of a beta",
        ),
        ("{form: lognormal, low: 12, high: 48}", "{form: lognormal, low: 0, high: 48}", "a number above 0"),
        ("{form: lognormal, low: 12, high: 48}", "{form: uniform, low: 48, high: 12}", "low below high"),
    ],
)
def test_a_distribution_with_impossible_support(
    case_folder: CaseFolder, old: str, new: str, said: str
) -> None:
    found = mistakes(case_folder, edited(old, new))
    assert len(found) == 1
    assert said in found[0]
    assert f"line {line_of(old)}" in found[0] or "line" in found[0]


def test_names_that_shadow_each_other(case_folder: CaseFolder) -> None:
    said = mistakes(case_folder, edited("- {id: guard, name", "- {id: capability, name"))
    line, first = line_of("- {id: guard, name"), line_of("- {id: capability, name")
    assert (
        f"mechanisms.yaml, line {line}, column outcomes[1].id: expected each name once; found 'capability'. "
        f"Choose another name: stocks has it in line {first}." in said
    )


def test_an_effect_without_a_basis(case_folder: CaseFolder) -> None:
    said = mistakes(
        case_folder, edited("form: saturating, size: training-gain", "form: saturating, size: recent-attacks")
    )
    assert (
        "effects[0].size: expected the id of an estimate or an assumption; found 'recent-attacks'" in said[0]
    )


def test_an_effect_that_adds_to_the_forecast(case_folder: CaseFolder) -> None:
    said = mistakes(
        case_folder, edited("to: rebel-deaths, form: elasticity", "to: rebel-deaths, form: share")
    )
    assert any("expected elasticity or threshold or shock or hysteresis to events" in each for each in said)


def test_a_stratum_that_the_case_lacks(case_folder: CaseFolder) -> None:
    said = mistakes(case_folder, edited("strata: [rebels]", "strata: [rebel]"))
    assert "expected strata of the case; found 'rebel'. Did you mean 'rebels'?" in said[0]


def test_two_groups_of_the_same_events(case_folder: CaseFolder) -> None:
    files = edited("strata: [rebels]}\n", "strata: [rebels]}\n  - {id: all-deaths, name: All deaths}\n")
    (said,) = mistakes(case_folder, files)
    assert "expected each place and stratum in one group; found" in said
    assert "rebels in both rebel-deaths and all-deaths" in said


def test_a_base_that_leaves_a_lever_open(case_folder: CaseFolder) -> None:
    files = {
        **FILES,
        "scenarios/stay.yaml": FILES["scenarios/stay.yaml"].replace("levers:\n  troops: 1000\n", ""),
    }
    (said,) = mistakes(case_folder, files)
    assert said.startswith("scenarios/stay.yaml, column levers: expected a path of troops")


def test_all_mistakes_are_told_at_once(case_folder: CaseFolder) -> None:
    files = edited("strata: [rebels]", "strata: [rebel]")
    files["scenarios/leave.yaml"] = LEAVE.replace("troops:", "troop:")
    assert len(mistakes(case_folder, files)) == 2


def test_a_claim_that_nobody_could_know_yet(case_folder: CaseFolder) -> None:
    head = "id,source,hedge,polarity,subject,relation,object,low,high,unit,from,known,basis\n"
    row = "c{0},paper,reported,+,state,strength,,5,5,persons,2014,{1},page\n"
    claims = head + row.format(1, "2014-06") + row.format(2, "2015-01")
    files = edited(
        "why: not measured}\n  - {id: capability-life",
        "why: n, claims: [c1, c2, c3]}\n  - {id: capability-life",
    )
    with pytest.raises(CaseError) as error:
        read(lay(case_folder({"claims.csv": claims}), files))
    late, lacking = map(str, error.value.problems)
    assert "assumptions[0].claims[1]: expected a claim known before 2015-01-01; found c2, 2015-01-31" in late
    assert "assumptions[0].claims[2]: expected the id of a claim; found 'c3'" in lacking


def test_a_claim_that_an_edition_withholds(case_folder: CaseFolder) -> None:
    claims = (
        "id,source,hedge,polarity,subject,relation,object,low,high,unit,from,known,handling,basis\n"
        "c1,paper,reported,+,state,strength,,5,5,persons,2014,2014-06,red,page\n"
    )
    files = edited(
        "why: not measured}\n  - {id: capability-life", "why: n, claims: [c1]}\n  - {id: capability-life"
    )
    case = read_case(lay(case_folder({"claims.csv": claims}), files))
    assert read_mechanism(case).file.assumptions[0].claims == ("c1",)
    with pytest.raises(CaseError) as error:
        read_mechanism(edition_of(case, "public"))
    (said,) = map(str, error.value.problems)
    assert "expected the id of a claim; found 'c1'. It may be withheld: mark this file as closely" in said


def test_a_marking_that_is_none(case_folder: CaseFolder) -> None:
    (said,) = mistakes(case_folder, edited("base: stay", "base: stay\nhandling: secret"))
    assert (
        "column handling: expected 'clear', 'green', 'amber', 'amber+strict' or 'red'; found 'secret'" in said
    )


def test_an_elasticity_from_what_begins_at_nothing(case_folder: CaseFolder) -> None:
    stay = FILES["scenarios/stay.yaml"].replace("troops: 1000", "troops: 0")
    text = MECHANISM.replace("from: capability, to: rebel-deaths", "from: troops, to: rebel-deaths")
    (said,) = mistakes(case_folder, {**FILES, "mechanisms.yaml": text, "scenarios/stay.yaml": stay})
    assert "expected a source that begins above 0; found troops, which begins at 0. Give a reference" in said


def test_a_claim_must_be_known_on_the_day_before_the_first_month_simulated(
    case_folder: CaseFolder,
) -> None:
    head = "id,source,hedge,polarity,subject,relation,object,low,high,unit,from,known,basis\n"
    row = "c{0},paper,reported,+,state,strength,,5,5,persons,2014,{1},page\n"
    claims = head + row.format(1, "2014-12-31") + row.format(2, "2015-01-01")
    files = edited(
        "why: not measured}\n  - {id: capability-life", "why: n, claims: [c1, c2]}\n  - {id: capability-life"
    )
    with pytest.raises(CaseError) as error:
        read(lay(case_folder({"claims.csv": claims}), files))
    (late,) = map(str, error.value.problems)
    assert "assumptions[0].claims[1]: expected a claim known before 2015-01-01; found c2, 2015-01-01" in late


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "20 deaths/month",
            "column outcomes[0].matters: expected a number of deaths; found 20 deaths/month. deaths is in "
            "deaths: write the difference in that unit, 20 times the number of months simulated.",
        ),
        (
            "20 people",
            "column outcomes[0].matters: expected a number of deaths; found 20 people. deaths is in deaths: "
            "write the difference in that unit.",
        ),
        (
            "20",
            "column outcomes[0].matters: expected a number above 0 and a unit, like 20 deaths/month; found "
            "20. Write both in one text, the unit that of the outcome.",
        ),
        ("0 deaths", "expected a number above 0 and a unit, like 20 deaths/month; found '0 deaths'"),
        ("some deaths", "expected a number above 0 and a unit, like 20 deaths/month; found 'some deaths'"),
        ("'1.200,5 deaths'", "expected a number above 0 and a unit, like 20 deaths/month; found '1.200,5"),
        (
            "'12,00 deaths'",
            "expected a number above 0 and a unit, like 20 deaths/month; found '12,00 deaths'",
        ),
        ("nan deaths", "expected a number above 0 and a unit, like 20 deaths/month; found 'nan deaths'"),
    ],
)
def test_a_difference_that_matters_has_the_unit_of_its_outcome(
    case_folder: CaseFolder, written: str, said: str
) -> None:
    (told,) = mistakes(
        case_folder, edited("unit: deaths, good: down,", f"unit: deaths, good: down, matters: {written},")
    )
    assert told.startswith(f"mechanisms.yaml, line {line_of('- {id: deaths')}, ")
    assert said in told


def test_a_difference_that_matters_is_read(case_folder: CaseFolder) -> None:
    files = edited("unit: deaths, good: down,", "unit: deaths, good: down, matters: '1,200 deaths', why: w,")
    mechanism = read(lay(case_folder(), files))
    matters = mechanism.file.outcomes[0].matters
    assert matters is not None
    assert (matters.least, matters.unit) == (1200.0, "deaths")
    assert mechanism.headline.id == "deaths"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 20}, author: tester,", "weight: 20}, author: ' ',"),
        ("source: none, why: not measured}", "source: '  ', why: not measured}"),
        ("name: Capability at the end,", 'name: "\\t",'),
        ('who: "UCDP, once a year"', "who: ' '"),
    ],
)
def test_blanks_are_no_text(case_folder: CaseFolder, old: str, new: str) -> None:
    said = mistakes(case_folder, edited(old, new))
    assert "expected some text; found ' " in said[0] or "expected some text; found '\\t'" in said[0]


SAME_NAME = {
    "outcomes": ("name: Capability at the end,", "name: deaths  by Rebels,", "outcomes[1].name"),
    "signs": ("name: Troops of Bigland, of", "name: Deaths by rebels, of", "signs[1].name"),
}


@pytest.mark.parametrize("where", SAME_NAME)
def test_two_of_one_list_bear_no_one_name(case_folder: CaseFolder, where: str) -> None:
    old, new, column = SAME_NAME[where]
    (said,) = mistakes(case_folder, edited(old, new))
    assert f"column {column}: expected each name once; found" in said
    assert "Choose another: deaths bears it, and answers speak by name." in said


def test_two_branches_of_one_name(case_folder: CaseFolder) -> None:
    text = ALTERNATIVES.replace("weight: 0.6", "weight: 0.5").replace(
        "id: two, name: Two", "id: two, name: One"
    )
    (said,) = mistakes(case_folder, edited("outcomes:\n", text))
    assert "alternatives[0].branches[1].name: expected each name once; found 'One'" in said


def test_two_scenarios_of_one_name(case_folder: CaseFolder) -> None:
    files = {**FILES, "scenarios/leave.yaml": LEAVE.replace("Bigland leaves", "bigland stays")}
    first, *_ = mistakes(case_folder, files)
    assert first == (
        "scenarios/stay.yaml, line 2, column name: expected each name once; found 'Bigland stays'. Choose "
        "another: leave bears it, and answers speak by name."
    )


def test_a_scenario_is_compared_once(case_folder: CaseFolder) -> None:
    files = edited("base: stay\n", "base: stay\ncompared: [stay, leave, leave]\n")
    (said,) = mistakes(case_folder, files)
    assert "compared[2]: expected each scenario once; found 'leave'. Remove it." in said


IN_WORDS = [
    ("start: 2015-01\n", "start: 2015-01-15\n", "like 2014-06; found 2015-01-15. Correct the value."),
    ("start: 2015-01\n", "start: 2015\n", "like 2014-06; found 2015. Correct the value."),
    ("start: 2015-01\n", "start:\n", "like 2014-06; found nothing. Fill it in."),
    (
        "{deaths: [rebels]}, who",
        "{deaths: []}, who",
        "measured.deaths: expected 'all' or ids of strata; found []",
    ),
    (
        "{above: 12, for: 2}",
        "{for: 2}",
        "expected either above or below; found nothing. Give one of the two.",
    ),
    ("outcomes:\n", ALTERNATIVES.replace("0.6", "half"), "branches[1].weight: expected a weight from 0 to 1"),
]


@pytest.mark.parametrize(("old", "new", "said"), IN_WORDS)
def test_a_mistake_is_told_once_and_without_words_of_the_machine(
    case_folder: CaseFolder, old: str, new: str, said: str
) -> None:
    (told,) = mistakes(case_folder, edited(old, new))
    assert said in told


PATHS = {
    "2015-12: 0": ("2015-14: 0", "troops.path.2015-14: expected a month between 1940-01 and 2060-12, like"),
    "2015-01: 1000": (
        "2015-01: many",
        "troops.path.2015-01: expected a number between -1e15 and 1e15; found",
    ),
    "troops: {": ("Big troops: {", "levers.Big troops: expected an id of small letters, digits and hyphens"),
    "between: line": (
        "beween: line",
        "levers.troops.beween: expected a known name; found 'line'. Did you mean",
    ),
}


@pytest.mark.parametrize("old", PATHS)
def test_keys_and_values_of_a_path_are_told_in_words(case_folder: CaseFolder, old: str) -> None:
    new, said = PATHS[old]
    told, *_ = mistakes(case_folder, {**FILES, "scenarios/leave.yaml": LEAVE.replace(old, new)})
    assert said in told
    assert "pattern" not in told and "[key]" not in told
