"""Each lever has one decision-maker, an actor of the case."""

import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, lay, read

from vedette.errors import CaseError, UsageError
from vedette.scenario.language.deciders import decision_maker, lever_actors

SET = "who: Bigland"


def said(case_folder: CaseFolder, who: str) -> str:
    text = MECHANISM.replace(SET, f"who: {who}", 1)
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), {**FILES, "mechanisms.yaml": text}))
    (problem,) = error.value.problems
    line = text[: text.index(f"who: {who}")].count("\n") + 1
    assert str(problem).startswith(f"mechanisms.yaml, line {line}, column levers[0].who: expected one actor")
    return str(problem)


@pytest.mark.parametrize("who", ["bigland", "Bigland", "BIGLAND"])
def test_an_actor_by_id_or_name(case_folder: CaseFolder, who: str) -> None:
    mechanism = read(
        lay(case_folder(), {**FILES, "mechanisms.yaml": MECHANISM.replace(SET, f"who: {who}", 1)})
    )
    assert lever_actors(mechanism.file.levers, mechanism.case) == {"troops": "bigland"}


def test_an_actor_that_is_not_there(case_folder: CaseFolder) -> None:
    assert "found 'Biglant'. Did you mean 'Bigland'? Or add it: vedette add actor." in said(
        case_folder, "Biglant"
    )


@pytest.mark.parametrize("who", ["Bigland and Home Guard", "bigland; guard", "Bigland/RF"])
def test_two_actors_in_one_text(case_folder: CaseFolder, who: str) -> None:
    second = "rebels" if "RF" in who else "guard"
    assert f"found '{who}'. Make a lever of its own for each of bigland and {second}, or name" in said(
        case_folder, who
    )


def test_two_actors_in_a_list(case_folder: CaseFolder) -> None:
    assert "found 'bigland, guard'. Make a lever of its own for each" in said(case_folder, "[bigland, guard]")


def test_a_decision_maker_sets_a_lever(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), FILES))
    assert decision_maker("Bigland", mechanism.file.levers, mechanism.case) == "bigland"
    for who in ("guard", "nobody"):
        with pytest.raises(UsageError, match=r"expected an actor that sets a lever \(bigland\)"):
            decision_maker(who, mechanism.file.levers, mechanism.case)
