"""``vedette score --truth``: against the best estimate or the uncertain truth."""

import json
from pathlib import Path

from support.fourland import CaseFolder
from support.running import Run


def test_scores_against_the_best_estimate_and_the_uncertain_truth_differ(
    run: Run, case_folder: CaseFolder, tmp_path: Path
) -> None:
    words = ("score", case_folder(), "--draws", 30, "--months", 2, "--models", "zero,last", "--json")
    best, drawn, again = (
        run(*words, *more, home=tmp_path) for more in ((), ("--truth", "uncertain"), ("--truth", "uncertain"))
    )
    assert best.returncode == drawn.returncode == 0, drawn.stderr
    assert drawn.stdout == again.stdout
    zero = [
        next(row["crps_fair"] for row in json.loads(done.stdout)["scores"] if row["model"] == "zero")
        for done in (best, drawn)
    ]
    assert zero[1] != zero[0]


def test_events_have_no_uncertain_truth(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    done = run("score", case_folder(), "--truth", "uncertain", "--measure", "events", home=tmp_path)
    assert done.returncode == 2
    assert "--truth uncertain is about deaths" in done.stderr.replace("\n", " ")
