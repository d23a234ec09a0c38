"""Whether an ID token is what the provider signed, for us, for this attempt, not long ago (OpenID Connect Core 1.0)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.domain.errors import NoProvider, Refused

LEEWAY_SECONDS = 60
_WHAT_IS_WRONG = {
    "iss": "it comes from another provider",
    "aud": "it is meant for another application",
    "azp": "it is meant for another application",
    "nonce": "it belongs to another sign-in",
    "at_hash": "it belongs to another sign-in",
    "exp": "it has expired",
    "iat": "its time lies in the future",
    "nbf": "its time lies in the future",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What an ID token has to say; ``keys`` is the provider's key set (RFC 7517)."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None
    algorithms: tuple[str, ...]
    keys: dict[str, Any]


def verified(token: str, expected: Expected, now: datetime) -> dict[str, Any]:
    """The claims of a token. Raises Refused, which says what does not fit, and NoProvider where there are no keys."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
    from joserfc.jws import JWSRegistry

    keys = key_set(expected.keys)
    registry = JWSRegistry(algorithms=list(expected.algorithms), strict_check_header=False)
    try:
        read = jwt.decode(token, keys, registry=registry)
    except (JoseError, ValueError):
        raise _untrusted("it is not signed with the provider's key") from None
    claims = CodeIDToken(
        read.claims,
        read.header,
        {"iss": {"values": [expected.issuer]}, "aud": {"values": [expected.client_id]}},
        {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token},
    )
    try:
        claims.validate(int(now.timestamp()), LEEWAY_SECONDS)
    except ExpiredTokenError:
        raise _untrusted(_WHAT_IS_WRONG["exp"]) from None
    except ClaimError as error:
        raise _untrusted(_WHAT_IS_WRONG.get(error.claim, "something in it is missing")) from None
    return dict(claims)


def key_set(document: dict[str, Any]) -> Any:
    """The provider's keys. Raises NoProvider where none can be read."""
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        return KeySet.import_key_set({"keys": document["keys"]})
    except (JoseError, KeyError, TypeError, ValueError, AttributeError):
        raise NoProvider("The provider's keys cannot be read.") from None


def _untrusted(why: str) -> Refused:
    return Refused(
        f"What came back from the provider cannot be trusted: {why}. Begin again from the start page; if it happens "
        "again, tell the person who runs your round."
    )
