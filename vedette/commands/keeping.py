"""Change and withdraw rows of a case."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.case import read_case
from vedette.case.checking.retractions import resting_on
from vedette.case.schema import Claim, Retraction
from vedette.case.writing import add_rows, changing_case, internal_id
from vedette.case.writing.editing import edit_row
from vedette.case.writing.merging import Merging, merge_rows
from vedette.case.writing.renaming import Followed, rename_row
from vedette.commands.adding import folded, named_actors, one_line
from vedette.commands.row_text import row_as_seen
from vedette.commands.waiting import waiting_said, waits_for
from vedette.errors import UsageError
from vedette.problems import did_you_mean


@dataclass(frozen=True)
class EditedRow:
    """The cells of a row that were changed, before and after; none where the row was so already."""

    name: str
    file: str
    before: Mapping[str, str]
    after: Mapping[str, str]

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        changed = {"before": dict(self.before), "after": dict(self.after)}
        return {"id": self.name, "file": self.file, **changed}


@dataclass(frozen=True)
class Retracted:
    """A retraction as written, what rests on the claim still, and a present of the case that is earlier."""

    claim: str
    known: str
    resting: tuple[str, ...]
    waits_for: date | None = None

    @property
    def remark(self) -> str:
        """That the answers of the case count the claim still, where they stand before the day; else empty."""
        return waiting_said(self.waits_for, "its answers still count the claim") if self.waits_for else ""

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        about = {"claim": self.claim, "known": self.known, "still_resting_on_it": list(self.resting)}
        return {**about, "remark": self.remark}


@dataclass(frozen=True)
class Renamed:
    """A row that got another id, and what followed it."""

    old: str
    new: str
    followed: Followed

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {"old": self.old, "new": self.new, **_document(self.followed)}


@dataclass(frozen=True)
class Merged:
    """Two rows that became one: the id that stays, the id that is gone, and what the merge did."""

    stays: str
    gone: str
    merging: Merging

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        done = self.merging
        kept = {column: {"kept": own, "gone": other} for column, (own, other) in done.kept.items()}
        about: dict[str, Any] = {
            "filled": dict(done.filled),
            "differed": kept,
            "retracted": list(done.retracted),
        }
        about["dropped_statuses"] = list(done.dropped)
        return {"stays": self.stays, "gone": self.gone, **about, **_document(done.followed)}


def edit(
    case: str, name: str, *, changes: Mapping[str, str], was: Mapping[str, str], seen: str = ""
) -> EditedRow:
    """Changes cells of one row of a case; all other rows stay as they are written.

    Args:
        case: a case of the user's own.
        name: the id of the row, or file and number like ``forces.csv:12``.
        changes: the cells to write, by column; actors may be named by any spelling, and a line break becomes
            a blank.
        was: cells as they were read before; where the row holds others now, nothing is written.
        seen: the `RowText.mark` of the row as it was read; where any cell is another now, nothing is written.

    Raises:
        UsageError: no such row or column, or the case comes with vedette.
        CaseError: somebody changed the row meanwhile (`RowChanged` where ``seen`` says so), or the case would
            hold mistakes; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "edit") as change:
        read = read_case(change.home)
        row = row_as_seen(change, internal_id(read, name), seen=seen)
        wanted = named_actors(read, folded(changes))
        differing = {key: cell for key, cell in wanted.items() if cell != row.cells.get(key, "")}
        edit_row(change, row, differing, was)
    before = {key: row.cells.get(key, "") for key in differing}
    return EditedRow(row.name, row.model.file, before, differing)


def retract(
    case: str, claim: str, *, why: str, known: str = "", source: str = "", seen: str = ""
) -> Retracted:
    """Withdraws a claim: a row of retractions.csv says since when and why; the claim itself stays.

    Args:
        case: a case of the user's own.
        claim: the id of the claim.
        why: the reason.
        known: the day, month or year in which the withdrawal became known; today if empty.
        source: the id of the source that withdraws it, if one does.
        seen: the `RowText.mark` of the claim as it was read.

    Raises:
        UsageError: no such claim, it is retracted already, or no reason is given.
        RowChanged: the claim is another than was read; nothing is written.
        CaseError: the case would hold mistakes; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "retract") as change:
        read = read_case(change.home)
        claim = internal_id(read, claim)
        if claim not in read.claims["id"]:
            cure = did_you_mean(claim, read.claims["id"].to_list())
            raise UsageError(f"{claim!r} is no id in {Claim.file}. {cure}")
        if claim in read.retractions["claim"]:
            since = dict(read.retractions.select("claim", "known").iter_rows())[claim]
            cure = f"Edit its row in {Retraction.file} to change that."
            raise UsageError(f"{claim} is retracted already, since {since}. {cure}")
        if not why.strip():
            raise UsageError("--why: expected the reason; found nothing. Say it in a few words.")
        row_as_seen(change, claim, seen=seen)
        day = known or date.today().isoformat()
        add_rows(
            change, {Retraction: [{"claim": claim, "known": day, "why": one_line(why), "source": source}]}
        )
    resting = resting_on(claim, read.claims, read.forces)
    left = tuple(each for each in resting if each not in read.retractions["claim"])
    return Retracted(claim, day, left, waits_for(read, day))


def rename(case: str, name: str, *, new: str, seen: str = "") -> Renamed:
    """Gives a row of a case another id; all columns that name it follow.

    Raises:
        UsageError: no such row, or the new id is taken or no id.
        RowChanged: the row is another than that of the mark ``seen``; nothing is written.
        CaseError: the case would hold mistakes; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "rename") as change:
        read = read_case(change.home)
        row = row_as_seen(change, name, seen=seen)
        followed = rename_row(change, read, row, new)
    return Renamed(row.name, new, followed)


def merge(case: str, stays: str, *, goes: str, seen: tuple[str, str] = ("", "")) -> Merged:
    """Joins two rows for one actor, site or source; names become aliases, claims follow.

    Args:
        case: a case of the user's own.
        stays: the id that stays.
        goes: the id that goes.
        seen: the `RowText.mark` of the two rows as they were read.

    Raises:
        UsageError: no such rows, or not of one table of actors, sites or sources.
        RowChanged: a row is another than was read; nothing is written.
        CaseError: the rows contradict each other, or claims set the two apart; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "merge") as change:
        read = read_case(change.home)
        rows = [row_as_seen(change, name, seen=mark) for name, mark in zip((stays, goes), seen, strict=True)]
        merging = merge_rows(change, read, *rows)
    return Merged(rows[0].name, rows[1].name, merging)


def preview_merge(case: str, stays: str, *, goes: str) -> Merged:
    """Returns what `merge` would do, worked out on the case as it stands; nothing is written.

    Raises:
        UsageError: no such rows, or not of one table of actors, sites or sources.
        CaseError: the rows contradict each other, or claims set the two apart.
        StorageError: the folder cannot be locked or written.
    """
    found: Merged | None = None
    with suppress(_OnlyLooking), changing_case(case, "merge") as change:
        read = read_case(change.home)
        rows = [row_as_seen(change, name, seen="") for name in (stays, goes)]
        found = Merged(rows[0].name, rows[1].name, merge_rows(change, read, *rows))
        raise _OnlyLooking
    assert found is not None
    return found


class _OnlyLooking(Exception):
    """Ends a change that shall not be made."""


def _document(followed: Followed) -> dict[str, Any]:
    return {"followed": dict(followed.cells), "still_named_in": list(followed.mentions)}
