"""Which scenario the levers choose, in words: none before the scenarios start, names in place of ids."""

from types import SimpleNamespace
from typing import Any, cast

from vedette.commands.track_words import course_lines


def said(**more: Any) -> list[str]:
    course = SimpleNamespace(levers=(), months=(), alike=False, nearest=(), apart={}, without=("Money",))
    names = {"stay": "Bigland stays"}
    result = SimpleNamespace(
        found=SimpleNamespace(course=course), scenario_names=names, followed="stay", written="2015-01", **more
    )
    return list(course_lines(cast(Any, result)))


def test_months_before_the_scenarios_choose_none() -> None:
    assert said(hindsight=True) == [
        "These months lie before the scenarios, which start in 2015-01: levers choose none.",
        "Without a record, and drawn from their whole range: Money.",
    ]


def test_levers_without_a_record_name_the_scenario_that_they_are_taken_from() -> None:
    assert said(hindsight=False) == [
        "No month of the scenarios has passed: they start in 2015-01.",
        "Without a record, and taken as “Bigland stays” has them: Money.",
    ]
