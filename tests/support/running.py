"""What the tests of commands share."""

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from vedette.cli import run as vedette
from vedette.cli.text import screen
from vedette.cli.text.terminal import Terminal

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def typed(
    *words: object, given: str = "", environment: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Runs ``vedette`` with these words through its own door, in this process: what it printed and its code.

    A process of its own spends most of its time reading libraries; here they are read once for all.
    """
    said, complained = io.BytesIO(), io.BytesIO()
    line = ["vedette", *map(str, words)]
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        enter(mock.patch.dict("os.environ", environment or {}))
        enter(mock.patch.object(sys, "argv", line))
        enter(mock.patch.object(sys, "stdin", io.StringIO(given)))
        enter(contextlib.redirect_stdout(io.TextIOWrapper(said, encoding="utf-8", write_through=True)))
        enter(contextlib.redirect_stderr(io.TextIOWrapper(complained, encoding="utf-8", write_through=True)))
        # Consoles learn the width of the window when they are made.
        enter(mock.patch.object(screen, "out", Terminal()))
        enter(mock.patch.object(screen, "err", Terminal(stderr=True)))
        code = _code_of()
        printed, errors = said.getvalue().decode(), complained.getvalue().decode()
    return subprocess.CompletedProcess(line, code, printed, errors)


def _code_of() -> int:
    try:
        vedette()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def figures(folder: Path) -> dict[str, Any]:
    """The figures of a brief, by id."""
    found = json.loads((folder / "brief.json").read_text(encoding="utf-8"))["figures"]
    assert isinstance(found, dict)
    return found


def records(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a figure's table, by column key."""
    keys = [column["key"] for column in figure["table"]["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in figure["table"]["rows"]]
