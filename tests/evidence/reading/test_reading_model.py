"""A model of the user's own as a second reader, against a real server process on this machine."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.spoken import ACTOR_ROWS, spoken
from typer.testing import CliRunner

from vedette.case import read_case
from vedette.cli.verbs import app
from vedette.errors import FetchError, UsageError
from vedette.evidence.reading import ModelServer, Proposal, ask_model, open_document
from vedette.evidence.reading.machine import refuse_plain
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


@pytest.mark.parametrize(
    ("address", "local", "private"),
    [
        ("http://127.0.0.1:8080/v1", True, True),
        ("http://127.9.9.9/v1", True, True),
        ("http://[::1]:8080/v1", True, True),
        ("http://LOCALHOST:8080/v1", True, True),
        ("https://models.example.org/v1", False, True),
        ("http://models.example.org/v1", False, False),
        ("http://10.0.0.7:8080/v1", False, False),
        ("http://127.0.0.1@models.example.org/v1", False, False),
        ("http://127.0.0.1.example.org/v1", False, False),
        ("http://localhost.example.org/v1", False, False),
        ("http://0.0.0.0/v1", False, False),
    ],
)
def test_which_addresses_are_this_machine_and_which_nobody_reads_on_the_way(
    address: str, local: bool, private: bool
) -> None:
    server = ModelServer(address, "tiny")
    assert (server.local, server.private) == (local, private)


@pytest.mark.parametrize("address", ["127.0.0.1:8080", "ftp://127.0.0.1/", "http://", "http://[::1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no address; write it like"):
        _ = ModelServer(address, "tiny").local


@pytest.mark.parametrize(
    ("source", "text", "why"),
    [
        ("", "Bigland trained the Home Guard.", "without --source the report counts as protected"),
        ("shut", "Bigland trained the Home Guard.", "shut is protected"),
        ("inner", "Bigland trained the Home Guard.", "inner is marked amber"),
        ("paper", "Bigland trained the Home Guard. Red Hand fled.", "the report names red, which is marked"),
        ("paper", "Bigland trained the Home Guard.", ""),
    ],
)
def test_protected_text_does_not_go_over_plain_http(
    case_folder: CaseFolder, tmp_path: Path, source: str, text: str, why: str
) -> None:
    red = {"id": "red", "name": "Red Hand", "kind": "armed group", "handling": "red"}
    files = dict(spoken(actors=[*ACTOR_ROWS, red]))
    files["sources.csv"] = (
        f"{files['sources.csv']}shut,A note,,2014,,B,clear,true\ninner,A paper,,2014,,B,amber,false\n"
    )
    case = read_case(case_folder(files))
    report = tmp_path / "report.txt"
    report.write_text(text, encoding="utf-8")
    document = open_document(report, quiet)
    for address in ("https://models.example.org/v1", "http://127.0.0.1:1/v1"):
        refuse_plain(case, document, source, ModelServer(address, "tiny"))
    plain = ModelServer("http://models.example.org/v1", "tiny")
    if not why:
        refuse_plain(case, document, source, plain)
        return
    with pytest.raises(UsageError, match="plain http to another machine") as caught:
        refuse_plain(case, document, source, plain)
    assert why in str(caught.value)


def test_without_a_yes_nothing_goes_to_another_machine(case_folder: CaseFolder, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Bigland trained the Home Guard.", encoding="utf-8")
    words = ["read", str(case_folder(spoken())), str(report), "--source", "paper", "--model", "tiny"]
    done = CliRunner().invoke(app, [*words, "--model-address", "http://192.0.2.1:9/v1"])
    assert "nothing was sent. To send to another machine without being asked, say --yes." in str(
        done.exception
    )
