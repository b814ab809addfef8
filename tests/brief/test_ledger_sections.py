"""The sections on the ledger against the ledger and headcounts by hand; claims behind each, nothing later."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache

import polars as pl
import pytest
from support.fourland import CaseFolder

from vedette.brief.figures import Figure, figure_problems
from vedette.brief.inputs.ledger import Evidence, evidence_on
from vedette.brief.sections.arms import arms
from vedette.brief.sections.backers import backers
from vedette.brief.sections.bases import bases
from vedette.brief.sections.disputed import disputed
from vedette.case import SHIPPED, Case, read_case
from vedette.case.schema import RelationKind
from vedette.evidence import edition_of
from vedette.network.bodies import of_backers
from vedette.network.standing import Standing

DAYS = (date(2010, 6, 30), date(2015, 6, 30), date(2020, 9, 30))
FOLDER = SHIPPED / "iraq"
LEAST = 0.5
"""The belief below which the Iraq case counts no tie."""


@cache
def told(day: date) -> Evidence:
    """The ledger of the public edition on a day."""
    found = evidence_on(public(), day, seed=1)
    assert found is not None
    return found


@cache
def public() -> Case:
    """The Iraq case as its public edition shows it."""
    return edition_of(read_case("iraq"))


def rows(name: str) -> list[dict[str, str]]:
    """A table of the shipped case as the csv module reads it."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(text: str) -> str:
    """The first day that a date may mean."""
    return f"{text}-01-01"[:10] if text else "0000-01-01"


def last(text: str) -> str:
    """A day not before the last that a date may mean."""
    return text + "9999-12-31"[len(text) :] if len(text) == 10 or not text else f"{text}-99"


def known(claim: dict[str, str], sources: dict[str, dict[str, str]], day: date) -> bool:
    """Whether a claim could be known by a day."""
    when = claim["known"] or claim["said"] or sources[claim["source"]]["date"]
    return (
        last(when) <= day.isoformat()
        or (len(when) == 7 and when < day.isoformat()[:7])
        or (len(when) == 7 and when == day.isoformat()[:7] and day.isoformat()[8:] in ("30", "31"))
    )


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_chart_draws_the_ties_that_are_believed_and_lists_the_rest(day: date) -> None:
    evidence = told(day)
    section = backers(evidence)
    assert section is not None
    figures = {figure.id: figure for figure in section.figures()}
    ties = (
        of_backers(evidence.ledger)
        .holding(day, [RelationKind.SUPPORT])
        .filter("supported", ~pl.col("recalled"))
    )
    own = Standing(evidence.ledger.case, day).own
    ties = ties.filter(~pl.col("subject").is_in(list(own)))
    drawn, below = figures["who-backs-whom"].records(), figures["faded-support"].records()
    sure = ties.filter(pl.col("belief") >= LEAST)
    assert {row["recipient"] for row in drawn} <= {evidence.name(key) for key in sure["object"]}
    assert all(float(str(row["belief"])) >= LEAST and str(row["said"]) <= str(day) for row in drawn)
    assert len(below) == ties.height - sure.height > 0
    assert all(float(str(row["belief"])) < LEAST for row in below)
    counts = [row for row in figures["backing-by-year"].records() if row["year"] == day.year]
    assert all(int(str(row["number"])) >= 1 for row in counts)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_index_of_arms_agrees_with_headcounts_by_hand(day: date) -> None:
    """Main forces are those marked; strengths lie where the claims put them; the index follows from both."""
    index = told(day).index
    assert index is not None
    sources = {row["id"]: row for row in rows("sources.csv")}
    sizes: dict[str, list[float]] = defaultdict(list)
    for claim in rows("claims.csv"):
        if claim["relation"] == "strength" and claim["basis"] == "page" and claim["unit"] == "persons":
            near = abs(int((claim["from"] or "0")[:4]) - day.year) <= 9
            if near and known(claim, sources, day) and float(claim["low"]) > 0:
                sizes[claim["subject"]] += [float(claim["low"]), float(claim["high"])]
    at = day.isoformat()
    main = {
        row["force"]: row["status"]
        for row in rows("forces.csv")
        if row["main"] in ("army", "yes") and first(row["from"]) <= at <= last(row["to"])
    }
    assert {part.force: part.status for part in index.parts} == {
        force: status for force, status in main.items() if force not in index.missing
    }
    for part in index.parts:
        if part.most is None:
            middle = sorted(part.strength)[len(part.strength) // 2]
            assert min(sizes[part.force]) / 1.5 <= middle <= max(sizes[part.force]) * 1.5, part.force
    states = sum(part.strength for part in index.parts if part.status == "state")
    assert index.share == pytest.approx(states / sum(part.strength for part in index.parts))


def test_an_index_that_is_withheld_is_in_no_figure() -> None:
    printed = {day: {figure.id for figure in all_figures(told(day))} for day in DAYS}
    for day, ids in printed.items():
        index = told(day).index
        assert index is not None
        assert ("monopoly" in ids) == (index.withheld == "")


def all_figures(found: Evidence) -> list[Figure]:
    """The figures of every section on the ledger."""
    made = [section(found) for section in (backers, arms, bases, disputed)]
    return [figure for section in made if section for figure in section.figures()]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_may_be_shown_and_carries_its_claims(day: date) -> None:
    for figure in all_figures(told(day)):
        assert figure_problems(figure) == []
        if figure.id != "monopoly-drivers":
            assert figure.claims, figure.id


def test_no_figure_cites_what_became_known_later() -> None:
    day = date(2014, 6, 1)
    sources = {row["id"]: row for row in rows("sources.csv")}
    claims = {row["id"]: row for row in rows("claims.csv")}
    for figure in all_figures(told(day)):
        for cited in figure.claims:
            if cited.id in claims:
                assert known(claims[cited.id], sources, day), cited.id


def test_what_is_merely_recalled_is_never_cited() -> None:
    recalled = {row["id"] for row in rows("claims.csv") if row["basis"] == "recalled"}
    for day in DAYS:
        assert not recalled & {cited.id for figure in all_figures(told(day)) for cited in figure.claims}


def test_a_case_without_claims_has_no_such_sections(case_folder: CaseFolder) -> None:
    assert evidence_on(read_case(case_folder()), date(2014, 12, 31), seed=1) is None
