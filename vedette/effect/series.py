"""The series of which an effect is estimated."""

from dataclasses import dataclass

from vedette.case import Case
from vedette.case.schema import RELATIONS, RelationKind
from vedette.errors import UsageError
from vedette.model import By
from vedette.problems import did_you_mean

ALL = "all"


@dataclass(frozen=True)
class Series:
    """A series of counts of one unit of the panel, or a series of figures in claims.

    ``by`` is how the panel is divided into units, ``unit`` one of these. ``relation`` and ``subject`` select
    figures in claims.csv; they are empty for counts.
    """

    name: str
    by: By = By.COUNTRY
    unit: str = ALL
    relation: str = ""
    subject: str = ""

    @property
    def typed(self) -> str:
        """What a user types for a series of counts."""
        return "/".join(reversed(self.unit.split("/"))) if self.by is By.CELL else self.unit

    @property
    def figures(self) -> bool:
        """Whether the series consists of figures in claims, not of counts."""
        return bool(self.relation)


def find_series(case: Case, text: str) -> Series:
    """The series that a user names.

    ``all``, a stratum, a place (id, name or alias), a region, ``STRATUM/PLACE``, or figures in claims like
    ``customs-revenue`` (short: ``revenue``), with ``/SUBJECT`` where several have them.

    Raises:
        UsageError: the case has no series of that name.

    Example:
        >>> from vedette.case import read_case
        >>> find_series(read_case("iraq"), "islamic-state/Nineveh").unit
        'IQ-NI/islamic-state'
    """
    if text in (ALL, case.country.name, case.country.iso3):
        return Series(f"all of {case.country.name}")
    strata = {stratum.id: stratum.name for stratum in case.strata}
    regions = {region.id: region.name for region in case.regions}
    head, _, tail = text.partition("/")
    if relation := _figures(case, head):
        return Series(text, relation=relation, subject=tail)
    place = case.places.resolve(tail or head) if case.places.geometry else None
    if head in strata and not tail:
        return Series(strata[head], By.STRATUM, head)
    if head in strata and place:
        return Series(f"{strata[head]} in {case.places.names[place]}", By.CELL, f"{place}/{head}")
    if text in regions:
        return Series(regions[text], By.REGION, text)
    if place and not tail:
        return Series(case.places.names[place], By.PLACE, place)
    known = [*strata, *regions, *case.places.ids, *_figure_relations(case)]
    looked_for = tail if head in strata else head
    raise UsageError(
        f"--on {text}: expected {ALL}, a stratum, a place, a region, STRATUM/PLACE or figures of claims; "
        f"{looked_for!r} is none of these. {did_you_mean(looked_for, known)}"
    )


def _figure_relations(case: Case) -> list[str]:
    """The relations of figures with at least one claim."""
    figures = [word for word, relation in RELATIONS.items() if relation.kind is RelationKind.FIGURE]
    return [word for word in figures if word in set(case.claims["relation"])]


def _figures(case: Case, text: str) -> str:
    """The relation of figures with this name or, if only one fits, with this ending of its name."""
    figures = _figure_relations(case)
    if text in figures:
        return text
    ending = [word for word in figures if word.endswith(f"-{text}")]
    return ending[0] if len(ending) == 1 else ""
