"""Reading reports: claims are proposed from txt, html, pdf and docx files, and judged by a person.

`open_document` reads the text of a report. `propose` extracts claims with rules and the names of the case,
`ask_model` with a language model; `keep` stores the proposals beside the case, `accept` and `reject` close
them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.evidence.reading.capitals import UnknownMention, unknown_mentions
    from vedette.evidence.reading.document import LARGEST, Document, Passage, refuse_size
    from vedette.evidence.reading.grammar import SentenceClaim, claims_in, parse
    from vedette.evidence.reading.judging import accept, reject, reopen, set_state
    from vedette.evidence.reading.machine import ModelServer, ask_model
    from vedette.evidence.reading.marked_words import by_hand
    from vedette.evidence.reading.name_finding import UnknownName, name_key, unknown_names
    from vedette.evidence.reading.opening import KINDS, open_document, refuse_name
    from vedette.evidence.reading.proposals import (
        BY_HAND,
        CLAIM_COLUMNS,
        FILE,
        TRIPLE,
        Proposal,
        keep,
        proposals_of,
        propose,
        with_draft,
    )
    from vedette.evidence.reading.remarks import (
        REMARKS,
        RemarkKind,
        ReviewRemark,
        add_remark,
        remarks_of,
        write_remarks,
    )
    from vedette.evidence.reading.texts import KeptText, keep_text, named_apart, report_key, text_of, texts_of
    from vedette.evidence.reading.vocabulary import Vocabulary, make_vocabulary, vocabulary_of

__all__ = [
    "BY_HAND",
    "CLAIM_COLUMNS",
    "FILE",
    "KINDS",
    "LARGEST",
    "REMARKS",
    "TRIPLE",
    "Document",
    "KeptText",
    "ModelServer",
    "Passage",
    "Proposal",
    "RemarkKind",
    "ReviewRemark",
    "SentenceClaim",
    "UnknownMention",
    "UnknownName",
    "Vocabulary",
    "accept",
    "add_remark",
    "ask_model",
    "by_hand",
    "claims_in",
    "keep",
    "keep_text",
    "make_vocabulary",
    "name_key",
    "named_apart",
    "open_document",
    "parse",
    "proposals_of",
    "propose",
    "refuse_name",
    "refuse_size",
    "reject",
    "remarks_of",
    "reopen",
    "report_key",
    "set_state",
    "text_of",
    "texts_of",
    "unknown_mentions",
    "unknown_names",
    "vocabulary_of",
    "with_draft",
    "write_remarks",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Document" | "Passage":
                from vedette.evidence.reading import document as home
            case "SentenceClaim" | "claims_in":
                from vedette.evidence.reading import grammar as home
            case "accept" | "reject":
                from vedette.evidence.reading import judging as home
            case "ModelServer" | "ask_model":
                from vedette.evidence.reading import machine as home
            case "open_document":
                from vedette.evidence.reading import opening as home
            case (
                "CLAIM_COLUMNS"
                | "FILE"
                | "TRIPLE"
                | "Proposal"
                | "keep"
                | "proposals_of"
                | "propose"
                | "with_draft"
            ):
                from vedette.evidence.reading import proposals as home
            case "Vocabulary" | "make_vocabulary" | "vocabulary_of":
                from vedette.evidence.reading import vocabulary as home
            case "UnknownMention" | "unknown_mentions":
                from vedette.evidence.reading import capitals as home
            case "UnknownName" | "name_key" | "unknown_names":
                from vedette.evidence.reading import name_finding as home
            case "KeptText" | "keep_text" | "named_apart" | "report_key" | "text_of" | "texts_of":
                from vedette.evidence.reading import texts as home
            case "REMARKS" | "ReviewRemark" | "RemarkKind" | "add_remark" | "remarks_of" | "write_remarks":
                from vedette.evidence.reading import remarks as home
            case "reopen":
                from vedette.evidence.reading import judging as home
            case "parse":
                from vedette.evidence.reading import grammar as home
            case "refuse_name" | "KINDS":
                from vedette.evidence.reading import opening as home
            case "refuse_size" | "LARGEST":
                from vedette.evidence.reading import document as home
            case "by_hand":
                from vedette.evidence.reading import marked_words as home
            case "BY_HAND":
                from vedette.evidence.reading import proposals as home
            case "set_state":
                from vedette.evidence.reading import judging as home
            case _:
                raise AttributeError(f"vedette.evidence.reading has no {name}")
        return getattr(home, name)
