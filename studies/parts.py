"""Asks the shipped Iraq case about the 22 parts of its conflict and writes the answers: ``make parts``.

python studies/parts.py docs/reference/iraq.md
"""

import argparse
import contextlib
import io
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from vedette.files import replace_file

PARTS = Path(__file__).with_name("parts.yaml")
LINES = 40
"""Lines of an answer that the page shows."""
WIDTH = "110"

HEAD = """# The 22 parts of the Iraq conflict

<!-- Made by `make parts` from studies/parts.yaml; change that file, not this one. -->

What the reference case must be able to say, each with the commands that answer it and their answer, in the
public edition as of 30 September 2020, and what an expert would still object to. Long answers are cut after
{lines} lines; the command gives the rest. How far the ties agree with the sourced history:
[Ties in Iraq](iraq-ties.md).
"""


@dataclass(frozen=True)
class Part:
    """One part of the conflict: its number, what it is, and the commands that answer it.

    ``objects`` is what an expert would still object to.
    """

    number: int
    part: str
    ask: tuple[str, ...]
    objects: str


def parts() -> Iterator[Part]:
    """The parts in order."""
    for entry in yaml.safe_load(PARTS.read_text(encoding="utf-8")):
        yield Part(entry["number"], entry["part"], tuple(entry["ask"]), entry["objects"])


def answer(command: str) -> str:
    """What a command prints, as a terminal of 110 columns shows it, cut after some lines.

    Raises:
        VedetteError: what the command raises.
    """
    from vedette.cli.text import screen
    from vedette.cli.verbs import app

    program, *words = shlex.split(command)
    if program != "vedette":
        raise ValueError(f"{command}: only vedette is asked here")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        screen.out.width = int(WIDTH)
        app(words, standalone_mode=False)
    lines = [line.rstrip() for line in printed.getvalue().strip("\n").split("\n")]
    more = [f"... and {len(lines) - LINES} more lines"] if len(lines) > LINES else []
    return "\n".join([*lines[:LINES], *more])


def page() -> str:
    """The whole page."""
    told = [HEAD.format(lines=LINES)]
    for part in parts():
        told.append(f"## {part.number}. {part.part}\n")
        told.append(f"**What an expert would object to.** {part.objects}\n")
        told += [f"```text\n$ {command}\n{answer(command)}\n```\n" for command in part.ask]
    return "\n".join(told)


def main() -> None:
    """Writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    os.environ["COLUMNS"] = WIDTH
    replace_file(parser.parse_args().out, page().encode())


if __name__ == "__main__":
    main()
