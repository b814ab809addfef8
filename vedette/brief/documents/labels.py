"""The words that documents add to those of a brief: headings, marks, lines at head and foot."""

from dataclasses import asdict, dataclass

from vedette.brief.blocks import Brief
from vedette.brief.figures import Mark


@dataclass(frozen=True)
class Labels:
    """The words of one language. ``lang`` is its BCP 47 code; ``rtl``: it is written from right to left."""

    lang: str = "en"
    rtl: bool = False
    kind: str = "Conflict brief"
    edition: str = "{edition} edition"
    as_of: str = "As of {day}"
    scale: str = "Likelihood words"
    made: str = "Made by"
    made_by: str = "vedette {version}, seed {seed}"
    annex: str = "Annex"
    contents: str = "Contents"
    reading: str = "How to read the figures"
    rests_on: str = "Rests on notes {notes}."
    notes: str = "Notes: the claims behind the figures"
    register: str = "Where every figure comes from"
    sources: str = "Sources and licences"
    source: str = "source"
    graded: str = "graded {grade}"
    page: str = "Page {page} of {pages}"
    place_unknown: str = "place not named"
    reports: str = "Reports"
    part: str = "{title}: another part of the drawing before"

    def words(self) -> dict[str, str | bool]:
        """All words by name."""
        return asdict(self)


ENGLISH = Labels()

MARKS = {Mark.OBSERVED: "o", Mark.ESTIMATED: "e", Mark.ASSUMED: "a"}
"""The letter that stands, raised, behind a figure in running text."""

MEANINGS = {
    Mark.OBSERVED: "read from data rows",
    Mark.ESTIMATED: "computed by a model or a rule that fills gaps",
    Mark.ASSUMED: "held to be so by a named author",
}


def reading(brief: Brief) -> str:
    """The sentence that explains the raised letters."""
    marks = "; ".join(f"{MARKS[mark]} {mark.value}, {meaning}" for mark, meaning in MEANINGS.items())
    return f"A raised letter says where a figure comes from: {marks}."


def day_words(brief: Brief) -> str:
    """The brief's day as people write it.

    ``30 September 2020``.
    """
    return f"{brief.as_of.day} {brief.as_of:%B %Y}"
