"""No secret of a case leaves through any command or export of its public edition, in any byte."""

import base64
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from json import loads
from pathlib import Path

import pytest
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, lay
from support.texts_of import pdf_bytes, pdf_pages
from typer.testing import CliRunner

from vedette import commands
from vedette.case import read_case
from vedette.case.checking.tables import schema
from vedette.case.schema.rows import TABLES
from vedette.case.writing import Correction, freeze_issue, stamp_issue
from vedette.changes import known_on
from vedette.cli.verbs import app
from vedette.errors import UsageError
from vedette.evidence import edition_of
from vedette.files import changing
from vedette.scenario import kept_hindcast, read_mechanism

FORMS = ",".join(commands.FORMATS)


def forms(word: str) -> Iterator[bytes]:
    """A word as it may stand in a file: plain, in other cases, in hexadecimal, in base64 at any offset."""
    for form in seeded.escaped(word):
        yield form.encode("utf-8")
        yield form.encode("utf-16-le")
    for before in range(3):
        coded = base64.b64encode(b"x" * before + word.encode())
        yield coded[4 if before else 0 : -4]


def leaks(content: bytes) -> list[str]:
    """The secrets found in some bytes."""
    found = [what for what, word in seeded.WORDS.items() if any(form in content for form in forms(word))]
    found += [date for date in seeded.DATES.values() if date.encode() in content]
    return found + [figure for figure in seeded.FIGURES if figure.encode() in content]


def run(*words: object) -> bytes:
    """What a command prints on both streams."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, (words, done.output, done.exception)
    return done.output.encode("utf-8")


@pytest.fixture
def seeded_case(case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "160")
    return case_folder(seeded.SECRET_FILES)


@pytest.fixture
def few_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forecasts from few draws, where the forecast is not what is tested."""
    monkeypatch.setattr(known_on, "DRAWS", 40)


def test_what_is_searched_for_is_found_where_it_is(seeded_case: Path) -> None:
    whole = b"".join(path.read_bytes() for path in seeded_case.iterdir())
    assert len(leaks(whole)) == len(seeded.WORDS) + len(seeded.DATES) + len(seeded.FIGURES)
    word = next(iter(seeded.WORDS.values()))
    assert leaks(base64.b64encode(b"ab" + word.encode() + b"cdefg"))
    assert leaks(run("claims", seeded_case, "--edition", "internal", "--as-of", "2020-01-01"))


def test_a_secret_stands_in_each_column_of_each_table() -> None:
    plain = {}
    for model in TABLES:
        rows = [*csv.DictReader(io.StringIO(seeded.SECRET_FILES.get(model.file, "")))]
        hidden = {name for row in rows for name, cell in row.items() if leaks((cell or "").encode())}
        plain[model.file] = {*schema(model)} - hidden
    assert {*plain.pop("observed.csv")}
    assert plain == seeded.CODED


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["text", "json"])
def test_who(seeded_case: Path, json: tuple[str, ...]) -> None:
    public = edition_of(read_case(seeded_case))
    for actor in public.actors["id"]:
        for day in ((), ("--at", "2013-06-30")):
            assert leaks(run("who", seeded_case, actor, *day, "--as-of", "2020-01-01", *json)) == []


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["text", "json"])
def test_claims(seeded_case: Path, json: tuple[str, ...]) -> None:
    for words in ((), ("--contested",), ("--question", "hold"), ("--recalled",), ("--about", "guard")):
        assert leaks(run("claims", seeded_case, *words, "--as-of", "2020-01-01", *json)) == []


@pytest.mark.parametrize("view", commands.VIEWS)
def test_network(seeded_case: Path, view: str) -> None:
    for json in ((), ("--json",)):
        printed = run("network", seeded_case, "--show", view, "--at", "2013-06-30", "--least", "0", *json)
        assert leaks(printed) == []


def test_monopoly(seeded_case: Path) -> None:
    assert leaks(run("monopoly", seeded_case, "--at", "2012-06-30", "--json")) == []


