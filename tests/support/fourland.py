"""A small case written by hand: Fourland, four squares, two strata, a drawn region, three years of cells."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

Files = Mapping[str, str | bytes | None]
CaseFolder = Callable[..., Path]

CASE_YAML = """\
id: fourland
title: "Fourland: four squares"
question: Who fights whom?
country: {name: Fourland, iso3: FOU, gw: 999}
step: month
start: 2012-01-01
as_of: 2014-12-31
horizon: 6
scale: icd203
aliases:
  FO-A: [Old Alfa]
regions:
  - {id: strip, name: The strip, polygons: regions.geojson, note: drawn, author: a test, source: atlas}
  - {id: north, name: The north, places: [FO-C, FO-D]}
strata:
  - {id: rebels, name: Rebels, actors: [20, Rebel Front]}
  - {id: militias, name: Militias, actors: [30, Home Guard], dyads: [300, Rebel Front - Home Guard]}
events:
  dataset: ucdp
  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}
credits:
  - {dataset: ucdp, text: UCDP GED, licence: CC BY 4.0, url: "https://ucdp.uu.se"}
downloads:
  - {name: ucdp, url: "https://example.org/ged.csv", file: ged.csv, licence: CC BY 4.0}
"""

SOURCES = """\
id,title,publisher,date,url,reliability,handling,protected
atlas,An atlas,The Press,2011,https://example.org/atlas,B,clear,false
paper,"A paper, daily",The Press,2014-03-02,https://example.org/paper,C,clear,no
totals,National totals,UCDP,2016-05,,A,clear,
"""

SITES = """\
id,name,kind,place,latitude,longitude,source,note
fort,The fort,base,FO-A,0.5,0.25,atlas,
gate,The gate,crossing,FO-D,1.5,1.9,,recalled
"""

ACTORS = """\
id,name,kind,parent,from,to,ucdp,gw,iso3,aliases
state,Government of Fourland,state,,1950,,10,999,FOU,Fourland
guard,Home Guard,force,state,2010-05,2014-06-01,30,,,
rebels,Rebel Front,armed group,,,,20,,,RF;The Front
bigland,Bigland,state,,,,,2,,
"""

POSTURE = """\
date,precision,backer,kind,value,unit,series,source,basis,note
2012-01-01,month,Bigland,troops,1500,persons,main,paper,page,
2013-06-15,day,Bigland,troops,900.5,persons,main,paper,page,an average
2014-01-01,year,Bigland,money,12,million USD,money,,recalled,
"""

TIMELINE = """\
date,precision,kind,actor,target,place,latitude,longitude,summary,source,basis
2012-03-01,month,agreement,Bigland,Fourland,Alfa,0.5,0.5,Bigland sends trainers,paper,page
2013-06-15,day,drawdown,Bigland,,Bigland,,,"Half of them leave, quietly",,recalled
"""

INTERVENTIONS = """\
id,name,from,to,kind,what,source,note
trainers,Trainers come,2012-03,2012-06,deployment,Bigland sends trainers,paper,
drawdown-2013,Drawdown,2013-06-15,2013,withdrawal,Half of the trainers leave,atlas,in steps
"""

TOTALS = "period,deaths,source\n" + "".join(
    f"2015-{month:02d},{20 + month},totals\n" for month in range(1, 7)
)

_STATE_REBELS = (
    "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based"
)
_REBELS_GUARD = "300,Rebel Front - Home Guard,20,Rebel Front,30,Home Guard,non-state"
_GUARD_CIVILIANS = "310,Home Guard - Civilians,30,Home Guard,9999,Civilians,one-sided"
_CLANS = "400,Clan East - Clan West,41,Clan East,42,Clan West,non-state"

OBSERVED_COLUMNS = (
    "dataset,first,last,place,regions,dyad_id,dyad,side_a_id,side_a,side_b_id,side_b,type,"
    "date_precision,place_precision,events,low,best,high"
)


def observed_rows() -> list[str]:
    """Three years of cells: exact ones each month, now and then one without place, day or month."""
    rows = []
    for index in range(36):
        month = f"{2012 + index // 12}-{index % 12 + 1:02d}"
        when, count, few = f"ucdp,{month},{month}", 1 + (index * 7) % 5, index % 4
        rows.append(f"{when},FO-A,strip,{_STATE_REBELS},1,1,{count},{count},{2 * count},{3 * count}")
        rows.append(f"{when},FO-B,,{_STATE_REBELS},1,2,{1 + index % 3},0,{few},{4 + few}")
        if index % 4 == 0:
            rows.append(f"{when},FO-C,?,{_REBELS_GUARD},4,4,1,2,3,3")
        if index % 6 == 0:
            rows.append(f"{when},,?,{_GUARD_CIVILIANS},1,6,2,5,5,9")
        if index % 9 == 0:
            rows.append(f"{when},FO-D,,{_CLANS},2,1,1,1,1,1")
    rows.append(f"ucdp,2013-02,2013-04,FO-D,?,{_STATE_REBELS},5,4,1,10,12,20")
    return rows


def square(west: float, south: float, width: float = 1.0, height: float = 1.0) -> dict[str, object]:
    """A GeoJSON rectangle."""
    east, north = west + width, south + height
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features: tuple[dict[str, object], dict[str, object]]) -> str:
    """A GeoJSON FeatureCollection of (properties, geometry)."""
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": listed})


PLACES = collection(
    ({"id": "FO-A", "name": "Al Alfa"}, square(0, 0)),
    ({"id": "FO-B", "name": "Bravo"}, square(1, 0)),
    ({"id": "FO-C", "name": "Charlie"}, square(0, 1)),
    ({"id": "FO-D", "name": "Delta"}, square(1, 1)),
)
REGIONS = collection(({"region": "strip"}, square(0.5, 0, 0.5, 1.0)))

CASE_FILES: Files = {
    "case.yaml": CASE_YAML,
    "places.geojson": PLACES,
    "regions.geojson": REGIONS,
    "sources.csv": SOURCES,
    "sites.csv": SITES,
    "actors.csv": ACTORS,
    "posture.csv": POSTURE,
    "timeline.csv": TIMELINE,
    "interventions.csv": INTERVENTIONS,
    "totals.csv": TOTALS,
    "observed.csv": "\n".join([OBSERVED_COLUMNS, *observed_rows()]) + "\n",
}
