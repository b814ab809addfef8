"""What rules find in sentences: the half that they were made on, and cases worth naming."""

import pytest
import reading
from hypothesis import given
from hypothesis import strategies as st

from vedette.evidence.reading import Vocabulary, claims_in


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    """The actors of the sentences coded by hand."""
    return reading.vocabulary()


def test_the_half_for_development_is_read(known: Vocabulary) -> None:
    for hits, proposed, true in reading.scores("dev", known).values():
        assert hits >= 0.95 * true
        assert hits >= 0.95 * proposed


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Ir\u0430n armed Badr.", "iran weapons badr"),  # one letter is Cyrillic
        ("I\u200bran armed \u202bBadr\u202c.", "iran weapons badr"),
        ("زَوَّدت إيـــران كتائب حزب الله بالسلاح.", "iran weapons kataib-hezbollah"),
        ("Iran armed Kitaeb Hizb'allah.", "iran weapons kataib-hezbollah"),
        ("The badr of the moon and us is iron.", ""),
    ],
)
def test_names_in_any_spelling(known: Vocabulary, sentence: str, wanted: str) -> None:
    found = [f"{c.subject[0]} {c.relation} {c.object[0]}" for c in claims_in(sentence, known)]
    assert found == ([wanted] if wanted else [])


def test_a_name_of_two_actors_is_asked_about(known: Vocabulary) -> None:
    (found,) = claims_in("Iran armed Hezbollah.", known)
    assert found.object == ("kataib-hezbollah", "lebanese-hezbollah")
    assert not found.sure
    assert found.confidence == "low"


def test_a_report_of_nonsense_gives_nothing(known: Vocabulary) -> None:
    assert claims_in("@0@ armed %1% #2# " * 80, known) == []
    assert claims_in("", known) == []


WORDS = [
    "Iran",
    "Badr",
    "armed",
    "denied",
    "that",
    "it",
    "said",
    ",",
    "and",
    "according",
    "to",
    "2014",
    "5",
    "men",
]


@given(
    st.lists(
        st.sampled_from([*WORDS, "the", "by", "was", "@0@", "#1#", "%", "*", "Taji", "USD", "-", "إيران"])
    )
)
def test_any_heap_of_words_is_read(known: Vocabulary, words: list[str]) -> None:
    for claim in claims_in(" ".join(words), known):
        assert not set(claim.subject) & set(claim.object)
        assert claim.hedge != "denied" or claim.polarity == "-"
