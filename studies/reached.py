"""A pytest plugin that writes which tests run which lines of some files, and how long each test takes.

``python -m pytest -p reached`` with REACHED_SOURCE (folders or files, joined by ``os.pathsep``) and
REACHED_OUT (a .json file). A line that runs on import only has no test; a line that a fixture of several
tests runs is named under the first of them.
"""

import json
import os
from pathlib import Path

import coverage
import pytest

WATCH = coverage.Coverage(
    data_file=None,
    config_file=False,
    include=[
        str(path / "*") if path.is_dir() else str(path)
        for path in map(Path, os.environ["REACHED_SOURCE"].split(os.pathsep))
    ],
)
WATCH.start()
TIMES: dict[str, float] = {}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """From here on, lines count for this test."""
    WATCH.switch_context(item.nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Adds up the phases of a test."""
    TIMES[report.nodeid] = TIMES.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish() -> None:
    """Writes both tables."""
    WATCH.stop()
    data = WATCH.get_data()
    lines = {
        str(Path(file).resolve()): {
            str(line): sorted(filter(None, tests)) for line, tests in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    Path(os.environ["REACHED_OUT"]).write_text(json.dumps({"lines": lines, "times": TIMES}), encoding="utf-8")
