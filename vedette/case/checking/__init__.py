"""Reading the files of a case, and finding every mistake in them."""

from vedette.case.checking.files import read_text
from vedette.case.checking.tables import schema
from vedette.case.checking.yaml_text import load_yaml, yaml_lines

__all__ = ["load_yaml", "read_text", "schema", "yaml_lines"]
