"""Tries mutated cases and mutated event, panel, report and import files by command, in one process.

Each must end in mistakes or in a case that the other commands accept: no traceback, no hang, no silence.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from support.fuzz.cases import bases, lopsided, tally, verdicts
from support.fuzz.files import file_verdicts
from support.fuzz.trial import Verdict


def told(name: str, verdicts: Iterator[Verdict]) -> int:
    """Prints what goes wrong as it is found, then the counts by kind; gives how many faults there are."""
    start, found = time.monotonic(), []
    for number, verdict in enumerate(verdicts):
        found.append(verdict)
        for fault in verdict.faults:
            print(f"{number} {verdict.mutant.kind} ({verdict.mutant.what}): {fault}", flush=True)
    counts = tally(found)
    print(f"\n{name}: {len(found)} in {time.monotonic() - start:.0f} s")
    for kind, count in sorted(counts.items()):
        words = (f"{count[fate]:>5} {fate}" for fate in ("accepted", "refused", "faulty"))
        print(f"  {kind:<12}{''.join(words)}")
    crooked = lopsided(counts)
    for line in crooked:
        print(f"  the generator is broken: {line}")
    return sum(bool(verdict.faults) for verdict in found) + len(crooked)


def main() -> None:
    """Runs both parts; exits with 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--start", nargs="*", help="only these cases to start from")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        starts = bases(desk, *([tuple(asked.start)] if asked.start else []))
        wrong = told("cases", verdicts(desk, asked.cases, asked.seed, starts))
        wrong += told("files", file_verdicts(desk, asked.files, asked.seed))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
