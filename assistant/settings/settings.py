"""Everything an operator can set."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.delivery.security import Security
from assistant.domain.accounts import is_loopback, is_safe_address
from assistant.domain.notices import MAILED_LINK_LIFE, REMINDERS, REMINDERS_APART, ReminderPolicy
from assistant.domain.signing_in import IDLE_LIFE, LINK_LIFE, SESSION_LIFE, Lifetimes
from assistant.domain.usage import Budget
from assistant.settings.kinds import (
    DatabaseUrl,
    Issuer,
    MasterKeyText,
    ModelName,
    PlainAddress,
    Proxies,
    Webhook,
    in_plain,
    is_same_database,
)
from assistant.telemetry.log_form import LogForm

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def _checkout_or_package(name: str) -> Path:
    here = Path(__file__).resolve().parents[1]
    beside = here.parent / name
    return beside if beside.is_dir() else here / name


class Settings(BaseSettings):
    """Settings from ``VALUE_LOOP_*`` and ``OPENAI_*`` in the environment or a file ``.env`` in the working folder."""

    model_config = SettingsConfigDict(
        env_prefix="VALUE_LOOP_",
        env_file=".env",
        env_ignore_empty=True,  # a line without a value sets nothing
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("value-loop"), description="Folder for everything that is kept."
    )
    database_url: DatabaseUrl = Field(
        default=None, description="PostgreSQL database in place of a file in the home folder; holds a password, if any."
    )
    keys_url: DatabaseUrl = Field(
        default=None, description="Another PostgreSQL database, for the keys to people's words; for several machines."
    )
    host: str = Field(default="127.0.0.1", description="Address on which the web app listens.")
    port: int = Field(default=7860, ge=0, le=65535, description="Port of the web app; 0 takes a free one.")
    stop_seconds: float = Field(default=30, ge=0, description="Seconds for running answers to end when the app stops.")
    public_url: str | None = Field(
        default=None,
        description="Address under which people reach the app, for sign-in links; https makes cookies Secure.",
    )
    log: LogForm = Field(default=LogForm.TEXT, description="How logs are written to stderr: text or json.")
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Token of at least 16 characters for /metrics, as Prometheus sends it; without one there are none.",
    )
    traces: str | None = Field(
        default=None,
        pattern=r"^https?://[\w.-]+(:\d{1,5})?/?$",
        description="Collector for traces (OTLP over gRPC), as http://127.0.0.1:4317; without one there are none.",
    )
    master_key: MasterKeyText = Field(
        default=None, description="Key that wraps the keys to people's words: 32 bytes in base64; in place of a file."
    )
    master_key_file: Path | None = Field(
        default=None, description="File with that key; made at the first start where it is not there."
    )
    retention_days: int = Field(
        default=90, ge=1, description="Days after a round has closed when what was said in it is deleted."
    )
    chroma_url: str | None = Field(
        default=None,
        pattern=r"^https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?(/[\w-]{3,128})?/?$",
        description="Chroma server that holds the index, as http://host:8000; without one it is in the home folder.",
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="Token that the proxy before that server asks for, sent as X-Chroma-Token; a secret."
    )
    trusted_proxies: Proxies = Field(
        default="127.0.0.1",
        description="Addresses or networks of reverse proxies, with commas; whom they name as sender is believed.",
    )
    link_hours: float = Field(
        default=LINK_LIFE / _HOUR, gt=0, le=168, description="Hours that a sign-in link is good, if nobody uses it."
    )
    session_hours: float = Field(
        default=SESSION_LIFE / _HOUR, gt=0, le=168, description="Hours that somebody stays signed in at most."
    )
    session_idle_minutes: float = Field(
        default=IDLE_LIFE / _MINUTE, ge=10, description="Minutes without use after which somebody is signed out."
    )
    oidc_issuer: Issuer = Field(
        default=None, description="Provider of your organisation's accounts (OpenID Connect), to sign in with them."
    )
    oidc_client_id: str | None = Field(default=None, description="What the provider calls this installation.")
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="The secret that the provider gave this installation, if it gave one."
    )
    oidc_name: str = Field(
        default="your organisation’s account",
        min_length=1,
        max_length=60,
        description="What people read on the button: Sign in with ….",
    )
    smtp_host: str | None = Field(default=None, description="Server that takes mails; without it none are sent.")
    smtp_port: int | None = Field(
        default=None, ge=1, le=65535, description="Its port; without one, the port that is usual for its security."
    )
    smtp_security: Security = Field(
        default=Security.STARTTLS, description="starttls, tls (from the first byte), or none."
    )
    smtp_user: str | None = Field(default=None, description="Whom to sign in as there, if anybody.")
    smtp_password_file: Path | None = Field(default=None, description="File with the password for that.")
    mail_from: PlainAddress = Field(default=None, description="E-mail that mails come from.")
    mail_link_hours: float = Field(
        default=MAILED_LINK_LIFE / _HOUR, gt=0, le=336, description="Hours that the link in a mail is good."
    )
    reminders: int = Field(
        default=REMINDERS, ge=0, le=5, description="Reminders that a person gets in a round at most."
    )
    reminder_days: float = Field(
        default=REMINDERS_APART / _DAY,
        ge=1,
        description="Days that two mails of a round to a person are apart at least.",
    )
    slack_webhook: Webhook = Field(
        default=None, description="Incoming webhook of a Slack channel that is to know of rounds; a secret."
    )
    teams_webhook: Webhook = Field(
        default=None, description="Webhook of a Teams workflow for such a channel; a secret."
    )
    pdf_font: Path | None = Field(
        default=None, description="TrueType font for reports as PDF, if letters beyond Western Europe's are needed."
    )
    knowledge: Path = Field(
        default_factory=lambda: _checkout_or_package("knowledge"), description="Folder of the knowledge base."
    )
    contacts: Path | None = Field(
        default=None, description="TOML file of whom people can turn to with serious matters."
    )
    model: ModelName = Field(
        default=None,
        description="Language model for talks and reading, as openai:MODEL; without it the embedded engine serves.",
    )
    careful_model: ModelName = Field(
        default=None, description="Language model for matching, words of reports and questions."
    )
    model_seconds: float = Field(default=60, gt=0, description="Seconds that one call of a model may take in all.")
    model_at_once: int = Field(default=4, ge=1, description="Calls of a model at the same time.")
    model_context: int = Field(
        default=16_000, ge=1_000, description="Tokens that one call may have, the answer included."
    )
    embeddings: ModelName = Field(
        default=None, description="Model of the same server that makes the vectors; without it the embedded ones serve."
    )
    prices: str | None = Field(
        default=None, description="Prices of the models: a TOML or JSON file, or JSON; without them, tokens only."
    )
    round_tokens: int | None = Field(
        default=None, ge=0, description="Tokens that one round may use; then the embedded engine serves."
    )
    round_money: float | None = Field(
        default=None, ge=0, description="Money that one round may use, in the currency of the prices."
    )
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENAI_API_KEY", description="Key of the server of the models."
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1",
        pattern=r"^https?://[^/\s]+",
        validation_alias="OPENAI_BASE_URL",
        description="Address of a server that speaks OpenAI's chat protocol.",
    )

    @model_validator(mode="after")
    def _keys_apart_from_words(self) -> Self:
        keys, words = in_plain(self.keys_url), in_plain(self.database_url)
        if keys and words and is_same_database(keys, words):
            raise ValueError(
                "VALUE_LOOP_KEYS_URL and VALUE_LOOP_DATABASE_URL name the same database: whoever copied it would have "
                "the words and the keys to them. Make another database for the keys, on another server if you can"
            )
        return self

    @model_validator(mode="after")
    def _no_token_that_others_can_read(self) -> Self:
        if self.chroma_token and not is_safe_address(self.chroma_url or ""):
            raise ValueError("VALUE_LOOP_CHROMA_TOKEN needs VALUE_LOOP_CHROMA_URL with https, or on this machine")
        return self

    @model_validator(mode="after")
    def _all_that_a_provider_needs(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.public_url):
            raise ValueError(
                "VALUE_LOOP_OIDC_ISSUER needs VALUE_LOOP_OIDC_CLIENT_ID, and VALUE_LOOP_PUBLIC_URL as the address to "
                "which the provider lets people come back"
            )
        return self

    @model_validator(mode="after")
    def _all_that_mails_need(self) -> Self:
        if self.smtp_host and not (self.mail_from and self.public_url):
            raise ValueError(
                "VALUE_LOOP_SMTP_HOST needs VALUE_LOOP_MAIL_FROM, and VALUE_LOOP_PUBLIC_URL as the address that links "
                "in mails begin with"
            )
        if (self.slack_webhook or self.teams_webhook) and not self.public_url:
            raise ValueError("VALUE_LOOP_SLACK_WEBHOOK and VALUE_LOOP_TEAMS_WEBHOOK need VALUE_LOOP_PUBLIC_URL")
        return self

    @model_validator(mode="after")
    def _no_password_that_others_can_read(self) -> Self:
        if self.smtp_user and self.smtp_security is Security.NONE and not is_loopback(self.smtp_host or ""):
            raise ValueError(
                "VALUE_LOOP_SMTP_USER needs VALUE_LOOP_SMTP_SECURITY=starttls or tls, so that nobody reads the "
                "password on its way"
            )
        return self

    @field_validator("embeddings")
    @classmethod
    def _nothing_is_sent_without_a_model(cls, given: str | None, info: ValidationInfo) -> str | None:
        if given and not info.data.get("model"):
            raise ValueError("is only used with VALUE_LOOP_MODEL: without a model nothing is sent anywhere")
        return given

    @property
    def is_behind_tls(self) -> bool:
        """Whether people reach the app by https."""
        return (self.public_url or "").startswith("https://")

    @property
    def budget(self) -> Budget:
        """The most that one round may use."""
        return Budget(self.round_tokens, self.round_money)

    @property
    def lives(self) -> Lifetimes:
        """How long links and sessions last."""
        return Lifetimes(
            timedelta(hours=self.link_hours),
            timedelta(hours=self.session_hours),
            timedelta(minutes=self.session_idle_minutes),
        )

    @property
    def reminder_policy(self) -> ReminderPolicy:
        """How often people are reminded."""
        return ReminderPolicy(self.reminders, timedelta(days=self.reminder_days))

    @property
    def prompts(self) -> Path:
        """Folder of the prompts that come with the code."""
        return _checkout_or_package("prompts")
