"""What a mutation makes: files, how they are written, and what must be true of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

Files = Mapping[str, bytes]
Hand = Callable[[Path], None]
"""Something done to the folder by hand once its files are written: a link, a pipe."""


class Fate(StrEnum):
    """What must become of a mutant."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    EITHER = "either"


@dataclass(frozen=True)
class Mutant:
    """A case or file with what was done to it.

    Attributes:
        kind: the kind of mutation, such as cells or links.
        what: what was done, in words.
        files: the files by name.
        fate: what must become of it.
        hands: what is done to the folder afterwards.
        moved: by how much the deaths of the country must move; None where that is not known.
    """

    kind: str
    what: str
    files: Files
    fate: Fate
    hands: tuple[Hand, ...] = ()
    moved: int | None = 0

    def write(self, folder: Path) -> Path:
        """Writes it into a new folder."""
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for hand in self.hands:
            hand(folder)
        return folder

    def with_file(self, name: str, content: bytes | None) -> "Mutant":
        """The mutant with another content of one file; None takes the file away."""
        files = {key: value for key, value in self.files.items() if key != name}
        return replace(self, files=files if content is None else {**files, name: content})


Mutation = Callable[[np.random.Generator, Files], Mutant | None]
"""Makes a mutant of files; None where it does not apply to them."""


@dataclass(frozen=True)
class Kind:
    """The mutations of one kind."""

    name: str
    gentle: tuple[Mutation, ...]
    harsh: tuple[Mutation, ...]
    wild: tuple[Mutation, ...] = field(default=())


def pick(rng: np.random.Generator, some: "tuple[str, ...] | list[str]") -> str:
    """One of some texts."""
    return some[int(rng.integers(len(some)))]
