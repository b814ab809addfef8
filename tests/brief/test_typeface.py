"""The fonts that ship: which letters they have, under which names and licence."""

import pytest
from fontTools.ttLib import TTFont

from vedette.brief.typeface import FAMILIES, FOLDER, check_letters, letters, without_glyph
from vedette.errors import DataError


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    fonts = [TTFont(path) for path in sorted(FOLDER.glob("*.ttf"))]
    assert {font["name"].getDebugName(1) for font in fonts} == set(FAMILIES)
    for family, known in zip(FAMILIES, letters(), strict=True):
        own = [set(font.getBestCmap()) for font in fonts if font["name"].getDebugName(1) == family]
        drawn = {chr(code) for code in set.intersection(*own)}
        assert drawn <= known
        assert all(not letter.isprintable() or letter == "\u00ad" for letter in known - drawn)


def test_the_licence_stands_beside_the_fonts() -> None:
    text = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert text.count("Copyright 2022 The Noto Project Authors") == 4


def test_letters_of_the_case_and_of_briefs_have_glyphs() -> None:
    assert (
        without_glyph("Mosul, Ÿ Ł ș Ωμέγα Київ الموصل داعش پێشمەرگە ٪ ؟ ≥ ≤ ≈ → ← ▲ ● ✓ – — − “„« € ½") == []
    )


def test_a_letter_without_glyph_is_named_with_its_place_and_a_cure() -> None:
    with pytest.raises(DataError) as told:
        check_letters([("title", "Iraq"), ("claim c-1", "seen in 北京"), ("claim c-1", "seen in 北京")])
    (line,) = str(told.value).splitlines()[1:]
    assert line.startswith("  claim c-1: expected Latin, Greek, Cyrillic or Arabic letters")
    assert "found '北' (U+5317), '京' (U+4EAC) in 'seen in 北京'" in line
    assert line.endswith("--format html,json.")


def test_an_accent_counts_with_the_letter_that_carries_it() -> None:
    assert without_glyph("e\u0301 \u0635\u064e") == []
    assert without_glyph("\u0635\u0355") == ["\u0635\u0355"]
    with pytest.raises(DataError, match=r"\(U\+0635 U\+0355\)"):
        check_letters([("title", "\u0635\u0355")])
