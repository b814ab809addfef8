"""Every spelling of a name leads to one actor, and a name of several to a question."""

from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.spoken import spoken

from vedette.case import read_case
from vedette.errors import UsageError
from vedette.evidence import Actors
from vedette.evidence.actors import folded


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Kataib Hizballah", "kataib-hezbollah"),
        ("Kata'ib Hezbollah", "kataib-hezbollah"),
        ("KATAEB HEZBOLLAH", "kataib-hezbollah"),
        ("kataʾib hizbullah", "kataib-hezbollah"),
        ("كتائب حزب الله", "kataib-hezbollah"),
        ("كَتائِب حِزب الله", "kataib-hezbollah"),
        ("كتائب  حزب\u200b الله", "kataib-hezbollah"),
        ("الحشد الشعبي", "pmu"),
        ("Hashd al-Sha'bi", "pmu"),
        ("IRQ", "iraq"),
        ("پیشمرگه", "peshmerga"),
        ("عراق", "iraq"),
        ("حشد شعبی", "pmu"),
        ("حشدالشعبی", "pmu"),
        ("عصائب اهل\u200cحق", "aah"),
        ("تورکیا", "turkey"),
        ("ئێران", "iran"),
        ("قاسم سلیمانی", "qassem-soleimani"),
    ],
)
def test_spellings_of_the_iraq_case(text: str, actor: str) -> None:
    assert Actors(read_case("iraq").actors).resolve(text) == actor


def test_arabic_letters_that_look_alike_on_other_keyboards() -> None:
    actors = Actors(read_case("iraq").actors)
    assert actors.resolve("کتائب حزب الله") == "kataib-hezbollah"  # Persian kaf


@pytest.mark.parametrize(
    ("line", "actor"), [(0, "kataib-hezbollah"), (1, "peshmerga"), (2, "pmu"), (3, "iraq")]
)
def test_persian_spellings_of_the_field_are_found(shared: Path, line: int, actor: str) -> None:
    commands = (shared / "field" / "F21" / "commands.txt").read_text(encoding="utf-8").splitlines()
    assert Actors(read_case("iraq").actors).resolve(commands[line].split('"')[1]) == actor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abu", "Aboo"),
        ("Ali", "Alee"),
        ("Qasim", "Kasim"),
        ("Khamis", "Kamis"),
        ("Dhari", "Dari"),
        ("Taha", "Tahha"),
    ],
)
def test_transliterations_of_one_sound_are_one_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert folded(one) != folded(f"{other}z")


def test_a_name_of_several_is_asked_about(case_folder: CaseFolder) -> None:
    actors = Actors(read_case(case_folder(spoken())).actors)
    with pytest.raises(UsageError) as caught:
        actors.resolve("sky")
    assert "'sky' may mean sky-a (Sky Army); sky-b (Sky Union). Give the id" in str(caught.value)
    assert actors.resolve("sky-b") == "sky-b"


def test_an_unknown_name_is_told_with_the_nearest(case_folder: CaseFolder) -> None:
    with pytest.raises(
        UsageError, match=r"there is no actor 'Biglandia' in the case\. Did you mean 'Bigland'"
    ):
        Actors(read_case(case_folder(spoken())).actors).resolve("Biglandia")


def test_every_actor_of_the_iraq_case_is_found_by_its_name() -> None:
    actors = Actors(read_case("iraq").actors)
    assert {key: actors.resolve(name) for key, name in actors.names.items()} == {
        key: key for key in actors.names
    }
