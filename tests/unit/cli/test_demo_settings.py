"""What the demo does without."""

from pathlib import Path

import pytest

from assistant.cli.running import parts
from assistant.cli.serving import OF_A_REAL_INSTALLATION


def test_the_demo_keeps_off_what_a_real_installation_reaches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its database and its index lie in its own folder, and its guests need no account anywhere."""
    for name, value in {
        "PUBLIC_URL": "https://loop.acme.example",
        "DATABASE_URL": "postgresql://db.acme.example/value_loop",
        "CHROMA_URL": "https://chroma.acme.example",
        "CHROMA_TOKEN": "of-our-own",
        "OIDC_ISSUER": "https://accounts.acme.example",
        "OIDC_CLIENT_ID": "value-loop",
    }.items():
        monkeypatch.setenv(f"VALUE_LOOP_{name}", value)
    demo = parts(home=tmp_path, **dict.fromkeys(OF_A_REAL_INSTALLATION))
    assert (demo.settings.database_url, demo.settings.chroma_url, demo.identity_provider) == (None, None, None)
    assert demo.store.place.startswith(str(tmp_path))


def test_the_demo_sends_nobody_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the environment has all that sending needs: its people are made up."""
    for name, value in {
        "PUBLIC_URL": "https://loop.acme.example",
        "SMTP_HOST": "mail.acme.example",
        "SMTP_USER": "value-loop",
        "MAIL_FROM": "loop@acme.example",
        "SLACK_WEBHOOK": "https://hooks.slack.example/x",
        "TEAMS_WEBHOOK": "https://teams.example/x",
    }.items():
        monkeypatch.setenv(f"VALUE_LOOP_{name}", value)
    assert set(parts(home=tmp_path).carriers()) == {"mail", "slack", "teams"}
    demo = parts(home=tmp_path, **dict.fromkeys(OF_A_REAL_INSTALLATION))
    assert (demo.carriers(), demo.announcer.channels) == ({}, frozenset())
