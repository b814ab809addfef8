"""What is dear to make and only read: made once for all processes of a test run."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """``once("name", make)``: the folder that ``make`` filled, in whichever process came first."""
    own = tmp_path_factory.getbasetemp()
    shelf = own if worker_id == "master" else own.parent

    def give(name: str, make: Callable[[Path], None]) -> Path:
        done, begun = shelf / f"once-{name}", shelf / f"begun-{name}"
        with (shelf / f"lock-{name}").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                begun.mkdir()
                make(begun)
                begun.rename(done)
        return done

    return give
