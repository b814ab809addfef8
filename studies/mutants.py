"""Mutation testing: small mistakes are put into the code, and each should fail a test of its room.

    python studies/mutants.py --size 300 --seed 1 --minutes 60 --out build/mutants.json

A sample of mutants of evidence, panel, score, periods and files runs against the tests of its room, each in
fresh processes on a copy of the repository. Mutants that no test can tell from the code stand, each with its
reason, in ``equivalent_mutants.yaml`` beside this file. Of the rest, fewer than one in ten should survive.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml
from mutation import Mutant, sample
from mutation_runs import Room, Verdict, judge

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yaml")
ROOMS = (
    Room("evidence", ("vedette/evidence",), ("tests/evidence", "tests/cli/test_read_and_review.py")),
    Room("panel", ("vedette/panel",), ("tests/panel",)),
    Room("score", ("vedette/score",), ("tests/score",)),
    Room("periods", ("vedette/periods.py",), ("tests/test_periods.py", "tests/test_ahead.py")),
    Room("files", ("vedette/files*",), ("tests/files", "tests/test_files*.py")),
)
Key = tuple[str, str, str]


def main() -> None:
    """Prints a line for each mutant, then how many of each room survived, and writes all of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=300, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60, help="no mutant is begun after so many minutes")
    parser.add_argument("--rooms", nargs="*", default=[room.name for room in ROOMS])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "mutants.json")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as Ctrl-C: what runs ends, copies are removed
    rooms = {file: room for room in ROOMS if room.name in asked.rooms for file in room.files(ROOT)}
    known = equivalents(EQUIVALENT, ROOT)
    jobs = [(rooms[mutant.file], mutant) for mutant in sample(ROOT, rooms, asked.size, asked.seed)]
    random.Random(asked.seed).shuffle(jobs)  # what there is time for is a fair sample of all
    with tempfile.TemporaryDirectory(prefix="mutants-") as work:
        Path(work).chmod(0o755)  # tests that act as another user read the copies
        tried = [job for job in jobs if key(job[1]) not in known]
        verdicts = judge(
            ROOT, tried, Path(work), asked.processes, asked.minutes, lambda line: print(line, flush=True)
        )
    equivalent = [Verdict(room.name, mutant, "equivalent") for room, mutant in jobs if key(mutant) in known]
    print("\n".join(report([*verdicts, *equivalent])))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(document([*verdicts, *equivalent], asked.seed), encoding="utf-8")


def key(mutant: Mutant) -> Key:
    """What names a mutant in the list of equivalent ones: its file and the lines before and after."""
    return mutant.file, mutant.before, mutant.after


def equivalents(file: Path, root: Path) -> dict[Key, str]:
    """The reasons of the mutants that change nothing that a test could see.

    Raises:
        ValueError: an entry names lines that its file does not hold: the code has moved on.
    """
    listed: dict[Key, str] = {}
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")) or ():
        source = (root / entry["file"]).read_text(encoding="utf-8")
        plain = "\n".join(line.strip() for line in source.splitlines())
        if entry["before"].strip() not in plain:
            raise ValueError(
                f"{file.name}: {entry['file']} has no line {entry['before']!r}; take the entry out"
            )
        listed[entry["file"], entry["before"].strip(), entry["after"].strip()] = entry["reason"]
    return listed


def report(verdicts: Sequence[Verdict]) -> list[str]:
    """The survivors, then a table: by room, how many were killed, survived, are equivalent, were not run."""
    lines = [
        f"\n{each.mutant.file}:{each.mutant.line}\n- {each.mutant.before}\n+ {each.mutant.after}"
        for each in verdicts
        if each.fate == "survived"
    ]
    lines.append(f"\n{'room':10}{'killed':>8}{'survived':>10}{'equivalent':>12}{'not run':>9}{'share':>8}")
    for room in [*dict.fromkeys(each.room for each in verdicts), "all"]:
        fates = Counter(each.fate for each in verdicts if room in (each.room, "all"))
        killed, survived = fates["killed"] + fates["timed out"], fates["survived"]
        share = survived / max(1, killed + survived)
        lines.append(
            f"{room:10}{killed:8}{survived:10}{fates['equivalent']:12}{fates['not run']:9}{share:8.1%}"
        )
    return lines


def document(verdicts: Sequence[Verdict], seed: int) -> str:
    """The same as JSON, with each mutant's lines."""
    rows = [
        {
            "room": each.room,
            "fate": each.fate,
            "file": each.mutant.file,
            "line": each.mutant.line,
            "before": each.mutant.before,
            "after": each.mutant.after,
        }
        for each in verdicts
    ]
    return json.dumps({"seed": seed, "mutants": rows}, ensure_ascii=False, indent=1) + os.linesep


if __name__ == "__main__":
    main()
