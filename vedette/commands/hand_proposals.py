"""Proposals that a person makes: words of a report that say something no rule found."""

from vedette.case import read_case
from vedette.commands.reading import ReadReport, keep_proposals
from vedette.errors import UsageError
from vedette.evidence import reading
from vedette.evidence.reading import Proposal
from vedette.files import changing
from vedette.progress import Report, quiet


def propose_words(case: str, report: str, *, paragraph: int, words: str) -> Proposal:
    """Adds a proposal for words of a report that a person marked, to be filled in and accepted.

    Its subject and object are the first two names in the words, where the case knows them.

    Args:
        case: the case.
        report: the key of the report, as `read_reports` lists it.
        paragraph: the number of the paragraph that the words stand in; 0 for the first that has them.
        words: the words as they stand there.

    Raises:
        UsageError: the text of the report is not kept, or the words do not stand in it.
    """
    known = read_case(case)
    text = reading.text_of(known.workspace(), report)
    if text is None:
        raise UsageError("the text of this report is not kept here. Read the file again, then mark words.")
    made = reading.by_hand(known, text, paragraph, words)
    with changing(known.workspace(), "review mark") as change:
        reading.keep(change, known, [made])
    return made


def read_again(case: str, report_key: str, *, report: Report = quiet) -> ReadReport:
    """Reads the kept text of a report again, as after actors were added; known proposals stay as they are.

    Raises:
        UsageError: its text is not kept.
    """
    known = read_case(case)
    text = reading.text_of(known.workspace(), report_key)
    if text is None:
        raise UsageError("the text of this report is not kept here. Read the file again.")
    source = text.source if text.source in known.sources["id"] else ""
    return keep_proposals(known, text.document, source=source, report=report)
