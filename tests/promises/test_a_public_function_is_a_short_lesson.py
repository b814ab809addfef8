"""A public function is a short lesson: it says what it means, what its mistakes are, and its example runs."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from types import FunctionType

import pytest

import vedette
from vedette import errors

DOORS = {"vedette.cli", "vedette.app", "vedette.__main__"}
ROOMS = [name for _, name, _ in pkgutil.iter_modules(vedette.__path__, "vedette.") if name not in DOORS]
ERRORS = {
    name for name, thing in vars(errors).items() if isinstance(thing, type) and issubclass(thing, Exception)
}


def shown(room: str) -> dict[str, object]:
    """What a room offers, by name."""
    module = importlib.import_module(room)
    return {name: getattr(module, name) for name in getattr(module, "__all__", ())}


@pytest.mark.parametrize("room", ROOMS)
def test_whatever_a_room_offers_says_what_it_is(room: str) -> None:
    named = {name: thing for name, thing in shown(room).items() if isinstance(thing, type | FunctionType)}
    silent = [name for name, thing in named.items() if not inspect.getdoc(thing)]
    assert silent == []
    unfinished = [
        name
        for name, thing in named.items()
        if not (inspect.getdoc(thing) or "").split("\n\n")[0].rstrip().endswith((".", ":", "``", ">>>", ")"))
    ]
    assert unfinished == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_function_names_the_mistakes_that_it_raises(room: str) -> None:
    missing = []
    for name, function in shown(room).items():
        if isinstance(function, FunctionType):
            tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
            raised = {
                node.exc.func.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Raise)
                and isinstance(node.exc, ast.Call)
                and isinstance(node.exc.func, ast.Name)
            }
            said = inspect.getdoc(function) or ""
            missing += [f"{name}: {error}" for error in raised & ERRORS if error not in said]
    assert missing == []
