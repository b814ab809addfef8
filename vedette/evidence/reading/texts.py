"""The texts of reports that were read, kept in the cache of a case to show proposals where they stand.

A text is a file of JSON lines: what is said of the report, then one paragraph a line. It is in no table and
no copy of the case; where it is gone, the proposals still hold their sentences.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vedette.evidence.reading.document import Document, Passage
from vedette.evidence.reading.proposals import Proposal, cell
from vedette.files import CaseChange, current

FOLDER = ".vedette/reports"
_DIGITS = 12
_APART = 6


@dataclass(frozen=True)
class KeptText:
    """The text of a report as it was read.

    Attributes:
        file: the name of its file.
        digest: the SHA-256 of its bytes.
        source: the id of its source when it was read; empty if it was not said.
        read_on: the day on which it was read.
        passages: its paragraphs; none where only the head was asked for.
    """

    file: str
    digest: str
    source: str
    read_on: date
    passages: tuple[Passage, ...] = ()

    @property
    def key(self) -> str:
        """A short name of the report, the same for all files of its name."""
        return report_key(self.file)

    @property
    def document(self) -> Document:
        """The report as it was opened."""
        return Document(self.file, self.digest, self.passages)

    def holds(self, one: Proposal) -> bool:
        """Whether the sentence of a proposal stands in the text where the proposal says."""
        return _holds(self.passages, one)


def report_key(file: str) -> str:
    """A short name of a report for addresses, made from the name of its file.

    >>> report_key("report.pdf")
    '6466e450a16b'
    """
    return hashlib.sha256(file.encode()).hexdigest()[:_DIGITS]


def keep_text(change: CaseChange, document: Document, source: str, day: date) -> None:
    """Keeps the text of a report, as part of a change; the log does not repeat it."""
    head = {"file": document.file, "digest": document.digest, "source": source, "read_on": day.isoformat()}
    rows = [[one.page, one.paragraph, one.text] for one in document.passages]
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in (head, *rows))
    name = f"{report_key(document.file)}.jsonl"
    made = change.folder / name
    made.write_text(lines + "\n", encoding="utf-8")
    change.place(f"{FOLDER}/{name}", made, logged=False)


def text_of(home: Path, key: str) -> KeptText | None:
    """The text of a report; None where it is not kept, or its file is damaged."""
    return _read(current(home, f"{FOLDER}/{key}.jsonl"), whole=True) if key.isalnum() else None


def texts_of(home: Path) -> list[KeptText]:
    """What is said of the reports whose text is kept, without their paragraphs, the newest first."""
    folder = home / FOLDER
    heads = [_read(path, whole=False) for path in sorted(folder.glob("*.jsonl"))] if folder.is_dir() else []
    return sorted((head for head in heads if head), key=lambda head: head.read_on, reverse=True)


def named_apart(home: Path, document: Document, proposals: Sequence[Proposal]) -> Document:
    """The report under a name of its own, where another report of the same file name was read before."""
    same_name = [one for one in proposals if one.cells["file"] == document.file]
    kept = text_of(home, report_key(document.file))
    if kept:
        other = kept.digest != document.digest
    else:
        other = bool(same_name) and not any(_holds(document.passages, one) for one in same_name)
    if not other:
        return document
    stem, dot, ending = document.file.rpartition(".")
    return replace(document, file=f"{stem}-{document.digest[:_APART]}{dot}{ending}")


def _holds(passages: Sequence[Passage], one: Proposal) -> bool:
    number, start, end = (int(one.cells[name]) for name in ("paragraph", "start", "end"))
    if not 0 < number <= len(passages):
        return False
    return cell(passages[number - 1].text[start:end]) == one.cells["span"]


def _read(path: Path, *, whole: bool) -> KeptText | None:
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(next(file))
            passages = tuple(_passages(file)) if whole else ()
        return KeptText(
            head["file"], head["digest"], head["source"], date.fromisoformat(head["read_on"]), passages
        )
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        return None


def _passages(lines: Iterator[str]) -> Iterator[Passage]:
    for line in lines:
        page, paragraph, text = json.loads(line)
        yield Passage(int(page), int(paragraph), str(text))
