"""Takes a file that was uploaded into a case, with what it would change shown first."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.commands.events import LoadResult, load
from vedette.commands.exchange import IMPORTS, bring_in, preview
from vedette.commands.import_files import IncomingFile
from vedette.commands.sheets import SheetChoice, SheetPlan, lines_of_plan, read_sheets, take_sheets
from vedette.errors import CaseError, Problem, UsageError
from vedette.events import DateOrder
from vedette.evidence.exchange import Proposed
from vedette.evidence.sheets.mapping import Unknown
from vedette.plurals import counted
from vedette.problems import did_you_mean
from vedette.progress import Report, quiet

SHEET, EVENTS = "sheet", "events"
KINDS = (SHEET, EVENTS, *IMPORTS)
"""What a file that is uploaded may be."""
_SHOWN = 12


@dataclass(frozen=True)
class ImportPlan:
    """What a file would change in a case, or has changed.

    Attributes:
        lines: the changes in words.
        empty: whether nothing would change.
        mark: a hash of the changes, by which taking them is refused where they are others by then.
        unknown: columns of a sheet of which nobody has said what they are: name, example, what they may be.
        matched: entities that are taken for actors of the case: id, and who is who in words.
    """

    lines: tuple[str, ...]
    empty: bool
    mark: str
    unknown: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    matched: tuple[tuple[str, str], ...] = ()

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {
            "lines": list(self.lines),
            "empty": self.empty,
            "mark": self.mark,
            "unknown": [[name, example, list(choices)] for name, example, choices in self.unknown],
            "matched": [list(each) for each in self.matched],
        }


def plan_import(case: str, upload: IncomingFile, *, report: Report = quiet) -> ImportPlan:
    """Returns what an uploaded file would change in a case; nothing is written.

    Raises:
        UsageError: the file is of no such kind, or the case comes with vedette.
        DataError: the file cannot be read; all problems are listed with row, column and cure.
        EventsError: an event file cannot be read; likewise.
    """
    match _kind(upload):
        case "sheet":
            unknown: list[Unknown] = []
            plan = _sheet_plan(case, upload, unknown=unknown)
            asked = tuple((each.column, each.example, each.choices) for each in unknown)
            return ImportPlan(tuple(lines_of_plan(plan)), plan.empty, _mark(plan.document()), asked)
        case "events":
            loaded = load(case, [upload.path], **_event_options(upload), rehearse=True, report=report)
            lines = tuple(_event_lines(case, loaded))
            return ImportPlan(lines, not loaded.loaded.changes, _mark(lines))
        case form:
            found = _proposed(case, upload, form=form)
            matched = tuple((each.entity, str(each)) for each in found.matched)
            return ImportPlan(tuple(_proposed_lines(found)), found.empty, _mark(_rows(found)), (), matched)


def take_import(case: str, upload: IncomingFile, *, mark: str, report: Report = quiet) -> ImportPlan:
    """Takes an uploaded file into a case, as one change, if it changes what the plan of a mark says.

    Raises:
        CaseError: the changes are others by now, or the case would hold mistakes; nothing is written.
        DataError: the file cannot be read.
        EventsError: an event file cannot be read.
        StorageError: the folder cannot be locked or written.
    """
    plan = plan_import(case, upload, report=report)
    if plan.mark != mark:
        problem = Problem(upload.name, 0, "", "the changes that were shown", "others", "Look again.")
        raise CaseError("The case changed meanwhile; nothing was written.", [problem])
    match _kind(upload):
        case "sheet":
            take_sheets(case, _sheet_plan(case, upload, unknown=[]))
        case "events":
            load(case, [upload.path], **_event_options(upload), report=report)
        case form:
            bring_in(case, upload.path, form=form, **_exchange_options(upload))
    return plan


def _kind(upload: IncomingFile) -> str:
    if upload.kind not in KINDS:
        raise UsageError(f"{upload.kind!r} is no kind of file. {did_you_mean(upload.kind, KINDS)}")
    return upload.kind


def _sheet_plan(case: str, upload: IncomingFile, *, unknown: list[Unknown]) -> SheetPlan:
    """The plan of a sheet; columns that nobody has named are noted and left out."""

    def ask(each: Unknown) -> str:
        unknown.append(each)
        return ""

    options = upload.options
    choice = SheetChoice(
        options.get("table", ""), options.get("sheet", ""), options.get("columns"), options.get("every_row")
    )
    return read_sheets(case, upload.path, choice=choice, ask=ask)


def _event_options(upload: IncomingFile) -> Mapping[str, Any]:
    options = upload.options
    published = options.get("published")
    return {
        "release": options.get("release") or None,
        "dates": DateOrder(options["dates"]) if options.get("dates") else None,
        "covers": tuple(options.get("covers", "").split()),
        "published": date.fromisoformat(published) if published else None,
    }


def _exchange_options(upload: IncomingFile) -> Mapping[str, Any]:
    return {"source": upload.options.get("source") or None, "unlike": tuple(upload.options.get("unlike", ()))}


def _proposed(case: str, upload: IncomingFile, *, form: str) -> Proposed:
    return preview(case, upload.path, form=form, **_exchange_options(upload)).proposed


def _rows(found: Proposed) -> Mapping[str, Sequence[Mapping[str, str]]]:
    return {
        "actors": found.actors,
        "sources": found.sources,
        "claims": found.claims,
        "sites": found.sites,
        "timeline": found.timeline,
    }


def _proposed_lines(found: Proposed) -> Iterator[str]:
    for name, rows in _rows(found).items():
        if rows:
            yield f"{name}.csv: {counted(len(rows), 'row')} added"
            yield from (f"  new: {' '.join(filter(None, list(row.values())[:8]))}" for row in rows[:_SHOWN])
            if len(rows) > _SHOWN:
                yield f"  ... and {len(rows) - _SHOWN} more"
    if found.known:
        yield f"{counted(found.known, 'row')} known already"
    yield from (f"left out: {each}" for each in found.left_out[:_SHOWN])
    yield from (f"doubtful: {each}" for each in found.doubtful[:_SHOWN])


def _event_lines(case: str, result: LoadResult) -> Iterator[str]:
    """What loading event files does, in words."""
    for file in result.loaded.files:
        known = " (loaded already)" if file.known else ""
        release = f" {file.release}" if file.release else ""
        yield (
            f"{file.name}: {file.dataset}{release}, {counted(file.events, 'event')}, "
            f"{file.first} to {file.last}, {file.best:,} deaths ({file.low:,} to {file.high:,}){known}"
        )
        yield from (f"  {note}" for note in file.notes)
    for change in result.loaded.changes:
        yield (
            f"{change.dataset}: {change.new:,} new, {change.revised:,} revised, "
            f"{change.withdrawn:,} withdrawn, {change.unchanged:,} unchanged"
        )
    yield from result.counting_words()
    yield from result.placed_words()
    yield from result.remarks(case)


def _mark(changes: object) -> str:
    text = json.dumps(changes, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
