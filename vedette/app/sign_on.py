"""Coming in with the account of an organisation: OpenID Connect, code flow with PKCE."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx2
import yaml
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vedette import commands
from vedette.app.sessions import Role, Visitor, seconds
from vedette.app.tokens import same
from vedette.errors import UsageError

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""How an identity may be signed: with the private key of the provider alone."""
_PATIENCE = 10.0
_WAITS = 600.0
"""Seconds in which somebody must have come back from the provider."""
_MOST = 1000
_LEEWAY = 60
_LOCAL = ("127.0.0.1", "localhost", "::1")


class SignOnRefused(UsageError):
    """The provider, or what came from it, does not let somebody in."""


class SignOnSettings(BaseModel):
    """The file of ``--oidc``: the provider, what it calls this workbench, which groups have which role."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    client_id: str
    client_secret_file: Path | None = None
    scopes: tuple[str, ...] = ("openid", "profile")
    name: str = "preferred_username"
    groups: str = "groups"
    roles: Mapping[Role, tuple[str, ...]] = Field(min_length=1)


@dataclass(frozen=True)
class _Begun:
    """A sign-on under way: what must come back with it, and from the same browser."""

    nonce: str
    verifier: str
    browser: str
    until: float


@dataclass
class SignOn:
    """The sign-ons that are under way, and the provider that decides them."""

    settings: SignOnSettings
    provider: Mapping[str, Any]
    now: Callable[[], float] = seconds
    _begun: dict[str, _Begun] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def called(self) -> str:
        """Returns the name of the provider: its host."""
        return urlsplit(self.settings.issuer).netloc

    def begin(self, back: str) -> tuple[str, str]:
        """Returns the address to which a browser is sent, and the cookie that it must come back with.

        ``back`` is the address to which the provider sends it.
        """
        state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self.provider["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
            )
        now = self.now()
        with self._lock:
            alive = {key: each for key, each in self._begun.items() if each.until > now}
            self._begun = dict(list(alive.items())[-_MOST:])
            self._begun[state] = _Begun(nonce, verifier, browser, now + _WAITS)
        return str(address), browser

    def finish(self, back: str, *, state: str, code: str, browser: str) -> Visitor:
        """Returns who came back from the provider, in the highest role that their groups have.

        Raises:
            SignOnRefused: it is not the sign-on that this browser began, the provider does not vouch for it,
                or no role is for them.
        """
        with self._lock:
            begun = self._begun.pop(state, None)
        if begun is None or begun.until < self.now() or not same(begun.browser, browser):
            raise SignOnRefused("This sign-on was not begun here, or took too long. Begin again.")
        try:
            claims = self._identity(back, code, begun)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError, KeyError) as error:
            raise SignOnRefused(
                f"{self.called} did not vouch for you ({type(error).__name__}). Begin again, or ask whoever "
                "runs vedette."
            ) from error
        return self._visitor(claims)

    def _identity(self, back: str, code: str, begun: _Begun) -> Mapping[str, Any]:
        with self._client(back) as client:
            token = client.fetch_token(
                self.provider["token_endpoint"], code=code, code_verifier=begun.verifier
            )
            keys = client.request("GET", self.provider["jwks_uri"], withhold_token=True)
        keys.raise_for_status()
        read = jwt.decode(
            token["id_token"],
            KeySet.import_key_set(keys.json()),
            registry=JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False),
        )
        options = {
            "iss": {"essential": True, "values": [self.settings.issuer]},
            "aud": {"essential": True, "values": [self.settings.client_id]},
            "nonce": {"essential": True},
        }
        params = {
            "nonce": begun.nonce,
            "client_id": self.settings.client_id,
            "access_token": token.get("access_token", ""),
        }
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(now=int(time.time()), leeway=_LEEWAY)
        verified: Mapping[str, Any] = claims
        return verified

    def _visitor(self, claims: Mapping[str, Any]) -> Visitor:
        found = claims.get(self.settings.groups)
        named = found if isinstance(found, list) else [found]
        groups = {each for each in named if isinstance(each, str)}
        roles = [role for role in Role if groups & set(self.settings.roles.get(role, ()))]
        if not roles:
            raise SignOnRefused(
                f"{self.called} knows you, but none of your groups may come in. Ask whoever runs vedette."
            )
        return Visitor(commands.account_name(str(claims.get(self.settings.name) or claims["sub"])), roles[-1])

    def _client(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            self.settings.client_id,
            _secret(self.settings.client_secret_file),
            scope=" ".join(self.settings.scopes),
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_PATIENCE,
            follow_redirects=False,
        )


def sign_on_of(file: Path) -> SignOn:
    """Returns the sign-on that a file describes, after asking the provider where its addresses are.

    Raises:
        UsageError: the file does not fit, or the provider does not answer as one.
    """
    settings = _settings(file)
    _secret(settings.client_secret_file)
    _must_be_private_line(settings.issuer)
    where = f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        answer = httpx2.get(where, timeout=_PATIENCE, follow_redirects=False)
        answer.raise_for_status()
        provider = answer.json()
        found = provider["issuer"]
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            _must_be_private_line(provider[name])
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"--oidc {file}: {where} does not answer as a provider ({type(error).__name__}). "
            "Correct the issuer."
        ) from None
    if found != settings.issuer:
        raise UsageError(
            f"--oidc {file}: expected the issuer that the provider names, {found!r}; "
            f"found {settings.issuer!r}. Write it as the provider does."
        )
    return SignOn(settings, provider)


def _settings(file: Path) -> SignOnSettings:
    try:
        return SignOnSettings.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"--oidc {file}: cannot be read ({error.strerror}). Name a YAML file.") from None
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        wrong = (
            "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
            if isinstance(error, ValidationError)
            else "no YAML"
        )
        raise UsageError(
            f"--oidc {file}: {wrong}. It takes: {', '.join(SignOnSettings.model_fields)}."
        ) from None


def _secret(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"client_secret_file {file}: cannot be read. Name a file of text.") from None


def _must_be_private_line(address: str) -> None:
    """Refuses an address that others could read along, or answer in the place of."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise UsageError(f"--oidc: {address} is not https. The provider must be reached by https.")
