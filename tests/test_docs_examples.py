"""Every example in the documents is run, page by page, as a reader would type it.

A page is one sitting in one empty folder. In a ``console`` block each line after ``$`` is typed and what
stands below it is what must be printed (``...`` stands for anything). A ``python`` block is a doctest.
An HTML comment right above a block says more about it:

    <!-- file PATH -->          the block is what this file holds
    <!-- edit PATH: LINE -->    the block takes the place of this line of a file
    <!-- given PATH: SOURCE --> a file of the shared data folder is put there first
    <!-- exits CODE -->         the last command of the block ends with this code
    <!-- not run: REASON -->    nothing is started
"""

import doctest
import os
import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from support.running import typed

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
OWN_CASE = ROOT / "docs" / "how-to" / "own-case.md"
"""The page that test_ten_minutes.py follows, with its own look at the brief."""
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

each_page = pytest.mark.parametrize(
    "page", [page for page in PAGES if page != OWN_CASE], ids=lambda page: str(page.relative_to(ROOT))
)


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, its language, its text, and what the comments above it say."""

    line: int
    language: str
    text: str
    notes: dict[str, str]

    def typed(self) -> list[tuple[str, str]]:
        """The commands of a console block, each with what it prints."""
        pieces = re.split(r"^\$ (.+)\n", self.text, flags=re.MULTILINE)
        return list(zip(pieces[1::2], pieces[2::2], strict=True))


def blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    notes: dict[str, str] = {}
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type == "html_block":
            said = re.findall(r"<!-- (file|edit|given|exits|not run):? (.+?) -->", token.content)
            notes |= dict(said)
        elif token.type == "fence" and token.map:
            found.append(Block(token.map[0] + 1, token.info, token.content, notes))
            notes = {}
        else:
            notes = {}
    return found


BRIEF_OF_IRAQ = "\n$ vedette brief iraq"


@each_page
def test_examples_do_what_they_show(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A page that writes the brief of Iraq finds the answers that the brief of the tests has kept."""
    if BRIEF_OF_IRAQ in page.read_text(encoding="utf-8"):
        shutil.copytree(request.getfixturevalue("iraq_brief").parent / "home", tmp_path / "home")
    follow(page, tmp_path, monkeypatch, _lay)


def follow(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lay: Callable[[str, str], None]
) -> None:
    """Follows a page word by word in a fresh folder; ``lay`` puts a file that the reader is to have there."""
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    for become in ("execv", "execve"):
        monkeypatch.setattr(os, become, _stays_open)
    for name, value in {
        "HOME": tmp_path,
        "VEDETTE_HOME": tmp_path / "home",
        "COLUMNS": 100,
        "NO_COLOR": 1,
    }.items():
        monkeypatch.setenv(name, str(value))
    known: dict[str, object] = {}
    for block in blocks(page):
        if "not run" in block.notes:
            continue
        if "given" in block.notes:
            lay(block.notes["given"], f"{page.name}, line {block.line} and below")
        if "file" in block.notes:
            target = Path(block.notes["file"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        elif "edit" in block.notes:
            _edit(block)
        elif block.language == "console":
            _type(block)
        elif block.language == "python":
            _execute(block, known)


def _stays_open(*_: object) -> None:
    raise AssertionError("a server would take the place of this process: mark the block as not run")


def _lay(given: str, where: str) -> None:
    target, source = given.split(": ")
    if not shared_file(source).exists():
        pytest.skip(f"{where}: not run, {source} of the shared data folder is not here")
    shutil.copy(shared_file(source), target)


def shared_file(source: str) -> Path:
    """Where a file of the shared data folder is, if it is there."""
    return Path(os.environ.get("VEDETTE_SHARED", ROOT.parent / "shared")) / source


def _edit(block: Block) -> None:
    file, line = block.notes["edit"].split(": ", 1)
    before, found, after = Path(file).read_text(encoding="utf-8").partition(f"\n{line}\n")
    assert found, f"line {block.line}: {file} holds no line {line!r}"
    Path(file).write_text(f"{before}\n{block.text}{after}", encoding="utf-8")


def _type(block: Block) -> None:
    lines = [(line, shown) for line, shown in block.typed() if line.startswith("vedette ")]
    for number, (line, shown) in enumerate(lines, start=1):
        run = typed(*shlex.split(line)[1:])
        expected = int(block.notes.get("exits", 0)) if number == len(lines) else 0
        printed = run.stdout + run.stderr
        assert run.returncode == expected, f"line {block.line}: {line}\n{printed}"
        assert not shown.strip() or doctest.OutputChecker().check_output(shown, printed, SAME), (
            f"line {block.line}: {line}\nexpected:\n{shown}\nprinted:\n{printed}"
        )


def _execute(block: Block, known: dict[str, object]) -> None:
    example = doctest.DocTestParser().get_doctest(block.text, known, f"line {block.line}", None, block.line)
    assert example.examples, f"line {block.line}: a python block holds no >>>"
    runner = doctest.DocTestRunner(optionflags=SAME)
    runner.run(example, clear_globs=False)
    known |= example.globs
    assert runner.failures == 0, f"line {block.line}: see the output above"
