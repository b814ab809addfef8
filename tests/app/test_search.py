"""Search finds what is there in every spelling, says why, and shows nothing else."""

import pytest
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.served import Opened
from support.spoken import spoken

from vedette import commands
from vedette.evidence import Wanted

pytestmark = pytest.mark.usefixtures("idle_jobs")

_ARABIC = "كتائب الحزب"


@pytest.mark.parametrize(
    "words",
    [
        "Party Brigades",
        "party brig",
        "PARTY-BRIGADES",
        "Kata'ib al-Hizb",
        "Kata’ib al-Hizb",
        "kataib hizb",
        "Katāʾib",
        "Kataeb al-Hezb",
        _ARABIC,
        "کتائب الحزب",  # the kaf of Persian
        "\u200fكتائب\u200e الحزب\u200f",  # marks of direction
        "كَتَائِب",  # with vowel signs
        "كتــائب",  # drawn out
        "كتائب‌الحزب",  # joined, as Persian writes
        "حزب",
    ],
)
def test_an_actor_is_found_in_every_spelling(case_folder: CaseFolder, words: str) -> None:
    ledger = commands.ledger_of(str(case_folder(spoken())), edition="internal")
    actors = [hit.key for hit in commands.look_up(ledger, words).by_group()["actors"]]
    assert "brigades" in actors
    assert "guard" not in actors
    assert commands.actors(ledger, named=words).rows["id"].to_list() == actors


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("iran", "Miranda", False),
        ("US", "the Russians", False),
        ("U.S.", "US forces", True),
        ("us", "U.S. forces", True),
        ("علي", "قال على", True),  # ya and alif maqsura
        ("مدرسه", "المدرسة", True),  # ta marbuta and ha
        ("forces iraqi", "Iraqi forces", True),
        ("forces of", "Iraqi forces", False),
        ("’", "Kata’ib", False),
    ],
)
def test_words_are_found_as_words(words: str, text: str, found: bool) -> None:
    assert Wanted(words).written_in(text) is found


def test_each_kind_of_thing_is_found_with_its_reason(opened: Opened) -> None:
    client = opened(spoken(), "internal")
    for words, group, why in (
        ("Alfa", "places", "name"),
        ("Old Alfa", "places", "also called Old Alfa"),
        ("fort", "places", "name"),
        ("hold alone", "questions", "its words"),
        ("An atlas", "sources", "its title"),
        ("It cannot", "claims", "what it says"),
        ("general", "claims", "who says so"),
        ("Home Guard", "claims", "about Home Guard"),
    ):
        text = client.get("/search", params={"q": words}).text
        section = text.partition(f'<section id="{group}">')[2].partition("</section>")[0]
        assert why in section, (words, section)


def test_an_area_leads_to_its_violence_and_a_site_nowhere(opened: Opened) -> None:
    client = opened(spoken(), "internal")
    assert 'href="/violence?place=FO-A"' in client.get("/search?q=Old+Alfa").text
    assert "/violence?place=" not in client.get("/search?q=fort").text.partition("<main")[2]


def test_a_group_can_be_seen_whole_and_all_as_csv(opened: Opened) -> None:
    client = opened(spoken(), "internal")
    answer = client.get("/search?q=guard&group=claims&form=csv")
    assert answer.text.startswith("group,key,title,why\n")
    shown = client.get("/search?q=guard&group=claims").text
    assert '<section id="claims">' in shown
    assert '<section id="actors">' not in shown


@pytest.mark.parametrize(
    ("words", "told"), [("", "Type words"), ("’ -", "Nothing in this edition"), ("Bigladn", "Did you mean")]
)
def test_no_words_and_no_result_say_what_to_do(opened: Opened, words: str, told: str) -> None:
    assert told in opened(spoken(), "internal").get("/search", params={"q": words}).text


def test_words_that_are_too_long_are_refused_and_markup_stays_text(opened: Opened) -> None:
    client = opened(spoken(), "internal")
    assert client.get("/search", params={"q": "x" * 201}).status_code == 400
    text = client.get("/search", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in text


def test_the_public_edition_finds_no_secret(opened: Opened) -> None:
    client = opened(seeded.SECRET_FILES, "public")
    for word in seeded.secrets():
        for line in client.get("/search", params={"q": word, "form": "csv"}).text.splitlines()[1:]:
            assert not any(secret in line for secret in seeded.secrets()), (word, line)
