"""What the tests of commands share."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def figures(folder: Path) -> dict[str, Any]:
    """The figures of a brief, by id."""
    found = json.loads((folder / "brief.json").read_text(encoding="utf-8"))["figures"]
    assert isinstance(found, dict)
    return found


def records(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a figure's table, by column key."""
    keys = [column["key"] for column in figure["table"]["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in figure["table"]["rows"]]
