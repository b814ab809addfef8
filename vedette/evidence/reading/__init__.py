"""Reading reports: claims are proposed from txt, html, pdf and docx files, and judged by a person.

`open_document` reads the text of a report. `propose` extracts claims with rules and the names of the case,
`ask_model` with a language model; `keep` stores the proposals beside the case, `accept` and `reject` close
them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.evidence.reading.document import Document, Passage
    from vedette.evidence.reading.grammar import SentenceClaim, claims_in
    from vedette.evidence.reading.judging import accept, reject
    from vedette.evidence.reading.machine import ModelServer, ask_model
    from vedette.evidence.reading.opening import open_document
    from vedette.evidence.reading.proposals import (
        CLAIM_COLUMNS,
        FILE,
        TRIPLE,
        Proposal,
        keep,
        proposals_of,
        propose,
        with_draft,
    )
    from vedette.evidence.reading.vocabulary import Vocabulary, make_vocabulary, vocabulary_of

__all__ = [
    "CLAIM_COLUMNS",
    "FILE",
    "TRIPLE",
    "Document",
    "ModelServer",
    "Passage",
    "Proposal",
    "SentenceClaim",
    "Vocabulary",
    "accept",
    "ask_model",
    "claims_in",
    "keep",
    "make_vocabulary",
    "open_document",
    "proposals_of",
    "propose",
    "reject",
    "vocabulary_of",
    "with_draft",
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
            case _:
                raise AttributeError(f"vedette.evidence.reading has no {name}")
        return getattr(home, name)
