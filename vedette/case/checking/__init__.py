"""Reads the files of a case and reports all mistakes in them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.case.checking.files import read_text
    from vedette.case.checking.tables import read_table, schema
    from vedette.case.checking.yaml_text import load_yaml, yaml_lines

__all__ = ["load_yaml", "read_table", "read_text", "schema", "yaml_lines"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "read_text":
                from vedette.case.checking import files as home
            case "read_table" | "schema":
                from vedette.case.checking import tables as home
            case "load_yaml" | "yaml_lines":
                from vedette.case.checking import yaml_text as home
            case _:
                raise AttributeError(f"vedette.case.checking has no {name}")
        return getattr(home, name)
