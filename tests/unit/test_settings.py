"""Settings: the only reader of the environment."""

from pathlib import Path

import pytest
from platformdirs import user_data_path
from pydantic import SecretStr, ValidationError

from assistant.delivery.security import Security
from assistant.settings import Settings
from assistant.telemetry.log_form import LogForm

A_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and an environment in which nothing is set."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VALUE_LOOP_{name.upper()}", raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_has_to_be_set():
    """Everything is kept in the user's data folder, and only this machine can reach the app."""
    settings = Settings()
    assert settings.home == user_data_path("value-loop")
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 7860, None)
    assert (settings.knowledge / "behaviours.yaml").is_file()


def test_the_environment_is_heard(monkeypatch, tmp_path):
    """Each setting by its name in capitals."""
    monkeypatch.setenv("VALUE_LOOP_HOME", str(tmp_path / "kept"))
    monkeypatch.setenv("VALUE_LOOP_DATABASE_URL", "postgresql://loop@db/loop")
    monkeypatch.setenv("VALUE_LOOP_KEYS_URL", "postgresql://loop@keys/loop")
    monkeypatch.setenv("VALUE_LOOP_HOST", "0.0.0.0")  # noqa: S104 - whoever runs it in a container sets this
    monkeypatch.setenv("VALUE_LOOP_PORT", "0")
    monkeypatch.setenv("VALUE_LOOP_STOP_SECONDS", "60")
    monkeypatch.setenv("VALUE_LOOP_PUBLIC_URL", "https://loop.acme.example")
    monkeypatch.setenv("VALUE_LOOP_LOG", "json")
    monkeypatch.setenv("VALUE_LOOP_METRICS_TOKEN", "0123456789abcdef")
    monkeypatch.setenv("VALUE_LOOP_TRACES", "http://127.0.0.1:4317")
    monkeypatch.setenv("VALUE_LOOP_MASTER_KEY", A_KEY)
    monkeypatch.setenv("VALUE_LOOP_MASTER_KEY_FILE", str(tmp_path / "master.key"))
    monkeypatch.setenv("VALUE_LOOP_RETENTION_DAYS", "30")
    monkeypatch.setenv("VALUE_LOOP_CHROMA_URL", "https://chroma.acme.example/loop")
    monkeypatch.setenv("VALUE_LOOP_CHROMA_TOKEN", "of-nobody")
    monkeypatch.setenv("VALUE_LOOP_TRUSTED_PROXIES", "10.0.0.0/24")
    monkeypatch.setenv("VALUE_LOOP_LINK_HOURS", "4")
    monkeypatch.setenv("VALUE_LOOP_SESSION_HOURS", "8")
    monkeypatch.setenv("VALUE_LOOP_SESSION_IDLE_MINUTES", "45")
    monkeypatch.setenv("VALUE_LOOP_OIDC_ISSUER", "https://id.acme.example")
    monkeypatch.setenv("VALUE_LOOP_OIDC_CLIENT_ID", "value-loop")
    monkeypatch.setenv("VALUE_LOOP_OIDC_CLIENT_SECRET", "of-nobody")
    monkeypatch.setenv("VALUE_LOOP_OIDC_NAME", "Acme")
    monkeypatch.setenv("VALUE_LOOP_SMTP_HOST", "mail.acme.example")
    monkeypatch.setenv("VALUE_LOOP_SMTP_PORT", "2525")
    monkeypatch.setenv("VALUE_LOOP_SMTP_SECURITY", "tls")
    monkeypatch.setenv("VALUE_LOOP_SMTP_USER", "value-loop")
    monkeypatch.setenv("VALUE_LOOP_SMTP_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("VALUE_LOOP_MAIL_FROM", "loop@acme.example")
    monkeypatch.setenv("VALUE_LOOP_MAIL_LINK_HOURS", "96")
    monkeypatch.setenv("VALUE_LOOP_REMINDERS", "1")
    monkeypatch.setenv("VALUE_LOOP_REMINDER_DAYS", "5")
    monkeypatch.setenv("VALUE_LOOP_SLACK_WEBHOOK", "https://hooks.slack.example/of-nobody")
    monkeypatch.setenv("VALUE_LOOP_TEAMS_WEBHOOK", "https://teams.example/of-nobody")
    monkeypatch.setenv("VALUE_LOOP_KNOWLEDGE", str(tmp_path))
    monkeypatch.setenv("VALUE_LOOP_CONTACTS", str(tmp_path / "contacts.toml"))
    monkeypatch.setenv("VALUE_LOOP_PDF_FONT", str(tmp_path / "font.ttf"))
    monkeypatch.setenv("VALUE_LOOP_MODEL", "openai:qwen3:8b")
    monkeypatch.setenv("VALUE_LOOP_CAREFUL_MODEL", "openai:qwen3:32b")
    monkeypatch.setenv("VALUE_LOOP_MODEL_SECONDS", "90")
    monkeypatch.setenv("VALUE_LOOP_MODEL_AT_ONCE", "2")
    monkeypatch.setenv("VALUE_LOOP_MODEL_CONTEXT", "8000")
    monkeypatch.setenv("VALUE_LOOP_EMBEDDINGS", "openai:tiny")
    monkeypatch.setenv("VALUE_LOOP_PRICES", "prices.toml")
    monkeypatch.setenv("VALUE_LOOP_ROUND_TOKENS", "5000")
    monkeypatch.setenv("VALUE_LOOP_ROUND_MONEY", "2.5")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-nobody")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1")
    assert Settings().model_dump() == {
        "home": tmp_path / "kept",
        "database_url": SecretStr("postgresql://loop@db/loop"),
        "keys_url": SecretStr("postgresql://loop@keys/loop"),
        "host": "0.0.0.0",  # noqa: S104
        "port": 0,
        "stop_seconds": 60,
        "log": LogForm.JSON,
        "metrics_token": SecretStr("0123456789abcdef"),
        "traces": "http://127.0.0.1:4317",
        "public_url": "https://loop.acme.example",
        "master_key": SecretStr(A_KEY),
        "master_key_file": tmp_path / "master.key",
        "retention_days": 30,
        "chroma_url": "https://chroma.acme.example/loop",
        "chroma_token": SecretStr("of-nobody"),
        "trusted_proxies": "10.0.0.0/24",
        "link_hours": 4.0,
        "session_hours": 8.0,
        "session_idle_minutes": 45.0,
        "oidc_issuer": "https://id.acme.example",
        "oidc_client_id": "value-loop",
        "oidc_client_secret": SecretStr("of-nobody"),
        "oidc_name": "Acme",
        "smtp_host": "mail.acme.example",
        "smtp_port": 2525,
        "smtp_security": Security.TLS,
        "smtp_user": "value-loop",
        "smtp_password_file": tmp_path / "password",
        "mail_from": "loop@acme.example",
        "mail_link_hours": 96,
        "reminders": 1,
        "reminder_days": 5,
        "slack_webhook": SecretStr("https://hooks.slack.example/of-nobody"),
        "teams_webhook": SecretStr("https://teams.example/of-nobody"),
        "knowledge": tmp_path,
        "contacts": tmp_path / "contacts.toml",
        "pdf_font": tmp_path / "font.ttf",
        "model": "openai:qwen3:8b",
        "careful_model": "openai:qwen3:32b",
        "model_seconds": 90,
        "model_at_once": 2,
        "model_context": 8000,
        "embeddings": "openai:tiny",
        "prices": "prices.toml",
        "round_tokens": 5000,
        "round_money": 2.5,
        "openai_api_key": SecretStr("sk-of-nobody"),
        "openai_base_url": "http://127.0.0.1:11434/v1",
    }