@pytest.mark.parametrize("form", commands.FORMS)
def test_exports_of_the_ledger(seeded_case: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    words = ("export", form, seeded_case, "--out", out / f"ties.{form}", "--as-of", "2020-01-01")
    assert leaks(run(*words).replace(str(tmp_path).encode(), b"")) == []
    assert leaks(b"".join(everything(out))) == []


@pytest.mark.parametrize("form", ["case", "frictionless"])
def test_the_edition_as_a_case(seeded_case: Path, tmp_path: Path, form: str) -> None:
    run("export", form, seeded_case, "--edition", "public", "--out", tmp_path / "public")
    assert leaks(b"".join(everything(tmp_path / "public"))) == []
    assert not (tmp_path / "public" / "README.md").exists()
    assert b"No mistakes" in run("check", tmp_path / "public")


CHANGES = ("--from", "2014-02-28", "--to", "2014-05-31", "--quiet")


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["text", "json"])
def test_what_changed(seeded_case: Path, json: tuple[str, ...], few_futures: None) -> None:
    assert leaks(run("changes", seeded_case, *CHANGES, *json)) == []


def test_what_changed_is_the_same_with_and_without_a_withheld_claim(
    seeded_case: Path, few_futures: None
) -> None:
    whole = run("changes", seeded_case, *CHANGES, "--json")
    without_row(seeded_case, seeded.WORDS["red id"])
    assert run("changes", seeded_case, *CHANGES, "--json") == whole


def test_the_brief(seeded_case: Path, tmp_path: Path) -> None:
    words = ("--edition", "public", "--out", tmp_path / "brief", "--quiet", "--format", FORMS)
    assert leaks(run("brief", seeded_case, *words)) == []
    assert {path.suffix for path in (tmp_path / "brief").iterdir()} == {".html", ".pdf", ".docx", ".json"}
    assert leaks(b"".join(everything(tmp_path / "brief"))) == []
    page = (tmp_path / "brief" / "brief.html").read_text(encoding="utf-8")
    assert page.count("The author&#39;s own words") == 1
    assert "Openly said." in page


def test_a_word_in_any_form_of_the_brief_would_be_found(seeded_case: Path, tmp_path: Path) -> None:
    settings, word = seeded_case / "case.yaml", seeded.WORDS["red name"]
    told = settings.read_text(encoding="utf-8").replace("Who fights whom?", f"Who fights {word}?")
    settings.write_text(told, encoding="utf-8")
    run("brief", seeded_case, "--edition", "public", "--out", tmp_path / "out", "--quiet", "--format", FORMS)
    for form in commands.FORMATS:
        folder = tmp_path / form
        folder.mkdir()
        (tmp_path / "out" / f"brief.{form}").rename(folder / f"brief.{form}")
        assert leaks(b"".join(everything(folder))) == ["red name"]


def test_an_issue_of_the_public_edition(seeded_case: Path) -> None:
    """Its files hold no secret, and neither they nor its number tell of three internal issues before it."""
    for month in (6, 7, 8):
        frozen(seeded_case, "internal", date(2015, month, 28))
    printed = run("brief", seeded_case, "--issue", "--quiet", "--format", FORMS) + run(
        "issues", seeded_case, "--json"
    )
    assert leaks(printed) == []
    public = seeded_case / "issues" / "public"
    assert [path.name for path in public.iterdir()] == ["001"]
    assert leaks(b"".join(everything(public))) == []
    assert b"internal" not in (public / "001" / "issue.json").read_bytes() + printed
    assert sorted(path.suffix for path in (public / "001").iterdir()).count(".parquet") == 6


@pytest.mark.parametrize("what", ["red name", "whispered alias", "closed source id", "source"])
def test_the_reason_of_a_correction_names_nothing_withheld(seeded_case: Path, what: str) -> None:
    word = seeded.WORDS[what]
    frozen(seeded_case, "public", date(2015, 6, 28))
    correction = Correction(1, f"said by {word.lower()}, twice")
    with pytest.raises(UsageError, match=f"--why: names what the public edition withholds: {word}"):
        commands.brief(str(seeded_case), issue=True, correction=correction)


