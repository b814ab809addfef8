"""A process that has read all of vedette, and runs each command in a fork of itself.

Run as ``python -m support.warm_server``. Each line of its input asks for one command; it answers with the
number of the process. That one waits until the next line (``go``), so that a tracer can be attached, and the
server answers with how it ended.
"""

import ctypes
import importlib
import io
import json
import os
import pkgutil
import sys
import tempfile
from typing import Any

import vedette

_PR_SET_PTRACER, _ANY = 0x59616D61, -1


def import_all() -> None:
    """Imports every module of vedette."""
    for module in pkgutil.walk_packages(vedette.__path__, "vedette."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def run(asked: dict[str, Any], gate: int) -> int:
    """Runs one command in this process, once ``gate`` lets it; gives its exit code."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    tempfile.tempdir = None
    _connect(asked["given"], asked["said"])
    sys.argv = ["vedette", *asked["words"]]
    os.read(gate, 1)
    try:
        vedette_run()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def vedette_run() -> None:
    """Passes through the door of the command line."""
    from vedette.cli import run as through

    through()


def _connect(given: str, said: str) -> None:
    """Makes two files the input and the output of this process."""
    for number, (path, flags) in enumerate(
        [(given, os.O_RDONLY), (said, os.O_WRONLY), (f"{said}.err", os.O_WRONLY)]
    ):
        handle = os.open(path, flags)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), write_through=True)


def serve() -> None:
    """Answers until the input ends."""
    lines, answers = sys.stdin, sys.stdout
    import_all()
    print(json.dumps("ready"), file=answers, flush=True)
    while line := lines.readline():
        gate, opened = os.pipe()
        process = os.fork()
        if not process:
            os.close(opened)
            os._exit(run(json.loads(line), gate))
        os.close(gate)
        print(json.dumps(process), file=answers, flush=True)
        lines.readline()
        os.write(opened, b".")
        os.close(opened)
        _, status = os.waitpid(process, 0)
        print(json.dumps(os.waitstatus_to_exitcode(status)), file=answers, flush=True)


if __name__ == "__main__":
    serve()
