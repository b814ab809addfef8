"""Tables of priors that come with the package, one row for each month up to which it was learned."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from vedette.errors import DataError

KNOWN = "known_until"
CURE = "It comes with another version of vedette, or was damaged: install vedette anew."


def read_prior_table(file: Path, columns: Sequence[str]) -> pl.DataFrame:
    """The table of a prior; ``known_until`` is empty where nothing was learned.

    Raises:
        DataError: it cannot be read, lacks a column or has no row from before anything was learned.
    """
    try:
        table = pl.read_csv(file, schema_overrides={KNOWN: pl.String})
    except (OSError, PolarsError) as error:
        raise DataError(
            f"{file}: expected a table of a prior; found none that can be read. {CURE}"
        ) from error
    if missing := [name for name in (KNOWN, *columns) if name not in table.columns]:
        wanted, found = ", ".join(missing), ", ".join(table.columns)
        raise DataError(f"{file}, row 1: expected the columns {wanted}; found {found}. {CURE}")
    whole = table.with_columns(pl.col(KNOWN).fill_null(""))
    if "" not in whole[KNOWN]:
        raise DataError(f"{file}: expected a row with no {KNOWN}; found none. {CURE}")
    return whole
