"""Write the table of an answer for a spreadsheet."""

from pathlib import Path

import polars as pl

from vedette.errors import UsageError
from vedette.files import replace_file


def write_table(table: pl.DataFrame, out: Path) -> Path:
    """Writes a table as CSV and gives its path; the parts of a list are joined by ``;``.

    Raises:
        UsageError: the name does not end in .csv.
        StorageError: the file cannot be written; what stood there before is untouched.
    """
    if out.suffix.lower() != ".csv":
        raise UsageError(f"--csv {out}: expected a name that ends in .csv. Other forms: --json.")
    return replace_file(out, table_text(table).encode(), "Choose another with --csv.")


def table_text(table: pl.DataFrame) -> str:
    """Returns a table as the text of a CSV file; the parts of a list are joined by ``;``."""
    lists = [name for name, kind in table.schema.items() if isinstance(kind, pl.List)]
    flat = table.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join(";") for name in lists)
    return flat.write_csv()
