"""A writer of a case that is killed while it puts the files of a change in their places."""

import subprocess
import sys
from pathlib import Path

KILLED = """
import os, sys
from pathlib import Path
from vedette import commands
from vedette.files import journal
left, move = int(sys.argv[2]), journal._move

def moved(made, target):
    global left
    if left == 0:
        os.kill(os.getpid(), 9)
    left -= 1
    move(made, target)

journal._move = moved
row = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}
commands.add_claim(sys.argv[1], row)
"""


def killed_while_adding(folder: Path, after: int) -> None:
    """Adds a claim in a process that is killed once so many files are in their places, the log first."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(after)], check=False)
    assert done.returncode == -9