def test_a_file_in_the_working_folder_is_heard_below_the_environment(monkeypatch, nothing_set):
    """What is set for one run wins over what is written down; lines of other programs are left alone."""
    (nothing_set / ".env").write_text("VALUE_LOOP_PORT=7000\nVALUE_LOOP_HOST=10.0.0.1\nOTHER=1\n")
    monkeypatch.setenv("VALUE_LOOP_PORT", "8000")
    assert (Settings().port, Settings().host) == (8000, "10.0.0.1")


@pytest.mark.parametrize("port", ["-1", "65536", "seven"])
def test_a_port_that_cannot_be_is_refused(monkeypatch, port):
    """Before anything listens."""
    monkeypatch.setenv("VALUE_LOOP_PORT", port)
    with pytest.raises(ValidationError, match="port"):
        Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VALUE_LOOP_MODEL", "gpt-5-mini"),
        ("VALUE_LOOP_MODEL", "openai:"),
        ("VALUE_LOOP_CAREFUL_MODEL", "other:large"),
        ("VALUE_LOOP_MODEL_SECONDS", "0"),
        ("VALUE_LOOP_MODEL_AT_ONCE", "0"),
        ("VALUE_LOOP_MODEL_CONTEXT", "10"),
        ("OPENAI_BASE_URL", "models.acme.example"),
    ],
)
def test_a_model_that_cannot_be_reached_so_is_refused(monkeypatch, name, value):
    """Before anything is sent."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("VALUE_LOOP_").lower() if "V" in name else name):
        Settings()


@pytest.mark.parametrize(
    "keys",
    [
        "postgresql://of-the-keys:of-nobody@db.acme.example/loop",
        "postgresql://DB.acme.example:5432/loop?sslmode=require",
        "postgresql:///?host=db.acme.example&dbname=loop",
    ],
)
def test_keys_lie_in_another_database_than_what_they_lock(keys):
    """The same one is refused by whatever user and form of address, and no password is repeated."""
    words = SecretStr("postgresql://loop:of-nobody@db.acme.example/loop")
    with pytest.raises(
        ValidationError, match="VALUE_LOOP_KEYS_URL and VALUE_LOOP_DATABASE_URL name the same"
    ) as raised:
        Settings(database_url=words, keys_url=SecretStr(keys))
    assert "of-nobody" not in str(raised.value)
    apart = SecretStr("postgresql://loop:of-nobody@db.acme.example/keys")
    assert Settings(database_url=words, keys_url=apart).keys_url == apart


@pytest.mark.parametrize("value", ["c2hvcnQ=", "not base64 at all", A_KEY[:-4]])
def test_a_master_key_that_is_none_is_refused_without_being_shown(monkeypatch, value):
    """With how to make one; what was given may be a part of a real one."""
    monkeypatch.setenv("VALUE_LOOP_MASTER_KEY", value)
    with pytest.raises(ValidationError, match="openssl rand -base64 32") as raised:
        Settings()
    assert value not in str(raised.value)


def test_a_line_without_a_value_sets_no_model(monkeypatch):
    """As in a file in which every name is written down."""
    monkeypatch.setenv("VALUE_LOOP_MODEL", "")
    assert Settings().model is None


def test_the_key_does_not_show(monkeypatch):
    """Neither where settings are printed nor in an error."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-nobody")
    assert "sk-of-nobody" not in repr(Settings()) + str(Settings().model_dump())


