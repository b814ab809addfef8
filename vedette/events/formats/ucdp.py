"""The layouts of the Uppsala Conflict Data Program (UCDP): GED, Candidate, and the precise subset.

GED and Candidate have the same columns and are one data set, in which releases stand in one order; UCDP's own
web export writes ``best_est`` for ``best``. They are distinguished by ``code_status``: for candidate events
that UCDP has still to check it is "Check dyad", "Check deaths" etc.; in a final GED it is always "Clear".
Sundberg and Melander 2013, *Introducing the UCDP Georeferenced Event Dataset*.
"""

from vedette.events.formats.layout import (
    DAY,
    DEATHS,
    DEGREES,
    IDENTITY,
    TEXT,
    Field,
    Layout,
    cell,
    choice,
    scale,
)

UCDP, PRECISE = "ucdp", "ucdp-ged-precise"

_TYPES = choice(
    {"1": "state-based", "2": "non-state", "3": "one-sided"},
    "1 (state-based), 2 (non-state) or 3 (one-sided)",
    "Correct the type of violence.",
)
_TYPE_WORDS = choice(
    {
        "state-based violence": "state-based",
        "non-state violence": "non-state",
        "one-sided violence": "one-sided",
    },
    "State-based violence, Non-state violence or One-sided violence",
    "Correct the type of violence.",
)
_DATE_PRECISION = scale({str(n): n for n in range(1, 6)}, "precision of the date")
_PLACE_PRECISION = scale({str(n): n for n in range(1, 8)}, "precision of the place")

_COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob"
)

GED_LAYOUT = Layout(
    name="UCDP GED or Candidate",
    dataset=UCDP,
    fields={
        "source_id": Field("id", IDENTITY, needed=True),
        "date_start": Field("date_start", DAY, needed=True),
        "date_end": Field("date_end", DAY, needed=True),
        "date_precision": Field("date_prec", _DATE_PRECISION, needed=True),
        "place_precision": Field("where_prec", _PLACE_PRECISION, needed=True),
        "latitude": Field("latitude", DEGREES),
        "longitude": Field("longitude", DEGREES),
        "country": Field("country", TEXT, needed=True),
        "type": Field("type_of_violence", _TYPES, needed=True),
        "dyad_id": Field("dyad_new_id", IDENTITY, needed=True),
        "dyad": Field("dyad_name", TEXT, needed=True),
        "side_a_id": Field("side_a_new_id", IDENTITY, needed=True),
        "side_a": Field("side_a", TEXT, needed=True),
        "side_b_id": Field("side_b_new_id", IDENTITY, needed=True),
        "side_b": Field("side_b", TEXT, needed=True),
        "deaths_a": Field("deaths_a", DEATHS),
        "deaths_b": Field("deaths_b", DEATHS),
        "deaths_civilians": Field("deaths_civilians", DEATHS),
        "deaths_unknown": Field("deaths_unknown", DEATHS),
        "low": Field("low", DEATHS, needed=True),
        "best": Field("best", DEATHS, needed=True),
        "high": Field("high", DEATHS, needed=True),
        "place_name": Field("adm_1", TEXT),
        "district_name": Field("adm_2", TEXT),
        "headline": Field("source_headline", TEXT),
        "source_name": Field("source_office", TEXT),
        "source_date": Field("source_date", TEXT),
    },
    also_needs=("adm_1", "latitude", "longitude"),
    aliases={"best_est": "best", "high_est": "high", "low_est": "low"},
    positions=tuple(_COLUMNS.split()),
    widths=(49,),
    marks={0: r"\d+(\.0+)?", 5: r"[123](\.0+)?", 38: r"\d.*\d", 39: r"\d.*\d", 46: r"\d+(\.0+)?"},
)

PRECISE_LAYOUT = Layout(
    name="UCDP GED, events placed exactly (subset)",
    dataset=PRECISE,
    fields={
        "source_id": Field("id", IDENTITY, needed=True),
        "date_start": Field("date", DAY, needed=True),
        "date_end": Field("date", DAY, needed=True),
        "place_name": Field("adm1_cod_en", TEXT, needed=True),
        "latitude": Field("latitude", DEGREES, needed=True),
        "longitude": Field("longitude", DEGREES, needed=True),
        "country": Field("country", TEXT, needed=True),
        "type": Field("type_of_violence", _TYPE_WORDS, needed=True),
        "side_a": Field("side_a", TEXT, needed=True),
        "side_b": Field("side_b", TEXT, needed=True),
        "low": Field("low_death", DEATHS, needed=True),
        "best": Field("best_death", DEATHS, needed=True),
        "high": Field("high_death", DEATHS, needed=True),
    },
    derived={
        "date_precision": "1",
        "place_precision": "2",
        "dyad_id": "''",
        "side_a_id": "''",
        "side_b_id": "''",
        "dyad": f"{cell('side_a')} || ' - ' || {cell('side_b')}",
    },
)
