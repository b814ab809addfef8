"""Event files written by hand, in the layouts of their publishers, about the made-up Fourland."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

Row = Mapping[str, object]

_GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
GED_COLUMNS = _GED.split()

GED_ROW: Row = {
    **dict.fromkeys(GED_COLUMNS, ""),
    **{"id": 1, "year": 2013, "active_year": 1, "code_status": "Clear", "type_of_violence": 1},
    **{"dyad_new_id": 200, "dyad_name": "Government of Fourland - Rebel Front"},
    **{"side_a_new_id": 10, "side_a": "Government of Fourland"},
    **{"side_b_new_id": 20, "side_b": "Rebel Front"},
    **{"source_office": "The Paper", "source_date": "2013-05-04", "source_headline": "Clash in Alfa"},
    **{"where_prec": 1, "adm_1": "Alfa province", "latitude": 0.5, "longitude": 0.25},
    **{"country": "Fourland", "country_id": 999, "date_prec": 1},
    **{"date_start": "2013-05-03", "date_end": "2013-05-03"},
    **{"deaths_a": 1, "deaths_b": 2, "deaths_civilians": 0, "deaths_unknown": 0},
    **{"low": 2, "best": 3, "high": 5},
}

_ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
    "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities "
    "tags timestamp"
)
ACLED_COLUMNS = _ACLED.split()

ACLED_ROW: Row = {
    **dict.fromkeys(ACLED_COLUMNS, ""),
    **{"event_id_cnty": "FOU1", "event_date": "2013-05-03", "year": 2013, "time_precision": 1},
    **{"event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Rebel Front", "inter1": 2},
    **{"actor2": "Fourland Army", "inter2": 1, "country": "Fourland", "admin1": "Alfa"},
    **{"latitude": 0.5, "longitude": 0.25, "geo_precision": 1, "source": "The Paper", "fatalities": 4},
    **{"notes": "A clash, with losses.", "timestamp": 1368000000},
}

_PRECISE = (
    "id date country type_of_violence conflict_name side_a side_b latitude longitude low_death best_death "
    "high_death adm1_cod_en adm1_cod_pcode"
)
PRECISE_COLUMNS = _PRECISE.split()

PRECISE_ROW: Row = {
    **{"id": 9, "date": "2015-01-05", "country": "Fourland", "type_of_violence": "State-based violence"},
    **{"conflict_name": "Fourland: Government", "side_a": "Government of Fourland", "side_b": "Rebel Front"},
    **{"latitude": 0.5, "longitude": 0.25, "low_death": 3, "best_death": 3, "high_death": 4},
    **{"adm1_cod_en": "Alfa", "adm1_cod_pcode": "FO01"},
}


def ged(*changes: Row, columns: Iterable[str] = GED_COLUMNS, **written: str) -> str:
    """A GED file with a row for each set of changes to the usual row."""
    return table(columns, [{**GED_ROW, **change} for change in changes], **written)


def acled(*changes: Row, columns: Iterable[str] = ACLED_COLUMNS, **written: str) -> str:
    """An ACLED export with a row for each set of changes to the usual row."""
    return table(columns, [{**ACLED_ROW, **change} for change in changes], **written)


def precise(*changes: Row) -> str:
    """The precise subset with a row for each set of changes to the usual row."""
    return table(PRECISE_COLUMNS, [{**PRECISE_ROW, **change} for change in changes])


def table(columns: Iterable[str], rows: Iterable[Row], delimiter: str = ",", end: str = "\n") -> str:
    """Rows as delimited text with a header."""
    text = io.StringIO()
    names = list(columns)
    writer = csv.DictWriter(text, names, delimiter=delimiter, lineterminator=end, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def gdelt(width: int, **values: object) -> str:
    """One line of GDELT events with 61 (2.0), 58 or 57 (1.0) cells; values by place, as ``at_0=5``."""
    cells = [""] * width
    usual = {0: 7, 1: 20130503, 2: 201305, 3: 2013, 4: "2013.3", 5: "REB", 6: "REBEL", 15: "GOV", 16: "ARMY"}
    place = {61: 51, 58: 49, 57: 49}[width]
    usual |= {26: 190, 27: 190, 28: 19, place: 4, place + 1: "Alfatown, Alfa, Fourland", place + 2: "FO"}
    ahead = 5 if width == 61 else 4
    usual |= {place + ahead: 0.5, place + ahead + 1: 0.25}
    usual |= {59: 20130504120000, 60: "http://example.org/a"} if width == 61 else {56: 20130504}
    for at, value in (usual | {int(key[3:]): value for key, value in values.items()}).items():
        if at < width:
            cells[at] = str(value)
    return "\t".join(cells) + "\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Writes a file and says where."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