def frozen(folder: Path, edition: str, day: date) -> None:
    """Issues a brief of an edition in which nothing stands."""
    case = edition_of(read_case(folder), edition)
    with changing(folder, "brief --issue") as change:
        freeze_issue(change, stamp_issue(case, day, day, seed=1), {"brief.json": b"{}"})


def test_pages_and_exports_are_the_same_with_and_without_a_withheld_claim(
    seeded_case: Path, tmp_path: Path
) -> None:
    """Byte for byte; `tests/evidence/test_public_ids.py` goes through all claims."""
    written = []
    for name in ("with", "without"):
        out = tmp_path / name
        words = ("--edition", "public", "--out", out / "brief", "--quiet", "--format", FORMS)
        run("brief", seeded_case, *words)
        for form in commands.FORMS:
            run("export", form, seeded_case, "--out", out / form / "ties", "--as-of", "2020-01-01")
        run("export", "frictionless", seeded_case, "--edition", "public", "--out", out / "case")
        (out / "who.json").write_bytes(run("who", seeded_case, "guard", "--json"))
        written.append(
            {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        )
        if name == "with":
            without_row(seeded_case, seeded.WORDS["red id"])
    assert written[0] == written[1]


def test_a_mechanism_that_nobody_marked_stays_inside(seeded_case: Path, tmp_path: Path) -> None:
    word = seeded.WORDS["red name"]
    (seeded_case / "scenarios").mkdir()
    for name, text in FILES.items():
        (seeded_case / name).write_text(text.replace("why: ", f"why: {word} "), encoding="utf-8")
    told = {}
    for edition in ("public", "internal"):
        run("brief", seeded_case, "--edition", edition, "--out", tmp_path / edition, "--quiet")
        told[edition] = b"".join(everything(tmp_path / edition))
    assert leaks(told["public"]) == []
    assert word.encode() in told["internal"].split(b"scenario-grounds", 1)[1]


def test_a_hindcast_of_the_public_edition(seeded_case: Path) -> None:
    """Neither what is printed nor the record, which says the same after a withheld row went."""
    mechanism = f"handling: clear\n{MECHANISM}hindcast: {{fit: [2014-01]}}\n"
    lay(seeded_case, {**FILES, "mechanisms.yaml": mechanism})
    printed = run("hindcast", seeded_case, "--edition", "public", "--json", "--all")
    assert leaks(printed) == []
    (record,) = (seeded_case / "hindcasts").iterdir()
    assert leaks(record.name.encode() + record.read_bytes()) == []
    without_row(seeded_case, seeded.WORDS["red id"])
    cut = edition_of(read_case(seeded_case))
    assert kept_hindcast(read_mechanism(cut)) == loads(record.read_bytes())


def without_row(folder: Path, key: str) -> None:
    """Takes a claim out of a case."""
    for name in ("claims.csv", "retractions.csv"):
        rows = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith(key)]
        assert len(kept) == len(rows) - 1
        (folder / name).write_text("".join(kept), encoding="utf-8")


def test_a_question_about_somebody_secret_is_answered_as_if_nobody_were_there(seeded_case: Path) -> None:
    for secret in ("whispered name", "whispered alias", "red alias"):
        asked = CliRunner().invoke(app, ["who", str(seeded_case), seeded.WORDS[secret]])
        assert asked.exit_code != 0
        told = str(asked.exception).replace(seeded.WORDS[secret], "")
        nobody = str(CliRunner().invoke(app, ["who", str(seeded_case), "Zz00xwvkjy"]).exception)
        assert leaks(told.encode()) == []
        assert told.split("in the case.")[0].replace("''", "") == nobody.split("in the case.")[0].replace(
            "'Zz00xwvkjy'", ""
        )


def everything(folder: Path) -> Iterator[bytes]:
    """Names and bytes of all files of a folder, of those inside archives too."""
    for path in sorted(folder.rglob("*")):
        yield path.name.encode()
        if path.is_file():
            yield pdf_bytes(path.read_bytes()) if path.suffix == ".pdf" else path.read_bytes()
            if path.suffix == ".pdf":
                yield "".join(pdf_pages(path.read_bytes())).encode()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        yield name.encode()
                        yield archive.read(name)
