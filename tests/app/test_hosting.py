"""A case is served to others over TLS alone, to people with accounts, and never whole by oversight."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from support.running import typed

from vedette import commands
from vedette.app.hosting import Hosting
from vedette.app.serving import _listen
from vedette.errors import UsageError

Pair = Callable[..., Hosting]


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    commands.add_account("zahra", commands.Role.LEAD, password="correct horse battery")


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """A factory of hostings with a certificate good for some days from now, and its key."""

    def made(days: int = 9, password: bytes | None = None) -> Hosting:
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vedette.example.org")])
        ends = (now - timedelta(days=30), now + timedelta(days=days))
        cert = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), *ends)
        ).sign(key, hashes.SHA256())
        lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
        files = (tmp_path / f"cert{days}.pem", tmp_path / f"key{days}.pem")
        files[0].write_bytes(cert.public_bytes(serialization.Encoding.PEM))
        files[1].write_bytes(key.private_bytes(*form))
        files[1].chmod(0o600)
        return Hosting("127.0.0.1", cert=str(files[0]), key=str(files[1]))

    return made


def refusal(hosting: Hosting, *, withheld: bool = True) -> str:
    with pytest.raises(UsageError) as error:
        hosting.check(withheld=withheld, edition="internal", others=False)
    return str(error.value)


def test_tls_files_or_a_proxy_let_it_be_served(pair: Pair) -> None:
    for hosting in (pair(), Hosting("127.0.0.1", proxy="127.0.0.1"), Hosting("::1", proxy="10.0.0.0/8")):
        hosting.check(withheld=True, edition="public", others=False)


def test_nobody_reads_along() -> None:
    assert "--tls-cert FILE and --tls-key FILE, or" in refusal(Hosting("127.0.0.1"))
    assert "expected the address" in refusal(Hosting("127.0.0.1", proxy="proxy.example.org"))
    assert "Leave out --tls-cert" in refusal(Hosting("127.0.0.1", proxy="127.0.0.1", cert="a"))


def test_somebody_must_have_an_account(pair: Pair) -> None:
    commands.remove_account("zahra")
    assert "vedette accounts add NAME --role lead" in refusal(pair())


def test_a_whole_case_stays_here_unless_the_flag_says_otherwise(pair: Pair) -> None:
    assert "--whole-case-on-the-network" in refusal(pair(), withheld=False)
    replace(pair(), whole=True).check(withheld=False, edition="internal", others=False)


def test_all_addresses_take_a_name(pair: Pair) -> None:
    assert "--name" in refusal(replace(pair(), host="0.0.0.0"))
    assert "expected an address" in refusal(replace(pair(), host="localhost"))
    named = replace(pair(), host="0.0.0.0", names=["Vedette.example.org"])
    named.check(withheld=True, edition="public", others=False)
    assert named.hosts == ["vedette.example.org"]


def test_files_that_do_not_fit_are_named(pair: Pair, tmp_path: Path) -> None:
    good, other = pair(), pair(8)
    assert "no such file" in refusal(replace(good, cert=str(tmp_path / "none.pem")))
    assert "key values mismatch" in refusal(replace(good, key=other.key))
    assert "found" in refusal(replace(good, cert=good.key))
    assert "is encrypted" in refusal(pair(7, b"secret"))
    assert "good from" in refusal(pair(-1))
    Path(str(good.key)).chmod(0o644)
    assert "chmod o=" in refusal(good)


def test_options_for_others_take_a_host() -> None:
    done = typed("serve", "iraq", "--proxy", "127.0.0.1")
    assert (done.returncode, "--host ADDRESS only" in done.stderr) == (2, True)


def test_two_servers_on_one_port_are_refused() -> None:
    with _listen("127.0.0.1", 0) as line, pytest.raises(UsageError, match="Choose another port"):
        _listen("127.0.0.1", line.getsockname()[1])
    with pytest.raises(UsageError, match="no address of this machine"):
        _listen("192.0.2.7", 0)
