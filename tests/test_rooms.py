"""Data flows one way: a room imports only from rooms above it, and no files import each other in a ring."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import networkx as nx
import pytest

CONTRIBUTING = Path(__file__).parents[1] / "CONTRIBUTING.md"
PACKAGE = Path(__file__).parents[1] / "vedette"

ROOMS = (
    "errors",
    "periods",
    "progress",
    "randomness",
    "plurals",
    "rounding",
    "message",
    "letters",
    "missing",
    "problems",
    "files",
    "cache",
    "counts",
    "case",
    "events",
    "panel",
    "evidence",
    "network",
    "model",
    "score",
    "precedents",
    "effect",
    "scenario",
    "changes",
    "brief",
    "commands",
    "cli",
    "app",
    "__main__",
)
APART = {"cli", "app"}
HIDDEN = {"vedette", "importlib.import_module"}  # what is used after them cannot be read off an import

MODULES = sorted(PACKAGE.rglob("*.py"))
FACES = [path for path in MODULES if path.name == "__init__.py"]
BUILT = {path.stem for path in PACKAGE.iterdir()}


def imported(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every import in a source, wherever it stands.

    ``module`` is the dotted name of the source, ``__init__`` included, which relative imports count
    from. A call that imports would hide its name from this reading, so the call itself is given.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=base, names=names, level=level):
                start = module.split(".")[:-level] if level else []
                yield from (
                    (node.lineno, ".".join(filter(None, [*start, base, name.name]))) for name in names
                )
            case ast.Attribute(attr="import_module") | ast.Name(id="__import__"):
                yield node.lineno, "importlib.import_module"


def climbs(source: str, module: str) -> list[str]:
    """What in the source of a module breaks the order of rooms."""
    own = room_of(module)
    below = ROOMS[ROOMS.index(own) + 1 :] if own else ROOMS
    return [
        f"line {line}: {module} imports {name}"
        for line, name in imported(source, module)
        if name in HIDDEN
        or (name.startswith("vedette.") and (room_of(name) in below or {own, room_of(name)} == APART))
    ]


def rings(sources: Mapping[str, str]) -> list[list[str]]:
    """The groups of modules that import each other in a ring; ``sources`` by the dotted name of a module."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for module, source in sources.items():
        read = (module_named(name, sources) for _, name in imported(source, module))
        graph.add_edges_from((module, other) for other in read if other)
    loops = {node for node in graph if graph.has_edge(node, node)}
    strong = (sorted(group) for group in nx.strongly_connected_components(graph))
    return sorted(group for group in strong if len(group) > 1 or group[0] in loops)


def module_named(name: str, modules: Mapping[str, str]) -> str:
    """The module that an imported name is, or else is taken from; empty where it is none of ``modules``."""
    around = name.rpartition(".")[0]
    for module in (name, f"{name}.__init__", around, f"{around}.__init__"):
        if module in modules:
            return module
    return ""


def face_names(source: str) -> set[str]:
    """The names that the ``__init__`` of a room imports for others."""
    return {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def class_names(source: str) -> list[str]:
    """The names of all classes in a source, in the order in which they stand."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return [node.name for node in sorted(found, key=lambda node: node.lineno)]


def room_of(name: str) -> str:
    """The room that a dotted name leads into; empty for the package itself."""
    second = name.split(".")[1]
    return "" if second == "__init__" else second


def module_of(path: Path) -> str:
    """The dotted name of a module, ``__init__`` included."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_goes_up(path: Path) -> None:
    assert climbs(path.read_text(encoding="utf-8"), module_of(path)) == []


def test_the_rooms_are_told_in_their_order() -> None:
    told = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", CONTRIBUTING.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == [room for room in ROOMS if room in BUILT and room != "__main__"]


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(module_of(path)) for path in MODULES} <= {"", *ROOMS}


def test_no_files_import_each_other_in_a_ring() -> None:
    assert rings({module_of(path): path.read_text(encoding="utf-8") for path in MODULES}) == []


