"""Prints rival answers to one question side by side."""

from collections.abc import Mapping

import polars as pl
from rich.markup import escape
from rich.table import Table

from vedette.cli.text import screen
from vedette.cli.text.ledger import source_of
from vedette.commands import claimed
from vedette.commands.claim_words import NOT_CITABLE, grade, speaker
from vedette.evidence import Ledger


def print_rivals(ledger: Ledger, question: str, *, answers: pl.DataFrame) -> None:
    """Prints the answers, those against beside those for where both are there, by the day known."""
    asked = next(each for each in ledger.case.questions if each.id == question)
    screen.out.print(f"[bold]{escape(asked.text)}[/]", soft_wrap=False)
    names = ledger.names
    sides = [answers.filter(pl.col("polarity") == sign).to_dicts() for sign in "+-"]
    shown = Table(box=None, pad_edge=False, padding=(0, 3, 1, 0), expand=True)
    heads = ("[bold green]said to be so[/]", "[bold red]said not to be so[/]")
    filled = [(head, side) for head, side in zip(heads, sides, strict=True) if side]
    shown.show_header = all(sides)
    for head, _ in filled:
        shown.add_column(head, ratio=1)
    for index in range(max((len(side) for _, side in filled), default=0)):
        shown.add_row(*(_answer(side[index], names) if index < len(side) else "" for _, side in filled))
    screen.out.print(shown, soft_wrap=False)


def _answer(row: Mapping[str, object], names: Mapping[str, str]) -> str:
    where = NOT_CITABLE if row["basis"] == "recalled" else source_of(row, names)
    below = f"{row['hedge']} by {speaker(row, names)}, {grade(row)}, {row['said']}, {where}"
    return f"{escape(claimed(names, row))}.\n[dim]{escape(below)}[/]"
