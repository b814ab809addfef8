"""Unknown is not none: what nobody counted is no zero, and what nobody said is no tie."""

from datetime import date

import numpy as np
import polars as pl
from support.fourland import OBSERVED_COLUMNS, CaseFolder
from support.spoken import claim, spoken

from vedette.case import read_case
from vedette.evidence import read_ledger
from vedette.model import Conflictology, History
from vedette.panel import gather, make_panel
from vedette.periods import Step
from vedette.score import backtest

DYAD = "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based"


def test_months_that_no_file_covers_are_in_no_panel(case_folder: CaseFolder) -> None:
    rows = f"{OBSERVED_COLUMNS}\nucdp,2013-03,2013-03,FO-A,strip,{DYAD},1,1,2,3,5,8\n"
    case = read_case(case_folder({"observed.csv": rows, "totals.csv": None}))
    panel = make_panel(gather(case).cells, case, date(2014, 12, 31), Step.MONTH, seed=1, draws=4)
    assert panel.grid.span.labels()[-1] == "2013-12"  # releases hold whole years


def test_months_that_nobody_observed_are_in_no_score() -> None:
    events = np.random.default_rng(1).poisson(5, (40, 2))
    observed = np.ones(40, bool)
    observed[[31, 33]] = False
    history = History.of(events, ["a", "b"], 24000, Step.MONTH, observed, measure="events")
    card = backtest(history, [Conflictology(12)], range(24028, 24036), 3, draws=10)
    scored = card.table.select(pl.col("origin") + pl.col("horizon"))["origin"].unique().to_list()
    assert sorted(scored) == [24029, 24030, 24032, *range(24034, 24039)]


def test_an_event_without_a_place_counts_for_the_country(case_folder: CaseFolder) -> None:
    rows = f"{OBSERVED_COLUMNS}\nucdp,2013-03,2013-03,,?,{DYAD},1,6,2,3,5,8\n"
    case = read_case(case_folder({"observed.csv": rows}))
    panel = make_panel(gather(case).cells, case, date(2013, 12, 31), Step.MONTH, seed=1, draws=4)
    assert (panel.series("best", panel.grid.everywhere).sum(axis=(1, 2, 3)) == 5).all()


def test_what_no_claim_speaks_of_is_no_tie(case_folder: CaseFolder) -> None:
    files = dict(spoken([claim("one", "bigland", "training", "guard", from_="2012", to="2013")]))
    ledger = read_ledger(read_case(case_folder(files | {"forces.csv": None})))
    ties = ledger.holding(date(2012, 6, 30)).select("subject", "relation", "object").rows()
    assert ties == [("bigland", "training", "guard")]
    assert ledger.holding(date(2014, 6, 30)).is_empty()
