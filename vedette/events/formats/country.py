"""Recognises the country of a case in the rows of a file, by code and by name."""

from collections.abc import Collection, Iterator

from vedette.case import Country, country_record
from vedette.events.formats.layout import cell
from vedette.events.formats.table import literal


def country_sql(columns: Collection[str], published: str, country: Country) -> str:
    """SQL for the country: as published, but the country of the case under its name in the case.

    Args:
        columns: the columns of the file.
        published: SQL for the name in the file.
        country: the country of the case.
    """
    known = country_record(country)
    names = {country.name, *((*known.names, *known.codes) if known else ())}
    folded = sorted(filter(None, {"".join(filter(str.isalnum, name.lower())) for name in names}))
    signs = [
        *_codes(columns, country, known.numeric if known else ""),
        f"{_plain(published)} IN ({', '.join(_plain(literal(name)) for name in folded)})",
    ]
    return f"CASE WHEN {' OR '.join(signs)} THEN {literal(country.name)} ELSE {published} END"


def _codes(columns: Collection[str], country: Country, numeric: str) -> Iterator[str]:
    by_column = {"country_id": str(country.gw or ""), "iso3": country.iso3, "iso": numeric.lstrip("0")}
    for column, code in by_column.items():
        if code and column in columns:
            yield f"upper(regexp_replace({cell(column)}, '^0+|\\.0+$', '', 'g')) = {literal(code)}"


def _plain(sql: str) -> str:
    """SQL for a name without case, accents and everything but letters and digits."""
    return f"regexp_replace(strip_accents(lower({sql})), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"
