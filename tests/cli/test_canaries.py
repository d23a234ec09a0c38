"""Words that stand out are followed through every command: they come out for who may see them, and nowhere else."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_mailing import mailing
from tests.fakes.fault_server import answers, serving
from tests.fakes.mail_server import as_mail, html_of, taking_mails, text_of
from tests.traces import files_with, found_in

REFLECTION, HARSH, KIND, ASKED = "quokkaline", "zebrawoodish", "dulcimerly", "vortextual"
MISSHAPEN, CLOSED, CUT = "marzipanic", "obsidianly", "tangerinian"
WORDS = (REFLECTION, HARSH, KIND, ASKED, MISSHAPEN, CLOSED, CUT)
BOSS, ROUND = "mia@acme.example", "2026-Q4"


def line(author: str, *said: str, round_key: str = ROUND, **changed: Any) -> str:
    """A conversation as a line of a file."""
    kind, about = ("reflection", None) if author == BOSS else ("feedback", BOSS)
    messages = [{"role": "user", "content": content} for content in said]
    whole = {"round": round_key, "kind": kind, "author": author, "about": about, "messages": messages}
    return json.dumps(whole | changed) + "\n"


GOOD = (
    line(BOSS, f"I took time to show everybody how the new {REFLECTION} machine works, step by step.")
    + line("m1@acme.example", f"Decisions take far too long and we wait for {HARSH} weeks.")
    + "".join(
        line(f"m{n}@acme.example", f"She took time to show me how the {KIND} machine works, step by step.")
        for n in range(2, 6)
    )
)
BAD = (
    line("nobody@acme.example", f"She is {MISSHAPEN}.")
    + line("m1@acme.example", f"She is {MISSHAPEN}.", kind=MISSHAPEN)
    + line("m1@acme.example", f"She is {MISSHAPEN}.", messages=[{"role": MISSHAPEN, "content": MISSHAPEN}])
    + line("m1@acme.example", f"She was {CLOSED}.", round_key="2026-Q3")
    + line("m2@acme.example", f"She is {CUT}, and so on.")[:-12]
)


@pytest.fixture
def said(small, tmp_path: Path):
    """Runs commands with a folder of its own for what is temporary, and says which of the words each has written."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def run(*arguments: str | Path) -> set[str]:
        outcome = small(*arguments, TMPDIR=str(temporary), SQLITE_TMPDIR=str(temporary))
        assert "Traceback" not in outcome.err
        assert files_with(temporary, *WORDS) == files_with(small.home, *WORDS) == {}
        return found_in((outcome.out + outcome.err).encode(), WORDS)

    return run


def test_words_come_out_for_who_may_see_them_and_nowhere_else(said, given_file, tmp_path: Path) -> None:
    """One's own export, the manager's own report, the question of who asks; no error, no log, no file of ours."""
    assert said("conversations", "import", given_file(BAD)) == set()
    assert said("conversations", "import", given_file(BAD), "--skip-bad", "--json") == set()
    assert said("people", "import", given_file(BAD)) == set()
    assert said("conversations", "import", given_file(GOOD)) == set()
    assert said("round", "close", ROUND) == set()
    assert said("conversations", "import", given_file(GOOD + BAD)) == set()
    assert said("analyse", ROUND) == set()
    assert said("report", BOSS, "--round", ROUND) == {REFLECTION}
    assert said("report", BOSS, "--round", ROUND, "--format", "html") == {REFLECTION}
    assert said("export", BOSS) == {REFLECTION}
    assert said("export", "m1@acme.example", "--format", "csv") == {HARSH}
    assert said("export", "m2@acme.example", "--output", tmp_path / "own.json") == set()
    assert found_in((tmp_path / "own.json").read_bytes(), WORDS) == {KIND}
    assert said("export", "top@acme.example") == set()
    question = f"Where do people wait for {ASKED} decisions?"
    assert said("ask", question, "--as", "top@acme.example", "--json") == {ASKED}
    assert said("ask", question, "--as", BOSS) == set()
    assert said("report", "m1@acme.example", "--round", ROUND) == set()
    for command in (("log",), ("doctor",), ("corrections",), ("tick",), ("index", "rebuild"), ("mail", "status")):
        assert said(*command, "--json") == set()
    assert said("keys", "rotate") == set()


def test_what_is_sent_holds_none_of_them_and_no_name_goes_to_a_channel(small, said, given_file) -> None:
    """From the invitation to the report and the brief, by mail and to both channels."""
    assert said("conversations", "import", given_file(GOOD)) == set()
    with taking_mails() as server, serving(answers("ok")) as channel:
        hooks = {f"VALUE_LOOP_{name}_WEBHOOK": channel.url for name in ("SLACK", "TEAMS")}
        settings = mailing(server.port) | hooks
        for command in (("round", "open", "2027-Q1"), ("round", "close", ROUND), ("analyse", ROUND), ("tick",)):
            outcome = small(*command, **settings)
            assert outcome.status == 0
            assert found_in((outcome.out + outcome.err).encode(), WORDS) == set()
    assert (len(server.taken), len(channel.requests)) == (11, 4)
    mails = "".join(text_of(as_mail(content)) + html_of(as_mail(content)) for _, content in server.taken)
    assert found_in(mails.encode(), WORDS) == set()
    posted = json.dumps(channel.requests)
    assert found_in(posted.encode(), WORDS) == set()
    assert [name for name in ("Mia", "Toni", "Member", "@") if name in posted] == []
    assert files_with(small.home, *WORDS) == {}


def test_what_was_altered_past_the_product_is_refused_without_a_word_of_it(small, said, given_file) -> None:
    """Neither the words that were put there, nor those that stood there before, are in what the commands say."""
    assert said("conversations", "import", given_file(GOOD)) == set()
    of_another = "SELECT content FROM message JOIN conversation ON conversation.id = conversation WHERE author = ?"
    with closing(sqlite3.connect(small.home / "value-loop.sqlite3")) as file, file:
        file.execute(f"UPDATE message SET content = ({of_another})", (BOSS,))  # noqa: S608 - our own words
    assert said("analyse", ROUND) == set()
    assert said("export", "m1@acme.example") == set()
    assert said("doctor") == set()


def test_who_is_erased_leaves_no_word_and_no_key(small, said, given_file) -> None:
    """The export of before is what the person has; afterwards there is nothing to give out."""
    assert said("conversations", "import", given_file(GOOD)) == set()
    assert said("export", "m1@acme.example") == {HARSH}
    assert said("erase", "m1@acme.example", "--yes") == set()
    assert said("export", "m1@acme.example") == set()
    with closing(sqlite3.connect(small.home / "value-loop.sqlite3")) as file:
        assert file.execute("SELECT count(*) FROM data_key WHERE owner = 'm1@acme.example'").fetchone() == (0,)
