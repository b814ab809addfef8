"""Sentences that say less than their verbs give no positive claim; what a reader does not see is not read."""

import io
import zipfile
from pathlib import Path

import pytest

from vedette.case import read_case
from vedette.evidence.reading.document import Document, Passage
from vedette.evidence.reading.opening import open_document
from vedette.evidence.reading.proposals import propose
from vedette.progress import quiet

Claims = set[tuple[str, str, str, str]]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(document: Document) -> list[tuple[str, str, str, str]]:
    """Subject, relation, object and polarity of what is proposed to the Iraq case."""
    found = propose(read_case("iraq"), document, "x", quiet)
    return [tuple(one.cells[name] for name in ("subject", "relation", "object", "polarity")) for one in found]  # type: ignore[misc]


def of_text(text: str) -> Claims:
    return set(read(Document("a.txt", "", (Passage(0, 1, text),))))


def of_file(folder: Path, name: str, content: bytes) -> Claims:
    (folder / name).write_bytes(content)
    return set(read(open_document(folder / name)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Does Iran control the Popular Mobilization Forces?",
        "Is Turkey arming the Peshmerga?",
        "Had Iran armed Badr, the United States would have struck.",
        "Iran stopped funding Kataib Hezbollah in 2019.",
        "Turkey suspended its training of the Peshmerga in 2017.",
        "The United States ended its training of the Iraqi Army in 2011.",
        "Iran failed to train the Iraqi Army.",
        "The United States refused to fund the Popular Mobilization Forces.",
        "France declined to arm the Peshmerga.",
        "Claims that Iran commands Badr are false.",
        "Reports that Turkey funds the Islamic State were baseless.",
        "A myth holds that the United States armed the Islamic State.",
        "Few believe that Turkey funds the Islamic State.",
        "Iran threatened to arm Badr.",
        "United States Armed Forces remain in Iraq.",
        "Iran met armed groups in Iraq.",
    ],
)
def test_no_positive_claim_comes_from_it(sentence: str) -> None:
    assert not [claim for claim in of_text(sentence) if claim[3] == "+"]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "The United States, which Iran fights, trained the Counter Terrorism Service.",
            {("united-states", "training", "cts", "+")},
        ),
        (
            "Kataib Hezbollah, backed by Iran, attacked the United States.",
            {("iran", "unknown-support", "kataib-hezbollah", "+")},
        ),
        ("Iran armed Badr.", {("iran", "weapons", "badr", "+")}),
        ("Canada trained the Peshmerga12 in 2017.", {("canada", "training", "peshmerga", "+")}),
        ("Italy trained the Peshmerga in 2018.4", {("italy", "training", "peshmerga", "+")}),
    ],
)
def test_the_right_claim_comes_from_it(sentence: str, claims: Claims) -> None:
    assert of_text(sentence) == claims


def docx(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return made.getvalue()


def run(text: str, hidden: bool = False) -> str:
    return f"<w:r>{'<w:rPr><w:vanish/></w:rPr>' if hidden else ''}<w:t>{text}</w:t></w:r>"


def test_what_word_hides_deletes_or_moves_is_not_read(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('Iran armed Badr.')}</w:p>"
        f"<w:p>{run('France trained the Peshmerga.', hidden=True)}</w:p>"
        f"<w:p><w:del>{run('Canada trained the Peshmerga.')}</w:del></w:p>"
        f"<w:p><w:moveFrom>{run('Spain trained the Iraqi Army.')}</w:moveFrom></w:p>"
        f"<w:p><w:ins>{run('Italy trained the Iraqi Army.')}</w:ins></w:p>"
    )
    assert of_file(tmp_path, "a.docx", docx(body)) == {
        ("iran", "weapons", "badr", "+"),
        ("italy", "training", "iraqi-army", "+"),
    }


def test_what_a_page_hides_is_not_read(tmp_path: Path) -> None:
    page = (
        "<style>.x {display: none}</style><nav>Iran armed Badr.</nav><p class='a x'>Turkey armed Badr.</p>"
        "<p>France <br>trained the Peshmerga<sup>12</sup> in 2017.</p>"
    )
    assert of_file(tmp_path, "a.html", page.encode()) == {("france", "training", "peshmerga", "+")}


def test_marks_of_markdown_are_left_out(tmp_path: Path) -> None:
    text = "# Report\n\n**Iran** armed [Badr](http://example.org) in 2015."
    assert of_file(tmp_path, "a.md", text.encode()) == {("iran", "weapons", "badr", "+")}


def test_reports_of_the_field(shared: Path) -> None:
    field = shared / "field" / "F20"

    def found(name: str) -> list[tuple[str, str, str, str]]:
        return read(open_document(field / name))

    assert not [claim for claim in found("armed_forces.txt") if claim[1] == "weapons"]
    for name in ("ends.txt", "said_false.txt", "questions.txt"):
        assert not [claim for claim in found(name) if claim[3] == "+"], name
    assert found("relative.txt") == [("united-states", "training", "cts", "+")]
    assert {claim[0] for claim in found("footnote_glued.txt")} == {"canada", "italy"}
    tracked = found("tracked.docx")
    assert "france" not in {claim[0] for claim in tracked}
    assert [claim[0] for claim in tracked].count("spain") == 1
    assert "turkey" not in {claim[0] for claim in found("hidden.html")}
