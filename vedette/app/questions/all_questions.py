"""All questions, by name, and their answers."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from vedette import commands
from vedette.app.questions.long import LONG
from vedette.app.questions.question import ApiQuestion, Asking, enveloped
from vedette.app.questions.short import SHORT
from vedette.app.served import Served
from vedette.errors import UsageError
from vedette.progress import Report

QUESTIONS: Mapping[str, ApiQuestion] = {each.name: each for each in (*SHORT, *LONG)}
"""The questions, in the order in which they are listed."""


def answered(served: Served, question: ApiQuestion, asked: Asking, report: Report) -> dict[str, Any]:
    """Returns the answer to a question, computed now, in its envelope.

    Raises:
        VedetteError: as the command of that name raises.
    """
    ledger = commands.ledger_of(served.case, served.as_of, edition=served.edition)
    if question.short:
        return enveloped(question, served, ledger, question.short(ledger, asked))
    assert question.long
    return enveloped(question, served, ledger, question.long(served, asked, report))


def asked_of(question: ApiQuestion, given: Mapping[str, Any]) -> Asking:
    """Returns what is asked, read from words.

    Raises:
        UsageError: a word does not fit; the message names each.
    """
    try:
        return question.takes.model_validate(given)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise UsageError(
            f"{question.name}: {wrong}. It takes: {', '.join(question.takes.model_fields) or 'nothing'}."
        ) from None
