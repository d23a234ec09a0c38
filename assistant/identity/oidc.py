"""An organisation's provider of accounts, by OpenID Connect: authorization code with PKCE, state and nonce."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.domain.accounts import Account, Login, Returned
from assistant.domain.errors import NoProvider, Refused
from assistant.identity.id_token import Expected, key_set, verified
from assistant.identity.line import Line
from assistant.identity.metadata import Metadata

_KEEP_SECONDS = 600.0
_SCOPE = "openid email"
_AS_A_FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Client:
    """How this installation is known to the provider; ``return_to`` is the one address people come back to."""

    name: str
    issuer: str
    id: str
    secret: str | None = field(repr=False)
    return_to: str


class OidcProvider:
    """See :class:`assistant.ports.identity_provider.IdentityProvider`; safe to share between threads.

    What the provider says of itself is kept for ten minutes. Its keys are asked for each time, so that a change of keys
    is followed at once.
    """

    def __init__(self, client: Client, line: Line) -> None:
        self._client = client
        self._line = line
        self._known: tuple[float, Metadata] | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self._client.name

    def way_there(self, login: Login) -> str:
        """The address to which the browser is sent to begin this attempt. Raises NoProvider."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        way: str = prepare_grant_uri(
            self._metadata().authorization_endpoint,
            client_id=self._client.id,
            response_type="code",
            redirect_uri=self._client.return_to,
            scope=_SCOPE,
            state=login.state,
            nonce=login.nonce,
            code_challenge=create_s256_code_challenge(login.verifier),  # type: ignore[no-untyped-call]
            code_challenge_method="S256",
        )
        return way

    def account(self, returned: Returned, login: Login, now: datetime) -> Account:
        """Whose account it was that came back. Raises Refused and NoProvider."""
        metadata = self._metadata()
        self._check_sender(metadata, returned)
        tokens = self._tokens(metadata, returned.code, login)
        access = tokens.get("access_token")
        expected = Expected(
            issuer=self._client.issuer,
            client_id=self._client.id,
            nonce=login.nonce,
            access_token=access if isinstance(access, str) else None,
            algorithms=metadata.algorithms,
            keys=self._line.get(metadata.jwks_uri),
        )
        claims = verified(str(tokens.get("id_token", "")), expected, now)
        if "email" not in claims and metadata.userinfo_endpoint and expected.access_token:
            claims = self._more_of(claims, metadata.userinfo_endpoint, expected.access_token)
        return _account(claims, self.name)

    def check(self) -> str:
        """Ask for everything that signing in needs, and say in words how it stands. Raises NoProvider."""
        self._known = None
        metadata = self._metadata()
        keys = len(key_set(self._line.get(metadata.jwks_uri)).keys)
        if not keys:
            raise NoProvider(f"{metadata.jwks_uri} has no key.")
        return f"{self._client.issuer} answers. It has to let people come back to {self._client.return_to}"

    def _metadata(self) -> Metadata:
        from authlib.oidc.discovery import get_well_known_url

        known = self._known
        if known is None or time.monotonic() - known[0] > _KEEP_SECONDS:
            document = self._line.get(get_well_known_url(self._client.issuer, external=True))
            known = (time.monotonic(), Metadata.read(document, self._client.issuer))
            self._known = known
        return known[1]

    def _check_sender(self, metadata: Metadata, returned: Returned) -> None:
        """Whether the answer names its sender rightly, where it does or has to (RFC 9207), and holds no error."""
        is_named = returned.issuer is not None or metadata.authorization_response_iss_parameter_supported
        if is_named and returned.issuer != metadata.issuer:
            raise Refused("What came back does not come from your organisation's provider. Nothing was opened.")
        if returned.error is not None or not returned.code:
            raise Refused(f"{self.name} did not let you in, or you turned back there. You can begin again.")

    def _tokens(self, metadata: Metadata, code: str, login: Login) -> dict[str, Any]:
        from authlib.oauth2.auth import ClientAuth
        from authlib.oauth2.rfc6749.parameters import prepare_token_request

        form = prepare_token_request(
            "authorization_code", redirect_uri=self._client.return_to, code=code, code_verifier=login.verifier
        )
        method = "client_secret_post" if metadata.secret_goes_into_form else "client_secret_basic"
        auth = ClientAuth(self._client.id, self._client.secret, method if self._client.secret else "none")
        prepared = auth.prepare("POST", metadata.token_endpoint, {**_AS_A_FORM}, form)  # type: ignore[no-untyped-call]
        address, headers, form = prepared
        status, tokens = self._line.post(address, headers, form)
        if tokens.get("error") in {"invalid_client", "unauthorized_client"}:
            raise NoProvider(f"{self.name} does not take the client's id or secret; the operator has to mend it.")
        if status != 200:
            raise Refused(f"{self.name} does not know this sign-in any more. Begin again from the start page.")
        return tokens

    def _more_of(self, claims: dict[str, Any], address: str, access_token: str) -> dict[str, Any]:
        """What the provider says beside the ID token, where that holds no e-mail, of the same account only."""
        more = self._line.get(address, {"authorization": f"Bearer {access_token}"})
        if more.get("sub") != claims["sub"]:
            raise Refused("What the provider says of the account belongs to another one. Begin again.")
        return more


def _account(claims: dict[str, Any], provider: str) -> Account:
    email = claims.get("email")
    if not isinstance(email, str) or not email.strip():
        raise Refused(
            f"{provider} does not tell your e-mail, by which people are known here. Ask the person who runs your "
            "round for a sign-in link."
        )
    return Account(email, claims.get("email_verified") in (True, "true"))
