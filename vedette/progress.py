"""How long work tells how far it is: a function that is passed down and called."""

from collections.abc import Callable

__all__ = ["Progress", "Report", "quiet"]

Report = Callable[[str, float], None]
"""Called with what is being done and how far it is (0 to 1)."""

Progress = Callable[[int, int], None]
"""Called with how many pieces of work are done, and of how many."""


def quiet(what: str, share: float) -> None:
    """A `Report` that tells nobody."""
