"""The faces of rooms: each offers the names that it declares, and imports a module when it is used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "vedette"
FACES = sorted(path for path in PACKAGE.rglob("__init__.py") if "__getattr__" in path.read_text("utf-8"))


def named(path: Path) -> str:
    """The dotted name of the package whose ``__init__`` this is."""
    return ".".join(path.parent.relative_to(PACKAGE.parent).parts)


def declared(path: Path) -> dict[str, str]:
    """The names that a face declares for the type checker, each with the module that it is taken from."""
    return {
        alias.name: node.module or ""
        for block in ast.parse(path.read_text("utf-8")).body
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def answered(path: Path) -> Iterator[tuple[str, str]]:
    """The names that a face answers to when it runs, each with the module that it then imports."""
    for case in ast.walk(ast.parse(path.read_text("utf-8"))):
        match case:
            case ast.match_case(pattern=pattern, body=[ast.ImportFrom(module=base, names=[alias])]):
                for node in ast.walk(pattern):
                    if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
                        yield str(node.value.value), f"{base}.{alias.name}"


@pytest.mark.parametrize("path", FACES, ids=named)
def test_a_face_answers_to_what_it_declares(path: Path) -> None:
    face = import_module(named(path))
    assert dict(answered(path)) == declared(path)
    assert sorted(face.__all__) == sorted(declared(path))
    for name, module in declared(path).items():
        assert getattr(face, name) is getattr(import_module(module), name)


@pytest.mark.parametrize("path", FACES, ids=named)
def test_no_name_of_a_face_is_one_of_its_modules(path: Path) -> None:
    """Once such a module is imported, Python gives the module in place of the name."""
    beside = {each.stem for each in path.parent.iterdir()}
    assert beside.isdisjoint(declared(path))


def test_every_room_that_offers_names_does_so_when_they_are_asked_for() -> None:
    eager = [
        named(path)
        for path in PACKAGE.rglob("__init__.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("vedette")
    ]
    assert eager == []


def test_a_face_imports_nothing_of_its_room() -> None:
    rooms = [named(path) for path in FACES]
    program = f"import sys, {', '.join(rooms)}; print(*(name for name in sys.modules if 'vedette' in name))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    around = {room.rpartition(".")[0] for room in rooms}
    assert set(done.stdout.split()) == {*rooms, *around, "vedette"}


def test_a_name_that_no_face_has_is_refused() -> None:
    for path in FACES:
        with pytest.raises(AttributeError, match=f"{named(path)} has no nobody"):
            import_module(named(path)).nobody  # noqa: B018