PLANTED = {
    "vedette.case.__init__": "from vedette.case.places import Places",
    "vedette.case.places": "from vedette.case.claims import Claim",
    "vedette.case.claims": "import json",
}


def test_files_without_a_ring_pass() -> None:
    assert rings(PLANTED) == []


@pytest.mark.parametrize(
    "source",
    [
        "from vedette.case.places import Places",
        "def late():\n    from vedette.case.places import Places",
        "from vedette.case import places",
        "from .places import Places",
        "import vedette.case.places",
    ],
)
def test_a_planted_ring_is_caught(source: str) -> None:
    ring = ["vedette.case.claims", "vedette.case.places"]
    assert rings({**PLANTED, "vedette.case.claims": source}) == [ring]


def test_a_ring_through_the_face_of_a_room_is_caught() -> None:
    (ring,) = rings({**PLANTED, "vedette.case.claims": "from vedette.case import Case"})
    assert ring == sorted(PLANTED)


@pytest.mark.parametrize("face", FACES, ids=lambda path: str(path.parent.relative_to(PACKAGE.parent)))
def test_no_name_of_a_face_is_that_of_a_module_beside_it(face: Path) -> None:
    beside = {path.stem for path in face.parent.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert face_names(face.read_text(encoding="utf-8")) & beside == set()


@pytest.mark.parametrize(
    ("module", "source", "line"),
    [
        ("vedette.case.__init__", "import vedette.events", 1),
        ("vedette.case.__init__", "from vedette.events import Panel", 1),
        ("vedette.case.__init__", "from vedette import events", 1),
        ("vedette.case.places", "from .. import events", 1),
        ("vedette.case.tables.rows", "from ...events import Panel", 1),
        ("vedette.events.__init__", "def late():\n    from vedette.model.zero import draws", 2),
        ("vedette.model.__init__", "if TYPE_CHECKING:\n    from vedette.score import Scorecard", 2),
        ("vedette.errors", "import json, vedette.periods", 1),
        ("vedette.app.__init__", "from vedette.cli import run", 1),
        ("vedette.cli.__init__", "from vedette.app import serve", 1),
        ("vedette.case.__init__", "importlib.import_module('vedette.' + 'events')", 1),
        ("vedette.case.__init__", "from importlib import import_module", 1),
        ("vedette.case.__init__", "__import__('vedette.events')", 1),
        ("vedette.__init__", "from vedette.case import read_case", 1),
        ("vedette.commands", "from . import cli", 1),
        ("vedette.case.places", "import vedette", 1),
    ],
)
def test_a_planted_import_is_caught(module: str, source: str, line: int) -> None:
    (found,) = climbs(source, module)
    assert found.startswith(f"line {line}:")


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("vedette.score.__init__", "from vedette.model import draws"),
        ("vedette.panel.panel", "from .store import Store\nfrom vedette import errors"),
        ("vedette.brief.__init__", "import json\nfrom vedette.brief.words import say"),
        ("vedette.app.__init__", "from vedette.commands import forecast"),
        ("vedette.case.__init__", "from eventful import model"),
        ("vedette.cli.__init__", "from vedette import __version__"),
        ("vedette.__main__", "from vedette.cli import run"),
    ],
)
def test_an_import_from_above_passes(module: str, source: str) -> None:
    assert climbs(source, module) == []


def test_every_class_has_a_name_of_its_own() -> None:
    classes: dict[str, list[str]] = {}
    for path in MODULES:
        for name in class_names(path.read_text(encoding="utf-8")):
            classes.setdefault(name, []).append(module_of(path))
    assert {name: modules for name, modules in classes.items() if len(modules) > 1} == {}


def test_classes_inside_functions_and_classes_count_too() -> None:
    source = "class Outer:\n    class Inner: ...\ndef make():\n    class Local: ..."
    assert class_names(source) == ["Outer", "Inner", "Local"]
