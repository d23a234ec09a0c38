"""A small provider of accounts that speaks OpenID Connect over real HTTP, and misbehaves as it is told."""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "value-loop", "the client's own secret"
Claims = dict[str, Any]
_KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
_OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)


@dataclass
class Behaviour:
    """What the provider says and does; a test changes what it is about."""

    claims: Claims = field(default_factory=dict)
    userinfo: Claims | None = None
    document: dict[str, Any] = field(default_factory=dict)
    signs_with: RSAKey = field(default_factory=lambda: _KEY)
    algorithm: str = "RS256"
    takes_codes_twice: bool = False
    answers_with: int = 200
    body: bytes | None = None


class IdentityProvider(ThreadingHTTPServer):
    """``codes`` holds what was asked for each code that is still good; ``asked`` the paths of all requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = Behaviour()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    @property
    def issuer(self) -> str:
        """What it calls itself."""
        return f"http://127.0.0.1:{self.server_port}"

    def document(self) -> dict[str, Any]:
        """What it says of itself."""
        more = {"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.behaviour.userinfo is not None else {}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **more,
            **self.behaviour.document,
        }

    def consent(self, asked: dict[str, str]) -> str:
        """Let somebody go back with a code, as if they had signed in; the address."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def tokens(self, form: dict[str, str], client: tuple[str, str]) -> tuple[int, dict[str, Any]]:
        """What is given for a code, once, to the client that it was made for."""
        if client != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        take = self.codes.get if self.behaviour.takes_codes_twice else self.codes.pop
        asked = take(form.get("code", ""), None)
        if asked is None or not _is_proven(asked["code_challenge"], form.get("code_verifier", "")):
            return 400, {"error": "invalid_grant"}
        if form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {name: value for name, value in (usual | self.behaviour.claims).items() if value is not None}
        header = {"alg": self.behaviour.algorithm, "kid": "one"}
        if self.behaviour.algorithm == "none":
            return f"{_encoded(header)}.{_encoded(claims)}."
        return jwt.encode(header, claims, self.behaviour.signs_with, algorithms=[self.behaviour.algorithm])

    def handle_error(self, *_: Any) -> None:
        """Clients that go away are no news."""


class _Handler(BaseHTTPRequestHandler):
    server: IdentityProvider

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        self.server.asked.append(where.path)
        asked = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.server.consent(asked))
            self.end_headers()
            return
        known = {
            "/.well-known/openid-configuration": self.server.document(),
            "/keys": {"keys": [_KEY.as_dict(private=False)]},
            "/userinfo": self.server.behaviour.userinfo,
        }
        self._give(self.server.behaviour.answers_with, known.get(where.path, {}))

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        form = {name: values[0] for name, values in sent.items()}
        self._give(*self.server.tokens(form, self._client(form)))

    def _client(self, form: dict[str, str]) -> tuple[str, str]:
        kind, _, encoded = self.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            name, _, secret = b64decode(encoded).decode().partition(":")
            return name, secret
        return form.get("client_id", ""), form.get("client_secret", "")

    def _give(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode() if self.server.behaviour.body is None else self.server.behaviour.body
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def foreign_key() -> RSAKey:
    """A key that is not the provider's, under the same name."""
    return _OTHER_KEY


@contextmanager
def providing() -> Iterator[IdentityProvider]:
    """A provider that runs until the block ends."""
    server = IdentityProvider()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _is_proven(challenge: str, verifier: str) -> bool:
    made = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    return secrets.compare_digest(made, challenge)


def _encoded(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
