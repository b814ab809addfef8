"""Learns how strongly sums over months and over places are tied, and writes vedette/model/pool/ties.csv.

    python studies/learn_ties.py --shared ../shared

For the end of each year from 2013 on the pool is asked at every third month what its members would have
said about the twelve months to come, and the strengths are learned from the sums of those twelve months
that were over by then, in the way in which a forecast learns from its own past. Along paths: the countries
of UCDP's country-month file (2010-2020), the states of Nigeria, and Iraq's governorates up to 2009.
Across units: the places alone. The row without a month is the assumed one.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from learn_prior import COUNTRIES, LAST_OF_IRAQ, country_months
from panels import IRAQ, NIGERIA, read_events, target

from vedette.files import replace_file
from vedette.model import History, Pool
from vedette.model.pool.content import content_of
from vedette.model.pool.past_draws import EVERY, Past
from vedette.model.pool.past_performance import performance_at
from vedette.model.pool.tie_evidence import TieEvidence
from vedette.model.pool.tie_learning import learn_ties
from vedette.model.pool.tie_prior import TABLE
from vedette.model.pool.tying import Ties
from vedette.periods import Step, label, parse

ASSUMED = Ties(along=0.2, across=0.1)
WINDOW, WARM_UP = 12, 24
YEARS = range(2013, 2021)
Dated = list[tuple[int, TieEvidence]]
"""Evidence with the last month of its window."""


def evidence(history: History) -> Iterator[tuple[int, TieEvidence]]:
    """What the sums of twelve months say, from every third month of a history on."""
    pool, past = Pool(), Past.of(history)
    start = pool.start(history)
    for origin in range(history.span.first + WARM_UP - 1, history.span.last - WINDOW + 1):
        if origin % EVERY == 0:
            members = pool.members(history)
            found = performance_at(past, origin, members, content_of(members), start, WINDOW).ties
            if found is not None:
                yield origin + WINDOW, found


def histories(shared: Path) -> dict[str, History]:
    """Deaths of countries and of the places of the development cases, by name."""
    deaths = country_months(shared / COUNTRIES)
    names = [f"country-{number}" for number in range(deaths.table.shape[1])]
    return {
        "countries": History.of(deaths.table, names, deaths.first, Step.MONTH, measure="deaths"),
        "Nigeria": target(read_events(shared, NIGERIA), "T2 deaths"),
        "Iraq": target(read_events(shared, IRAQ), "T2 deaths").until(parse(LAST_OF_IRAQ, Step.MONTH)),
    }


def learned(by_name: dict[str, Dated], until: int) -> dict[str, object]:
    """A row of the table: the strengths learned from what was over at the end of a month."""
    over = {name: [one for last, one in dated if last <= until] for name, dated in by_name.items()}
    places = [*over["Nigeria"], *over["Iraq"]]
    share = EVERY / WINDOW
    along = learn_ties([*over["countries"], *places], ASSUMED, share).along
    across = learn_ties(places, Ties(along, ASSUMED.across), share).across
    sums = {name: sum(one.units for one in known) for name, known in over.items()}
    source = "UCDP deaths, sums of twelve months that overlap: " + ", ".join(
        f"{count} of {name}" for name, count in sums.items()
    )
    return {
        "known_until": label(until, Step.MONTH),
        "basis": "estimated",
        "along": round(along, 2),
        "across": round(across, 2),
        "source": source,
    }


def main() -> None:
    """Writes ties.csv beside the code that reads it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    by_name = {name: list(evidence(past)) for name, past in histories(parser.parse_args().shared).items()}
    rows: list[dict[str, object]] = [
        {
            "known_until": "",
            "basis": "assumed",
            "along": ASSUMED.along,
            "across": ASSUMED.across,
            "source": "set on Iraq 2005-2009 and Nigeria by the authors",
        }
    ]
    for year in YEARS:
        rows.append(learned(by_name, parse(f"{year}-12", Step.MONTH)))
        print(rows[-1], flush=True)
    replace_file(TABLE, pl.DataFrame(rows).write_csv().encode())


if __name__ == "__main__":
    main()
