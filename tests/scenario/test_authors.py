"""Assumptions by several authors: pooled, weighed by what they got right, asked one by one."""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.running import typed
from support.small_mechanism import FILES, MECHANISM, lay, read

from vedette import commands
from vedette.case import read_case
from vedette.case.writing.yaml_edit import loaded, with_item, with_keys
from vedette.errors import CaseError, UsageError
from vedette.scenario import read_mechanism
from vedette.scenario.answers import authors_of
from vedette.scenario.language.answered_questions import FILE, AnsweredOne, question_problems
from vedette.scenario.language.cooke import performance, weights_of
from vedette.scenario.language.entries import Assumption
from vedette.scenario.past import scenario_problems

ONE = "distribution: {form: beta, mean: 0.5, weight: 20}, author: tester, source: none, why: not measured"
SECOND = (
    "authors: [{author: Another, date: 2014-06-01, distribution: {form: point, value: 0.9}, "
    "source: a visit, why: it looked strong}]"
)
HEAD = "author,question,q5,q50,q95,true,date\n"


def with_authors(folder: CaseFolder, more: str, files: dict[str, str] | None = None) -> Path:
    """The small mechanism, the first assumption with further keys."""
    assert ONE in MECHANISM
    text = MECHANISM.replace(ONE, f"{ONE}, {more}", 1)
    return lay(folder(files or {}), {**FILES, "mechanisms.yaml": text})


def first(folder: Path) -> Assumption:
    """Its first assumption."""
    return read(folder).file.assumptions[0]


# --- the pool


def test_two_authors_are_a_mixture_and_each_is_shown(case_folder: CaseFolder) -> None:
    folder = with_authors(case_folder, SECOND)
    pooled = first(folder)
    low, high = pooled.distribution.quantile(np.array([0.25, 0.75]))
    assert low == pytest.approx(0.5, abs=0.01)  # the median of the beta
    assert high == pytest.approx(0.9)
    assert pooled.mark == "assumed"
    assert (
        "linear pool of 2 authors; equal weights: no test question answered by all" in pooled.ground.rests_on
    )
    rows = authors_of(read(folder))
    assert [(row["author"], row["weight"], row["value"]) for row in rows] == [
        ("tester", 0.5, "beta, mean 0.5, worth 20 cases"),
        ("Another", 0.5, "0.9"),
    ]
    assert pooled.ground.by == "tester; Another"


def test_who_judged_after_the_day_is_left_out(case_folder: CaseFolder) -> None:
    folder = with_authors(case_folder, SECOND)
    then = read_mechanism(read_case(folder), date(2014, 5, 31)).file.assumptions[0]
    assert then.distribution.form == "beta"
    assert "1 judged after 2014-05-31 and left out" in then.ground.rests_on
    same_day = read_mechanism(read_case(folder), date(2014, 6, 1)).file.assumptions[0]
    assert len(same_day.ground.answers) == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (SECOND.replace("date: 2014-06-01, ", ""), "assumptions[0].authors[0].date: expected a day between"),
        (SECOND.replace("2014-06-01", "2055-06-01"), "authors[0].date: expected a day not after 20"),
        (SECOND.replace("2014-06-01", "2014-06-31"), "a day like 2014-06-10"),
        (SECOND.replace("Another", "tester"), "authors[0].author: expected each author once; found 'tester'"),
        (SECOND.replace("why: it looked strong", "because: yes"), "authors[0].why: expected some text"),
        (SECOND.replace("value: 0.9", "value: 1.9"), "index from 0 to 1"),
    ],
)
def test_mistakes_of_authors(case_folder: CaseFolder, more: str, said: str) -> None:
    with pytest.raises(CaseError) as raised:
        first(with_authors(case_folder, more))
    text = str(raised.value)
    assert said in text
    assert "mechanisms.yaml, " in text


# --- weights by Cooke's method


def answers(quantiles: tuple[float, float, float], truths: list[float]) -> list[AnsweredOne]:
    """The same quantiles for each of the true values."""
    return [AnsweredOne(str(n), quantiles, truth, False) for n, truth in enumerate(truths)]


def test_a_calibrated_author_by_hand() -> None:
    """1, 9, 9 and 1 of 20 truths in the four intervals is what should be: a calibration of 1."""
    own = answers((10, 20, 30), [5.0] + [15.0] * 9 + [25.0] * 9 + [35.0])
    found = performance({"a": own}, ["a"])["a"]
    assert found.calibration == pytest.approx(1.0)
    inner = 0.1 * math.log(0.05 * 12) + 0.9 * math.log(0.45 * 12 / 5)  # range 8 to 32
    outer = (
        0.05 * math.log(0.05 / 0.25) + 0.9 * math.log(0.45 * 3) + 0.05 * math.log(0.05 * 12)
    )  # 2.5 to 32.5
    assert found.information == pytest.approx((18 * inner + 2 * outer) / 20)
    assert found.weight == pytest.approx(found.information)


