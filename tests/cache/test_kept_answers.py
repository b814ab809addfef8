"""The answers that a brief keeps: the same without the cache, from their inputs alone, edition by edition."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.fourland import CASE_FILES
from support.small_mechanism import FILES

from vedette.brief.compose import compose
from vedette.brief.inputs.findings import Findings, find
from vedette.brief.writing import contents_of
from vedette.cache import Cache, clear
from vedette.cache.cache import WITHOUT_EFFECT
from vedette.cache.encoding import Writer, packed, unpacked
from vedette.cache.folder import EntryFolder, entries
from vedette.cache.reachable import returned_classes
from vedette.cache.secret import secret_in
from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.evidence import edition_of
from vedette.progress import quiet

SECRET = "Zqxwvkjy"
Asked = list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case with a mechanism."""
    home = tmp_path_factory.mktemp("kept") / "fourland"
    (home / "scenarios").mkdir(parents=True)
    for name, text in {**CASE_FILES, **FILES}.items():
        if text is not None:
            (home / name).write_text(str(text), encoding="utf-8")
    return home


def findings(folder: Path) -> Findings:
    case = read_case(folder)
    holdings, panel, known = panel_of(case, None, seed=1)
    return replace(find(case, holdings, panel, known, 1, quiet), day=date(2020, 1, 1))


def written(found: Findings) -> dict[str, bytes]:
    return contents_of(compose(found))


def as_bytes(work: Callable[..., Any], inputs: tuple[Any, ...], answer: object) -> bytes:
    writer = Writer(returned_classes(work), inputs)
    return packed(writer.written(answer), writer.tables)


def test_kept_answers_are_those_that_are_worked_out_from_the_inputs_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "user"))
    asked: Asked = []
    keep = Cache.keep

    def watched(cache: Cache, work: Any, *inputs: Any, **named: Any) -> Any:
        answer = keep(cache, work, *inputs, **named)
        asked.append((work, inputs, {k: v for k, v in named.items() if k not in WITHOUT_EFFECT}, answer))
        return answer

    monkeypatch.setattr(Cache, "keep", watched)
    first = written(findings(folder))
    names = {work.__name__ for work, *_ in asked}
    assert names >= {"score_past", "forecast_deaths", "what_if_above", "_forecast_after"}
    held = {path: path.read_bytes() for path, _ in entries(folder)}
    assert len(held) == len(asked)
    assert written(findings(folder)) == first
    assert {path: path.read_bytes() for path, _ in entries(folder)} == held
    clear(folder)
    assert entries(folder) == []
    once = {work.__name__: (work, inputs, named, answer) for work, inputs, named, answer in asked}
    shutil.move(folder, tmp_path / "gone")
    try:
        for work, inputs, named, answer in once.values():
            again = work(*inputs, **named)
            assert as_bytes(work, inputs, again) == as_bytes(work, inputs, answer), work.__name__
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(tmp_path / "gone", folder)


def test_a_secret_is_in_no_entry_of_an_edition_and_its_key_is_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "user"))
    whole = read_case(folder)
    source = whole.sources[:1].with_columns(id=pl.lit("hidden"), title=pl.lit(SECRET), handling=pl.lit("red"))
    planted = replace(whole, sources=pl.concat([whole.sources, source]))
    for case in (planted, edition_of(planted), edition_of(whole)):
        case.cache.keep(titles, case)
    assert edition_of(planted).cache.edition == "public"
    assert planted.cache.edition == ""
    secret = secret_in(tmp_path / "user")
    assert secret is not None
    kept = EntryFolder(folder, secret)
    holding = []
    for path, _ in entries(folder):
        content = kept.read(path.stem)
        assert content is not None
        document, tables = unpacked(content)
        holding.append(SECRET in repr(document) + "".join(str(pl.read_ipc(each).rows()) for each in tables))
    assert sorted(holding) == [False] * (len(holding) - 1) + [True]


def titles(case: Any) -> pl.DataFrame:
    return pl.DataFrame(case.sources.select("id", "title"))
