"""What the demo does without."""

from pathlib import Path

import pytest

from assistant.cli.running import parts
from assistant.cli.serving import OF_A_REAL_INSTALLATION


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
