"""The layouts of GDELT events, 2.0 (61 columns) and 1.0 (57, later 58 columns), which have no header.

Files that other programs wrote (gdeltPyR, BigQuery) have a header, commas and quotes. GDELT counts reports,
not deaths: low, best and high are 0. The place is that of the action; its province and country are taken from
the full name ("Mosul, Ninawa, Iraq"). The precision of a city is 2 (a point of a gazetteer), of a state 4, of
a country or an unknown place 6. All files are counted: none replaces another.
"""

from vedette.events.formats.layout import (
    DAY,
    DEGREES,
    IDENTITY,
    TEXT,
    Field,
    Layout,
    ValueKind,
    cell,
    scale,
)

GDELT = "gdelt"

_WHEN = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate"
_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code "
    "Type3Code"
)
_ACTION = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources "
    "NumArticles AvgTone"
)
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"


def _columns(with_adm2: bool) -> tuple[str, ...]:
    geo = [name for name in _GEO.split() if with_adm2 or name != "ADM2Code"]
    names = [
        *_WHEN.split(),
        *(f"{actor}{name}" for actor in ("Actor1", "Actor2") for name in _ACTOR.split()),
        *_ACTION.split(),
        *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in geo),
        "DATEADDED",
        "SOURCEURL",
    ]
    return tuple(name.lower() for name in names)


_PARTS = f"string_split({cell('actiongeo_fullname')}, ', ')"
_PLACE_TYPE = cell("actiongeo_type")
_CAMEO = ValueKind("'cameo-' || lpad(regexp_replace({}, '\\.0+$', ''), 2, '0')", "a CAMEO code", "")
_FIELDS = {
    "source_id": Field("globaleventid", IDENTITY, needed=True),
    "date_start": Field("sqldate", DAY, needed=True),
    "date_end": Field("sqldate", DAY, needed=True),
    "place_precision": Field(
        "actiongeo_type",
        scale({"0": 6, "1": 6, "2": 4, "3": 2, "4": 2, "5": 4}, "type of place"),
        empty="6",
    ),
    "latitude": Field("actiongeo_lat", DEGREES),
    "longitude": Field("actiongeo_long", DEGREES),
    "type": Field("eventrootcode", _CAMEO, needed=True),
    "subtype": Field("eventcode", _CAMEO),
    "side_a": Field("actor1name", TEXT),
    "side_b": Field("actor2name", TEXT),
    "side_a_id": Field("actor1code", TEXT),
    "side_b_id": Field("actor2code", TEXT),
    "source_name": Field("sourceurl", TEXT),
    "source_date": Field(
        "dateadded",
        ValueKind(
            "strftime(try_strptime({}[1:8], '%Y%m%d'), '%Y-%m-%d')",
            "a day of adding such as 20150218",
            "Take the file from the publisher again: the line may be cut short.",
        ),
        needed=True,
    ),
}
_DERIVED = {
    "date_precision": "1",
    "place_name": f"CASE WHEN {_PLACE_TYPE} IN ('2', '5') AND len({_PARTS}) > 1 THEN {_PARTS}[-2] "
    f"WHEN {_PLACE_TYPE} IN ('3', '4') AND len({_PARTS}) > 2 THEN {_PARTS}[-2] END",
    "country": f"coalesce({_PARTS}[-1], '')",
    "dyad_id": f"concat_ws('-', {cell('actor1code')}, {cell('actor2code')})",
    "dyad": f"concat_ws(' - ', {cell('actor1name')}, {cell('actor2name')})",
    "low": "0",
    "best": "0",
    "high": "0",
}
_NEEDS = ("actiongeo_fullname", "actor1code", "actor2code", "actor1name", "actor2name")
_MARKS = {0: r"\d+", 1: r"\d{8}", 2: r"\d{6}", 3: r"\d{4}"}

GDELT2_LAYOUT = Layout(
    name="GDELT 2.0 events",
    dataset=GDELT,
    fields=_FIELDS,
    derived=_DERIVED,
    also_needs=(*_NEEDS, "actiongeo_type", "actiongeo_adm2code"),
    positions=_columns(with_adm2=True),
    widths=(61,),
    marks=_MARKS,
    quote="",
    replaces=False,
)

GDELT1_LAYOUT = Layout(
    name="GDELT 1.0 events",
    dataset=GDELT,
    fields=_FIELDS,
    derived=_DERIVED,
    also_needs=(*_NEEDS, "actiongeo_type"),
    positions=_columns(with_adm2=False),
    widths=(57, 58),
    marks=_MARKS,
    quote="",
    replaces=False,
)
