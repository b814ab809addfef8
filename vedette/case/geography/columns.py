"""Which properties of a GeoJSON file hold the ids, the names and the level of its areas.

Known are the layouts of OCHA (COD, 2018 to 2025, in any language), GADM, geoBoundaries and Natural Earth, and
plain names such as ``id`` and ``name``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vedette.case.geography.polygons import Feature
from vedette.case.schema.settings import FILE, PlaceProperties
from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

PLACES = "places.geojson"
SHAPE_TYPE = "shapeType"
"""The property of geoBoundaries with the level of an area, like ADM1."""
CODES = re.compile(r"[A-Za-z]{0,4}[-_.]?\d[\w.-]*|[A-Z]{2}[-_.][A-Z0-9]{1,3}|[A-Z]{1,3}\d*")
"""A code of an area rather than a name, such as ML07, NGA-2857, 0123 or NG-BO."""

_ANY_LEVEL_IDS = ("iso_3166_2", "iso", "shapeiso", "id", "pcode")
_ANY_LEVEL_NAMES = re.compile(r"(?:name|nom|nombre|nome|naam|nama|label|shapename)(?:_(?:\w\w|alt|local))?")
_LEVELLED = re.compile(r"adm(?:in)?_?(?:level_?)?(?P<level>[1-5])_?(?P<rest>\w*)")
_GADM = re.compile(r"(?P<rest>name|varname|nl_name|gid|hasc|iso|cc)_(?P<level>[1-5])")
_NOT_LANGUAGE = re.compile(r"alt|name|ref|local|nm|var|nl|[\d_]")
_LANGUAGES = re.compile(r"(?:[a-z]{2}|ckb|kmr|prs|zgh)?")
_CODE_WORDS = ("code", "pcod", "cd", "id", "iso", "gid", "hasc", "cc")
_LESS_READ = ("alt", "ref", "var", "nl_", "local")
_ORDER = ("", "en", "fr", "es", "pt")


@dataclass(frozen=True)
class AreaColumn:
    """A property that holds a name or a code of areas of a level (0: of any level)."""

    property: str
    level: int
    is_name: bool
    rank: tuple[bool, int]
    """How early the column is chosen as the shown name: plain columns, then by language."""


@dataclass(frozen=True)
class Columns:
    """The properties with the id, the shown name, other names and the name of the area one level up."""

    id: str
    name: str | None
    """None where all properties of the level hold codes."""
    others: tuple[str, ...]
    level: int
    above: str | None


def column(name: str) -> AreaColumn | None:
    """What a property holds, after its name; None for a name of another kind.

    >>> column("ADM1_FR").level, column("adm2_pcode").is_name, column("Shape_Area")
    (1, False, None)
    """
    low = name.casefold()
    if low in _ANY_LEVEL_IDS or low == "shapeid":
        return AreaColumn(name, 0, False, (low == "shapeid", 0))
    if _ANY_LEVEL_NAMES.fullmatch(low):
        return AreaColumn(name, 0, True, ("_" in low, 0))
    found = _LEVELLED.fullmatch(low) or _GADM.fullmatch(low)
    if found is None:
        return None
    level, rest = int(found["level"]), found["rest"]
    if rest.strip("_").endswith(_CODE_WORDS):
        return AreaColumn(name, level, False, ("pcod" not in rest and rest != "iso", 0))
    language = _NOT_LANGUAGE.sub("", rest)
    if not _LANGUAGES.fullmatch(language):
        return None
    place = _ORDER.index(language) if language in _ORDER else len(_ORDER)
    second = any(word in rest for word in _LESS_READ) or rest[-1:].isdigit()
    return AreaColumn(name, level, True, (second, place))


def find_columns(features: Sequence[Feature], settings: PlaceProperties) -> Columns | Problem:
    """The columns of a file, those named in ``case.yaml`` first; or what is missing."""
    known = properties_of(features)
    for key, name in (("places.id", settings.id), ("places.name", settings.name)):
        if name and name not in known:
            return _no_property(key, name, known)
    columns = [found for found in map(column, known) if found and _share(features, found.property) >= 0.5]
    level = _level(features, columns, settings.level)
    names = _names(columns, level)
    id_property = _id(features, columns, level, settings, names)
    if id_property is None:
        return _no_id(settings.id, known)
    name = settings.name or next((n for n in names if not are_codes(features, n)), None)
    if name is None and not are_codes(features, id_property):
        name = id_property
    if name is not None and are_codes(features, name):
        name = None
    levelled = [found for found in columns if found.level]
    above = next((n for n in _names(levelled, level - 1) if value(features[0], n)), None)
    return Columns(
        id_property, name, tuple(n for n in names if n != name), level, above if level > 1 else None
    )


def are_codes(features: Sequence[Feature], name: str) -> bool:
    """Whether most values of a property are codes rather than names."""
    values = [text for feature in features if (text := value(feature, name))]
    return 2 * sum(1 for text in values if CODES.fullmatch(text)) > len(values)


def value(feature: Feature, name: str) -> str:
    """The text of a property; empty if it is missing."""
    found = feature.properties.get(name)
    return "" if found is None else str(found).strip()


def properties_of(features: Sequence[Feature]) -> list[str]:
    """The names of the properties of all features, each once."""
    return list(dict.fromkeys(name for feature in features for name in feature.properties))


def _share(features: Sequence[Feature], name: str) -> float:
    return sum(1 for feature in features if value(feature, name)) / len(features)


def _level(features: Sequence[Feature], columns: Sequence[AreaColumn], stated: int | None) -> int:
    """The level of the columns that are read: the stated one if it has any, else the finest with names."""
    named = [column.level for column in columns if column.is_name and column.level]
    typed = re.fullmatch(r"adm([1-5])", value(features[0], SHAPE_TYPE).casefold())
    coded = [column.level for column in columns if column.level]
    if stated and (stated in coded or not coded):
        return stated
    return max(named, default=0) or (int(typed[1]) if typed else max(coded, default=1))


def _names(columns: Sequence[AreaColumn], level: int) -> list[str]:
    """Columns with names of a level, in the order in which one is chosen to be shown."""
    named = [column for column in columns if column.is_name and column.level in (0, level)]
    return [column.property for column in sorted(named, key=lambda column: (column.rank, column.level))]


def _id(
    features: Sequence[Feature],
    columns: Sequence[AreaColumn],
    level: int,
    settings: PlaceProperties,
    names: Sequence[str],
) -> str | None:
    """The first property that every feature has, preferably one whose values all differ."""
    plain = [found.property for found in _sorted_codes(columns) if found.level == 0 and not found.rank[0]]
    coded = [found.property for found in _sorted_codes(columns) if found.level == level]
    last = [found.property for found in columns if found.property.casefold() == "shapeid"]
    usual = [settings.id] if settings.id else [*plain, *coded, *last]
    filled = [name for name in usual if _share(features, name) == 1]
    unique = [name for name in filled if _distinct(features, name)]
    by_name = [name for name in names if _share(features, name) == 1 and _distinct(features, name)]
    return next(iter([*unique, *filled, *([] if settings.id else by_name)]), None)


def _sorted_codes(columns: Sequence[AreaColumn]) -> list[AreaColumn]:
    def order(column: AreaColumn) -> tuple[int, tuple[bool, int]]:
        low = column.property.casefold()
        return (_ANY_LEVEL_IDS.index(low) if low in _ANY_LEVEL_IDS else len(_ANY_LEVEL_IDS)), column.rank

    return sorted((column for column in columns if not column.is_name), key=order)


def _distinct(features: Sequence[Feature], name: str) -> bool:
    return len({value(feature, name) for feature in features}) == len(features)


def _no_id(name: str | None, known: Sequence[str]) -> Problem:
    if name:
        return _no_property("places.id", name, known)
    found = ", ".join(known) or "no properties"
    cure = "Name the property that holds ids in case.yaml, like `places: {id: CODE, name: LABEL}`."
    return Problem(PLACES, 0, "properties", "an id in every feature", found, cure)


def _no_property(key: str, name: str, known: Sequence[str]) -> Problem:
    cure = did_you_mean(name, known)
    return Problem(FILE, 0, key, "a property that every feature of places.geojson has", shown(name), cure)


def only_codes(features: Sequence[Feature], columns: Columns) -> Problem:
    """The mistake of a file whose areas have codes and no names."""
    known = properties_of(features)
    name = next(iter(columns.others), columns.id)
    listed = [prop for prop in known if prop != name and _share(features, prop) == 1]
    named = [prop for prop in listed if _distinct(features, prop) and not are_codes(features, prop)]
    cure = "Add a property with the names, and name it in case.yaml, like `places: {name: LABEL}`."
    if named:
        cure = f"Name the property that holds names in case.yaml, like `places: {{name: {named[0]}}}`."
    found = f"codes in {name} such as {shown(value(features[0], name))}"
    return Problem(PLACES, 0, "properties", "names of areas", found, cure)
