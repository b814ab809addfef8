"""A model of the user's own as a second reader, against a real server process on this machine."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.fourland import CaseFolder

from vedette.case import read_case
from vedette.errors import FetchError, UsageError
from vedette.evidence.reading import ModelServer, Proposal, ask_model, open_document
from vedette.progress import quiet

SERVER = Path(__file__).parents[2] / "support" / "model_server.py"
Serve = Callable[[str], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server that answers in one manner; gives its address."""
    started: list[subprocess.Popen[str]] = []

    def start(manner: str) -> str:
        process = subprocess.Popen([sys.executable, str(SERVER), manner], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        return f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"

    yield start
    for process in started:
        process.kill()
        process.communicate()


def asked(
    case_folder: CaseFolder, tmp_path: Path, address: str, patience: float = 20.0, times: int = 1
) -> tuple[list[Proposal], tuple[str, ...]]:
    """What the model proposes from a report of one sentence, or several."""
    report = tmp_path / "report.txt"
    report.write_text("The Home Guard was seen with crates from Fourland. " * times, encoding="utf-8")
    document = open_document(report)
    question = ModelServer(address, "tiny", patience)
    return ask_model(read_case(case_folder()), document, "paper", question, quiet)


@pytest.mark.parametrize("manner", ["good", "fenced"])
def test_what_fits_the_vocabulary_is_proposed_and_the_rest_counted(
    case_folder: CaseFolder, tmp_path: Path, serve: Serve, manner: str
) -> None:
    (one,), remarks = asked(case_folder, tmp_path, serve(manner))
    assert (one.cells["subject"], one.cells["relation"], one.cells["object"]) == ("state", "weapons", "guard")
    assert (one.cells["hedge"], one.cells["state"], one.cells["rule"]) == ("alleged", "open", "model tiny")
    assert remarks == (
        "1 dropped claim of the model: unknown hedge or polarity",
        "1 dropped claim of the model: unknown relation",
        "1 dropped claim of the model: unknown subject",
    )


@pytest.mark.parametrize(
    ("manner", "says"),
    [
        ("words", "a refusal in words"),
        ("refusal", "a refusal"),
        ("broken", "not in the form of chat completions"),
    ],
)
def test_an_answer_of_no_use_is_counted(
    case_folder: CaseFolder, tmp_path: Path, serve: Serve, manner: str, says: str
) -> None:
    made, (remark,) = asked(case_folder, tmp_path, serve(manner))
    assert made == []
    assert says in remark


def test_a_slow_answer_is_not_waited_for(case_folder: CaseFolder, tmp_path: Path, serve: Serve) -> None:
    made, (remark,) = asked(case_folder, tmp_path, serve("slow"), patience=0.3)
    assert made == []
    assert "no answer within 0.3 s" in remark


def test_a_model_that_stays_silent_is_given_up(case_folder: CaseFolder, tmp_path: Path, serve: Serve) -> None:
    with pytest.raises(FetchError, match=r"3 questions in a row got no answer. .*--model-timeout"):
        asked(case_folder, tmp_path, serve("slow"), patience=0.3, times=5)


def test_a_failing_server_is_told(case_folder: CaseFolder, tmp_path: Path, serve: Serve) -> None:
    with pytest.raises(FetchError, match=r"HTTP 500 .*Check the address"):
        asked(case_folder, tmp_path, serve("gone"))


def test_a_redirect_is_not_followed(case_folder: CaseFolder, tmp_path: Path, serve: Serve) -> None:
    with pytest.raises(FetchError, match="HTTP 302"):
        asked(case_folder, tmp_path, serve("elsewhere"))


def test_nobody_there_is_told(case_folder: CaseFolder, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"found nobody there .*Start the server"):
        asked(case_folder, tmp_path, "http://127.0.0.1:9/v1")


def test_an_address_that_is_none_is_told(case_folder: CaseFolder, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no address; write it like"):
        asked(case_folder, tmp_path, "file:///etc/hosts")
