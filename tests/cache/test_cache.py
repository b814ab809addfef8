"""Answers are kept by everything they depend on; nothing about the cache changes what is answered."""

import os
import stat
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from vedette.cache import FOLDER, Cache
from vedette.cache.folder import ENTRY, LOCK, entries, shrink
from vedette.cache.program import XLA_SWITCH, machine_digest
from vedette.cache.secret import NAME
from vedette.errors import DataError, Remark
from vedette.model import History
from vedette.periods import Span, Step

calls: list[object] = []


@pytest.fixture(autouse=True)
def no_calls() -> Iterator[None]:
    calls.clear()
    yield
    calls.clear()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "case", tmp_path / "user")


def halved(values: np.ndarray, by: float = 2.0, *, progress: object = None) -> np.ndarray:
    calls.append(by)
    return values / by


def tabled(history: History, names: list[str]) -> dict[str, pl.DataFrame | Span | History]:
    calls.append(names)
    table = pl.DataFrame({"name": names, "deaths": history.truth[: len(names), 0]})
    return {"table": table, "span": history.span, "whole": history}


def doubting(number: int) -> int:
    calls.append(number)
    warnings.warn("few months", Remark, stacklevel=1)
    if number < 0:
        raise DataError("less than none")
    return number


def dividing(number: int) -> int:
    calls.append(number)
    warnings.warn("division", RuntimeWarning, stacklevel=1)
    return number


def history() -> History:
    return History.of([[1, 0], [4, 2], [0, 3]], ["a", "b"], 24161, Step.MONTH)


def only_entry(cache: Cache) -> Path:
    [(path, _)] = entries(cache.home)
    return path


def test_the_same_question_is_worked_out_once(cache: Cache) -> None:
    first = cache.keep(halved, np.arange(3.0))
    again = cache.keep(halved, np.arange(3.0), progress=print)
    assert calls == [2.0]
    assert first.tolist() == again.tolist() == [0.0, 0.5, 1.0]
    assert again.flags.writeable


def test_a_fresh_answer_is_laid_out_in_memory_like_a_kept_one(cache: Cache) -> None:
    turned = np.arange(6.0).reshape(2, 3).T
    fresh, kept = cache.keep(halved, turned), cache.keep(halved, turned)
    assert fresh.strides == kept.strides
    assert (fresh == turned / 2).all()


def test_tables_and_inputs_come_back_as_they_were(cache: Cache) -> None:
    past = history()
    fresh, kept = cache.keep(tabled, past, ["x", "y"]), cache.keep(tabled, past, ["x", "y"])
    assert len(calls) == 1
    assert fresh["whole"] is kept["whole"] is past
    assert isinstance(kept["table"], pl.DataFrame)
    assert kept["table"].equals(pl.DataFrame({"name": ["x", "y"], "deaths": [1, 4]}))
    assert kept["span"] == past.span


@pytest.mark.parametrize(
    "other",
    [
        lambda: (np.array([0.0, 1.0, 2.5]), {}),
        lambda: (np.arange(3.0, dtype=np.float32), {}),
        lambda: (np.arange(3.0).reshape(1, 3), {}),
        lambda: (np.arange(3.0), {"by": 4.0}),
    ],
)
def test_another_input_is_another_question(
    cache: Cache, other: Callable[[], tuple[np.ndarray, dict[str, float]]]
) -> None:
    cache.keep(halved, np.arange(3.0))
    values, named = other()
    cache.keep(halved, values, **named)
    assert len(calls) == 2


