"""What a provider says of itself (OpenID Connect Discovery 1.0, section 3)."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from assistant.domain.accounts import is_safe_address
from assistant.domain.errors import NoProvider

# Signatures that need the provider's own key to be made; never `none`, and none of a secret that we know, too.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)


def _safe(address: str) -> str:
    if not is_safe_address(address):
        raise ValueError("should be an https address")
    return address


Address = Annotated[str, AfterValidator(_safe)]


class Metadata(BaseModel):
    """The parts of the document that signing in needs."""

    model_config = ConfigDict(frozen=True, strict=True)

    issuer: str
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    userinfo_endpoint: Address | None = None
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False

    @classmethod
    def read(cls, document: dict[str, Any], issuer: str) -> Self:
        """The document of this issuer. Raises NoProvider, which says what to mend."""
        try:
            found = cls.model_validate(document, strict=False)
        except ValidationError as error:
            where = ", ".join(sorted({str(one["loc"][0]) for one in error.errors()}))
            raise NoProvider(f"The provider's document cannot be used: {where}.") from None
        if found.issuer != issuer:
            raise NoProvider(
                f"The provider says that its issuer is {found.issuer[:200]}. If that is right, set "
                "VALUE_LOOP_OIDC_ISSUER to exactly that."
            )
        if not found.algorithms:
            raise NoProvider("The provider signs its ID tokens in no way that can be trusted here; RS256 is the usual.")
        return found

    @property
    def algorithms(self) -> tuple[str, ...]:
        """How ID tokens may be signed."""
        return tuple(name for name in self.id_token_signing_alg_values_supported if name in ALGORITHMS)

    @property
    def secret_goes_into_form(self) -> bool:
        """Whether the client's secret goes into the form, as the header is not taken."""
        offered = self.token_endpoint_auth_methods_supported
        return "client_secret_basic" not in offered and "client_secret_post" in offered
