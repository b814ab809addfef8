"""Does monthly rounds of a copy of the Iraq case, each as of the end of its month, and issues each brief.

From the second round on each is held against its forerunner. With --planted every round is done once more on
a copy in which all later rows are scrambled: both must say the same, to the byte of the draft.

    python studies/months.py                     January to June 2020
    python studies/months.py --months 2 --planted
    python studies/months.py --keep build/months    the copy with its issues, and each draft, are kept
"""

import argparse
import shutil
import sys
import tempfile
from contextlib import chdir
from datetime import date
from pathlib import Path

from support.spoiled import spoiled

from vedette import commands
from vedette.case import SHIPPED
from vedette.case.writing.edition_key import public_ids
from vedette.commands.month_round import DONE
from vedette.periods import Step, last_day, parse

CASE = "my-iraq"
"""The folder of the copy, as one types it."""


def said(result: commands.MonthResult) -> list[tuple[str, str, tuple[str, ...]]]:
    """What the steps of a round say; the check is of the whole folder, later rows included, and left out."""
    return [(step.id, step.state, step.lines) for step in result.steps if step.id != "check"]


def shown(result: commands.MonthResult) -> str:
    """A round as text."""
    lines = [f"\nAs of {result.day}, {result.edition} edition"]
    for step in result.steps:
        lines += [f"  {step.title} ({step.state})", *(f"    {line}" for line in step.lines)]
    return "\n".join(lines)


def done_in(home: Path, day: date) -> commands.MonthResult:
    """Does a round of the case in a folder, typed there, so that no text names another folder."""
    with chdir(home):
        return commands.month(CASE, as_of=day, out=drafts(day))


def drafts(day: date) -> Path:
    """The folder of the draft of a day."""
    return Path(f"draft-{day}")


def tells_of_later(desk: Path, day: date, *, true: commands.MonthResult) -> str:
    """What a round says on the copy in which later rows are scrambled, if it is not the same; else empty."""
    planted = done_in(desk / f"planted-{day}", day)
    one, other = (
        (desk / name / drafts(day) / "brief.json").read_bytes() for name in ("true", f"planted-{day}")
    )
    if said(planted) == said(true) and one == other:
        return ""
    return f"{shown(planted)}\n  brief.json is {'the same' if one == other else 'another'}"


def main() -> None:
    """Does the rounds; exits with 1 where one is held against nothing, or tells of what came later."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", default="2020-01", help="the first month")
    parser.add_argument("--months", type=int, default=6, help="how many")
    parser.add_argument("--planted", action="store_true", help="do each round on a scrambled copy too")
    parser.add_argument("--keep", type=Path, help="a new folder in which the copy and the drafts are kept")
    asked = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as made:
        desk = (asked.keep or Path(made)).resolve()
        (desk / "true").mkdir(parents=True)
        folder = Path(shutil.copytree(SHIPPED / "iraq", desk / "true" / CASE))
        public_ids(folder, "public", ())  # the secret that ids are made with, the same in all copies
        for number in range(asked.months):
            day = last_day(parse(asked.first, Step.MONTH) + number, Step.MONTH)
            if asked.planted:
                (desk / f"planted-{day}").mkdir()
                spoiled(desk / f"planted-{day}" / CASE, day, folder)
            result = done_in(desk / "true", day)
            print(shown(result), flush=True)
            [held] = [step.state for step in result.steps if step.id == "changes"]
            if number and held != DONE:
                wrong += 1
                print("  held against nothing", flush=True)
            if asked.planted and (later := tells_of_later(desk, day, true=result)):
                wrong += 1
                print(f"  tells of what came later: {later}", flush=True)
            commands.brief(str(folder), as_of=day, issue=True)
        print(commands.issues(str(folder)).table(), flush=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