def test_a_calibration_by_hand() -> None:
    """2, 8, 8 and 2 of 20: the chi-square tail of 3 degrees of freedom in closed form."""
    own = answers((10, 20, 30), [5.0] * 2 + [15.0] * 8 + [25.0] * 8 + [35.0] * 2)
    divergence = 2 * 0.1 * math.log(2) + 2 * 0.4 * math.log(0.4 / 0.45)
    x = 2 * 20 * divergence
    tail = math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
    assert performance({"a": own}, ["a"])["a"].calibration == pytest.approx(tail)
    assert tail == pytest.approx(0.62, abs=0.005)


def test_an_author_who_is_wrong_weighs_nothing() -> None:
    truths = [float(n) for n in range(10)]
    right = [AnsweredOne(str(n), (t - 9, t - (-1) ** n, t + 9), t, False) for n, t in enumerate(truths)]
    wrong = [AnsweredOne(str(n), (t + 20, t + 25, t + 30), t, False) for n, t in enumerate(truths)]
    weights, how = weights_of({"a": right, "b": wrong}, ["a", "b"])
    assert weights.tolist() == [1.0, 0.0]
    assert "weights by Cooke's method from 10 test questions; calibration: a 0." in how
    few, how = weights_of({"a": right[:9], "b": wrong[:9]}, ["a", "b"])
    assert few.tolist() == [0.5, 0.5]
    assert how == "equal weights: 9 test questions answered by all, 10 are needed"
    nobody, how = weights_of({"a": wrong, "b": wrong}, ["a", "b"])
    assert nobody.tolist() == [0.5, 0.5]
    assert "no author reaches" in how


def test_the_wider_of_two_calibrated_authors_weighs_less() -> None:
    truths = [float(n) for n in range(10)]
    narrow = [AnsweredOne(str(n), (t - 3, t - (-1) ** n, t + 3), t, False) for n, t in enumerate(truths)]
    wide = [AnsweredOne(str(n), (t - 30, t - (-1) ** n, t + 30), t, False) for n, t in enumerate(truths)]
    weights, _ = weights_of({"a": narrow, "b": wide}, ["a", "b"])
    assert weights[0] > 0.7 > 0.3 > weights[1] > 0


def test_weights_in_a_case_move_with_the_day(case_folder: CaseFolder) -> None:
    rows = "".join(
        f"tester,q{n},{n - 9},{n - (-1) ** n},{n + 9},{n},2014-0{1 + n // 2}-01\n"
        f"Another,q{n},{n + 20},{n + 25},{n + 30},{n},2014-0{1 + n // 2}-01\n"
        for n in range(10)
    )
    folder = with_authors(case_folder, SECOND.replace("2014-06-01", "2013-01-01"), {FILE: HEAD + rows})
    assert [each.weight for each in first(folder).ground.answers] == [1.0, 0.0]
    assert first(folder).distribution.form == "beta"
    then = read_mechanism(read_case(folder), date(2014, 4, 30)).file.assumptions[0]
    assert [each.weight for each in then.ground.answers] == [0.5, 0.5]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,q,3,2,9,5,2014-01-01", f"{FILE}, row 2, column q50: expected q5 below q50 below q95"),
        ("a,q,1,2,9,5,", "column date: expected a day between"),
        ("a,q,1,2,x,5,2014-01-01", "column q95"),
        ("a,q,1,2,9,5,2055-01-01", "column date: expected a day not after 20"),
        ("a,q,1,2,9,5,2014-01-01\nb,q,1,2,9,6,2014-01-01", "row 3, column true: expected 5.0, as in row 2"),
        ("a,q,1,2,9,5,2014-01-01\na,q,1,2,9,5,2014-01-01", "row 3"),
    ],
)
def test_mistakes_of_test_questions(case_folder: CaseFolder, row: str, said: str) -> None:
    folder = lay(case_folder({FILE: HEAD + row + "\n"}))
    assert any(said in str(problem) for problem in question_problems(folder))
    assert any(FILE in str(problem) for problem in scenario_problems(read_case(folder)))
    with pytest.raises(CaseError, match=FILE):
        read(folder)


# --- elicitation


