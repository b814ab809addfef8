"""Names of a report that the case does not know: listed, made actors or spellings of them, or set aside."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.case import read_case
from vedette.case.writing import changing_case
from vedette.commands.keeping import EditedRow, edit
from vedette.commands.row_text import row_of
from vedette.errors import UsageError
from vedette.evidence import Ledger, reading
from vedette.evidence.reading import RemarkKind, ReviewRemark, UnknownName
from vedette.files import user_name
from vedette.problems import did_you_mean


@dataclass(frozen=True)
class NewNames:
    """Names of a report that the case does not know.

    Attributes:
        names: those that nobody has set aside; first those that stand in a relation.
        aside: the remarks on those that are no actors.
        has_text: whether the text of the report is kept; without it no names are looked for.
    """

    names: tuple[UnknownName, ...]
    aside: tuple[ReviewRemark, ...]
    has_text: bool

    def document(self) -> dict[str, Any]:
        """Returns each name with its mentions, and those set aside."""
        names = [{**vars(one), "mentions": [vars(each) for each in one.mentions]} for one in self.names]
        return {"names": names, "aside": [vars(one) for one in self.aside], "has_text": self.has_text}


def new_names(ledger: Ledger, report: str, *, first: int = 1, last: int | None = None) -> NewNames:
    """Returns the names in a report that the case does not know.

    Found are capitalised names and, in Arabic script, what follows a word like movement or brigade; names in
    small letters, in other scripts, and a single name that only ever begins sentences may be missed.

    Args:
        ledger: the ledger of the case.
        report: the key of the report, as `read_reports` lists it.
        first: the number of the first paragraph that is looked at.
        last: that of the last; None for all that follow.
    """
    home = ledger.case.workspace()
    text = reading.text_of(home, report)
    aside = {reading.name_key(one.about): one for one in reading.remarks_of(home) if _is_aside(one)}
    if text is None:
        return NewNames((), (), False)
    found = reading.unknown_names(ledger.case, text.passages[first - 1 : last])
    kept = tuple(one for one in found if reading.name_key(one.name) not in aside)
    keys = {reading.name_key(one.name) for one in found}
    return NewNames(kept, tuple(one for key, one in aside.items() if key in keys), True)


def set_name_aside(case: str, name: str) -> None:
    """Notes in review.csv that a name is no actor of the case; it is offered no more.

    Raises:
        UsageError: no name is given, or the case comes with vedette.
    """
    if not name.strip():
        raise UsageError(
            "expected a name that is no actor; found nothing. Choose one of those that are listed."
        )
    with changing_case(case, "review name") as change:
        today = date.today().isoformat()
        reading.add_remark(change, ReviewRemark(today, user_name(), RemarkKind.NO_ACTOR, name.strip()))


def offer_name_again(case: str, name: str) -> None:
    """Takes back that a name is no actor of the case."""
    with changing_case(case, "review name") as change:
        key = reading.name_key(name)
        kept = [
            one
            for one in reading.remarks_of(change.home)
            if not (_is_aside(one) and reading.name_key(one.about) == key)
        ]
        reading.write_remarks(change, kept)


def add_alias(case: str, actor: str, *, name: str) -> EditedRow:
    """Adds a spelling to the other names of an actor of a case; gives the cells before and after.

    Raises:
        UsageError: there is no such actor, or the case comes with vedette.
        CaseError: the case would hold mistakes; nothing is written.
    """
    known = read_case(case)
    if actor not in known.actors["id"]:
        cure = did_you_mean(actor, known.actors["id"].to_list())
        raise UsageError(f"there is no actor {actor!r} in the case. {cure}")
    row = row_of(case, actor)
    before = row.cells.get("aliases", "")
    spellings = [*filter(None, before.split(";")), " ".join(name.replace(";", " ").split())]
    return edit(case, actor, changes={"aliases": ";".join(dict.fromkeys(spellings))}, was={"aliases": before})


def _is_aside(one: ReviewRemark) -> bool:
    return one.kind == RemarkKind.NO_ACTOR
