"""The index of arms as the brief draws it, and how far foreign support of forces is known."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vedette.brief.blocks import Chart
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.sections.arms import arms, withheld_sentence
from vedette.commands.defaults import SEED
from vedette.commands.networks import MonopolyResult, monopoly_index
from vedette.evidence import Ledger
from vedette.network import Standing, without_claims

if TYPE_CHECKING:
    from vedette.network import Monopoly


@dataclass(frozen=True, eq=False)
class ArmsResult:
    """The index of arms on a day and by year, its chart as in the brief (None where no year is printed)."""

    found: MonopolyResult
    chart: Chart | None

    @property
    def withheld(self) -> str:
        """Returns why the index of the day is not printed, as a sentence; empty if it is."""
        index: Monopoly | None = self.found.index
        return withheld_sentence(index) if index is not None and index.withheld else ""


def arms_on(ledger: Ledger, at: date) -> ArmsResult:
    """Returns the index of arms as known in a ledger: on a day, and at the end of the years before it.

    Raises:
        DataError: no main force has a strength, in no year and not on the day.
    """
    evidence = Evidence(ledger, at, SEED)
    found = monopoly_index(ledger, first=evidence.years.start, last=at.year, at=at)
    section = arms(evidence)
    blocks = section.blocks if section else ()
    return ArmsResult(found, next((block for block in blocks if isinstance(block, Chart)), None))


@dataclass(frozen=True)
class SupportCoverage:
    """Of how many forces foreign support is known on a day.

    ``forces``: how many forces.csv has on the day, foreign ones left out. ``claimed``: of how many of them a
    claim of foreign support counts, however weak. ``unclaimed``: the ids of the others.
    """

    forces: int
    claimed: int
    unclaimed: tuple[str, ...]


def support_coverage(ledger: Ledger, at: date) -> SupportCoverage:
    """Returns of how many forces foreign support is known on a day; not known is not none."""
    coded = Standing(ledger.case, at).coded.values()
    forces = sum(row.status != "foreign" for row in coded)
    unclaimed = tuple(without_claims(ledger, at))
    return SupportCoverage(forces, forces - len(unclaimed), unclaimed)