def test_an_answer_is_stored_and_nothing_else_changes(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    before = (folder / "mechanisms.yaml").read_text()
    done = commands.elicit(
        str(folder), "capability-2014", author="Ann", quantiles=(0.2, 0.5, 0.7), why="seen: it, drills"
    )
    after = (folder / "mechanisms.yaml").read_text()
    changed = [
        (old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new
    ]
    assert len(changed) == 1
    assert done.later
    assert [each.author for each in done.answers] == ["tester"]
    with pytest.raises(UsageError, match="comes with vedette"):
        commands.elicit("iraq", "grievance", author="Ann", quantiles=(0.0, 0.1, 0.2), why="x")
    commands.undo(str(folder))
    assert (folder / "mechanisms.yaml").read_text() == before


def test_an_author_who_answers_again_replaces_the_answer(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    for middle in (0.5, 0.6):
        done = commands.elicit(
            str(folder),
            "capability-2014",
            author="Ann",
            quantiles=(0.2, 0.4, middle, 0.65, 0.7),
            why="seen",
            day=date(2014, 5, 1),
        )
    assert not done.later
    assert [each.author for each in done.answers] == ["tester", "Ann"]
    assert done.answers[1].distribution.q50 == 0.6
    mine = commands.elicit(
        str(folder),
        "capability-2014",
        author="tester",
        quantiles=(0.1, 0.2, 0.3),
        why="x",
        day=date(2014, 6, 1),
    )
    assert mine.answers[0].distribution.q95 == 0.3
    assert first(folder).own.q95 == 0.3
    document = done.document()
    assert document["authors"][1]["weight"] == 0.5
    assert document["distribution"] == {
        "form": "elicited",
        "q5": 0.2,
        "q25": 0.4,
        "q50": 0.6,
        "q75": 0.65,
        "q95": 0.7,
    }


def test_what_holds_instead_of_a_recipe_can_be_elicited(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    done = commands.elicit(
        str(folder), "attack-elasticity", author="Ann", quantiles=(-1, -0.5, 0), why="x", day=date(2014, 1, 1)
    )
    assert [each.author for each in done.answers] == ["tester", "Ann"]


@pytest.mark.parametrize(
    ("name", "quantiles", "said"),
    [
        ("capability", (0.1, 0.2, 0.3), "Did you mean 'capability-"),
        ("recent-attacks", (0.1, 0.2, 0.3), "It is computed from the case"),
        ("capability-2014", (0.3, 0.2, 0.1), "expected quantiles that rise; found 0.3, 0.2, 0.1"),
        ("capability-2014", (0.1, 0.2), "expected 3 numbers"),
        ("capability-2014", (0.1, 0.2, 1.3), "expected index from 0 to 1; found 0.1 to 1.3"),
    ],
)
def test_what_cannot_be_elicited(
    case_folder: CaseFolder, name: str, quantiles: tuple[float, ...], said: str
) -> None:
    folder = lay(case_folder())
    before = (folder / "mechanisms.yaml").read_bytes()
    with pytest.raises(UsageError) as raised:
        commands.elicit(str(folder), name, author="Ann", quantiles=quantiles, why="x")
    assert said in str(raised.value)
    assert (folder / "mechanisms.yaml").read_bytes() == before


def test_questions_are_asked_one_by_one_and_a_no_stores_nothing(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    before = (folder / "mechanisms.yaml").read_bytes()
    said = "Ann\n0.2\n0.5\n0.7\n\nseen\n"
    refused = typed("elicit", folder, "capability-2014", given=said.replace("0.2", "a few\n0.2") + "n\n")
    assert "Input should be a valid number" in refused.stdout + refused.stderr
    assert "Between 0.2 and 0.7 index nine times in ten" in refused.stdout
    assert "Nothing was stored." in refused.stdout
    assert (folder / "mechanisms.yaml").read_bytes() == before
    stored = typed("elicit", folder, "capability-2014", "--date", "2014-05-01", given=said + "y\n")
    assert "Stored the answer of Ann to capability-2014, 2014-05-01" in stored.stdout
    assert len(first(folder).ground.answers) == 2


# --- YAML by hand


BLOCK = """\
# head
assumptions:
  - id: one   # first
    distribution:
      form: point   # a point
      value: 1
    why: >-
      a long
      reason

  # second
  - {id: two, why: b}   # flow
other: 1
"""


def test_yaml_keeps_its_comments_and_layout() -> None:
    edited = with_keys(
        BLOCK, ("assumptions", 0), {"distribution": {"form": "point", "value": 2}, "date": "x"}
    )
    assert loaded(edited, "a")["assumptions"][0] == {
        "id": "one",
        "distribution": {"form": "point", "value": 2},
        "why": "a long reason",
        "date": "x",
    }
    assert edited.count("#") == BLOCK.count("#") - 1  # the one within what was replaced
    assert "      reason\n    date: x\n\n  # second\n" in edited
    again = with_keys(edited, ("assumptions", 1), {"authors": [{"author": "A: b, {c}"}]})
    assert "  - {id: two, why: b, authors: [{author: 'A: b, {c}'}]}   # flow\nother: 1\n" in again
    more = with_item(again, ("assumptions", 1, "authors"), {"author": "D"})
    assert "authors: [{author: 'A: b, {c}'}, {author: D}]}   # flow" in more
    third = with_item(more, ("assumptions",), {"id": "three"})
    assert third.endswith("   # flow\n  - {id: three}\nother: 1\n")


def test_yaml_with_line_ends_of_windows_and_no_last_one() -> None:
    text = "a:\r\n  b: 1  # kept\r\n  c: 2"
    assert with_keys(text, ("a",), {"d": 3}) == text + "\r\n  d: 3"
    assert with_keys(text, ("a",), {"b": 4}) == text.replace("b: 1", "b: 4")
