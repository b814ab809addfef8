"""A new case: a folder that passes every check and waits for two edits."""

import json
import re
import shlex
import unicodedata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from vedette.case.checking.tables import schema
from vedette.case.geography.countries import find_country
from vedette.case.schema.rows import Moment, Posture, Row, Source
from vedette.case.schema.settings import Country
from vedette.files import new_folder

_TABLES: tuple[type[Row], ...] = (Source, Posture, Moment)
_HIDDEN = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}


def new_case(folder: Path | str, country: str) -> Path:
    """Writes the skeleton of a case into a folder that does not exist or is empty.

    The folder appears whole or not at all.

    Args:
        folder: where the case will lie; its name becomes the id of the case.
        country: a name of the country, or its ISO 3166-1 alpha-3 code.

    Returns:
        The folder, absolute.

    Raises:
        UsageError: the country is not known, or the folder holds files.
        StorageError: the folder cannot be written.
    """
    target = Path(folder).resolve()
    found = find_country(country)
    with new_folder(target) as draft:
        _write(draft, _values(folder, target.name, found))
    return target


def _write(draft: Path, values: dict[str, str]) -> None:
    for template in sorted(_templates(), key=lambda item: item.name):
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        (draft / _HIDDEN.get(template.name, template.name)).write_text(text, encoding="utf-8")
    for model in _TABLES:
        (draft / model.file).write_text(",".join(schema(model)) + "\n", encoding="utf-8")


def _templates() -> list[Traversable]:
    return [item for item in files("vedette.case.writing").joinpath("skeleton").iterdir() if item.is_file()]


def _values(folder: Path | str, name: str, country: Country) -> dict[str, str]:
    return {
        "folder": shlex.quote(" ".join(str(folder).split())),
        "name": country.name,
        "id": json.dumps(_slug(name) or country.iso3.lower()),
        "title": json.dumps(f"{country.name}: violence and outlook", ensure_ascii=False),
        "country": json.dumps(country.name, ensure_ascii=False),
        "iso3": json.dumps(country.iso3),
        "gw": f", gw: {country.gw}" if country.gw else "",
    }


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
