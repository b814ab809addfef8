"""A workbench that is killed in the middle of edits, and two who edit at once: nothing confirmed is lost."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_nothing_confirmed_is_lost_by_kills_nor_between_two_editors() -> None:
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    done = subprocess.run(
        [sys.executable, "-m", "support.http_edits", "5", "40"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 kills at" in done.stdout
    assert "40 edits of two editors" in done.stdout
