"""Random numbers are keyed by what an entry says and where it is used, never by its name or its place."""

import shutil
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml
from support.fourland import CaseFolder
from support.renaming import KINDS, NAMED, Document, files_of, renamed, write
from support.small_mechanism import BRANCHED, flat, lay, read

import vedette.scenario
from vedette.case import read_case
from vedette.scenario import Mechanism, read_mechanism, run
from vedette.scenario.engine.sampling import draw_quantities, scatter
from vedette.scenario.language.distinct import Key, distinct_keys
from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.keys import RandomKeys, keys_of

IRAQ = Path(vedette.scenario.__file__).parents[1] / "cases" / "iraq"
GIVEN = {"author": "a", "source": "b", "why": "c"}
NO_SCENARIOS: dict[str, Document] = {"stay": {"id": "stay", "levers": {}}}


@cache
def loaded(name: str) -> Document:
    """A file as it is written; nobody changes it."""
    if name == "iraq":
        return files_of(IRAQ)[0]
    document: Document = yaml.safe_load(BRANCHED["mechanisms.yaml"])
    return document


@pytest.fixture(params=["iraq", "small"])
def document(request: pytest.FixtureRequest) -> Document:
    return loaded(request.param)


def keys(document: Document) -> RandomKeys:
    """The keys of a file as written, for which no data of the case are needed."""
    return keys_of(MechanismFile.model_validate(document))


def all_keys(document: Document) -> dict[str, Key]:
    """The keys by id; branches by the id of their alternative and what they say."""
    made = keys(document)
    branches = {
        f"{each['id']} {branch['name']}": made.branch(each["id"], place)
        for each in document["alternatives"]
        for place, branch in enumerate(each["branches"])
    }
    return {**made.quantities, **made.noises, **made.alternatives, **made.levers, **branches}


def after_renaming(before: dict[str, Key], told: dict[str, str]) -> dict[str, Key]:
    """Keys by the names that entries bear now."""
    renamed_keys = {}
    for name, key in before.items():
        own, _, rest = name.partition(" ")
        renamed_keys[f"{told.get(own, own)} {rest}".strip()] = key
    return renamed_keys


def test_no_two_entries_have_one_key(document: Document) -> None:
    given = all_keys(document)
    assert len(set(given.values())) == len(given) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_a_kind_are_in_no_key(document: Document, kind: str) -> None:
    other, _, told = renamed(document, NO_SCENARIOS, [kind])
    assert all_keys(other) == after_renaming(all_keys(document), told)


def test_each_name_alone_is_in_no_key() -> None:
    """One entry renamed, the others not, so that any order of names would be turned round."""
    document = loaded("iraq")
    before = all_keys(document)
    for kind in (*NAMED, "signs"):
        for entry in document.get(kind, [])[::4]:
            other, _, told = renamed(document, NO_SCENARIOS, [kind], entry["id"])
            assert all_keys(other) == after_renaming(before, told)


def test_order_is_in_no_key(document: Document) -> None:
    assert all_keys(turned(document)) == all_keys(document)


def turned(value: Document) -> Document:
    """Every list of entries and every list of ids in the opposite order."""

    def walk(part: object, key: str = "") -> object:
        if isinstance(part, dict):
            return {name: walk(each, name) for name, each in reversed(part.items())}
        if isinstance(part, list) and key not in ("values", "rows"):
            return [walk(each) for each in part[::-1]]
        return part

    made = walk(value)
    assert isinstance(made, dict)
    return made


def add_unused(document: Document) -> None:
    for entry in list(document["assumptions"]):
        document["assumptions"].insert(0, {**entry, "id": f"a-{entry['id']}", "source": "elsewhere"})


def add_aside(document: Document) -> None:
    """Copies of assumptions, each in a rate that nothing reads but an outcome of its own.

    Not of what itself leads to nothing but one outcome, from which a copy differs by its words alone.
    """
    for entry in list(document["assumptions"]):
        if entry["unit"] != "index" or entry["id"] == "protest-2020":
            continue
        name = f"a-{entry['id']}"
        document["assumptions"].insert(0, {**entry, "id": name})
        document["rates"].insert(0, {"id": f"{name}-rate", "name": "X", "unit": "index", "base": name})
        outcome = {"id": f"{name}-out", "name": "X", "of": f"{name}-rate", "read": "last", "unit": "index"}
        document["outcomes"].append({**outcome, "good": "up"})


