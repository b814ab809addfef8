"""The history that models see: checked when made, cut at the origin."""

import numpy as np
import pytest

from vedette.errors import DataError
from vedette.model import History
from vedette.model.history import middle
from vedette.periods import Step, parse

FIRST = parse("2013-06", Step.MONTH)


def test_a_table_becomes_one_panel_draw() -> None:
    history = History.of(np.array([[0, 2], [1, 0.0]]), ["a", "b"], FIRST, Step.MONTH)
    assert history.values.tolist() == [[[0, 2], [1, 0]]]
    assert history.values.dtype == np.int64
    assert history.span.labels() == ["2013-06", "2013-07"]
    assert history.observed.all()


def test_every_wrong_cell_is_named() -> None:
    cells = np.array([[0, -3], [np.nan, 0.5], [np.inf, 1]])
    with pytest.raises(DataError) as caught:
        History.of(cells, ["a", "b"], FIRST, Step.MONTH, measure="deaths")
    assert str(caught.value).splitlines()[0] == "deaths: 4 cells are not counts."
    assert [(problem.column, problem.found) for problem in caught.value.problems] == [
        ("b in 2013-06", "-3.0"),
        ("a in 2013-07", "nan"),
        ("b in 2013-07", "0.5"),
        ("a in 2013-08", "inf"),
    ]


@pytest.mark.parametrize("values", [np.zeros((0, 2)), np.zeros((3, 1)), np.zeros(4), np.zeros((2, 3, 0))])
def test_shapes_that_do_not_fit_are_refused(values: np.ndarray) -> None:
    with pytest.raises(DataError, match=r"expected counts by period and unit for 2 units; found .* shape"):
        History.of(values, ["a", "b"], FIRST, Step.MONTH)


def test_observed_must_name_every_period() -> None:
    with pytest.raises(DataError, match="expected `observed` for each of 2 periods"):
        History.of([[1], [2]], ["a"], FIRST, Step.MONTH, observed=[True])


def test_until_keeps_the_origin_and_nothing_later() -> None:
    history = History.of([[1], [2], [3]], ["a"], FIRST, Step.MONTH, observed=[True, True, False])
    cut = history.until(FIRST + 1)
    assert cut.values.tolist() == [[[1], [2]]]
    assert cut.span.last == FIRST + 1
    assert cut.observed.tolist() == [True, True]


@pytest.mark.parametrize("origin", [FIRST - 1, FIRST + 3])
def test_an_origin_outside_the_data_is_refused(origin: int) -> None:
    history = History.of([[1], [2], [3]], ["a"], FIRST, Step.MONTH)
    with pytest.raises(DataError, match="expected an origin from 2013-06 to 2013-08; found 2013-0"):
        history.until(origin)


def test_truth_is_a_count_that_some_draw_holds() -> None:
    values = np.array([[[5, 0]], [[1, 0]], [[9, 7]], [[3, 7]]])
    assert middle(values).tolist() == [[3, 0]]
    assert History.of(values, ["a", "b"], FIRST, Step.MONTH).truth.tolist() == [[3, 0]]


def test_total_adds_units_up_in_every_draw() -> None:
    history = History.of(np.arange(8).reshape(2, 2, 2), ["a", "b"], FIRST, Step.MONTH)
    assert history.total("all").values.tolist() == [[[1], [5]], [[9], [13]]]
    assert history.total("all").units == ("all",)


def known() -> History:
    """Three months of two units with the events behind their deaths and a border between them."""
    deaths, events = [[9, 0], [4, 8], [1, 2]], [[2, 0], [1, 3], [1, 1]]
    touch = [[0, 1], [1, 0]]
    return History.of(
        deaths, ["a", "b"], FIRST, Step.MONTH, measure="deaths", events=events, neighbours=touch
    )


def test_events_and_neighbours_are_kept() -> None:
    history = known()
    assert history.events is not None
    assert history.events.tolist() == [[[2, 0], [1, 3], [1, 1]]]
    assert history.events.dtype == np.int64
    assert history.neighbours is not None
    assert history.neighbours.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    bare = History.of([[1]], ["a"], FIRST, Step.MONTH)
    assert bare.events is None
    assert bare.neighbours is None


def test_until_cuts_events_too_and_keeps_the_map() -> None:
    cut = known().until(FIRST + 1)
    assert cut.events is not None
    assert cut.events.tolist() == [[[2, 0], [1, 3]]]
    assert cut.neighbours is not None
    assert cut.neighbours.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_a_total_adds_events_up_and_has_no_neighbours() -> None:
    total = known().total("all")
    assert total.events is not None
    assert total.events.tolist() == [[[2], [4], [2]]]
    assert total.neighbours is None


def test_events_must_have_the_shape_of_the_deaths() -> None:
    with pytest.raises(
        DataError, match=r"events: expected the shape \(1, 2, 1\) of the deaths they stand behind"
    ):
        History.of([[1], [2]], ["a"], FIRST, Step.MONTH, events=[[1]])


def test_events_must_be_counts() -> None:
    with pytest.raises(DataError, match="events: 1 cell is not a count") as caught:
        History.of([[1], [2]], ["a"], FIRST, Step.MONTH, events=np.array([[1], [0.5]]))
    assert caught.value.problems[0].column == "a in 2013-07"


@pytest.mark.parametrize(
    "touch",
    [[[0, 1]], [[0, 1], [0, 0]], [[1, 1], [1, 0]], [[0, 0.5], [0.5, 0]], [[0, np.nan], [np.nan, 0]]],
    ids=["shape", "one-sided", "touches itself", "a share", "not a number"],
)
def test_neighbours_must_be_a_symmetric_table_of_0_and_1(touch: list[list[float]]) -> None:
    with pytest.raises(DataError, match="neighbours: expected a symmetric table of 0 and 1 for 2 units"):
        History.of([[1, 2]], ["a", "b"], FIRST, Step.MONTH, neighbours=touch)
