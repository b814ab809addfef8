"""The words that documents add to those of a brief: headings, marks, lines at head and foot."""

from dataclasses import asdict, dataclass

from vedette.brief.languages import frame
from vedette.brief.languages.telling import Tongue
from vedette.message import joined, say


@dataclass(frozen=True)
class Labels:
    """The words of one language. ``lang`` is its BCP 47 code; ``rtl``: it is written from right to left."""

    lang: str = "en"
    rtl: bool = False
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

_RESTS_ON = say("Rests on notes {notes}.")
_PAGE = say("Page {page} of {pages}")
_PART = say("{title}: another part of the drawing before")


def labels_of(tongue: Tongue) -> Labels:
    """The words of the two pages in a language; those of the annex stay English."""
    return Labels(
        lang=tongue.language,
        rtl=tongue.direction == "rtl",
        rests_on=tongue.words(_RESTS_ON),
        page=tongue.words(_PAGE),
        part=tongue.words(_PART),
    )


def reading(tongue: Tongue) -> str:
    """The sentence that explains the raised letters, and who checked a translation."""
    marks = [
        say("{letter} {mark}, {meaning}", letter=frame.LETTERS[mark], mark=frame.MARKS[mark], meaning=meaning)
        for mark, meaning in frame.MEANINGS.items()
    ]
    words = say("A raised letter says where a figure comes from: {marks}.", marks=joined(marks, "; "))
    return tongue.words(joined((words, "" if tongue.english else frame.UNCHECKED)))
