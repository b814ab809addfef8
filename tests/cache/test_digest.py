"""A digest changes with everything that a value holds, and with nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl
import pytest
from shapely.geometry import Point

from vedette.cache import UnreadableError, digest_of
from vedette.case import Case, read_case
from vedette.message import say
from vedette.model import By, History, Pool, Severity
from vedette.periods import Span, Step

DIFFERENT = [
    None,
    False,
    0,
    0.0,
    -0.0,
    "0",
    b"0",
    "",
    (),
    [],
    ("", ""),
    ("a", "bc"),
    ("ab", "c"),
    {},
    {"a": 1},
    {"a": 1, "b": 2},
    frozenset(),
    frozenset({1}),
    range(3),
    date(2020, 1, 1),
    Path("2020-01-01"),
    "1 killed",
    say("{n} killed", n=1),
    say("{deaths} killed", deaths=1),
    say("1 killed"),
    By.COUNTRY,
    Step.MONTH,
    "month",
    Pool,
    Pool(),
    Pool(name="another"),
    Span(1, 2, Step.MONTH),
    Span(1, 2, Step.WEEK),
    Point(1, 2),
    Point(1, 3),
    np.float64(0),
    np.int64(0),
    np.zeros(1),
    np.zeros((1, 1)),
    np.zeros(1, np.float32),
    np.zeros(2),
    np.array(["a"]),
    pl.Series("a", [1]),
    pl.DataFrame({"a": [1]}),
    pl.DataFrame({"b": [1]}),
    pl.DataFrame({"a": [1.0]}),
    pl.DataFrame({"a": [None]}, schema={"a": pl.Int64}),
    pl.DataFrame({"a": ["1"]}),
]


def test_values_that_differ_have_different_digests() -> None:
    digests = [digest_of(value) for value in DIFFERENT]
    assert len(set(digests)) == len(DIFFERENT)
    assert digest_of(1, 2) != digest_of((1, 2)) != digest_of(2, 1)


def test_a_value_made_otherwise_has_the_same_digest() -> None:
    wide = np.arange(12.0).reshape(3, 4)
    pieces = pl.concat([pl.DataFrame({"a": ["x"]}), pl.DataFrame({"a": ["y"]})], rechunk=False)
    assert digest_of(np.asfortranarray(wide)) == digest_of(wide) == digest_of(wide.T.copy().T)
    assert digest_of(pieces) == digest_of(pl.DataFrame({"a": ["x", "y"]}))
    assert digest_of(frozenset({"a", "b", "c"})) == digest_of(frozenset({"c", "b", "a"}))
    assert digest_of(pl.DataFrame({"a": ["w", "x", "y"]})[1:]) == digest_of(pl.DataFrame({"a": ["x", "y"]}))


@dataclass
class Open:
    """May be changed, and lies outside vedette."""

    number: int = 1


@dataclass(frozen=True)
class Outside:
    """Lies outside vedette, so that its source is in no digest."""

    number: int = 1


@pytest.mark.parametrize(
    "value",
    [lambda: 1, object(), Open(), Outside(), np.array([object()]), iter([]), np.random.default_rng(1)],
    ids=["function", "object", "changeable", "outside", "objects", "iterator", "generator"],
)
def test_what_may_hold_more_than_it_shows_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError):
        digest_of((1, {"a": [value]}))


HISTORY = History.of(
    [[1, 0], [4, 2]], ["a", "b"], 24161, Step.MONTH, events=[[1, 0], [1, 1]], neighbours=[[0, 1], [1, 0]]
)
CHANGES: dict[str, Callable[[Any], Any]] = {
    "values": lambda old: old + np.array([[[0, 0], [0, 1]]]),
    "units": lambda old: ("a", "c"),
    "span": lambda old: replace(old, first=old.first - 1),
    "observed": lambda old: ~old,
    "measure": lambda old: "deaths",
    "events": lambda old: None,
    "neighbours": lambda old: 0 * old,
    "kind": lambda old: "place",
    "countries": lambda old: ("IRQ", "IRQ"),
}


@pytest.mark.parametrize("name", [each.name for each in fields(History)])
def test_every_part_of_a_history_counts(name: str) -> None:
    changed = replace(HISTORY, **{name: CHANGES[name](getattr(HISTORY, name))})
    assert digest_of(changed) != digest_of(HISTORY)


def test_a_record_of_another_class_with_the_same_fields_differs() -> None:
    severity = Severity(np.ones(1), np.ones(3), np.ones(3))
    assert digest_of(severity) != digest_of(tuple(vars(severity).values()))
    assert digest_of(MappingProxyType({"a": 1})) != digest_of(["a", 1])


def test_a_case_read_twice_has_one_digest_and_each_table_counts(case: Case) -> None:
    assert digest_of(read_case(str(case.folder))) == digest_of(case)
    tables = [each.name for each in fields(Case) if isinstance(getattr(case, each.name), pl.DataFrame)]
    assert len(tables) >= 10
    for name in tables:
        table = getattr(case, name)
        longer = pl.concat([table, table[:1]]) if table.height else table.rename({table.columns[0]: "x"})
        assert digest_of(replace(case, **{name: longer})) != digest_of(case), name
