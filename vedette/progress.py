"""Progress reporting: the callback that long-running functions take."""

from collections.abc import Callable

__all__ = ["Progress", "Report", "part", "quiet"]

Report = Callable[[str, float], None]
"""Called with what is being done and how far it is (0 to 1)."""

Progress = Callable[[int, int], None]
"""Called with how many pieces of work are done, and of how many."""


def quiet(what: str, share: float) -> None:
    """A `Report` that does nothing."""


def part(report: Report, what: str, number: int = 0, of: int = 1) -> Progress:
    """Returns a callback that maps the progress of part ``number`` (from 0) of ``of`` to the whole.

    >>> told = part(lambda what, share: print(f"{what}: {share:.0%}"), "Scoring", number=1, of=3)
    >>> told(5, 10)
    Scoring: 50%
    """

    def told(done: int, pieces: int) -> None:
        report(what, (number + done / pieces) / of)

    return told
