"""`Cache`: keeps what functions answer, by the hash of everything the answers depend on."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from vedette.cache.digest import UnreadableError, digest_of
from vedette.cache.encoding import Reader, UnkeepableError, Writer, packed, unpacked
from vedette.cache.folder import EntryFolder
from vedette.cache.program import machine_digest, program_digest
from vedette.cache.reachable import name_of, returned_classes
from vedette.cache.secret import nothing_kept, secret_in
from vedette.errors import Remark

P = ParamSpec("P")
A = TypeVar("A")
Remarks = list[tuple[type[Warning], str]]
"""Warnings by category, with their texts."""

WITHOUT_EFFECT = ("progress", "report", "mapper")
"""Named inputs that no answer depends on: how far it is, and where it is worked on."""


@dataclass(frozen=True)
class Cache:
    """The answers kept for a case.

    Attributes:
        home: the folder of the case, or for a shipped case that of the user.
        user: the folder with the secret of the user; see `vedette.cache.secret.secret_in`.
        edition: the edition that asks, where it withholds something; else empty. Its answers are apart from
            those of all others.
    """

    home: Path
    user: Path
    edition: str = ""

    def keep(self, work: Callable[P, A], *inputs: P.args, **named: P.kwargs) -> A:
        """What ``work`` answers to these inputs, worked out once; remarks are repeated with a kept answer.

        The key is the hash of the function's name, of the content of all inputs, of the source of vedette, of
        the versions of libraries, and of the processor. Named inputs in `WITHOUT_EFFECT` are left
        out. Where an input or the answer cannot be written down, or the folder cannot be written, the answer
        is worked out each time; where the user has no secret, a remark says so. A fresh answer goes through
        the same bytes as a kept one.

        Example:
            ``case.cache.keep(backtest, history, models, origins, 12, 1000, 1, progress=report)``
        """
        entries, key = self._entries(), self._key(work, inputs, named)
        if entries is None or key is None:
            return work(*inputs, **named)
        name = entries.name(key)
        kept = _kept(entries.read(name), work, inputs)
        if kept is None:
            with entries.alone(name):
                kept = _kept(entries.read(name), work, inputs)
                if kept is None:
                    kept = _made(entries, name, work, inputs, named), []
        answer: A = kept[0]
        _repeat(kept[1])
        return answer

    def _entries(self) -> EntryFolder | None:
        secret = secret_in(self.user)
        if secret is None:
            warnings.warn(nothing_kept(self.user), Remark, stacklevel=3)
            return None
        return EntryFolder(self.home, secret)

    def _key(self, work: Any, inputs: Any, named: Any) -> bytes | None:
        counting = {name: value for name, value in sorted(named.items()) if name not in WITHOUT_EFFECT}
        try:
            return digest_of(
                self.edition, name_of(work), inputs, counting, program_digest(), machine_digest()
            )
        except UnreadableError:
            return None


def _made(entries: EntryFolder, name: str, work: Any, inputs: Any, named: Any) -> Any:
    """A fresh answer, written down where that can be done."""
    answer, remarks = _watched(work, inputs, named)
    if not all(issubclass(category, Remark) for category, _ in remarks):
        return answer
    writer = Writer(returned_classes(work), inputs)
    told = [[name_of(category), text] for category, text in remarks]
    try:
        document = {"value": writer.written(answer), "remarks": told}
    except UnkeepableError:
        return answer
    entries.write(name, packed(document, writer.tables))
    return Reader(writer.classes, inputs, writer.tables).read(document["value"])


def _watched(work: Any, inputs: Any, named: Any) -> tuple[Any, Remarks]:
    """An answer and its warnings, which are passed on, also where there is no answer."""
    remarks: Remarks = []
    try:
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter("always")
            try:
                answer = work(*inputs, **named)
            finally:
                remarks += [(each.category, str(each.message)) for each in raised]
    finally:
        _repeat(remarks)
    return answer, remarks


def _kept(content: bytes | None, work: Any, inputs: Any) -> tuple[Any, Remarks] | None:
    """The answer of an entry and its remarks; None where it is not what this program would have written."""
    if content is None:
        return None
    kinds = {name_of(each): each for each in _kinds(Remark)}
    try:
        document, tables = unpacked(content)
        remarks: Remarks = [(kinds[kind], text) for kind, text in document["remarks"]]
        return Reader(returned_classes(work), inputs, tables).read(document["value"]), remarks
    except (KeyError, ValueError, TypeError, IndexError, AttributeError):
        return None


def _repeat(remarks: Remarks) -> None:
    for category, text in remarks:
        warnings.warn(text, category, stacklevel=4)


def _kinds(kind: type[Remark]) -> list[type[Remark]]:
    return [kind, *(deeper for below in kind.__subclasses__() for deeper in _kinds(below))]
