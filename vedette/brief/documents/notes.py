"""Notes: every claim behind the figures once, numbered as on the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from vedette.brief.blocks import Brief
from vedette.brief.cited import numbered_claims, runs
from vedette.brief.figures import Cited, Figure


@dataclass(frozen=True)
class Notes:
    """The claims of a brief with their numbers, in order."""

    numbers: dict[Cited, int]

    def ranges(self, figures: Iterable[Figure]) -> str:
        """The numbers of the notes that figures rest on, neighbours joined; empty for none: ``1–4, 9``."""
        claims = {claim for figure in figures for claim in figure.claims}
        spans = runs(self.numbers[claim] for claim in claims if claim in self.numbers)
        return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def notes_of(brief: Brief) -> Notes:
    """The notes of a brief; none for the two pages alone."""
    return Notes(numbered_claims(brief.figures.values()) if brief.sections else {})


def words_of(claim: Cited) -> str:
    """Who said a claim, how, when: the part of a note behind the claim itself."""
    by = f"{claim.speaker}, {claim.hedge}" if claim.speaker else claim.hedge
    return f"{by} {claim.said}".strip()
