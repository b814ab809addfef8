"""A file that comes in pieces, over several runs if need be: kept beside its place until it is whole."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vedette.files.access import limit_access, strictest
from vedette.files.disk import sync
from vedette.files.replace import make_ready, remove_file, replace_file


@dataclass(frozen=True)
class PartialFile:
    """The bytes of a file that have come so far, in ``.NAME.part``; a note on them in ``.NAME.part.json``.

    Unlike temporary files they stay when the writer ends, so that another run can go on.

    Attributes:
        target: where the file will stand.
        home: the folder of a case whose strictest table limits who may read it; None for what the umask says.
    """

    target: Path
    home: Path | None = None

    @property
    def path(self) -> Path:
        """Where the bytes lie until the file is whole."""
        return self.target.with_name(f".{self.target.name}.part")

    @property
    def _note(self) -> Path:
        return self.target.with_name(f".{self.target.name}.part.json")

    def size(self) -> int:
        """Bytes that have come so far."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def note(self) -> Mapping[str, str]:
        """What `describe` noted; nothing where there is no note or it cannot be read."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}

    def describe(self, note: Mapping[str, str]) -> None:
        """Keeps a note on where the bytes come from."""
        replace_file(self._note, json.dumps(note).encode(), home=self.home)

    @contextmanager
    def opened(self, *, append: bool) -> Iterator[BinaryIO]:
        """Opens the part to add bytes at its end, or to begin it anew."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if not append:
            self.path.unlink(missing_ok=True)
        with self.path.open("ab") as file:
            if self.home is not None:
                limit_access(self.path, strictest(self.home))
            yield file

    def drop(self) -> None:
        """Removes what has come, and the note."""
        remove_file(self.path)
        remove_file(self._note)

    def finish(self) -> Path:
        """Moves the whole file to its place, which is given."""
        make_ready(self.path, self.target, self.home)
        self.path.replace(self.target)
        sync(self.target.parent)
        remove_file(self._note)
        return self.target
