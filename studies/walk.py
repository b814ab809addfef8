"""Does the month of docs/tutorials/workbench.md in Chromium, on a copy of the Iraq case, and keeps pictures.

    PYTHONPATH=tests python studies/walk.py --out build/walk

The issue of August 2020 is made first, so that September is held against it: some minutes.
"""

import argparse
import os
import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from support.browsing import chromium
from support.live_workbench import live_workbench
from support.month_walk import Errand, walker

from vedette import commands
from vedette.case import SHIPPED

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorials" / "workbench.md"
LAST_ISSUE = date(2020, 8, 31)


def errand(folder: Path) -> Errand:
    """Returns what the tutorial does; the two files are written as they stand there."""
    text = TUTORIAL.read_text(encoding="utf-8")
    sheet, report = folder / "posture.csv", folder / "note-from-baghdad.txt"
    for file, content in zip((sheet, report), re.findall(r"```text\n(.*?)```", text, re.DOTALL), strict=True):
        file.write_text(content, encoding="utf-8")
    return Errand(
        sheet=sheet,
        report=report,
        title="Note from Baghdad",
        date="2020-09-28",
        tie=("quds-force", "funding", "kataib-hezbollah"),
        since="2020-07",
        notes=("seen by a colleague", "compared with the Arabic text"),
        lever=("leave-2023", "us-troops", "1500"),
        note=(
            "Who backs whom",
            "Ties of money rest on few voices: mind the day each was last said.",
        ),
    )


def main() -> None:
    """Does the month and prints what each step came to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("build/walk"), help="the folder of the pictures")
    out: Path = parser.parse_args().out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    case, home = Path(shutil.copytree(SHIPPED / "iraq", out / "my-iraq")), out / "home"
    os.environ["VEDETTE_HOME"] = str(home)
    commands.brief(str(case), as_of=LAST_ISSUE, issue=True)
    with chromium() as browser, live_workbench(case, home) as live:
        month = walker(browser, live.come_in(browser), live.address, errand(out), out)
        month.what_changed()
        month.take_in()
        print(f"believed {month.belief()} %")
        month.read()
        month.accept()
        print(f"believed {month.belief()} % after the claim")
        print("believed {} % after undo, {} % after redo".format(*month.undo_and_redo()))
        month.two_editors("a01")
        month.what_if()
        month.write_note()
        issued = month.issue()
        (out / "brief.pdf").write_bytes(issued)
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(issued)).pages)
        print(f"{text.count('Note from Baghdad')} mentions of the protected source in the public PDF")


if __name__ == "__main__":
    main()
