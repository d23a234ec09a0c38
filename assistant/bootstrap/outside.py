"""What reaches out of the process, as the settings say: a language model, an organisation's accounts, ways to send."""

from __future__ import annotations

from assistant.delivery.smtp import Server
from assistant.delivery.ways import Ways, read_password
from assistant.domain.notices import Channel
from assistant.engines.llm.connecting import Connection
from assistant.identity.line import Line
from assistant.identity.oidc import Client, OidcProvider
from assistant.ports.carrier import Carrier
from assistant.ports.identity_provider import IdentityProvider
from assistant.settings import Settings, in_plain


def connection(settings: Settings, model: str) -> Connection:
    """How a language model is reached; ``model`` is its name with the protocol before it."""
    return Connection(
        model=model.removeprefix("openai:"),
        careful_model=(settings.careful_model or model).removeprefix("openai:"),
        base_url=settings.openai_base_url,
        key=in_plain(settings.openai_api_key),
        seconds=settings.model_seconds,
        at_once=settings.model_at_once,
        context=settings.model_context,
        embeddings=settings.embeddings.removeprefix("openai:") if settings.embeddings else None,
    )


def identity_provider(settings: Settings) -> IdentityProvider | None:
    """Who vouches for people with an account in the organisation; None where people come by links alone."""
    if settings.oidc_issuer is None:
        return None
    client = Client(
        name=settings.oidc_name,
        issuer=settings.oidc_issuer,
        id=settings.oidc_client_id or "",
        secret=in_plain(settings.oidc_client_secret),
        return_to=(settings.public_url or "").rstrip("/") + "/sign-in/account/return",
    )
    return OidcProvider(client, Line())


def carriers(settings: Settings) -> dict[Channel, Carrier]:
    """The ways to send that are set. Raises Broken where the password cannot be read."""
    webhooks = in_plain(settings.slack_webhook), in_plain(settings.teams_webhook)
    return Ways(_mail_server(settings), *webhooks).carriers()


def _mail_server(settings: Settings) -> Server | None:
    if not settings.smtp_host:
        return None
    security, password = settings.smtp_security, settings.smtp_password_file
    return Server(
        host=settings.smtp_host,
        port=settings.smtp_port or security.port,
        security=security,
        sender=settings.mail_from or "",
        user=settings.smtp_user or "",
        password=read_password(password) if password else "",
    )
