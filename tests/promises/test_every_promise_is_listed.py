"""Every promise of CONTRIBUTING has a test named after it, or one that the list in README.md names."""

import re
from pathlib import Path

HERE = Path(__file__).parent
LISTED = re.findall(
    r"^\| ([^|`]+?) \| `([^`]+)` \|(.*)\|$", (HERE / "README.md").read_text("utf-8"), re.MULTILINE
)


def test_every_promise_of_contributing_is_in_the_list() -> None:
    page = (HERE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page.split("## What a change must keep")[1].split("\n## ")[0]
    promised = [name.rstrip(".:") for name in re.findall(r"^- \*\*(.+?)\*\*", section, re.MULTILINE)]
    assert len(promised) == 7
    assert [name for name in promised if name not in {promise for promise, _, _ in LISTED}] == []


def test_what_the_list_names_is_there() -> None:
    named = [path for _, file, more in LISTED for path in (file, *re.findall(r"`([^`]+)`", more))]
    assert [path for path in named if not (HERE / path).exists()] == []
    assert {path.name for path in HERE.glob("test_*.py")} - {file for _, file, _ in LISTED} == {
        Path(__file__).name
    }
