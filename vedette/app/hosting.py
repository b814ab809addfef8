"""What serving to other machines takes: accounts, names, and a line that nobody reads along."""

import ipaddress
import ssl
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vedette import commands
from vedette.errors import UsageError


@dataclass(frozen=True)
class Hosting:
    """How a workbench is served to other machines.

    ``host`` is the address on which it listens, ``names`` those under which browsers ask for it; ``cert`` and
    ``key`` are files of TLS, or else ``proxy`` is the address of the proxy that has them. ``whole`` says that
    an edition that withholds nothing may leave the machine, ``oidc`` is the file of `SignOnSettings`.
    """

    host: str
    names: Sequence[str] = ()
    cert: str | None = None
    key: str | None = None
    proxy: str | None = None
    whole: bool = False
    oidc: str | None = None

    @property
    def hosts(self) -> Sequence[str]:
        """Returns the names that requests may ask for."""
        return [name.lower() for name in self.names] or [self.host]

    def settings(self) -> dict[str, Any]:
        """Returns the settings of the server for its line."""
        if self.proxy:
            return {"proxy_headers": True, "forwarded_allow_ips": self.proxy}
        return {"proxy_headers": False, "ssl_certfile": self.cert, "ssl_keyfile": self.key}

    def check(self, *, withheld: bool, edition: str, others: bool) -> None:
        """Refuses what would let in the wrong people, or let others read along.

        ``withheld`` says whether the edition that is served withholds anything; ``others`` whether there is
        another way in than accounts.

        Raises:
            UsageError: something is missing or does not fit; the message says what to type.
        """
        self._check_address()
        if not withheld and not self.whole:
            raise UsageError(
                f"--host: the {edition} edition withholds nothing of the case, and stays on this machine. "
                "Serve another with --edition, or type --whole-case-on-the-network."
            )
        if not others and not commands.accounts().accounts:
            raise UsageError(
                "--host: nobody has an account to come in with. Add one: vedette accounts add NAME "
                "--role lead"
            )
        if self.proxy:
            self._check_proxy()
        else:
            self._check_tls()

    def _check_address(self) -> None:
        try:
            address = ipaddress.ip_address(self.host)
        except ValueError:
            raise UsageError(
                f"--host {self.host}: expected an address of this machine, like 192.0.2.7, or 0.0.0.0 for "
                "all of them. Give names with --name."
            ) from None
        if address.is_unspecified and not self.names:
            raise UsageError(
                f"--host {self.host}: say under which name browsers ask for it, like "
                "--name vedette.example.org."
            )

    def _check_proxy(self) -> None:
        try:
            ipaddress.ip_network(self.proxy or "")
        except ValueError:
            raise UsageError(
                f"--proxy {self.proxy}: expected the address from which the proxy connects, like 127.0.0.1."
            ) from None
        if self.cert or self.key:
            raise UsageError("--proxy: the proxy has the certificate. Leave out --tls-cert and --tls-key.")

    def _check_tls(self) -> None:
        if not (self.cert and self.key):
            raise UsageError(
                "--host: without TLS others can read along. Give --tls-cert FILE and --tls-key FILE, or the "
                "address of a proxy that has them with --proxy ADDRESS."
            )
        for option, file in (("--tls-cert", self.cert), ("--tls-key", self.key)):
            if not Path(file).is_file():
                raise UsageError(f"{option} {file}: there is no such file. Name one in PEM format.")
        if stat.S_IMODE(Path(self.key).stat().st_mode) & stat.S_IRWXO:
            raise UsageError(f"--tls-key {self.key}: everybody may read it. Close it: chmod o= {self.key}")
        _check_pair(self.cert, self.key)
        _check_dates(self.cert)


def _check_pair(cert: str, key: str) -> None:
    def no_password() -> str:
        raise UsageError(f"--tls-key {key}: is encrypted. Give one without a password, of mode 600.")

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, no_password)
    except (ssl.SSLError, OSError) as error:
        why = getattr(error, "reason", None) or error.strerror or "unreadable"
        raise UsageError(
            f"--tls-cert {cert}, --tls-key {key}: expected a certificate and its key in PEM format; found "
            f"{str(why).lower().replace('_', ' ')}. Name the files that belong together."
        ) from None


def _check_dates(cert: str) -> None:
    from cryptography import x509

    found = x509.load_pem_x509_certificate(Path(cert).read_bytes())
    now = datetime.now(UTC)
    if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
        raise UsageError(
            f"--tls-cert {cert}: is good from {found.not_valid_before_utc:%Y-%m-%d} to "
            f"{found.not_valid_after_utc:%Y-%m-%d}; today is {now:%Y-%m-%d}. "
            "Name a certificate that is good today."
        )
