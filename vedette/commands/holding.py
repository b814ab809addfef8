"""Whether an edition holds all of its case."""

from vedette.case.author_notes import read_notes
from vedette.evidence import Ledger
from vedette.scenario import has_mechanism, read_head


def holds_everything(ledger: Ledger) -> bool:
    """Whether the edition of a ledger withholds nothing: no row of a table, no note, no mechanism.

    Only then may something be shown or changed that is of the case as a whole, such as its log.
    """
    case = ledger.case
    notes, _ = read_notes(case.folder, case.editions)
    if case.withheld or len(notes) > len(case.notes):
        return False
    return not has_mechanism(case) or case.shows(read_head(case).handling)
