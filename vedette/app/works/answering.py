"""The answer to a long question of the API."""

from collections.abc import Mapping
from typing import Any

from vedette.app.questions.all_questions import QUESTIONS, answered, asked_of
from vedette.app.served import Served
from vedette.progress import Report


def answer(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns the answer to the question ``question`` with what it takes, as the API gives it."""
    question = QUESTIONS[options["question"]]
    return answered(served, question, asked_of(question, options["takes"]), report)
