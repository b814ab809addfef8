"""Hand an edition of a case on: a case folder that another can open, and nothing more."""

import os
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.case import SHIPPED, Case, find_case, read_case, write_case
from vedette.errors import DataError, Remark, UsageError
from vedette.events.folder import event_files
from vedette.evidence import edition_of, withheld_words
from vedette.evidence.exchange import described
from vedette.files import locked
from vedette.files.names import around
from vedette.scenario.handed_on import shown_files


@dataclass(frozen=True)
class ExportedCase:
    """An edition of a case as a folder: where it lies, and its files by their path in it."""

    folder: Path
    edition: str
    files: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Returns the folder, the edition, and the names of the files."""
        return {"wrote": str(self.folder), "edition": self.edition, "files": list(self.files)}


def export_case(case: str, out: Path, *, edition: str | None = None, package: bool = False) -> ExportedCase:
    """Writes an edition of a case as a case folder; as a Tabular Data Package with ``datapackage.json``.

    The folder holds the tables, settings, polygons, notes, mechanisms and scenarios that the edition shows.
    Event files, log, register, issues, answers that are kept and proposals stay where they are. While it is
    written, no command changes the case.

    Raises:
        UsageError: the folder holds files or lies in a case, or the case has no such edition.
        DataError: a mechanism names what the edition withholds.
        CaseError: the case or a mechanism holds mistakes.

    Example:
        ``export_case("my-iraq", Path("my-iraq-public"), edition="public").files``
    """
    _refuse_inside(out)
    home = find_case(case)
    edition_of(read_case(home), edition)  # makes the key of the public ids, which takes the lock itself
    with _unchanged(home):
        whole = read_case(home)
        cut = edition_of(whole, edition)
        texts = shown_files(cut)
        _refuse_withheld(texts, cut, whole=whole)
        more = {name: text.encode("utf-8") for name, text in texts.items()}
        folder = write_case(cut, out, more | ({"datapackage.json": described(cut)} if package else {}))
    for remark in _remarks(cut):
        warnings.warn(remark, Remark, stacklevel=2)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return ExportedCase(folder, cut.edition, tuple(files))


def _unchanged(home: Path) -> AbstractContextManager[object]:
    """Keeps others from changing a case meanwhile; one that nobody may write to changes by no command."""
    if home.parent == SHIPPED or not os.access(home, os.W_OK):
        return nullcontext()
    return locked(home)


def _refuse_inside(out: Path) -> None:
    if home := around(out.resolve()):
        cure = "Name one outside of it. Nothing was written."
        raise UsageError(f"--out {out}: this folder would lie in the case {home}. {cure}")


def _refuse_withheld(texts: dict[str, str], cut: Case, *, whole: Case) -> None:
    """Raises where a mechanism that the edition shows names what it withholds.

    Ids of rows that the edition shows under public ids may stand in words of the analyst.
    """
    for name, text in texts.items():
        hidden = [word for word in withheld_words(whole, cut, text) if word not in cut.public_ids]
        if hidden:
            raise DataError(
                f"{name}: names what the {cut.edition} edition withholds: {', '.join(hidden)}. Take that "
                "out, or write a closer `handling` into the mechanism: then it stays out of the edition as "
                "a whole. Nothing was written."
            )


def _remarks(cut: Case) -> Iterator[str]:
    """What a recipient would miss: counts that only the event files give."""
    if cut.observed is None and event_files(cut.workspace()):
        yield (
            "The folder has no counts: event files stay with you, since publishers forbid to pass rows on. "
            f"What may be shared is written by: vedette events aggregate {cut.typed}. Then export again."
        )