@pytest.mark.parametrize("what", ["program_digest", "machine_digest"])
def test_another_program_or_machine_asks_anew(
    cache: Cache, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.keep(halved, np.arange(3.0))
    monkeypatch.setattr(f"vedette.cache.cache.{what}", lambda: b"another")
    assert cache.keep(halved, np.arange(3.0)).tolist() == [0.0, 0.5, 1.0]
    assert len(calls) == 2


def test_a_machine_is_the_same_before_and_after_jax_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def digest(flags: str) -> bytes:
        monkeypatch.setenv("XLA_FLAGS", flags)
        return machine_digest.__wrapped__()

    other = "--xla_cpu_multi_thread_eigen=false"
    assert digest(f"{XLA_SWITCH} ") == digest("")
    assert digest(f"{XLA_SWITCH} {other}") == digest(other) != digest("")


def test_an_edition_has_answers_of_its_own(cache: Cache) -> None:
    cache.keep(halved, np.arange(3.0))
    public = replace(cache, edition="public")
    assert [public.keep(halved, np.arange(3.0)).tolist() for _ in range(2)] == [[0.0, 0.5, 1.0]] * 2
    assert len(calls) == 2
    assert len(entries(cache.home)) == 2


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"\0"),
        lambda path: path.write_bytes(bytes(b ^ (i == 90) for i, b in enumerate(path.read_bytes()))),
    ],
    ids=["deleted", "empty", "cut short", "longer", "one bit"],
)
def test_an_entry_that_is_gone_or_harmed_is_made_anew(cache: Cache, harm: Callable[[Path], None]) -> None:
    cache.keep(halved, np.arange(3.0))
    path = only_entry(cache)
    before = path.read_bytes()
    harm(path)
    assert cache.keep(halved, np.arange(3.0)).tolist() == [0.0, 0.5, 1.0]
    assert len(calls) == 2
    assert only_entry(cache) == path
    assert path.read_bytes() == before


def test_an_entry_under_another_name_is_not_believed(cache: Cache) -> None:
    cache.keep(halved, np.arange(3.0))
    mine = only_entry(cache)
    cache.keep(halved, np.arange(4.0))
    [other] = [path for path, _ in entries(cache.home) if path != mine]
    other.replace(mine)
    assert cache.keep(halved, np.arange(3.0)).tolist() == [0.0, 0.5, 1.0]


def test_entries_of_another_user_are_neither_believed_nor_found_by_name(cache: Cache, tmp_path: Path) -> None:
    other = replace(cache, user=tmp_path / "other")
    other.keep(halved, np.arange(3.0))
    theirs = only_entry(cache)
    cache.keep(halved, np.arange(3.0))
    assert len(calls) == 2
    assert {path.name for path, _ in entries(cache.home)} > {theirs.name}


