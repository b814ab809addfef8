"""Give an assumption a rival value: a branch of a question that the mechanism asks, beside what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vedette.case import read_case
from vedette.case.writing import changing_case, free_id
from vedette.case.writing.yaml_edit import loaded, with_item, with_keys
from vedette.commands.eliciting import OWN
from vedette.commands.saving_scenarios import check_mechanism
from vedette.commands.typed_words import typed
from vedette.errors import StorageError, UsageError
from vedette.scenario import read_mechanism
from vedette.scenario.eliciting import elicited
from vedette.scenario.language.entries import FILE, Alternatives, Assumption, MechanismFile, Quantity

_AS_HELD = "as-held"


@dataclass(frozen=True)
class AddedBranch:
    """A branch as it was written: the assumption, the question that it answers, its id and name.

    ``begun``: whether the question was asked for its sake, with what the mechanism holds as the other branch.
    """

    assumption: str
    question: str
    id: str
    name: str
    begun: bool

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {
            "assumption": self.assumption,
            "question": self.question,
            "branch": self.id,
            "name": self.name,
            "question_added": self.begun,
        }


def add_branch(
    case: str,
    assumption: str,
    *,
    name: str,
    quantiles: Sequence[float],
    author: str,
    why: str,
    source: str = OWN,
    weight: float | None = None,
) -> AddedBranch:
    """Stores a rival value of an assumption as a branch of the mechanism; `undo` takes it back.

    It is added to the question whose branches set the assumption already. Where none does, a question is
    added with two branches that nobody weighs: what the mechanism holds, and this; answers are then ranges
    over both.

    Args:
        case: the case.
        assumption: the id of an assumption, estimate or observation.
        name: of the branch.
        quantiles: the 5, 50 and 95 %, or the 5, 25, 50, 75 and 95 % quantiles.
        author: who says so.
        why: the reason.
        source: what it rests on.
        weight: of the branch, above 0 and below 1, where the question weighs its branches; those of the
            others are lowered in proportion.

    Raises:
        UsageError: no such assumption, quantiles that do not rise, no name, author or reason, or a
            weight where there may be none.
        CaseError: the mechanism would hold mistakes; nothing is written.
        StorageError: the case cannot be locked or written.
    """
    words = {
        "author": typed("author", author),
        "source": typed("source", source, needed=False) or OWN,
        "why": typed("reason", why),
    }
    called = typed("name", name)
    with changing_case(case, "add branch") as change:
        read = read_case(change.home)
        file = read_mechanism(read).file
        asked = _quantity(file, assumption)
        given = elicited(tuple(quantiles), asked.unit).model_dump(exclude_none=True)
        content = change.read(FILE)
        assert content is not None
        mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
        text = content.decode("utf-8-sig")
        place, found = _question(file, assumption)
        taken = [branch.id for branch in found.branches] if found else [_AS_HELD]
        new = free_id(called, taken)
        branch = {"id": new, "name": called, "sets": {assumption: given}, **words}
        if found is None and weight is not None:
            raise UsageError("weight: nobody weighs the branches of a question of its own; leave it out.")
        if found is None:
            text, asked_for = _begun(text, file, asked=asked, branch=branch)
        else:
            text, asked_for = _added(text, found, branch=branch, place=place, weight=weight), found.id
        change.write(FILE, mark + text.encode())
        check_mechanism(change, read)
    return AddedBranch(assumption, asked_for, new, called, found is None)


def _quantity(file: MechanismFile, name: str) -> Quantity:
    known: dict[str, Quantity] = {
        each.id: each for each in (*file.assumptions, *file.estimates, *file.observations)
    }
    if name not in known:
        raise UsageError(f"there is no assumption {name!r} in {FILE}.")
    if isinstance(known[name], Assumption) and known[name].distribution.form == "point":
        raise UsageError(f"{known[name].name}: holds by construction, and has no rival. Choose another.")
    return known[name]


def _question(file: MechanismFile, assumption: str) -> tuple[int, Alternatives | None]:
    """The question whose branches set an assumption, and its place; None where none does."""
    for place, each in enumerate(file.alternatives):
        if any(assumption in branch.sets for branch in each.branches):
            return place, each
    return 0, None


def _begun(text: str, file: MechanismFile, *, asked: Quantity, branch: dict[str, Any]) -> tuple[str, str]:
    """The text with a question of its own for a branch, and the id of that question."""
    by_nobody = {
        "id": _AS_HELD,
        "name": "As the mechanism has it",
        "author": branch["author"],
        "source": "by construction",
        "why": "What held before a rival was named.",
    }
    taken = [*(each.id for each in file.alternatives), *_ids(file)]
    new = free_id(f"rival {asked.id}", taken)
    entry = {
        "id": new,
        "name": f"Which holds: {asked.name}",
        "unweighted": True,
        "branches": [by_nobody, branch],
    }
    before = loaded(text, FILE)
    if before.get("alternatives"):
        edited = with_item(text, ("alternatives",), entry)
    else:
        edited = with_keys(text, (), {"alternatives": [entry]})
    return _sound(edited, {**before, "alternatives": [*(before.get("alternatives") or []), entry]}), new


def _added(
    text: str, found: Alternatives, *, branch: dict[str, Any], place: int, weight: float | None
) -> str:
    """The text with a branch added to a question; the others of a weighted one weigh less in proportion."""
    before = loaded(text, FILE)
    branches = before["alternatives"][place]["branches"]
    if found.unweighted and weight is not None:
        raise UsageError("weight: nobody weighs the branches of this question; leave it out.")
    if not found.unweighted:
        if weight is None or not 0 < weight < 1:
            raise UsageError(
                "weight: this question weighs its branches; expected a weight above 0 and below 1, like 0.2."
            )
        branch = {**branch, "weight": weight}
        lowered = [round((each.weight or 0.0) * (1 - weight), 6) for each in found.branches]
        lowered[-1] = round(1 - weight - sum(lowered[:-1]), 6)
        for number, share in enumerate(lowered):
            text = with_keys(text, ("alternatives", place, "branches", number), {"weight": share})
            branches[number]["weight"] = share
    text = with_item(text, ("alternatives", place, "branches"), branch)
    branches.append(branch)
    return _sound(text, before)


def _sound(text: str, expected: Any) -> str:
    if loaded(text, FILE) != expected:
        raise StorageError(
            f"{FILE}: this entry cannot be changed without touching others. Write its parts on lines of "
            "their own."
        )
    return text


def _ids(file: MechanismFile) -> list[str]:
    return [each.id for each in (*file.assumptions, *file.estimates, *file.observations)]
