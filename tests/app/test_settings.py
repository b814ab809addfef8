"""Settings of a case changed one by one: comments stay, mistakes are refused, two people are told."""

import re
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient
from support.forms import FORM, case_of, fields_of
from support.fourland import CaseFolder
from support.secrets_of_fourland import SECRET_FILES
from support.served import Opened
from support.spoken import spoken

from vedette import commands
from vedette.errors import CaseError, UsageError

pytestmark = pytest.mark.usefixtures("idle_jobs")


@pytest.fixture
def case(case_folder: CaseFolder) -> Path:
    """A small case with comments in its settings."""
    folder = case_folder(spoken())
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(f"# kept\n{text}", encoding="utf-8")
    return folder


def settings(case: Path) -> dict[str, str]:
    return {each.key: each.text for each in commands.settings_of(str(case))}


CHANGES = {
    "title": 'Fourland: "who" fights: whom # and why',
    "question": "Who fights?",
    "as_of": "2014-06-30",
    "horizon": "18",
    "scale": "phia",
    "anonymity": "7",
    "belief.least": "0.6",
    "belief.half_life.support": "3.5",
    "belief.half_life.command": "1",
}


@pytest.mark.parametrize(("key", "text"), CHANGES.items(), ids=CHANGES)
def test_a_setting_is_changed_alone_and_taken_back(case: Path, key: str, text: str) -> None:
    before, was = (case / "case.yaml").read_text(encoding="utf-8"), settings(case)
    assert commands.change_settings(str(case), {key: text}, was=was) == (key,)
    after = (case / "case.yaml").read_text(encoding="utf-8")
    assert settings(case) == {**was, key: text}
    assert after.startswith("# kept\n")
    top = key.split(".")[0]
    both = [{k: v for k, v in yaml.safe_load(one).items() if k != top} for one in (before, after)]
    assert both[0] == both[1]
    commands.undo(str(case))
    assert (case / "case.yaml").read_text(encoding="utf-8") == before


def test_a_half_life_of_nothing_is_taken_out(case: Path) -> None:
    name = str(case)
    for changes in (
        {"belief.half_life.support": "3", "belief.half_life.stance": "1"},
        {"belief.half_life.support": ""},
        {"belief.half_life.stance": ""},
    ):
        commands.change_settings(name, changes, was={})
    assert yaml.safe_load((case / "case.yaml").read_text(encoding="utf-8"))["belief"]["half_life"] == {}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("title", ""),
        ("horizon", "many"),
        ("horizon", "0"),
        ("as_of", "1800-01-01"),
        ("scale", "love"),
        ("belief.least", "2"),
        ("belief.half_life.support", "-1"),
        ("title", "a\x1bb"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused_and_nothing_written(case: Path, key: str, text: str) -> None:
    before = (case / "case.yaml").read_bytes()
    with pytest.raises(CaseError, match=r"case\.yaml.*expected"):
        commands.change_settings(str(case), {key: text}, was={})
    assert (case / "case.yaml").read_bytes() == before


def test_a_key_that_is_no_setting_is_refused(case: Path) -> None:
    with pytest.raises(UsageError, match="no setting that is changed so"):
        commands.change_settings(str(case), {"strata": "x"}, was={})


def test_the_page_keeps_what_was_typed_and_tells_of_another_editor(opened: Opened) -> None:
    client: TestClient = opened(spoken(), "internal")
    case = case_of(client)

    def form() -> dict[str, str]:
        text = client.get("/case").text
        return fields_of(next(form for form in FORM.findall(text) if "Save the settings" in form))

    mine = form()
    answer = client.post("/case", data={**form(), "horizon": "24"})
    assert answer.status_code == 200, re.findall('wrong">[^<]*', answer.text)
    assert settings(case)["horizon"] == "24"
    answer = client.post("/case", data={**mine, "horizon": "12"})
    assert answer.status_code == 409
    assert "as it was read" in answer.text
    assert settings(case)["horizon"] == "24"
    answer = client.post("/case", data={**form(), "horizon": "many", "question": "Long to type"})
    assert answer.status_code == 409
    assert "Long to type</textarea>" in answer.text
    assert [line.command for line in commands.log(str(case)).changes] == ["settings"]


def test_an_edition_says_what_it_withholds(case_folder: CaseFolder) -> None:
    case = case_folder(SECRET_FILES)
    ledger = commands.ledger_of(str(case), edition="internal")
    rows = {row["edition"]: row for row in commands.editions_of(ledger).to_dicts()}
    whole = ledger.case
    assert rows["internal"]["claims_withheld"] == 0
    assert rows["public"]["claims"] + rows["public"]["claims_withheld"] == whole.claims.height
    assert rows["public"]["claims_withheld"] > 0
