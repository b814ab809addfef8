"""Ask the API of the Iraq case at random: ``python studies/fuzz_api.py [--examples 200] [--seed 0]``.

Jobs are asked for and not run. Prints each kind of question with what was wrong, and fails if anything was.
"""

import argparse
import os
import sys
import tempfile
from unittest import mock

from support.asked_at_random import asked

from vedette import commands
from vedette.app import Served, workbench
from vedette.app.jobs import Jobs
from vedette.app.tokens import Doorkeeper


def main() -> int:
    """Asks, and gives 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, mock.patch.dict(os.environ, VEDETTE_HOME=home):
        app = workbench(Served("iraq", "internal"), Doorkeeper())
        token = {"Authorization": f"Bearer {commands.add_token('random')[1]}", "Host": "127.0.0.1"}
        with mock.patch.object(Jobs, "_start", lambda *_: None):
            found = []
            for label, wrong in asked(app, token, given.examples, given.seed):
                print(label, wrong or "ok", flush=True)
                found.append(wrong)
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main())
