"""What a quantity says, without its name, its author or its words: its distribution, or its recipe."""

import json
from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from vedette.scenario.language.entries import Alternatives, Assumption, Branch, Estimate, Quantity


def canonical(value: object) -> str:
    """JSON of a value that does not depend on how it is written: order of keys, of names, 1 or 1.0.

    Lists of numbers keep their order, lists of names and lists of lists are sorted.

    >>> canonical({"b": ["y", "x"], "a": 1}) == canonical({"a": 1.0, "b": ["x", "y"]})
    True
    """
    return json.dumps(_plain(value), sort_keys=True)


def content_of(quantity: Quantity) -> str:
    """The recipe of an estimate or an observation; else the distributions that its authors hold."""
    recipes = {name: getattr(quantity, name, None) for name in ("fit", "precedents", "strength", "read")}
    if any(recipe is not None for recipe in recipes.values()):
        return canonical(recipes)
    if isinstance(quantity, Assumption):
        return canonical([quantity.own, *(author.distribution for author in quantity.authors)])
    return canonical([quantity.distribution])


def words_of(quantity: Quantity) -> str:
    """What is written beside a quantity, but for its name: author, source, reason and note."""
    said: list[BaseModel] = [quantity]
    if isinstance(quantity, Assumption):
        said += quantity.authors
    elif isinstance(quantity, Estimate) and quantity.fallback:
        said.append(quantity.fallback)
    return json.dumps([_said(each) for each in said])


def content_of_alternatives(alternatives: Alternatives) -> str:
    """What the branches set, and how many effects each leaves out; without weights, in any order."""
    return json.dumps(sorted(content_of_branch(branch) for branch in alternatives.branches))


def content_of_branch(branch: Branch) -> str:
    """The distributions that a branch sets, and how many effects it leaves out."""
    return json.dumps([sorted(canonical(one) for one in branch.sets.values()), len(branch.without)])


def words_of_branch(branch: Branch) -> str:
    """What is written beside a branch, but for its name."""
    return json.dumps(_said(branch))


def _said(entry: BaseModel) -> list[str]:
    return [str(getattr(entry, key, None) or "") for key in ("author", "source", "why", "note")]


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(mode="json", exclude_none=True))
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value) + 0.0
    assert isinstance(value, Iterable)
    parts = [_plain(each) for each in value]
    numbers = all(isinstance(part, float) for part in parts)
    return parts if numbers else sorted(parts, key=lambda part: json.dumps(part, sort_keys=True))
