"""Months within the data that no file covers."""

from vedette.brief.blocks import Block
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Note, text
from vedette.panel import history_notes, written


def gaps_note(findings: Findings) -> list[Block]:
    """Which months no file covers, and from when the forecast learns; nothing where there is no gap."""
    gaps = findings.panel.gaps
    if not gaps:
        return []
    months = ", ".join(map(written, gaps))
    body = text(
        f"No event file at hand covers {months}. These months are unknown, not quiet: charts leave a gap, no sum "
        "holds them, nothing is scored on them. " + " ".join(history_notes(findings.case, findings.panel))
    )
    return [Note(f"No file covers {months}", body)]
