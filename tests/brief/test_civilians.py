"""Deaths in attacks on civilians, by who did them."""

import polars as pl

from vedette.brief.sections.civilians import by_perpetrator
from vedette.periods import Span, Step, parse

NOW = Span(parse("2020-01", Step.MONTH), parse("2020-12", Step.MONTH), Step.MONTH)
BEFORE = Span(NOW.first - 12, NOW.first - 1, Step.MONTH)


def cells(*rows: tuple[str, str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "side_a": who,
                "type": kind,
                "last": parse(month, Step.MONTH),
                **{"low": best - 1, "best": best, "high": best + 2, "events": 1},
            }
            for who, kind, month, best in rows
        ]
    )


def test_sums_by_perpetrator_are_plain_sums_of_the_two_spans() -> None:
    table = by_perpetrator(
        cells(
            ("IS", "one-sided", "2020-01", 5),
            ("IS", "one-sided", "2020-12", 7),
            ("IS", "one-sided", "2019-06", 3),
            ("IS", "state-based", "2020-05", 90),
            ("Government of Iraq", "one-sided", "2019-12", 4),
            ("Gone", "one-sided", "2004-05", 800),
            ("IS", "one-sided", "2021-01", 50),
        ),
        NOW,
        BEFORE,
    )
    columns = ("name", "best", "low", "high", "events", "before", "ever")
    assert table.select(columns).rows() == [
        ("IS", 12, 10, 16, 2, 3, 65),
        ("Government of Iraq", 0, 0, 0, 0, 4, 4),
    ]


def test_fighting_alone_has_no_perpetrators() -> None:
    assert by_perpetrator(cells(("IS", "state-based", "2020-05", 90)), NOW, BEFORE).is_empty()
