"""Sites with their hosts, and which attacks count for whom."""

from collections.abc import Callable
from datetime import date

import pytest
from support.fourland import CaseFolder, Files
from support.warland import claim, war_files

from vedette.case import read_case
from vedette.evidence import read_ledger
from vedette.network import HostedSites

SITES = """\
id,name,kind,place,latitude,longitude
fort,"The fort, Alfa",base,FO-A,0.5,0.25
annex,The fort annex,base,FO-A,0.5,0.26
gate,The gate,crossing,FO-D,1.5,1.9
bases,All bases together,bases,,,
"""
TIMELINE = "date,precision,kind,actor,target,place,latitude,longitude,summary,source,basis\n"
HOSTED = claim(1, "north", "hosted-at", "fort", from_="2012")
Hosted = Callable[..., HostedSites]


@pytest.fixture
def hosted(case_folder: CaseFolder) -> Hosted:
    """The sites of a ledger with these claims and rows of the timeline (day, target, place, point)."""

    def of(
        *claims: str,
        moments: tuple[tuple[str, str, str, str], ...] = (),
        precision: str = "day",
        as_of: date | None = None,
        foreign: bool = False,
    ) -> HostedSites:
        lines = ((day, precision, "attack", "", *rest, "x", "paper", "page") for day, *rest in moments)
        rows = [",".join(line) + "\n" for line in lines]
        files: Files = {
            **war_files([HOSTED, *claims]),
            "sites.csv": SITES,
            "timeline.csv": TIMELINE + "".join(rows),
        }
        return HostedSites(read_ledger(read_case(case_folder(files)), as_of), foreign)

    return of


def attacked(found: HostedSites, site: str = "fort") -> list[str]:
    """The days on which a host, or the site as such, was attacked there."""
    (one,) = [one for one in found.sites if one.site == site]
    return [str(day) for day in one.attacks]


@pytest.mark.parametrize(
    ("target", "place", "at", "counts"),
    [
        ("Northland", "The fort", ",", True),  # named
        ("Northland", "near the Fort by night", ",", True),
        ("Northland", "fort", "3,3", True),  # by its id; the name goes before the point
        ("Northland", "", "0.5,0.23", True),  # 2.2 km off
        ("Northland", "", "0.5,0.22", False),  # 3.3 km off
        ("Northland", "a hill", "0.5,0.25", True),
        ("Northland", "Alfa", "0.5,0.25", False),  # the centre of a city is nobody's point
        ("Northland", "Al Alfa", "0.5,0.25", False),
        ("Northland", "The fort annex", "0.5,0.25", False),  # another site
        ("Southland", "The fort", ",", False),  # another target
        ("people in the street", "The fort", ",", False),
        ("the fort", "Alfa", "0.5,0.25", True),  # the target names the site
        ("", "The fort", ",", True),  # nobody else is meant
        ("Northland Guards", "The fort", ",", True),  # a part of the host
        ("Southland and Northland", "The fort", ",", True),
    ],
)
def test_which_rows_of_the_timeline_count(
    hosted: Hosted, target: str, place: str, at: str, *, counts: bool
) -> None:
    found = hosted(moments=(("2013-05-01", target, place, at),))
    assert attacked(found) == (["2013-05-01"] if counts else [])
    assert attacked(found) == [str(day) for day in found.sites[0].stays[0].attacked]


def test_a_point_that_rows_share_is_that_of_a_city(hosted: Hosted) -> None:
    rows = tuple((f"2013-0{month}-01", "Northland", "Oldtown", "0.5,0.25") for month in (5, 6))
    assert attacked(hosted(moments=rows)) == []


@pytest.mark.parametrize(
    ("object_", "cells", "counts"),
    [
        ("north", {"place": "fort"}, True),
        ("fort", {}, True),
        ("south", {"place": "fort"}, False),
        ("north", {"place": "FO-A"}, False),
        ("north", {"place": "gate"}, False),
        ("fort", {"polarity": "-", "hedge": "denied"}, False),
        ("fort", {"basis": "recalled", "source": "", "credibility": 6, "known": "2013"}, False),
        ("fort", {"from_": "2013", "to": "2013"}, False),
        ("fort", {"to": "2013-05-04"}, True),
        ("fort", {"to": "2013-05-05"}, False),
        ("fort", {"to": ""}, True),
    ],
)
def test_which_claims_count(hosted: Hosted, object_: str, cells: dict[str, object], *, counts: bool) -> None:
    when = {"from_": "2013-05-01", "to": "2013-05-01", "statement": "x", **cells}
    assert attacked(hosted(claim(2, "bandits", "attacked", object_, **when))) == (
        ["2013-05-01"] if counts else []
    )


