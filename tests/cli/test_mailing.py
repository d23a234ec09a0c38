"""``value-loop mail``, and what other commands have sent."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.fakes.fault_server import answers, serving
from tests.fakes.mail_server import taking_mails
from tests.fakes.sending import mailing

EVERYBODY = {"top@acme.example", "mia@acme.example", "ada@acme.example", *(f"m{n}@acme.example" for n in range(1, 6))}
LONGEST_START = 120
UNGUESSABLE = "T000-of-nobody-else"


def test_a_round_is_opened_and_everybody_who_is_asked_gets_one_mail(small) -> None:
    """By the next tick, and by no later one; what is shown are counts, and of reminders only how many are planned."""
    with taking_mails() as server:
        settings = mailing(server.port)
        assert small("round", "open", "2027-Q1", **settings).status == 0
        assert server.taken == []
        ticked = small("tick", **settings)
        assert (ticked.status, ticked.out) == (0, "Sent, reminders aside: 8.\n")
        assert small("tick", **settings).out == "Nothing is due.\n"
        assert server.counts == dict.fromkeys(EVERYBODY, 1)
        assert f"localhost:{server.port} answers" in small("doctor", **settings).out
    told = small("mail", "status")
    assert told.out.splitlines()[0] == "invitation by mail, sent: 8"
    assert "Reminders planned: 16." in told.out
    assert "@" not in told.out
    assert small("mail", "status", "--json").json["failed"] == []


def test_the_app_and_tick_send_together_and_nothing_twice(small) -> None:
    """The app sends by itself, soon after it has started."""
    with taking_mails() as server:
        settings = mailing(server.port)
        assert small("round", "open", "2027-Q1", **settings).status == 0
        app = small.start("serve", "--port", "0", **settings)
        end = time.monotonic() + LONGEST_START
        try:
            while len(server.taken) < len(EVERYBODY):
                assert small("tick", **settings).status == 0
                assert app.poll() is None, app.communicate()[1]
                assert time.monotonic() < end
        finally:
            app.terminate()
            app.communicate()
        assert small("tick", **settings).status == 0
        assert server.counts == dict.fromkeys(EVERYBODY, 1)


def test_what_cannot_be_sent_is_said_with_its_reason_and_sent_when_it_is_mended(small) -> None:
    """Addresses only of who could not be reached for good."""
    with taking_mails() as server:
        settings = mailing(server.port)
        server.at_address["m1@acme.example"] = "550 5.1.1 no such user"
        small("round", "open", "2027-Q1", **settings)
        assert "Could not be sent for now: 1. See: value-loop mail status" in small("tick", **settings).out
        problem = f"localhost:{server.port} refused it (550 5.1.1)"
        assert f"Failed for m1@acme.example: {problem}." in small("mail", "status").out
        doctor = small("doctor", **settings)
        assert doctor.status == 1
        assert "1 notice could not be sent. See why with: value-loop mail status" in doctor.out
        server.at_address.clear()
        assert small("mail", "retry").out == "Waiting again, reminders aside: 1.\n"
        small("tick", **settings)
        assert server.counts == dict.fromkeys(EVERYBODY, 1)
        assert small("doctor", **settings).status == 0


def test_a_server_that_is_not_there_is_found(small) -> None:
    """By doctor, before anybody is to get a mail."""
    with taking_mails() as gone:
        settings = mailing(gone.port)
    doctor = small("doctor", **settings)
    assert doctor.status == 1
    assert f"MEND  sending: localhost:{gone.port} cannot be reached (Connection refused)." in doctor.out


def test_the_address_of_a_webhook_is_printed_nowhere(small) -> None:
    """Neither when a message is posted, nor when it cannot be."""
    with serving(answers("ok")) as channel:
        settings = {
            "VALUE_LOOP_SLACK_WEBHOOK": f"{channel.url}/{UNGUESSABLE}",
            "VALUE_LOOP_PUBLIC_URL": "https://loop.acme.example",
        }
        small("round", "open", "2027-Q1", **settings)
        said = [small("tick", **settings), small("doctor", **settings)]
        assert len(channel.requests) == 1
    small("round", "open", "2027-Q2", **settings)
    said += [small("tick", **settings), small("doctor", **settings), small("mail", "status", **settings)]
    assert "Slack cannot be reached" in said[-1].out
    assert UNGUESSABLE not in "".join(one.out + one.err for one in said)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"VALUE_LOOP_MAIL_FROM": ""}, "VALUE_LOOP_SMTP_HOST needs VALUE_LOOP_MAIL_FROM"),
        ({"VALUE_LOOP_MAIL_FROM": "Value Loop"}, "VALUE_LOOP_MAIL_FROM: "),
        ({"VALUE_LOOP_SMTP_SECURITY": "some"}, "VALUE_LOOP_SMTP_SECURITY: "),
        ({"VALUE_LOOP_SMTP_HOST": "mail.acme.example", "VALUE_LOOP_SMTP_USER": "me"}, "nobody reads the password"),
        ({"VALUE_LOOP_TEAMS_WEBHOOK": "http://teams.example/hook"}, "VALUE_LOOP_TEAMS_WEBHOOK: "),
    ],
)
def test_settings_that_do_not_go_together_are_refused(value_loop, changed, says) -> None:
    """With what is missing, and without what was given."""
    outcome = value_loop("mail", "status", **mailing(25) | changed)
    assert outcome.status == 2
    assert says in outcome.err
    assert "teams.example" not in outcome.err


def test_a_password_that_cannot_be_read_is_said_so(small, tmp_path) -> None:
    """With its file and its setting; doctor finds it, and tick does the rest of what is due before it ends."""
    settings = mailing(25) | {"VALUE_LOOP_SMTP_PASSWORD_FILE": str(tmp_path / "nowhere")}
    for command in ("doctor", "tick"):
        outcome = small(command, **settings)
        assert outcome.status == 1
        assert "VALUE_LOOP_SMTP_PASSWORD_FILE" in outcome.out + outcome.err
        assert "Traceback" not in outcome.err


def test_a_round_opens_as_planned_and_invites_whoever_is_asked(small) -> None:
    """The plan is told as it was made, and the next one stands when its round has opened."""
    plan = ("--opens", "2998-01-05T08:00", "--closes", "2998-01-20", "--every", "quarter")
    made = small("round", "plan", "2998-Q1", *plan)
    words = "2998-Q1 from 2998-01-05 08:00 until 2998-01-20 23:59 UTC, floor 4, and so on every quarter."
    assert (made.status, made.out) == (0, f"Planned: {words}\n")
    assert small("round", "plans").out == f"{words}\n"
    with closing(sqlite3.connect(small.home / "value-loop.sqlite3")) as file, file:
        file.execute("UPDATE planned_round SET opens_at = datetime('now', '-1 day') || '.000000'")
    with taking_mails() as server:
        ticked = small("tick", **mailing(server.port))
        assert ticked.out == "Round 2998-Q1 is open, as planned.\nSent, reminders aside: 8.\n"
        assert server.counts == dict.fromkeys(EVERYBODY, 1)
    (following,) = small("round", "plans", "--json").json
    assert following["round"] == "2998-Q2"
    assert small("round", "unplan", "2998-Q2").status == 0
    assert small("round", "plans").out == "No round is planned.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("plan", "2026-Q4", "--opens", "2999-01-01"), "There is a round 2026-Q4 already"),
        (("plan", "2999-Q1", "--opens", "2020-01-01"), "opens in the future"),
        (("plan", "2999-Q1", "--opens", "soon"), "is not a date"),
        (
            ("plan", "spring", "--opens", "2999-01-01", "--closes", "2999-01-20", "--every", "quarter"),
            "such as 2026-Q4",
        ),
        (("unplan", "2999-Q1"), "No round 2999-Q1 is planned"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(small, arguments, says) -> None:
    """In words, with exit status 2."""
    outcome = small("round", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
