"""Which release of the events counts for which months, and which months are preliminary."""

from vedette.brief.blocks import Block
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Note, text
from vedette.events import CountingRelease, counting_text
from vedette.message import Day, say
from vedette.periods import last_day


def counting_words(findings: Findings) -> str:
    """Which release counts for which months up to the last one shown; empty without event files."""
    return counting_text(_counting(findings))


def preliminary_words(findings: Findings) -> str:
    """A sentence on the preliminary months among the last twelve; empty where there is none."""
    days = [each.days for each in _counting(findings) if each.preliminary and each.gap is None]
    if not days or days[-1].last < last_day(findings.last_year.first, findings.span.step):
        return ""
    first, last = Day.at(days[0].first, "short"), Day.at(days[-1].last, "short")
    if first == last:
        return say(
            "Figures of {month} are preliminary: Candidate events of UCDP, until its next yearly release.",
            month=first,
        )
    return say(
        "Figures from {first} to {last} are preliminary: Candidate events of UCDP, until its next yearly release.",
        first=first,
        last=last,
    )


def releases_note(findings: Findings) -> list[Block]:
    """Which release counts for which months, where files of more than one do."""
    counting = _counting(findings)
    if len({each.title for each in counting}) < 2 and not any(each.preliminary for each in counting):
        return []
    body = text(
        f"{counting_text(counting)}. For each month one release counts, never two: the yearly one that covers it, "
        "else the Candidate issued last."
    )
    return [Note("Which release counts", body)]


def _counting(findings: Findings) -> tuple[CountingRelease, ...]:
    return findings.holdings.counting_to(last_day(findings.span.last, findings.span.step))
