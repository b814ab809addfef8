"""What changed since the last brief issued for this edition."""

from vedette.brief.blocks import Section
from vedette.brief.sections.since import lead
from vedette.changes import Changes
from vedette.changes.first_lines import arrow_words
from vedette.message import Day, say

_LABEL = say("What changed since the last issue")
NOTHING_ISSUED = say("Nothing to hold it against: no brief of an earlier day was issued in this edition")


def since_issue(changes: Changes | None) -> Section:
    """The arrow back and the alert ahead with their reasons; a title alone where nothing was issued before."""
    if changes is None:
        return Section("since-issue", NOTHING_ISSUED, (), _LABEL)
    since = say("{arrow} since {day}", arrow=arrow_words(changes), day=Day.at(changes.first, "day"))
    if changes.issue is not None:
        since = say("{since} (issue {number})", since=since, number=changes.issue)
    title = (
        say("{since}; an alert ahead", since=since)
        if changes.alert
        else say("{since}; no alert ahead", since=since)
    )
    return Section("since-issue", title, (lead(changes),), _LABEL)
