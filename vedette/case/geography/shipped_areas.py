"""The first-level areas that come with vedette, made by ``studies/areas.py`` from Natural Earth."""

import gzip
from pathlib import Path

FILE = Path(__file__).with_name("first_level_areas.geojson.gz")
CREDIT = "Made with Natural Earth. Free vector and raster map data at naturalearthdata.com (public domain)."


def shipped_areas(iso3: str) -> list[str]:
    """The areas of a country as GeoJSON features, one text each; empty if it ships without areas.

    Args:
        iso3: the ISO 3166-1 alpha-3 code of the country.
    """
    sign = f'"properties":{{"country":"{iso3}"'
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if sign in line[:100]]
