"""The ways out of the house that are set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.delivery.slack import slack_payload
from assistant.delivery.smtp import Server, SmtpCarrier
from assistant.delivery.teams import teams_payload
from assistant.delivery.webhook import Webhook
from assistant.domain.errors import Broken
from assistant.domain.notices import Channel
from assistant.ports.carrier import Carrier


@dataclass(frozen=True, slots=True)
class Ways:
    """A server for mails and addresses of webhooks, each None where it is not set."""

    mail: Server | None = None
    slack: str | None = None
    teams: str | None = None

    def carriers(self) -> dict[Channel, Carrier]:
        """What goes these ways, each with a connection of its own."""
        made: dict[Channel, Carrier] = {}
        if self.mail:
            made[Channel.MAIL] = SmtpCarrier(self.mail)
        if self.slack:
            made[Channel.SLACK] = Webhook("Slack", self.slack, slack_payload)
        if self.teams:
            made[Channel.TEAMS] = Webhook("Teams", self.teams, teams_payload)
        return made


def read_password(file: Path) -> str:
    """The password in a file, without the end of its line. Raises Broken."""
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(
            f"The file {file} with the password of the mail server cannot be read ({type(error).__name__}). See to it "
            "that it can, or set VALUE_LOOP_SMTP_PASSWORD_FILE to another one."
        ) from None
