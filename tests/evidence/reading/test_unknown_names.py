"""Names of a text that the case does not know."""

import pytest
from support.fourland import CaseFolder
from support.spoken import spoken

from vedette.case import Case, read_case
from vedette.evidence.reading import Passage, unknown_mentions, unknown_names, vocabulary_of


@pytest.fixture
def case(case_folder: CaseFolder) -> Case:
    return read_case(case_folder(spoken()))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bigland trains the Home Guard.", []),
        ("He met Gen. Tom al-Smith in May.", [("Tom al-Smith", "person")]),
        ("The Marsh Brigade's men left.", [("Marsh Brigade", "armed-group")]),
        ("Men of the Free Dawn Party of Bigland left.", [("Free Dawn Party of Bigland", "party")]),
        ("Talks failed. Nobody left.", []),
        ("Smithson left. He saw Smithson.", [("Smithson", ""), ("Smithson", "")]),
        ("On Monday Iraqi officials spoke.", []),
        ("An officer of the XBR spoke.", [("XBR", "")]),
        ("وقالت حركة النصر في المدينة", [("حركة النصر", "armed-group")]),
        ("\u202eTom\u202c \x07 <b>Marsh Brigade</b>", [("Marsh Brigade", "armed-group")]),
    ],
)
def test_names_are_found_without_titles_and_words_that_are_none(
    case: Case, text: str, names: list[tuple[str, str]]
) -> None:
    found = unknown_mentions(text, vocabulary_of(case))
    assert [(one.name, one.kind) for one in found] == names
    assert all(text[one.start : one.end].startswith(one.name[:4]) for one in found)


def test_a_name_in_a_relation_comes_first_with_what_it_would_do(case: Case) -> None:
    text = "Tomville is quiet, and Tomville waits. Bigland trains the Marsh Brigade. It saw Tomville."
    first, second = unknown_names(case, [Passage(1, 1, text)])
    assert (first.name, first.relations, first.mentions[0].page) == ("Marsh Brigade", ("training",), 1)
    assert (second.name, len(second.mentions), second.relations) == ("Tomville", 3, ())


def test_spellings_of_one_name_are_one_with_the_actor_that_is_near(case: Case) -> None:
    text = "He saw the Party Brigadiers. She saw the Party-Brigadiers."
    (one,) = unknown_names(case, [Passage(0, 1, text)])
    assert (one.name, one.spellings, one.near) == ("Party Brigadiers", ("Party-Brigadiers",), ("brigades",))
