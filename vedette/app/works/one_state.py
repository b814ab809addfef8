"""Answers that are of one state of the files of a case."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from vedette.app.served import Held, Served
from vedette.errors import UsageError
from vedette.progress import Report

Work = Callable[[Served, Mapping[str, Any], Report], dict[str, Any]]


def of_one_state(work: Work) -> Work:
    """Returns the work, which gives no answer if files changed between the question and the answer.

    Its option ``stamp`` names the state of the files that the question is about.

    Raises:
        UsageError: the files are in another state when the answer is there.
    """

    @wraps(work)
    def checked(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
        answer = work(served, options, report)
        if Held(served).stamp() != options["stamp"]:
            raise UsageError(
                "The files of the case changed while this was worked out: no answer would be of one state of "
                "them. Load the page again."
            )
        return answer

    return checked
