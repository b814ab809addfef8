"""Many processes that change one case lose nothing."""

import json
import subprocess
import sys
import time
from pathlib import Path

from support.fourland import CaseFolder
from support.spoken import spoken

from vedette.case import read_case
from vedette.files import read_log

WRITERS, ROWS = 8, 25
SCRIPT = """
import os, sys
from vedette.commands import add_claim

folder, writers, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
row = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}
for writer in range(writers):
    if not os.fork():
        for number in range(rows):
            add_claim(folder, {**row, "note": f"w{writer} {number}"})
        os._exit(0)
print([os.wait()[1] for _ in range(writers)])
"""


def test_eight_processes_with_25_claims_each_leave_200_rows_and_200_lines(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    before = read_case(folder).claims.height
    command = [sys.executable, "-c", SCRIPT, str(folder), str(WRITERS), str(ROWS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        heights = []
        while parent.poll() is None:
            heights.append(read_case(folder).claims.height)
            time.sleep(0.2)
        assert parent.communicate()[0] == f"{[0] * WRITERS}\n"
    claims = read_case(folder).claims
    assert claims.height == before + WRITERS * ROWS
    wanted = {f"w{writer} {number}" for writer in range(WRITERS) for number in range(ROWS)}
    assert wanted <= set(claims["note"])
    assert heights == sorted(heights)
    lines = read_log(folder).lines
    assert len(lines) == WRITERS * ROWS
    assert {line.command for line in lines} == {"add claim"}
    added = [row.name for line in lines for edit in line.edits if edit.rows for row in edit.rows.after]
    assert sorted(added) == sorted(claims["id"].to_list()[before:])
    assert (
        json.loads((folder / "changes.log").read_text().splitlines()[0])["edits"][0]["file"] == "claims.csv"
    )
    assert not list(Path(folder).glob(".vedette-tmp-*"))
