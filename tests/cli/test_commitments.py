"""Commitments by the command line: for a manager, at their request, and written down."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.fakes.mail_server import taking_mails, text_of
from tests.fakes.sending import mailing
from tests.traces import files_with

BOSS, ROUND = "henrike@threeherons.example", "2026-Q3"
STEP, NOTE, OUTCOME = "quokkaline", "zebrawoodish", "dulcimerly"
SOON = f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}"


def test_a_step_is_taken_on_noted_upon_and_ended(example) -> None:
    """Words come out in the list, in the calendar and in the export, and in no file in plain; each look is logged."""
    of_report = ("--round", ROUND, "--due", SOON)
    taken = example(
        "commitments", "take", BOSS, *of_report, "--suggestion", "s1", "--step", f"Say {STEP} why.", "--json"
    )
    assert (taken.status, set(taken.json)) == (0, {"id", "state", "due"}), taken.err
    id_ = taken.json["id"]
    assert example("commitments", "note", id_, f"It was {NOTE}.").status == 0
    (listed,) = example("commitments", "list", BOSS, "--json").json
    assert (listed["step"], listed["due"], listed["practice"]) == (f"Say {STEP} why.", SOON, listed["practice"])
    assert listed["question"].startswith("Have you noticed any change in ")
    (entry,) = Calendar.from_ical(example("commitments", "list", BOSS, "--format", "ics").out).walk("VEVENT")
    assert f"{entry.decoded('dtstart')}" == SOON
    assert example("commitments", "close", id_, "--as", "done", "--because", OUTCOME).status == 0
    shown = example("commitments", "list", BOSS).out
    assert all(word in shown for word in (STEP, NOTE, OUTCOME, "done"))
    assert files_with(example.home, STEP, NOTE, OUTCOME) == {}
    (exported,) = example("export", BOSS, "--json").json["commitments"]
    assert (exported["outcome"], exported["notes"][0]["text"]) == (OUTCOME, f"It was {NOTE}.")
    looks = [entry["looked"] for entry in example("log", "--json").json]
    assert looks.count("commitments") == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--due", "soon", "--suggestion", "s1"), "'soon' is not a date"),
        (("--due", "2020-01-01", "--suggestion", "s1"), "from today on"),
        (("--due", SOON, "--suggestion", "s9"), "no suggestion s9"),
        (("--due", SOON, "--about", "juggling", "--step", "Juggle."), "Choose what it is about"),
        (("--due", SOON, "--about", "goals"), "Say in a sentence"),
    ],
)
def test_what_cannot_be_taken_on_is_refused_in_words(example, arguments, says: str) -> None:
    """Exit status 2, and what to mend; nothing is kept."""
    refused = example("commitments", "take", BOSS, "--round", ROUND, *arguments)
    assert refused.status == 2
    assert says in refused.err
    assert example("commitments", "list", BOSS).out.strip() == "Nothing has been taken on."


def on_its_day(home: Path) -> None:
    """The day has come on which a manager wanted to look back."""
    with closing(sqlite3.connect(home / "value-loop.sqlite3")) as file, file:
        file.execute("UPDATE notice SET due_at = '2026-01-01 07:00:00.000000' WHERE kind = 'look_back'")


def test_two_rounds_end_with_what_the_team_noticed(small, given_file) -> None:
    """Round, report, commitment, a mail on its day, round, report: what the team says of it the second time."""

    def held(key: str, said: str) -> None:
        lines = (
            {
                "round": key,
                "kind": "feedback",
                "author": f"m{n}@acme.example",
                "about": "mia@acme.example",
                "messages": [{"role": "user", "content": said}],
            }
            for n in range(1, 6)
        )
        file = given_file("".join(f"{json.dumps(line)}\n" for line in lines))
        assert small("conversations", "import", file).status == 0
        assert small("round", "close", key).status == 0
        assert small("analyse", key, "--manager", "mia@acme.example").status == 0

    held("2026-Q4", "Decisions take far too long and we wait for weeks.")
    with taking_mails() as server:
        settings = mailing(server.port)
        taken = small(
            *("commitments", "take", "mia@acme.example", "--round", "2026-Q4", "--due", SOON),
            *("--about", "timely_decisions", "--step", f"I decide on {STEP} Mondays."),
            **settings,
        )
        assert taken.status == 0, taken.err
        on_its_day(small.home)
        assert [small("tick", **settings).out for _ in range(2)] == ["Nothing is due.\n"] * 2
    (mail,) = server.mails_to("mia@acme.example")
    assert mail["Subject"] == "A day to look back"
    assert STEP not in text_of(mail)
    assert small("round", "open", "2027-Q1").status == 0
    held("2027-Q1", "She decides the same day when we ask for a sign-off, which helps me a lot.")
    report = small("report", "mia@acme.example", "--round", "2027-Q1")
    (echo,) = report.json["commitments"]
    assert (echo["behaviour"], echo["noticed"], echo["respondents"]) == ("timely_decisions", "noticed", 5)
    assert report.json["since"]["round"] == "2026-Q4"
    assert STEP not in report.out
    shown = small("report", "mia@acme.example", "--round", "2027-Q1", "--format", "markdown").out
    assert "Last time it was among what they missed" in shown
