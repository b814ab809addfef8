"""The documents say what the program does: nothing undocumented, nothing that is not there, no dead link."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

import vedette
from vedette import errors
from vedette.case.checking.tables import schema
from vedette.case.schema.relations import RELATIONS
from vedette.case.schema.rows import TABLES, Row
from vedette.case.schema.settings import Settings
from vedette.cli.verbs import app

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "vedette").rglob("*.md")])
REFERENCE = ROOT / "docs" / "reference"
MODULES = sorted(module.name for module in pkgutil.walk_packages(vedette.__path__, "vedette."))
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
READ_ONLY = {"git", "cd", "bash", "export"}
ROOMS = [name for name in MODULES if name.count(".") == 1]

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def tokens(page: Path) -> Iterator[Token]:
    """Every Markdown token of a page, those inside paragraphs too."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def sections(page: Path) -> dict[str, str]:
    """The text under each heading, by the words of the heading without code marks."""
    pieces = re.split(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title.replace("`", ""): text for title, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def commands(group: TyperGroup, path: str = "vedette") -> Iterator[tuple[str, TyperCommand]]:
    """Every command that does something, by the words that call it."""
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path} {name}")
        elif isinstance(command, TyperCommand):
            yield f"{path} {name}", command


def whole() -> TyperGroup:
    """The command line as one group."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


CONTEXT = typer.Context(whole())
COMMANDS = dict(commands(whole()))


def words(command: TyperCommand) -> set[str]:
    """The arguments and long options of a command as a user types them; ``--help`` goes without saying."""
    arguments = {str(p.metavar or p.name) for p in command.params if isinstance(p, TyperArgument)}
    options = {name for p in command.params if isinstance(p, TyperOption) for name in p.opts}
    return arguments | {name for name in options if name.startswith("--")} - {"--help"}


def public(module: ModuleType) -> set[str]:
    """What a room shows: its ``__all__``, or the classes and functions that it defines."""
    own = {
        name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__
    }
    return set(getattr(module, "__all__", {name for name in own if not name.startswith("_")}))


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_is_documented_with_its_words(path: str) -> None:
    section = sections(REFERENCE / "commands.md")[path]
    documented = {
        word for row in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE) for word in row.split("`")[1::2]
    }
    assert {word.split(" ")[0] for word in documented if not re.fullmatch("-[a-z]", word)} == words(
        COMMANDS[path]
    )


def test_no_command_is_documented_that_is_not_there() -> None:
    headed = {title for title in sections(REFERENCE / "commands.md") if title.startswith("vedette ")}
    assert headed == set(COMMANDS)


@each_page
def test_what_is_typed_exists(page: Path) -> None:
    for line in re.findall(r"^\$ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        program, *rest = shlex.split(line)
        if program == "vedette":
            path = max((p for p in COMMANDS if f"{line} ".startswith(f"{p} ")), key=len, default="")
            assert path, f"no such command: {line}"
            with suppress(errors.UsageError):  # a value shown to be wrong; unknown words raise another error
                COMMANDS[path].make_context(path, rest[path.count(" ") :])
        else:
            assert program in READ_ONLY or (program == "make" and rest[0] in TARGETS), line


@pytest.mark.parametrize("name", ROOMS)
def test_what_a_room_shows_is_documented(name: str) -> None:
    room = importlib.import_module(name)
    section = sections(REFERENCE / "python.md").get(name, "")
    documented = {row.partition("(")[0] for row in re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)}
    assert documented == public(room)


@pytest.mark.parametrize("name", [name for name in MODULES if name in sections(REFERENCE / "python.md")])
def test_a_function_is_documented_with_its_parameters(name: str) -> None:
    room, section = importlib.import_module(name), sections(REFERENCE / "python.md")[name]
    rows = re.findall(r"^\| `(\w+)(?:\(([^`]*)\))?` \|", section, re.MULTILINE)
    functions = {word: words for word, words in rows if inspect.isfunction(getattr(room, word))}
    for word, words in functions.items():
        documented = words.split(", ") if words else []
        assert documented == [*inspect.signature(getattr(room, word)).parameters], word


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.file)
def test_every_column_of_a_table_is_documented(model: type[Row]) -> None:
    if model.file == "observed.csv":
        section = sections(REFERENCE / "observed-csv.md")["Columns"]
    else:
        section = sections(REFERENCE / "case-folder.md")[model.file]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(schema(model))


def test_every_key_of_a_case_is_documented() -> None:
    section = sections(REFERENCE / "case-folder.md")["case.yaml"]
    keys = [field.alias or name for name, field in Settings.model_fields.items()]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == keys


def test_every_relation_is_documented_as_it_is() -> None:
    page = (REFERENCE / "relations.md").read_text(encoding="utf-8")
    signs = {1: "+", -1: "-", 0: ""}
    told = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (.+?) \| ([+-]?) ?\|$", page, re.MULTILINE)
    assert told == [(r.word, r.kind.value, r.meaning, signs[r.sign]) for r in RELATIONS.values()]


def test_every_error_stands_on_the_errors_page() -> None:
    kinds = [k for k in vars(errors).values() if inspect.isclass(k) and issubclass(k, errors.VedetteError)]
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| (\d+) \| `(\w+)` \|", page, re.MULTILINE))
    assert rows == {(str(kind.exit_code), kind.__name__) for kind in kinds}


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    targets = [token.attrs.get("href") or token.attrs.get("src") for token in tokens(page)]
    dead = [target for target in targets if target and not _leads(page, str(target))]
    assert dead == []


def _leads(page: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return target.startswith(("https://", "mailto:"))
    path, _, anchor = unquote(target).partition("#")
    file = page.parent / path if path else page
    return file.exists() and (not anchor or anchor in {_anchor(title) for title in sections(file)})


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@each_page
def test_no_path_of_somebodys_machine(page: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:work|root|home|tmp|Users)/\w+", page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "name", [name for name in MODULES if ">>>" in inspect.getsource(importlib.import_module(name))]
)
def test_the_examples_of_a_module_run(name: str) -> None:
    tried = doctest.testmod(importlib.import_module(name))
    assert tried.attempted > 0
    assert tried.failed == 0


BRIEF = ROOT / "vedette" / "brief"


def section_titles(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    """Titles of the sections that a function makes, itself or by the functions it calls, in order."""
    for node in calls(function):
        name = ast.unparse(node.func)
        if name == "Section" and (title := constant(node.args[1])):
            yield title
        elif name in functions and "Section" in ast.unparse(functions[name].returns or ast.Constant("")):
            yield from section_titles(functions[name], functions)


def constant(title: ast.expr) -> str:
    """A title as it is written in the code, alone or as a message; empty for one with parts."""
    if isinstance(title, ast.Call) and ast.unparse(title.func) == "say" and len(title.keywords) == 0:
        title = title.args[0]
    return str(title.value) if isinstance(title, ast.Constant) else ""


def calls(function: ast.FunctionDef) -> list[ast.Call]:
    """The calls in a function, in the order of its text."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def brief_sections() -> list[str]:
    """Titles of the sections of a brief, in its order, from the code that composes it."""
    files = [BRIEF / "compose.py", *sorted((BRIEF / "sections").glob("*.py"))]
    bodies = [node for path in files for node in ast.parse(path.read_text(encoding="utf-8")).body]
    functions = {node.name: node for node in bodies if isinstance(node, ast.FunctionDef)}
    pages = "".join((BRIEF / "pages" / f"{name}.py").read_text(encoding="utf-8") for name in ("one", "two"))
    titles = re.findall(r'Page\("page-.+?", say\("(.+?)"\)', pages)
    assert len(titles) == 2
    return [*titles, *section_titles(functions["compose"], functions)]


def test_the_tutorial_reads_the_sections_of_a_brief_in_their_order() -> None:
    text = sections(ROOT / "docs" / "tutorials" / "brief.md")["Read it"]
    listed = re.findall(r"^\d+\. \*\*(.+?)\*\*", text, re.MULTILINE)
    assert listed == brief_sections()


def test_the_tutorial_names_the_end_of_the_page_as_the_page_does() -> None:
    text = sections(ROOT / "docs" / "tutorials" / "brief.md")["Read it"]
    page = (BRIEF / "templates" / "brief.html").read_text(encoding="utf-8")
    headings = [title for title in re.findall(r"<h2.*?>(.+?)</h2>", page) if "{" not in title]
    ends = re.findall(r"\*\*(.+?)\*\*", text.split("\n\n**")[-1].join(["**", ""]))
    assert ends == headings
