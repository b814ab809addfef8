"""The mechanism of what is served: read once for all pages, or why there is none to show."""

from dataclasses import dataclass

from fastapi import Request

from vedette import commands
from vedette.app.jobs import Job, Jobs
from vedette.app.served import Held
from vedette.errors import DataError, UsageError


@dataclass(frozen=True)
class NoMechanism:
    """Why no mechanism can be shown, in lines."""

    lines: tuple[str, ...]


def mechanism_of(held: Held) -> "commands.MechanismResult | NoMechanism":
    """Returns the mechanism of the served edition with what it rests on.

    Where the case has none, or the edition may not show it, returns why.

    Raises:
        CaseError: it holds mistakes.
    """
    served, edition = held.served, held.ledger().case.edition

    def read() -> "commands.MechanismResult | NoMechanism":
        try:
            return commands.mechanisms(served.case, served.as_of, edition=edition)
        except (DataError, UsageError) as error:
            return NoMechanism(tuple(str(error).split("\n")))

    return held.once("mechanism", read)


def heavy(request: Request, verb: str, *, start: bool = False, **options: object) -> Job | None:
    """Returns the job of a question about the files as they are now; None where nobody asked yet.

    ``start``: ask it where nobody did.
    """
    held: Held = request.app.state.held
    jobs: Jobs = request.app.state.jobs
    stamp = held.stamp()
    asked = {**options, "seed": commands.SEED, "stamp": stamp}
    return jobs.ask(verb, asked, stamp) if start else jobs.known(verb, asked, stamp)