def test_one_row_a_site_with_its_hosts_inside(hosted: Hosted) -> None:
    found = hosted(
        claim(2, "south", "hosted-at", "fort", from_="2012-03", to="2012-08"),
        claim(3, "guards", "hosted-at", "gate", from_="2013-02", to="2013-02"),
        moments=(
            ("2012-05-01", "Southland", "The fort", ","),
            ("2012-05-01", "Northland", "The fort", ","),
            ("2012-06-01", "Northland", "The fort", ","),
            ("2012-09-01", "Southland", "The fort", ","),  # no longer there
        ),
    )
    rows = {row["site"]: row for row in found.table().to_dicts()}
    assert rows["fort"]["hosts"] == (
        "Southland, 2012-03 to 2012-08, attacked on 1 day; Northland, since 2012, attacked on 2 days"
    )
    assert (rows["fort"]["attacks"], rows["fort"]["attacks_after"]) == (2, None)
    assert rows["gate"]["hosts"] == "Northland Guards, 2013-02"
    assert rows["gate"]["attacks_after"] == 0


def test_an_attack_on_the_site_as_such_is_on_a_host_that_is_alone_there(hosted: Hosted) -> None:
    on_site = claim(2, "bandits", "attacked", "fort", from_="2013-05-01", to="2013-05-01", statement="x")
    (alone,) = hosted(on_site).sites
    assert len(alone.stays[0].attacked) == 1


def test_with_two_inside_it_counts_for_the_site_alone(hosted: Hosted) -> None:
    on_site = claim(2, "bandits", "attacked", "fort", from_="2013-05-01", to="2013-05-01", statement="x")
    (both,) = hosted(on_site, claim(3, "south", "hosted-at", "fort", from_="2013")).sites
    assert (len(both.attacks), [len(stay.attacked) for stay in both.stays]) == (1, [0, 0])


def test_who_leads_a_host_or_belongs_to_it_is_one_with_it(hosted: Hosted) -> None:
    found = hosted(
        claim(2, "south", "hosted-at", "fort", from_="2012"),
        claim(3, "south", "leads", "guards", from_="2012"),
        moments=(("2013-05-01", "Northland Guards", "The fort", ","),),
    )
    assert {stay.host: len(stay.attacked) for stay in found.sites[0].stays} == {"north": 1, "south": 1}


def test_handed_over_and_attacked_after(hosted: Hosted) -> None:
    over = claim(2, "north", "handed-over", "fort", from_="2013-05-10", to="2013-05-10")
    days = tuple((f"2013-05-{day:02d}", "Northland", "The fort", ",") for day in (9, 10, 11))
    (site,) = hosted(over, moments=(*days, ("2013-06-01", "Southland", "The fort", ","))).sites
    assert site.handed_over == date(2013, 5, 10)
    assert (len(site.attacks), [str(day) for day in site.after or ()]) == (2, ["2013-05-11"])


def test_what_the_numbers_leave_out(hosted: Hosted) -> None:
    found = hosted(
        claim(2, "bandits", "attacked", "bases", from_="2013", to="2013-06", statement="x"),
        claim(3, "north", "hosted-at", "bases", from_="2012"),
        moments=(
            ("2013-05-01", "Northland", "The fort", ","),
            ("2013-05-02", "Northland", "on the road", ","),
            ("2013-05-03", "Northland", "Alfa", "0.5,0.25"),
            ("2013-05-04", "Southland", "The fort", ","),
            ("2013-05-05", "Southland", "elsewhere", ","),
        ),
    )
    assert [site.site for site in found.sites] == ["fort"]
    assert vars(found.left_out) == {"away": 2, "undated": 1, "others": 1}


def test_a_row_known_by_its_month_counts_as_undated(hosted: Hosted) -> None:
    found = hosted(moments=(("2013-05-01", "Northland", "The fort", ","),), precision="month")
    assert attacked(found) == []
    assert found.left_out.undated == 1


def test_nothing_from_after_the_as_of(hosted: Hosted) -> None:
    rows = (("2013-05-01", "Northland", "The fort", ","), ("2014-05-01", "Northland", "The fort", ","))
    assert attacked(hosted(moments=rows, as_of=date(2014, 4, 30))) == ["2013-05-01"]


def test_foreign_hosts_alone(hosted: Hosted) -> None:
    own = claim(2, "army", "hosted-at", "fort", from_="2012")
    militia = claim(3, "militia", "hosted-at", "gate", from_="2012")
    row = (("2013-05-01", "Fourland Army", "The fort", ","),)
    found = hosted(own, militia, moments=row, foreign=True)
    assert [[stay.host for stay in site.stays] for site in found.sites] == [["north"]]
    assert attacked(found) == []
