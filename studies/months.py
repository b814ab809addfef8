"""Does monthly rounds of a copy of the Iraq case, each as of the end of its month, and issues each brief.

From the second round on each is held against its forerunner. With --planted every round is done once more on
a copy in which all later rows are scrambled: both must say the same, to the byte of the draft.

    python studies/months.py                     January to June 2020
    python studies/months.py --months 2 --planted
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from support.spoiled import spoiled

from vedette import commands
from vedette.case import SHIPPED
from vedette.commands.month_round import DONE
from vedette.periods import Step, last_day, parse


def said(result: commands.MonthResult) -> list[tuple[str, str, tuple[str, ...]]]:
    """What the steps of a round say; the check is of the whole folder, later rows included, and left out."""
    return [(step.id, step.state, step.lines) for step in result.steps if step.id != "check"]


def shown(result: commands.MonthResult) -> str:
    """A round as text."""
    lines = [f"\nAs of {result.day}, {result.edition} edition"]
    for step in result.steps:
        lines += [f"  {step.title} ({step.state})", *(f"    {line}" for line in step.lines)]
    return "\n".join(lines)


def main() -> None:
    """Does the rounds; exits with 1 where one is held against nothing, or tells of what came later."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", default="2020-01", help="the first month")
    parser.add_argument("--months", type=int, default=6, help="how many")
    parser.add_argument("--planted", action="store_true", help="do each round on a scrambled copy too")
    asked = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as made:
        desk = Path(made)
        folder = desk / "my-iraq"
        shutil.copytree(SHIPPED / "iraq", folder)
        for number in range(asked.months):
            day = last_day(parse(asked.first, Step.MONTH) + number, Step.MONTH)
            other = spoiled(desk / f"planted-{day}", day, folder) if asked.planted else None
            result = commands.month(str(folder), as_of=day, out=desk / "draft")
            print(shown(result), flush=True)
            [held] = [step.state for step in result.steps if step.id == "changes"]
            if number and held != DONE:
                wrong += 1
                print("  held against nothing", flush=True)
            if other is not None:
                planted = commands.month(str(other), as_of=day, out=desk / "planted")
                draft, same = ((desk / name / "brief.json").read_bytes() for name in ("draft", "planted"))
                if said(planted) != said(result) or draft != same:
                    wrong += 1
                    print(f"  tells of what came later: {shown(planted)}", flush=True)
            commands.brief(str(folder), as_of=day, issue=True)
        print(commands.issues(str(folder)).table(), flush=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
