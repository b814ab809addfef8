"""What is kept for a case of answers that take long, and clearing it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.cache import FOLDER, MOST, clear, entries
from vedette.case import find_case, workspace_of


@dataclass(frozen=True)
class KeptAnswers:
    """The answers kept for a case: folder, how many there are or were, their bytes, whether they went."""

    folder: Path
    answers: int
    size: int
    cleared: bool

    @property
    def megabytes(self) -> str:
        """Returns the size in MB, with one digit after the point."""
        return f"{self.size / 2**20:,.1f} MB"

    def document(self) -> dict[str, Any]:
        """Returns the folder, the number of answers, their bytes, the most allowed, whether they went."""
        return {
            "folder": str(self.folder),
            "answers": self.answers,
            "bytes": self.size,
            "at_most": MOST,
            "cleared": self.cleared,
        }


def kept_answers(case: str, *, clear_them: bool = False) -> KeptAnswers:
    """Returns how many answers are kept for a case, of all its editions; removes them if asked to.

    What is printed does not depend on them: what is asked again is worked out again.

    Raises:
        CaseError: there is no such case.
        StorageError: an answer cannot be removed.

    Example:
        ``kept_answers("iraq").megabytes``
    """
    home = workspace_of(find_case(case))
    if clear_them:
        answers, size = clear(home)
    else:
        found = entries(home)
        answers, size = len(found), sum(state.st_size for _, state in found)
    return KeptAnswers(home / FOLDER, answers, size, clear_them)
