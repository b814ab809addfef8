"""Compares the ties that vedette prints for Iraq with a history read by hand: ``make parts``.

python studies/iraq_ties.py docs/reference/iraq-ties.md
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from vedette.case import read_case
from vedette.case.schema import RelationKind
from vedette.evidence import Ledger, read_ledger
from vedette.files import replace_file
from vedette.network import believed, least_of

HISTORY = Path(__file__).with_name("iraq_ties.yaml")
WORDS = Path(__file__).with_name("iraq_ties.md")
NAMES = {"right": "right", "open": "doubtful", "wrong": "wrong", "missing": "missing"}

Printed = Mapping[tuple[str, str, str], float]
"""Belief in what is printed, by backer, recipient and letter."""


@dataclass(frozen=True)
class Tie:
    """What sources say of one backer and one recipient: letters for each day, and which claims say so."""

    backer: str
    to: str
    held: tuple[str, ...]
    why: str


def history() -> tuple[dict[str, Any], list[Tie]]:
    """The file, and its ties in order.

    Raises:
        ValueError: a tie does not have one word for each day.
    """
    told = yaml.safe_load(HISTORY.read_text(encoding="utf-8"))
    ties = [
        Tie(group["backer"], row["to"], tuple(row["held"].split()), row["why"])
        for group in told["backers"]
        for row in group["ties"]
    ]
    for tie in ties:
        if len(tie.held) != len(told["at"]):
            raise ValueError(f"{tie.backer}, {tie.to}: {len(tie.held)} words for {len(told['at'])} days")
    return told, ties


def printed(ledger: Ledger, day: date, told: Mapping[str, Any]) -> Printed:
    """What is believed at least so far that it is printed."""
    letters = {relation: letter for letter, some in told["letters"].items() for relation in some}
    backers = {one: group["backer"] for group in told["backers"] for one in group["providers"]}
    found: dict[tuple[str, str, str], float] = {}
    for row in believed(ledger, day, [RelationKind.SUPPORT], least_of(ledger)).iter_rows(named=True):
        if row["subject"] in backers and row["relation"] in letters:
            key = backers[row["subject"]], row["object"], letters[row["relation"]]
            found[key] = max(row["belief"], found.get(key, 0.0))
    return found


def verdicts(tie: Tie, held: str, shown: Printed) -> Iterator[tuple[str, str, float]]:
    """Letter, verdict and belief of every kind that is printed, or that sources bear out."""
    for letter in sorted({*held.upper(), *(key[2] for key in shown)} - {"-"}):
        belief = shown.get((tie.backer, tie.to, letter))
        if belief is not None:
            sure = "right" if letter in held else "open" if letter.lower() in held else "wrong"
            yield letter, sure, belief
        elif letter in held:
            yield letter, "missing", 0.0


def cell(found: list[tuple[str, str, float]]) -> str:
    """The verdicts of one tie on one day, as the page shows them."""
    mark = {"right": "", "open": "?", "wrong": "!"}
    return "<br>".join(
        f"({letter})" if verdict == "missing" else f"{letter} {belief:.2f}".replace("0.", ".") + mark[verdict]
        for letter, verdict, belief in found
    )


@dataclass(frozen=True)
class Comparison:
    """The ties of one backer beside the history.

    Attributes:
        backer: its name.
        rows: a tie, and what is found on each day.
    """

    backer: str
    rows: list[tuple[Tie, list[list[tuple[str, str, float]]]]]

    def count(self, verdict: str, day: int) -> int:
        """How many kinds have this verdict on the day of this number."""
        return sum(one[1] == verdict for _, found in self.rows for one in found[day])


def compared(ledger: Ledger) -> Iterator[Comparison]:
    """Each backer beside the history; printed ties that the file lacks come last, as not compared."""
    told, ties = history()
    days = [printed(ledger, day, told) for day in told["at"]]
    for group in told["backers"]:
        backer = group["backer"]
        named = [tie for tie in ties if tie.backer == backer]
        more = {key[1] for shown in days for key in shown if key[0] == backer} - {tie.to for tie in named}
        named += [Tie(backer, to, ("",) * len(days), "not compared") for to in sorted(more)]
        yield Comparison(
            backer,
            [
                (tie, [list(verdicts(tie, held, shown)) for held, shown in zip(tie.held, days, strict=True)])
                for tie in named
            ],
        )


def page() -> str:
    """The whole page.

    Raises:
        VedetteError: the case cannot be read.
    """
    ledger = read_ledger(read_case("iraq"))
    months = [f"{day:%Y-%m}" for day in history()[0]["at"]]
    found = list(compared(ledger))
    counts = [
        [one.backer, word, *(str(one.count(key, day) or "") for day in range(len(months)))]
        for one in found
        for key, word in NAMES.items()
    ]
    tables = [
        f"### {one.backer}\n\n"
        + _table(
            ["recipient", *months, "what sources say"],
            [[ledger.names[tie.to], *map(cell, cells), tie.why] for tie, cells in one.rows],
        )
        for one in found
    ]
    words = WORDS.read_text(encoding="utf-8")
    words = words.replace("{counts}", _table(["backer", "", *months], counts))
    return words.replace("{tables}", "\n\n".join(tables))


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    replace_file(parser.parse_args().out, page().encode())


if __name__ == "__main__":
    main()
