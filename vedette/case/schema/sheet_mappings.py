"""``sheets.yaml``: what the columns of other people's sheets are, as it was said once."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from vedette.case.checking.files import read_text
from vedette.case.checking.yaml_text import load_yaml
from vedette.errors import Problem
from vedette.problems import key_problems

FILE = "sheets.yaml"


class SheetMapping(BaseModel):
    """Which column of a table each column of a sheet fills (nothing: left out), and what every row gets."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    table: str
    columns: dict[str, str]
    every_row: dict[str, str] = {}


def read_mappings(text: str) -> tuple[tuple[SheetMapping, ...], list[Problem]]:
    """The mappings in the text of ``sheets.yaml``, and its problems."""
    loaded, problems = load_yaml(text, FILE)
    if problems:
        return (), problems
    try:
        return TypeAdapter(tuple[SheetMapping, ...]).validate_python(tuple(loaded or ())), []
    except (ValidationError, TypeError) as error:
        if isinstance(error, TypeError):
            cure = "Write one entry a sheet, as `vedette import sheet` does, or delete the file."
            return (), [Problem(FILE, 0, "", "a list of mappings", "something else", cure)]
        return (), list(key_problems(error, FILE, SheetMapping))


def mapping_problems(folder: Path) -> list[Problem]:
    """The problems of ``sheets.yaml`` in a case folder; none where it is not there."""
    if not (folder / FILE).exists():
        return []
    text = read_text(folder / FILE)
    return [text] if isinstance(text, Problem) else read_mappings(text)[1]