def test_entries_and_the_secret_are_private_to_the_user(cache: Cache) -> None:
    cache.keep(halved, np.arange(3.0))
    for path in (only_entry(cache), cache.user / NAME):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_place_to_write_the_answer_is_the_same(cache: Cache, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    closed = replace(cache, home=in_the_way)
    assert [closed.keep(halved, np.arange(3.0)).tolist() for _ in range(2)] == [[0.0, 0.5, 1.0]] * 2
    nowhere = replace(cache, user=in_the_way)
    for _ in range(2):
        with pytest.warns(Remark, match=r"What takes long is not kept.*cannot be made.*set VEDETTE_HOME"):
            assert nowhere.keep(halved, np.arange(3.0)).tolist() == [0.0, 0.5, 1.0]
    assert len(calls) == 4


def test_a_secret_that_is_none_is_told_with_its_cure(cache: Cache) -> None:
    cache.user.mkdir()
    (cache.user / NAME).write_text("mine")
    with pytest.warns(Remark, match=r"is none of vedette's. Remove it"):
        cache.keep(halved, np.arange(3.0))
    assert entries(cache.home) == []
    (cache.user / NAME).unlink()
    cache.keep(halved, np.arange(3.0))
    assert only_entry(cache).is_file()


class Killed(BaseException):
    """A process that ends here, without a chance to tidy up."""


def killed(*_: object) -> None:
    raise Killed


class HalfWritten:
    """A file whose process is killed when half of what it writes is on the disk."""

    def __init__(self, handle: int, mode: str) -> None:
        self.file = open(handle, mode)  # noqa: SIM115

    def __enter__(self) -> "HalfWritten":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, content: bytes) -> None:
        self.file.write(content[: len(content) // 2])
        raise Killed


def stop(*_: object) -> None:
    raise OSError("no process is left that could tidy up")


@pytest.mark.parametrize(
    ("at", "dies"),
    [
        ("vedette.cache.folder.EntryFolder._seal", killed),
        ("os.fdopen", HalfWritten),
        ("vedette.files.replace.make_ready", killed),
        ("vedette.cache.folder.shrink", killed),
    ],
)
def test_a_process_killed_while_it_writes_leaves_nothing_half(
    cache: Cache, at: str, dies: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.keep(doubled, 1.0)
    with monkeypatch.context() as dying:
        dying.setattr(at, dies)
        dying.setattr("vedette.files.temporary.clear", stop)
        with pytest.raises(Killed):
            cache.keep(doubled, 2.0)
    left = {path.suffix for path in (cache.home / FOLDER).iterdir()} - {ENTRY}
    assert left == {LOCK, ""}  # the folder of temporary files
    calls.clear()
    assert [cache.keep(doubled, 2.0) for _ in range(2)] == [4.0, 4.0]
    assert calls == ([] if at.endswith("shrink") else [2.0])
    cache.keep(doubled, 3.0)
    assert {path.suffix for path in (cache.home / FOLDER).iterdir()} - {LOCK} == {ENTRY}
    assert len(entries(cache.home)) == 3


def doubled(number: float) -> float:
    calls.append(number)
    return 2 * number


def test_what_cannot_be_read_off_is_worked_out_each_time(cache: Cache) -> None:
    for _ in range(2):
        cache.keep(halved, np.arange(3.0), by=np.float64(2), progress=None)
        cache.keep(tabled, history(), [lambda: 1])  # type: ignore[list-item]
    assert len(calls) == 3
    assert len(entries(cache.home)) == 1


def test_remarks_are_repeated_with_a_kept_answer(cache: Cache) -> None:
    for _ in range(2):
        with pytest.warns(Remark, match="few months"):
            assert cache.keep(doubting, 3) == 3
    assert calls == [3]


def test_an_error_is_raised_each_time_with_its_remarks(cache: Cache) -> None:
    for _ in range(2):
        with pytest.warns(Remark, match="few months"), pytest.raises(DataError, match="less than none"):
            cache.keep(doubting, -1)
    assert calls == [-1, -1]
    assert entries(cache.home) == []


def test_an_answer_with_a_warning_of_a_library_is_not_kept(cache: Cache) -> None:
    for _ in range(2):
        with pytest.warns(RuntimeWarning, match="division"):
            cache.keep(dividing, 1)
    assert calls == [1, 1]


def test_entries_not_used_for_longest_go_first(cache: Cache) -> None:
    for size in range(1, 5):
        cache.keep(halved, np.arange(float(size)))
    paths = [path for path, _ in entries(cache.home)]
    for age, path in enumerate(paths):
        os.utime(path, (age, age))
    cache.keep(halved, np.arange(1.0))
    [used] = [path for path, state in entries(cache.home) if state.st_mtime > len(paths)]
    shrink(cache.home, used.stat().st_size)
    assert [path for path, _ in entries(cache.home)] == [used]


def test_two_who_ask_at_once_work_it_out_once(cache: Cache) -> None:
    answers: list[float] = []
    together = threading.Barrier(2)

    def ask() -> None:
        together.wait()
        answers.append(float(cache.keep(slow, 4.0)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [2.0, 2.0]
    assert len(calls) == 1
    assert list((cache.home / FOLDER).iterdir()) == [only_entry(cache)]


def slow(number: float) -> float:
    calls.append(number)
    threading.Event().wait(0.3)
    return number / 2


def test_a_lock_that_a_stopped_process_left_keeps_nobody_waiting(cache: Cache) -> None:
    cache.keep(halved, np.arange(3.0))
    path = only_entry(cache)
    path.with_suffix(LOCK).write_bytes(b"")
    path.unlink()
    cache.keep(halved, np.arange(3.0))
    assert [each.suffix for each in (cache.home / FOLDER).iterdir()] == [ENTRY]