def add_reader(document: Document) -> None:
    """Rates that read what is there, and scatter, and lead nowhere else."""
    node, unit = document["stocks"][0]["id"], document["stocks"][0]["unit"]
    scatter: Document = {"id": "a-scatter", "name": "X", "unit": "number", **GIVEN}
    scatter["distribution"] = {"form": "uniform", "low": 0.21, "high": 0.6}
    document["assumptions"].insert(0, scatter)
    document["rates"].insert(
        0, {"id": "a-read", "name": "X", "unit": unit, "sum": [node], "scatter": "a-scatter"}
    )
    outcome = {"id": "a-out", "name": "X", "of": "a-read", "read": "last", "unit": unit, "good": "up"}
    document["outcomes"].insert(0, outcome)


def add_idle_effect(document: Document) -> None:
    """An effect of size 0 on violence."""
    nothing = {
        "id": "a-nothing",
        "name": "X",
        "unit": "number",
        "distribution": {"form": "point", "value": 0},
    }
    document["assumptions"].insert(0, {**nothing, **GIVEN})
    effect = {"id": "a-effect", "from": document["stocks"][0]["id"], "to": document["events"][0]["id"]}
    document["effects"].insert(0, {**effect, "form": "elasticity", "size": "a-nothing"})


def add_branches(document: Document) -> None:
    """A weighted alternative of two branches that change nothing."""
    branch = {"name": "X", "weight": 0.5, **GIVEN}
    branches = [{"id": "x", **branch}, {"id": "y", **branch, "why": "d"}]
    document["alternatives"].insert(0, {"id": "aside", "name": "Aside", "branches": branches})


def other_units(document: Document) -> None:
    """Another unit without a dimension."""
    for where in ("assumptions", "rates", "stocks", "levers"):
        for entry in document[where]:
            if entry["unit"] == "index":
                entry["unit"] = "number"


def other_numbers(document: Document) -> None:
    """1.0 in place of 1, and what is presumed where nothing is written."""
    for entry in document["assumptions"]:
        entry["distribution"] = {
            name: float(value) if isinstance(value, int) else value
            for name, value in entry["distribution"].items()
        }
        entry["claims"] = entry.get("claims", [])


def other_words(document: Document) -> None:
    for where in KINDS:
        for entry in document.get(where, []):
            if "name" in entry:
                entry["name"] = f"Another {entry['name']}"
    for entry in document["assumptions"]:
        entry["author"], entry["why"] = "somebody", "why not"


CHANGES = [add_unused, add_aside, add_reader, add_idle_effect, add_branches, other_units, other_numbers]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_irrelevant_moves_no_key(document: Document, change: Callable[[Document], None]) -> None:
    other = deepcopy(document)
    change(other)
    assert other != document
    made, before = all_keys(other), all_keys(document)
    assert {name: made[name] for name in before if name not in undrawn(document)} == {
        name: key for name, key in before.items() if name not in undrawn(document)
    }


def undrawn(document: Document) -> set[str]:
    """Assumptions that are one number, of which nothing is drawn."""
    return {entry["id"] for entry in document["assumptions"] if entry["distribution"]["form"] == "point"}


def test_other_words_move_no_key(document: Document) -> None:
    other = deepcopy(document)
    other_words(other)
    before = {name: key for name, key in all_keys(document).items() if " " not in name}
    made = all_keys(other)
    assert {name: made[name] for name in before if name not in undrawn(document)} == {
        name: key for name, key in before.items() if name not in undrawn(document)
    }


def test_another_number_moves_its_own_key_alone(document: Document) -> None:
    other = deepcopy(document)
    entry = next(each for each in other["assumptions"] if each["distribution"]["form"] == "uniform")
    entry["distribution"]["high"] *= 1.01
    before, after = all_keys(document), all_keys(other)
    assert [name for name in before if before[name] != after[name]] == [entry["id"]]


