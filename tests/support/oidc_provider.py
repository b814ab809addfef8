"""A small provider of OpenID Connect in a thread, that signs with a key of its own and checks PKCE."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey


@dataclass
class Provider:
    """What the provider says of whoever asks: the ``claims`` of their identity, which a test may spoil.

    ``alien`` signs with a key that is not published, ``shared`` with the secret of the client (HS256).
    """

    claims: dict[str, Any]
    client_id: str = "vedette"
    secret: str = "secret-of-the-client"
    alien: bool = False
    shared: bool = False
    address: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))

    def authorize(self, asked: dict[str, str]) -> str:
        """The address to which the browser is sent back, with a code."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str], credentials: str) -> dict[str, Any] | None:
        """The tokens for a code, which is good once, for who began it."""
        begun = self.codes.pop(asked.get("code", ""), None)
        known = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if begun is None or credentials != f"Basic {known}":
            return None
        if (begun["code_challenge"], begun["redirect_uri"]) != (challenge, asked["redirect_uri"]):
            return None
        now = int(time.time())
        claims = {"iss": self.address, "sub": "1", "aud": self.client_id, "iat": now, "exp": now + 60}
        claims |= {"nonce": begun["nonce"], **self.claims}
        if self.shared:
            shared = OctKey.import_key(self.secret)
            signed = jwt.encode({"alg": "HS256"}, claims, shared, algorithms=["HS256"])
        else:
            key = ECKey.generate_key("P-256", {"kid": "one"}) if self.alien else self.key
            signed = jwt.encode({"alg": "ES256", "kid": "one"}, claims, key)
        return {"access_token": "any", "token_type": "Bearer", "id_token": signed}

    def described(self) -> dict[str, Any]:
        """The document that says where everything is."""
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.address, **{name: f"{self.address}/{path}" for name, path in paths.items()}}


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    """Runs a provider on a port of this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                words = {name: values[0] for name, values in parse_qs(asked.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(words))
                self.end_headers()
            elif asked.path == "/keys":
                self._json(KeySet([provider.key]).as_dict(private=False))
            else:
                self._json(provider.described())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            words = {name: values[0] for name, values in parse_qs(body).items()}
            found = provider.token(words, self.headers.get("authorization", ""))
            self._json(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _json(self, document: Any, status: int = 200) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
