"""What is written down comes back as it was, and nothing that an answer does not consist of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from vedette.cache.digest import digest_of
from vedette.cache.encoding import Reader, UnkeepableError, Writer, packed, unpacked
from vedette.cache.reachable import name_of, returned_classes
from vedette.changes.signs import SignSince, SignsSince
from vedette.changes.signs_compared import signs_of_files
from vedette.effect.asking import what_changed
from vedette.message import Capital, Day, Message, joined, say, say_many, template_of
from vedette.model import By, Forecast, History
from vedette.model.pool.recalibration import BetaMap
from vedette.panel import Panel
from vedette.periods import Span, Step
from vedette.score import backtest


def outlook() -> tuple[dict[By, Forecast], list[Step | None]]:
    raise NotImplementedError


def through(value: Any, given: tuple[object, ...] = ()) -> Any:
    classes = returned_classes(outlook)
    writer = Writer(classes, given)
    written, tables = unpacked(packed(writer.written(value), writer.tables))
    return Reader(classes, given, tables).read(written)


PLAIN = [
    None,
    True,
    2**70,
    0.1,
    float("inf"),
    -0.0,
    "\ud800 š ق",
    (),
    [1, (2.0, "3")],
    {"a": {1: None}, (1, "b"): frozenset({1, 2})},
    {"given": 0},
    {"class": "x", "fields": {}},
    date(2020, 2, 29),
    Step.WEEK,
    {By.COUNTRY: Step.DAY},
]


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_values_come_back(value: object) -> None:
    back = through(value)
    assert back == value
    assert repr(back) == repr(value)
    assert type(back) is type(value)


MESSAGES = [
    say("{deaths} died in {place}", deaths=1204, place="Mosul"),
    say_many(2, "{count} claim of {whom}", "{count} claims of {whom}", whom=say("the {state}", state="army")),
    joined([say("{n} of many", n=1), "plain"], "; "),
    Capital.first(say("it held on {day}", day=Day.at(date(2020, 2, 29), "month"))),
]


@pytest.mark.parametrize("message", MESSAGES)
def test_messages_come_back_with_their_templates_and_parts(message: Message) -> None:
    back = through((message,))[0]
    assert (back, type(back), template_of(back)) == (message, type(message), template_of(message))
    assert digest_of(back) == digest_of(message)


def test_an_answer_of_messages_can_be_written_down() -> None:
    alarm = say("above {n} attacks", n=5)
    sign = SignSince(
        "attacks", "Attacks", alarm, "fired", "4", "6", "2020-01", "unrest", 1, None, "UN", False
    )
    answer = SignsSince((sign,), missing=say("none of {n}", n=3))
    writer = Writer(returned_classes(signs_of_files), ())
    assert Reader(writer.classes, (), writer.tables).read(writer.written(answer)) == answer


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3),
        np.arange(6.0, dtype=np.float32).reshape(3, 2).T,
        np.array([True, False]),
        np.array([[0.1, np.nan], [-0.0, np.inf]]),
        np.zeros((3, 0, 2)),
        np.array(4.5),
        np.array([2**63], np.uint64),
        np.array([["a", "ab"], ["", "ق"]]),
    ],
)
def test_arrays_come_back_bit_by_bit(array: np.ndarray) -> None:
    back = through(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert back.tobytes() == array.tobytes()
    assert through(np.float32(0.1)).dtype == np.float32


def test_tables_come_back_with_their_types() -> None:
    schema: dict[str, Any] = {
        "day": pl.Date,
        "n": pl.Int32,
        "name": pl.String,
        "some": pl.List(pl.Int64),
        "x": pl.Float64,
    }
    table = pl.DataFrame([[date(2020, 1, 1), None, "", [1, 2], None]], schema=schema, orient="row")
    assert through(table).equals(table)
    assert through(table).schema == table.schema
    assert through(table.clear()).schema == table.schema
    assert through(table["name"]).equals(table["name"])
    assert through(table["name"]).name == "name"


def test_an_object_of_vedette_comes_back_and_inputs_stay_the_same_objects() -> None:
    ahead = Forecast(np.ones((2, 1, 1), int), 24161, Step.MONTH, (1,), ("a",), "deaths", "pool", 1)
    back = through({By.COUNTRY: ahead})[By.COUNTRY]
    assert {**vars(back), "draws": 0} == {**vars(ahead), "draws": 0}
    assert through((ahead, ahead), (ahead,)) == (ahead, ahead)


@dataclass(frozen=True)
class Outside:
    """No answer of the test consists of it."""


@pytest.mark.parametrize(
    "value",
    [BetaMap(), Outside(), object(), print, np.array([object()]), {1: {2: BetaMap()}}],
    ids=["model", "outside", "object", "function", "objects", "inside"],
)
def test_what_the_answer_does_not_consist_of_is_not_written(value: object) -> None:
    with pytest.raises(UnkeepableError):
        through(value)


def test_what_the_answer_does_not_consist_of_is_not_read() -> None:
    reader = Reader(returned_classes(outlook), (), [])
    for forged in (
        {"class": name_of(BetaMap), "fields": {"shape": 1.0}},
        {"class": "os:system", "fields": {}},
        {"enum": name_of(Forecast), "name": "total"},
        {"class": name_of(Span), "fields": {"first": 1}},
        {"eval": ["1"]},
    ):
        with pytest.raises((KeyError, ValueError, AttributeError)):
            reader.read(forged)


def test_the_classes_of_an_answer_are_those_of_its_annotation() -> None:
    assert set(returned_classes(outlook)) == {name_of(each) for each in (By, Forecast, Step)}
    assert name_of(Span) not in returned_classes(backtest)
    effects = returned_classes(what_changed)
    assert "vedette.effect.placebo:Placebos" in effects
    assert not {name_of(History), name_of(Panel)} & set(effects)
