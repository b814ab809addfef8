"""A new case: a folder that passes every check, with the areas of its country and examples of every row."""

import json
import re
import shlex
import shutil
import unicodedata
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from vedette.case.geography.columns import PLACES
from vedette.case.geography.countries import country_record, find_country
from vedette.case.geography.read_places import read_places
from vedette.case.geography.shipped_areas import CREDIT, shipped_areas
from vedette.case.schema.settings import Country, read_settings
from vedette.case.writing.examples import example_tables
from vedette.errors import CaseError, StorageError, UsageError
from vedette.files import new_folder

_OTHERWISE = (
    "Where the cure is a line of case.yaml: make the case without --areas, put the file in its place as "
    "places.geojson, and write the line."
)
_HIDDEN = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}


def new_case(
    folder: Path | str, country: str, *, areas: Path | None = None, level: int | None = None
) -> Path:
    """Writes a case into a folder that does not exist or is empty.

    The folder appears whole or not at all.

    Args:
        folder: where the case will lie; its name becomes the id of the case.
        country: a name of the country, or a code of it: see `find_country`.
        areas: a file of polygons; without one, the first-level areas that come with vedette.
        level: the level of the areas in the file, 1 for provinces, 2 for districts; found by their columns if
            not given.

    Returns:
        The folder, absolute.

    Raises:
        UsageError: the country is not known, the folder holds files, or areas of a level other than 1 are
            asked for without a file.
        CaseError: the file of areas has mistakes.
        StorageError: the folder cannot be written, or the file of areas not be read.
    """
    target = Path(folder).resolve()
    found = find_country(country)
    if level not in (None, 1) and areas is None:
        raise UsageError(
            "--level: the areas that come with vedette are of level 1. Give your own with --areas FILE."
        )
    shipped = [] if areas else shipped_areas(found.iso3)
    with new_folder(target) as draft:
        _write_tables(draft, _values(folder, target.name, found, bool(shipped), level))
        _write_areas(draft, shipped, areas)
        settings, _ = read_settings(draft)
        places, problems = read_places(draft, settings)
        if places is None:
            found_in = [replace(problem, file=str(areas)) for problem in problems]
            raise CaseError(f"{areas} cannot be used as areas. {_OTHERWISE}", found_in)
    return target


def _write_tables(draft: Path, values: dict[str, str]) -> None:
    for template in sorted(_templates(), key=lambda item: item.name):
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        (draft / _HIDDEN.get(template.name, template.name)).write_text(text, encoding="utf-8")
    for file, text in example_tables():
        filled = Template(text).safe_substitute(values)
        (draft / file).write_text(filled, encoding="utf-8")


def _write_areas(draft: Path, shipped: list[str], areas: Path | None) -> None:
    if areas is None:
        lines = ",\n".join(shipped)
        text = f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
        (draft / PLACES).write_text(text, encoding="utf-8")
        return
    try:
        shutil.copyfile(areas, draft / PLACES)
    except OSError as error:
        cure = "Name a file that can be read."
        raise StorageError(f"--areas: {areas} cannot be read ({error.strerror}). {cure}") from error


def _templates() -> list[Traversable]:
    return [item for item in files("vedette.case.writing").joinpath("skeleton").iterdir() if item.is_file()]


def _values(
    folder: Path | str, name: str, country: Country, shipped: bool, level: int | None
) -> dict[str, str]:
    record = country_record(country)
    west, south, east, north = record.bounds if record else (0.0, 0.0, 0.0, 0.0)
    credit = (
        f"  - {{dataset: natural-earth, text: {json.dumps(CREDIT)}, licence: public domain,"
        ' url: "https://www.naturalearthdata.com"}\n'
    )
    return {
        "folder": shlex.quote(" ".join(str(folder).split())),
        "name": country.name,
        "id": json.dumps(_slug(name) or country.iso3.lower()),
        "title": json.dumps(f"{country.name}: violence and outlook", ensure_ascii=False),
        "country": json.dumps(country.name, ensure_ascii=False),
        "iso3": json.dumps(country.iso3),
        "gw": f", gw: {country.gw}" if country.gw else "",
        "latitude": f"{(south + north) / 2:.1f}",
        "longitude": f"{(west + east) / 2:.1f}",
        "places": f"places: {{level: {level}}}" if level else "# places: {id: CODE, name: LABEL, level: 2}",
        "areas_credit": credit if shipped else "",
    }


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
