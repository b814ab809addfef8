"""Reading reports: claims are proposed from txt, html, pdf and docx files, and judged by a person.

`open_document` gives the text of a report, `propose` what rules over the case's own names find in it,
`ask_model` what a language model finds; `keep` puts proposals beside the case, `accept` and `reject`
close them.
"""

from vedette.evidence.reading.document import Document, Passage
from vedette.evidence.reading.grammar import Found, claims_in
from vedette.evidence.reading.judging import accept, reject
from vedette.evidence.reading.machine import Asked, ask_model
from vedette.evidence.reading.opening import open_document
from vedette.evidence.reading.proposals import CLAIM_COLUMNS, FILE, Proposal, keep, proposals_of, propose
from vedette.evidence.reading.vocabulary import Vocabulary, make_vocabulary, vocabulary_of

__all__ = [
    "CLAIM_COLUMNS",
    "FILE",
    "Asked",
    "Document",
    "Found",
    "Passage",
    "Proposal",
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
]
