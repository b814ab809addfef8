"""What changed since the last issued brief."""

from datetime import date

from vedette.brief.inputs.forecast import Outlook
from vedette.case import Case
from vedette.case.issues import last_issue
from vedette.changes import AsKnown, Changes, DeathsForecast, as_issued, changes_between
from vedette.evidence import read_ledger
from vedette.model import By
from vedette.panel import Holdings, Panel


def since_last_issue(
    case: Case, holdings: Holdings, panel: Panel, as_of: date, outlook: Outlook, seed: int
) -> Changes | None:
    """Compares a brief with the last one issued in its edition that knew less; None where there is none.

    Raises:
        DataError: an issue that is not as it was issued.
    """
    issue = last_issue(case, as_of)
    if issue is None or issue.known >= as_of:
        return None
    forecast = DeathsForecast(outlook.country, outlook.of[By.PLACE])
    now = AsKnown(as_of, holdings, panel, read_ledger(case, as_of), forecast)
    return changes_between(case, as_issued(case, issue), now, seed)
