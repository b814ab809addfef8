"""A question of the API: what it takes, how it is answered, and how its answer is to be read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report

if TYPE_CHECKING:
    from vedette.evidence import Ledger

Document = Any
"""What a command prints with ``--json``."""


class Asking(BaseModel):
    """What a question takes. Words that it does not take are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class ApiQuestion:
    """A question about a case.

    Attributes:
        name: what it is called: that of the command.
        asks: the question, as one asks it.
        reads: how its answer is to be read.
        takes: what it takes.
        short: the answer from the ledger of an edition; None for one that takes long.
        long: the answer from the case, computed in a process of its own.
        rests_on: the ids of the claims that a short answer rests on, where its document does not hold them.
    """

    name: str
    asks: str
    reads: str
    takes: type[Asking]
    short: "Callable[[Ledger, Any], Document] | None" = None
    long: Callable[[Served, Any, Report], Document] | None = None
    rests_on: "Callable[[Ledger, Document], Document] | None" = None


def enveloped(question: ApiQuestion, served: Served, ledger: "Ledger", answer: Document) -> dict[str, Any]:
    """Returns an answer with case, edition, day and age of its data; no path of the machine is in it."""
    case = ledger.case
    about: dict[str, Any] = {
        "question": question.name,
        "case": case.id,
        "edition": case.edition,
        "as_of": commands.present_of(ledger),
        "data": commands.age_of_claims(ledger).document(),
        "reads": question.reads,
        "answer": answer,
    }
    if question.rests_on:
        about["claims"] = question.rests_on(ledger, answer)
    return without_paths(about, served, case.id)


def without_paths(document: Mapping[str, Any], served: Served, name: str) -> dict[str, Any]:
    """Returns a document as JSON has it, in which the case is called by its id and not by its folder."""
    text = json.dumps(document, ensure_ascii=False, default=str, allow_nan=False)
    for path in sorted({str(commands.folder_of(served.case)), served.case}, key=len, reverse=True):
        if "/" in path:
            text = text.replace(json.dumps(path, ensure_ascii=False)[1:-1], name)
    found: dict[str, Any] = json.loads(text)
    return found