def test_another_weight_moves_no_key(document: Document) -> None:
    other = deepcopy(document)
    weighted = next(each for each in other["alternatives"] if not each.get("unweighted"))
    weighted["branches"][0]["weight"], weighted["branches"][1]["weight"] = 0.9, 0.1
    assert all_keys(other) == all_keys(document)


def twins(count: int) -> Document:
    """A file with so many assumptions of one distribution, each the size of an effect on the guard."""
    document = deepcopy(loaded("small"))
    for number in range(count):
        name = f"twin-{number}"
        size = {"form": "uniform", "low": 0.001, "high": 0.002}
        quantity = {"id": name, "name": "Twin", "unit": "index/month", "distribution": size, **GIVEN}
        document["assumptions"].append({**quantity, "source": f"source {number}"})
        effect = {"id": f"{name}-effect", "from": "capability", "to": "training", "form": "share"}
        document["effects"].append({**effect, "size": name})
    return document


def test_twins_are_told_apart_and_a_third_moves_none_of_them() -> None:
    two, three = all_keys(twins(2)), all_keys(twins(3))
    assert two["twin-0"] != two["twin-1"]
    assert {name: three[name] for name in two} == two
    assert all_keys(turned(twins(3))) == three
    other, _, told = renamed(twins(3), NO_SCENARIOS, ["assumptions", "effects"])
    assert all_keys(other) == after_renaming(three, told)


def test_twins_in_every_word_are_numbered_as_they_stand() -> None:
    document = twins(2)
    for entry in document["assumptions"]:
        entry.update(GIVEN)
    other, _, told = renamed(document, NO_SCENARIOS, ["assumptions"])
    plain = all_keys(document)
    assert plain["twin-0"] != plain["twin-1"]
    assert all_keys(other) == after_renaming(plain, told)


def test_the_heaviest_keeps_the_short_key() -> None:
    alike = {"a": ("x", "1", "p"), "b": ("x", "2", "q"), "c": ("x", "2", "r")}
    assert distinct_keys(alike, {"a": 2, "b": 1}) == {"a": ("x",), "b": ("x", "2"), "c": ("x", "2", "r")}
    assert distinct_keys(alike)["a"] == ("x", "1")
    assert distinct_keys({"a": ("x",), "b": ("x",)}) == {"a": ("x", "0"), "b": ("x", "1")}


def drawn_numbers(mechanism: Mechanism, draws: int = 60) -> list[np.ndarray]:
    """Everything that chance decides, in the order of the file."""
    drawn = draw_quantities(mechanism, draws, 7)
    return [drawn.values, drawn.branch, drawn.gates, scatter(mechanism, draws, 7)]


def test_the_numbers_drawn_in_iraq_are_the_same_under_other_names(tmp_path: Path) -> None:
    document, scenarios = files_of(IRAQ)
    folder = tmp_path / "iraq"
    shutil.copytree(IRAQ, folder)
    write(folder, *renamed(document, scenarios, KINDS)[:2])
    plain, other = read_mechanism(read_case("iraq")), read_mechanism(read_case(folder))
    assert not set(other.names.lists) & set(plain.names.lists)
    for one, two in zip(drawn_numbers(plain), drawn_numbers(other), strict=True):
        np.testing.assert_array_equal(one, two)


def test_the_outcomes_of_a_mechanism_are_the_same_under_other_names(case_folder: CaseFolder) -> None:
    """Bit for bit, whatever is renamed: the levels of all outcomes in all draws of all scenarios."""
    runs = []
    for name, kinds in (("plain", ()), ("other", KINDS)):
        folder = lay(case_folder(name=name), BRANCHED)
        write(folder, *renamed(*files_of(folder), kinds)[:2])
        mechanism = read(folder)
        scenarios = sorted(mechanism.scenarios, key=lambda each: mechanism.scenarios[each].name)
        ensemble = run(mechanism, scenarios, flat(mechanism, 2.0, futures=50), 200, 1)
        runs.append(np.stack([ensemble.outcome(each) for each in ensemble.outcomes]))
    np.testing.assert_array_equal(runs[0], runs[1])
