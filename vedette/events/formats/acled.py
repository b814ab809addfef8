"""The layout of ACLED exports, with 31 columns or the fewer of earlier years.

The order of the two actors has no meaning, so the name of a dyad is in alphabetical order. ACLED gives one
number of deaths, used for low, best and high. Precision is converted to the scales of UCDP: part of a week is
3, a month 4; a town is 1, near a town 2, a province 4. Types that ACLED used until 2018 get today's names.
"""

from vedette.events.formats.layout import (
    DAY,
    DEATHS,
    DEGREES,
    IDENTITY,
    TEXT,
    Field,
    Layout,
    ValueKind,
    cell,
    scale,
)
from vedette.events.formats.table import literal

ACLED = "acled"

_BECAME = {
    "explosions/remote violence": ("remote violence",),
    "strategic developments": (
        *("strategic development", "headquarters or base established"),
        "non-violent transfer of territory",
    ),
}
"""The types of today for those of earlier years; types that began with Battle are Battles."""

_CASES = " ".join(
    f"WHEN lower({{}}) IN ({', '.join(map(literal, earlier))}) THEN {literal(today)}"
    for today, earlier in _BECAME.items()
)
_TYPE = ValueKind(
    f"CASE WHEN starts_with(lower({{}}), 'battle') THEN 'battles' {_CASES} ELSE lower({{}}) END",
    "a type of event",
    "",
)

_OTHERS = (
    "year disorder_type assoc_actor_1 inter1 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "admin2 admin3 location source_scale tags timestamp event_id_no_cnty data_id iso3"
)

ACLED_LAYOUT = Layout(
    name="ACLED export",
    dataset=ACLED,
    fields={
        "source_id": Field("event_id_cnty", IDENTITY, needed=True),
        "date_start": Field("event_date", DAY, needed=True),
        "date_end": Field("event_date", DAY, needed=True),
        "date_precision": Field(
            "time_precision", scale({"1": 1, "2": 3, "3": 4}, "precision of the date"), needed=True
        ),
        "place_name": Field("admin1", TEXT),
        "district_name": Field("admin2", TEXT),
        "place_precision": Field(
            "geo_precision", scale({"1": 1, "2": 2, "3": 4}, "precision of the place"), needed=True
        ),
        "latitude": Field("latitude", DEGREES, needed=True),
        "longitude": Field("longitude", DEGREES, needed=True),
        "country": Field("country", TEXT, needed=True),
        "type": Field("event_type", _TYPE, needed=True),
        "subtype": Field("sub_event_type", ValueKind("lower({})", "a sub-type of event", "")),
        "side_a": Field("actor1", TEXT),
        "side_b": Field("actor2", TEXT),
        "low": Field("fatalities", DEATHS, needed=True),
        "best": Field("fatalities", DEATHS, needed=True),
        "high": Field("fatalities", DEATHS, needed=True),
        "headline": Field("notes", TEXT),
        "source_name": Field("source", TEXT),
    },
    derived={
        "dyad_id": "''",
        "side_a_id": "''",
        "side_b_id": "''",
        "dyad": "concat_ws(' - ', least({0}, {1}), CASE WHEN {0} <> {1} THEN greatest({0}, {1}) END)".format(
            cell("actor1"), cell("actor2")
        ),
    },
    also_needs=("actor1", "actor2", "admin1"),
    others=tuple(_OTHERS.split()),
    sides=(("actor1", "assoc_actor_1", "inter1"), ("actor2", "assoc_actor_2", "inter2")),
)
