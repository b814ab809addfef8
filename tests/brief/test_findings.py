"""Findings: what is called observed, and what estimated, at the edge between the two."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from vedette.brief.inputs.findings import Findings
from vedette.periods import Span, Step, parse


def marks(best: list[int], estimated: bool = False) -> list[str]:
    """The marks of the only month of a panel whose draws of deaths are ``best``."""
    month = parse("2015-01", Step.MONTH)
    draws = np.array(best).reshape(-1, 1, 1, 1)
    grid = SimpleNamespace(span=Span(month, month, Step.MONTH), everywhere=(("all", (0,)),))
    panel = SimpleNamespace(
        grid=grid,
        gaps=(),
        estimated=np.array([estimated]),
        series=lambda measure, groups, within=None: draws,
    )
    parts = cast(Any, panel)
    findings = Findings(cast(Any, None), cast(Any, None), parts, date(2015, 2, 1), 1, {}, cast(Any, None))
    return findings.national["mark"].to_list()


@pytest.mark.parametrize(
    ("low", "high", "mark"),
    [
        (100, 100, "observed"),
        (95, 105, "observed"),  # nine in ten draws within exactly a tenth of the median
        (95, 106, "estimated"),
        (94, 105, "estimated"),
    ],
)
def test_a_sum_is_observed_while_nine_in_ten_draws_lie_within_a_tenth_of_it(
    low: int, high: int, mark: str
) -> None:
    assert marks([low] * 5 + [100] * 10 + [high] * 5) == [mark]


def test_draws_beyond_nine_in_ten_do_not_make_a_sum_estimated() -> None:
    assert marks([1] + [100] * 38 + [900]) == ["observed"]
    assert marks([1] * 3 + [100] * 37) == ["estimated"]


def test_a_month_filled_up_to_totals_is_estimated_though_all_draws_agree() -> None:
    assert marks([100] * 20, estimated=True) == ["estimated"]


def test_no_deaths_in_any_draw_are_observed() -> None:
    assert marks([0] * 20) == ["observed"]
