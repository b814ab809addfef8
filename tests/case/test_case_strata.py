"""Every dyad falls in exactly one stratum or in `other`."""

import polars as pl
import pytest
from support.fourland import CaseFolder

from vedette.case import OTHER, Stratum, read_case
from vedette.case.schema.strata import Dyad, strata_of, stratum_of
from vedette.errors import CaseError

STRATA = (
    Stratum("is", "IS", actors=("234", "IS")),
    Stratum("pkk", "PKK", actors=("323",), dyads=("14701", "PKK - IS")),
    Stratum(OTHER, "Other"),
)


@pytest.mark.parametrize(
    ("dyad", "stratum"),
    [
        (Dyad("524", "Government of Iraq - IS", "116", "Government of Iraq", "234", "IS"), "is"),
        (Dyad("", "Government of Iraq - IS", "", "Government of Iraq", "", "IS"), "is"),
        (Dyad("524", "x", "116", "Government of Iraq", "234", "Dawla"), "is"),
        (Dyad("900", "IS - Civilians", "234", "IS", "9999", "Civilians"), "is"),
        (Dyad("14701", "Government of Turkey - IS", "115", "Government of Turkey", "234", "IS"), "pkk"),
        (Dyad("", "PKK - IS", "", "PKK", "", "IS"), "pkk"),
        (Dyad("2345", "ISI - X", "2341", "ISI", "12", "X"), OTHER),
        (Dyad("234", "A - B", "1", "A", "2", "B"), OTHER),
        (Dyad("", "", "", "", "", ""), OTHER),
    ],
)
def test_dyads_win_over_actors_and_names_stand_in_for_ids(dyad: Dyad, stratum: str) -> None:
    assert stratum_of(STRATA, dyad) == stratum


def test_a_dyad_of_two_strata_is_refused() -> None:
    dyad = Dyad("77", "PKK - Daesh", "323", "PKK", "234", "IS")
    with pytest.raises(CaseError, match=r"dyad 77\) in is and pkk\. Put 77 under `dyads`"):
        stratum_of(STRATA, dyad)
    with pytest.raises(CaseError, match="in is and pkk"):
        strata_of(STRATA, pl.DataFrame([dyad], schema=list(Dyad._fields), orient="row"))


def test_the_whole_table_agrees_with_each_row(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    assert case.observed is not None
    found = case.strata_of(case.observed)
    assert found.name == "stratum"
    dyads = case.observed.select(Dyad._fields)
    assert found.to_list() == [case.stratum_of(*row) for row in dyads.iter_rows()]
    assert set(found) == {"rebels", "militias", "other"}
    assert case.strata_of(dyads.with_columns(pl.lit(None, pl.String).alias("dyad_id"))).null_count() == 0
    assert case.strata_of(dyads.clear()).to_list() == []
