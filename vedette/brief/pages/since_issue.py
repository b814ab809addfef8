"""What changed since the last brief issued for this edition."""

from vedette.brief.blocks import Section
from vedette.brief.sections.since import lead
from vedette.changes import Changes
from vedette.changes.first_lines import arrow_words

_LABEL = "What changed since the last issue"
NOTHING_ISSUED = "Nothing to hold it against: no brief of an earlier day was issued in this edition"


def since_issue(changes: Changes | None) -> Section:
    """The arrow back and the alert ahead with their reasons; a title alone where nothing was issued before."""
    if changes is None:
        return Section("since-issue", NOTHING_ISSUED, (), _LABEL)
    ahead = "an alert ahead" if changes.alert else "no alert ahead"
    issue = "" if changes.issue is None else f" (issue {changes.issue})"
    title = f"{arrow_words(changes)} since {changes.first}{issue}; {ahead}"
    return Section("since-issue", title, (lead(changes),), _LABEL)