def test_settings_do_not_change_while_running():
    """Nothing can move the home folder under the feet of a running process."""
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


def test_every_setting_says_what_it_is_for():
    """The documentation is made of these words."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_vectors_are_made_by_a_server_only_beside_a_model(monkeypatch):
    """Without a model nothing is sent anywhere, whatever else is set."""
    monkeypatch.setenv("VALUE_LOOP_EMBEDDINGS", "openai:tiny")
    with pytest.raises(ValidationError, match="without a model nothing is sent anywhere") as refused:
        Settings()
    assert refused.value.errors()[0]["loc"] == ("embeddings",)
    monkeypatch.setenv("VALUE_LOOP_MODEL", "openai:small")
    assert Settings().embeddings == "openai:tiny"


@pytest.mark.parametrize("address", ["acme:8000", "ftp://chroma", "http://chroma/a/b", "http://me:secret@chroma:8000"])
def test_a_chroma_server_is_an_address_and_at_most_a_database(address):
    """Anything else is refused, and not repeated, as it may hold a secret."""
    with pytest.raises(ValidationError, match="chroma_url") as refused:
        Settings(chroma_url=address)
    assert address not in str(refused.value)


@pytest.mark.parametrize("address", [None, "http://chroma:8000"])
def test_a_token_goes_to_nobody_who_could_be_overheard(address):
    """Only with https, or to this machine."""
    with pytest.raises(ValidationError, match="VALUE_LOOP_CHROMA_TOKEN needs"):
        Settings(chroma_url=address, chroma_token=SecretStr("of-nobody"))
    assert Settings(chroma_url="http://127.0.0.1:8000", chroma_token=SecretStr("of-nobody")).chroma_token


def test_a_token_for_metrics_is_not_short():
    """What can be tried out is refused, and not repeated."""
    with pytest.raises(ValidationError, match="at least 16") as refused:
        Settings(metrics_token=SecretStr("guess"))
    assert "guess" not in str(refused.value)
