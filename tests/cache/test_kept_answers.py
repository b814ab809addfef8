"""The answers that a brief keeps: the same without the cache, from their inputs alone, edition by edition."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.fourland import CASE_FILES, CaseFolder
from support.small_mechanism import FILES, lay
from support.spoken import CLAIM_ROWS, claim, spoken, table

from vedette.brief.compose import compose
from vedette.brief.inputs.findings import Findings, find
from vedette.brief.writing import contents_of
from vedette.cache import cache, clear
from vedette.cache.encoding import unpacked
from vedette.cache.folder import EntryFolder, entries
from vedette.cache.secret import secret_in
from vedette.case import read_case
from vedette.case.schema.rows import Claim
from vedette.changes.known_on import forecast_from_panel
from vedette.commands.known import panel_of
from vedette.evidence import edition_of
from vedette.progress import quiet

SECRET = "Zqxwvkjy"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case with a mechanism."""
    home = tmp_path_factory.mktemp("kept") / "fourland"
    (home / "scenarios").mkdir(parents=True)
    for name, text in {**CASE_FILES, **spoken(), **FILES}.items():
        if text is not None:
            (home / name).write_text(str(text), encoding="utf-8")
    return home


def findings(folder: Path, edition: str | None = None) -> Findings:
    case = read_case(folder) if edition is None else edition_of(read_case(folder), edition)
    holdings, panel, known = panel_of(case, None, seed=1)
    return replace(find(case, holdings, panel, known, 1, quiet), day=date(2020, 1, 1))


def written(found: Findings) -> dict[str, bytes]:
    return contents_of(compose(found), cache=found.case.cache)


def plant(folder: Path) -> None:
    """Adds rows that became known only after the day on which the case stands."""
    claims = table(Claim, [claim("later", "bigland", "troops", "guard", from_="2013", known="2019-05-01")])
    rows = {
        "claims.csv": claims.splitlines()[1],
        "timeline.csv": "2016-04-04,day,battle,Bigland,,Alfa,,,A later battle,paper,page",
        "posture.csv": "2016-01-01,month,Bigland,troops,9999,persons,main,paper,page,",
    }
    for name, row in rows.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")


def test_kept_answers_rest_on_inputs_alone_and_on_nothing_that_was_known_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are worked out while the case is elsewhere; the second brief is of the case with later rows."""
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "user"))
    asked: list[str] = []
    worked_out, gone = cache._watched, tmp_path / "gone"

    def away(work: Any, inputs: Any, named: Any) -> Any:
        asked.append(work.__name__)
        if gone.exists():  # asked by another that is being worked out
            return worked_out(work, inputs, named)
        shutil.move(folder, gone)
        try:
            return worked_out(work, inputs, named)
        finally:
            if folder.exists():
                shutil.copytree(folder, gone, dirs_exist_ok=True)
                shutil.rmtree(folder)
            shutil.move(gone, folder)

    monkeypatch.setattr(cache, "_watched", away)
    first = written(findings(folder))
    assert {*asked} >= {"score_past", "forecast_coherent", "learned_by_units", "to_html"}
    assert {*asked} >= {"what_if_above", "_forecast_after"}
    held = {path: path.read_bytes() for path, _ in entries(folder)}
    assert len(held) == len(asked)
    asked.clear()
    case = read_case(folder)
    assert forecast_from_panel(case, panel_of(case, None, seed=1)[1], 1) is not None
    assert asked == [], "changes takes the forecast of the brief"
    plant(folder)
    assert written(findings(folder)) == first
    assert {path: path.read_bytes() for path in held} == held
    assert not {*asked} & {"score_past", "forecast_coherent", "learned_by_units", "to_html"}
    clear(folder)
    assert entries(folder) == []


def test_an_edition_reads_its_own_answers_alone_whatever_rows_it_withholds(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    red = claim("red", "bigland", "funding", "guard", handling="red")
    mechanism = f"handling: clear\n{FILES['mechanisms.yaml']}"
    files = {**FILES, "mechanisms.yaml": mechanism}
    folder = lay(case_folder(spoken([*CLAIM_ROWS, red])), files)
    anew: list[str] = []
    hits: set[str] = set()
    work_out, read = cache._watched, EntryFolder.read

    def working(work: Any, inputs: Any, named: Any) -> Any:
        anew.append(work.__name__)
        return work_out(work, inputs, named)

    def reading(kept: EntryFolder, name: str) -> bytes | None:
        content = read(kept, name)
        hits.update([name] if content is not None else [])
        return content

    def asked(edition: str) -> tuple[dict[str, bytes], list[str], set[str]]:
        """The brief of an edition, what was worked out for it, and which entries were read."""
        anew.clear()
        hits.clear()
        return written(findings(folder, edition)), [*anew], {*hits}

    monkeypatch.setattr(cache, "_watched", working)
    monkeypatch.setattr(EntryFolder, "read", reading)
    _, worked_out, _ = asked("internal")
    assert {*worked_out} >= {"score_past", "forecast_coherent", "what_if_above"}
    internal = {path.stem for path, _ in entries(folder)}
    first, again, read_of_public = asked("public")
    assert sorted(again) == sorted(worked_out)
    assert not read_of_public & internal
    kept = {path.stem for path, _ in entries(folder)}
    assert kept > internal
    louder = [{**red, "statement": SECRET}, {**red, "id": "second", "object": "rebels"}]
    (folder / "claims.csv").write_text(spoken([*CLAIM_ROWS, *louder])["claims.csv"], encoding="utf-8")
    told, worked_out, read_of_public = asked("public")
    assert (told, worked_out) == (first, [])
    assert read_of_public <= kept - internal
    assert {path.stem for path, _ in entries(folder)} == kept
    assert "what_if_above" in asked("internal")[1]


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
