"""Counting how often a function is called."""

from types import ModuleType
from typing import Any

import pytest


def counting(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[tuple[Any, ...]]:
    """Returns a list that gets the arguments of each call of a function of a module from now on."""
    calls: list[tuple[Any, ...]] = []
    function = getattr(module, name)

    def counted(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments)
        return function(*arguments, **named)

    monkeypatch.setattr(module, name, counted)
    return calls
