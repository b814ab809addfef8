"""Every message of the two pages has a translation with the same parts, and plural forms agree."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import vedette
from vedette.brief.languages.catalog import catalog, form_of
from vedette.brief.languages.telling import Tongue, without_signs
from vedette.brief.words import outcome_number
from vedette.message import Capital, Day, joined, say, say_many

ENGLISH_ALONE = {"it_is", "that", "to", "count", "fights"}
"""Parts that another language may do without."""
TOLD = ("fr", "ar")


def messages() -> Iterator[tuple[str, ...]]:
    """The templates in the source: one, or one and many."""
    for path in sorted(Path(vedette.__file__).parent.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "vedette.message import" not in source and path.name != "message.py":
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == "say":
                    yield (ast.literal_eval(node.args[0]),)
                elif node.func.id == "say_many":
                    yield tuple(ast.literal_eval(each) for each in node.args[1:3])


def parts(template: str) -> set[str]:
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("language", TOLD)
def test_every_message_has_a_translation_with_its_parts(language: str) -> None:
    book = catalog(language)
    wrong = []
    for templates in messages():
        found = book.get(templates[0])
        if found is None or not found.string:
            wrong.append(templates[0])
            continue
        forms = (found.string,) if isinstance(found.string, str) else found.string
        if len(forms) != (book.num_plurals if len(templates) == 2 else 1):
            wrong.append(templates[0])
        lacking = [parts(templates[-1]) ^ parts(form) for form in forms]
        wrong += [templates[0] for names in lacking if {n.split(":")[0] for n in names} - ENGLISH_ALONE]
    assert not wrong


@pytest.mark.parametrize("language", TOLD)
def test_the_catalog_holds_nothing_that_is_not_said(language: str) -> None:
    said = {templates[0] for templates in messages()}
    kept = {each.id[0] if isinstance(each.id, tuple) else each.id for each in catalog(language) if each.id}
    assert kept <= said


def test_plural_forms_are_those_of_the_locale() -> None:
    assert [form_of(n, "ar") for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [
        0,
        1,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
        3,
    ]
    assert [form_of(n, "fr") for n in (0, 1, 2, 1_000_000)] == [0, 0, 1, 1]
    rows = [plain(say_many(n, "{count} row", "{count} rows")) for n in (1, 2, 3, 11, 100)]
    assert rows == ["صف واحد", "صفان", "3 صفوف", "11 صفا", "100 صف"]


def plain(message: str) -> str:
    return "".join(letter for letter in Tongue("ar").words(message) if letter not in "\u2066\u2068\u2069")


def test_numbers_have_latin_digits_in_arabic_and_signs_stay_before_them() -> None:
    assert Tongue("ar").number("−1,204.5") == "\u2066−1,204.5\u2069"
    assert Tongue("fr").number("−1,204.5") == "−1\u202f204,5"
    assert Tongue("fr").number("2014") == "2014"


def test_french_has_its_elisions_its_first_of_the_month_and_its_blanks() -> None:
    told = Tongue("fr").words
    title = say("What changed since {first}", first=Day.at(date(2020, 10, 1), "iso"))
    assert told(title) == "Ce qui a changé depuis le 1er oct. 2020"
    months = {"first": Day.at(date(2020, 10, 1), "year"), "last": Day.at(date(2020, 12, 1), "year")}
    early = (
        "Figures from {first} to {last} are preliminary: Candidate events of UCDP, until its next yearly "
        "release."
    )
    assert told(say(early, **months)).startswith(
        "Les chiffres d’octobre 2020 à décembre 2020 sont provisoires\u00a0: "
    )


def test_texts_of_a_case_are_set_apart_and_keep_their_capital() -> None:
    apart = say("{deaths}: {against}", deaths="mosul", against="Erbil")
    assert Tongue("fr").words(Capital.first(apart)) == "\u2068Mosul\u2069\u00a0: \u2068Erbil\u2069"
    assert without_signs(Tongue("fr").words(apart)) == "mosul\u00a0: Erbil"


def test_a_heading_begins_with_a_capital_where_the_english_begins_with_a_number() -> None:
    fired = say_many(5, "{fired} of {count} alarm fired", "{fired} of {count} alarms fired", fired=2)
    assert Tongue("fr").heading(fired) == "Alarmes déclenchées\u00a0: 2 sur 5"
    assert Tongue("fr").heading(say("near")) == "proche"


def test_millions_agree_with_their_number() -> None:
    assert [Tongue("fr").words(outcome_number(many)) for many in (1_900_000, 2_000_000)] == [
        "1,9 million",
        "2,0 millions",
    ]


def test_rows_of_messages_begin_with_a_capital_and_have_the_signs_of_the_language() -> None:
    both = joined([say("near"), say("quiet")], ", ")
    assert Tongue("fr").words(Capital.first(both)) == "Proche, calme"
    assert Tongue("ar").words(both) == "قريب، هادئ"
