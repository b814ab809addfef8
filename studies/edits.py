"""Kills a workbench in the middle of edits and imports over HTTP, and has two editors edit at once.

After each kill what was confirmed is there, each change is whole or absent, the check of the case passes, and
the next change takes what was left behind away. The log has each edit of the two editors.
"""

import argparse
import sys

from support.http_edits import main as trials


def main() -> None:
    """Runs the trials; exits with 1 where one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100, help="kills, spread over all changes of the disk")
    parser.add_argument("--edits", type=int, default=1000, help="edits of the two editors together")
    asked = parser.parse_args()
    sys.exit(trials([str(asked.kills), str(asked.edits)]))


if __name__ == "__main__":
    main()
