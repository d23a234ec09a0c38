"""``value-loop link``, ``export`` and ``erase``."""

import csv
import io
import json
from dataclasses import replace

import pytest

from assistant.domain.access import person
from assistant.domain.statements import Span
from assistant.stores.sql.store import SqlStore


def feedback(*said: str) -> str:
    """A line in which a member of Mia's team says these things."""
    messages = [{"role": "user", "content": content} for content in said]
    about = {"author": "m1@acme.example", "about": "mia@acme.example"}
    return json.dumps({"round": "2026-Q4", "kind": "feedback", **about, "messages": messages}) + "\n"


def test_a_link_leads_to_the_sign_in_page(small) -> None:
    """Its address is that of the settings; each call makes a new secret."""
    first = small("link", "MIA@acme.example").out
    assert first.startswith("http://127.0.0.1:7860/sign-in?token=")
    public = small("link", "mia@acme.example", "--json", VALUE_LOOP_PUBLIC_URL="https://loop.acme.example/").json
    assert public["email"] == "mia@acme.example"
    assert public["link"].startswith("https://loop.acme.example/sign-in?token=")
    assert public["link"].rpartition("=")[2] != first.strip().rpartition("=")[2]


def test_nobody_unknown_gets_a_link(small) -> None:
    """Exit 2."""
    assert small("link", "who@acme.example").status == 2


def test_an_export_holds_a_persons_own_words_and_nobody_elses(small, given_file) -> None:
    """As JSON: who they are and what they said; their manager's export has none of it."""
    assert small("conversations", "import", given_file(feedback("She explains.", "And listens."))).status == 0
    own = small("export", "m1@acme.example").json
    assert own["person"]["name"] == "Member 1"
    assert [message["content"] for message in own["conversations"][0]["messages"]] == ["She explains.", "And listens."]
    assert small("export", "mia@acme.example").json["conversations"] == []


def test_an_export_says_what_its_author_decided(small, given_file) -> None:
    """Which places are held back, which are said under their name, and what was meant as an ordinary message."""
    assert small("conversations", "import", given_file(feedback("She explains.", "And listens."))).status == 0
    own, store = person("m1@acme.example"), SqlStore.open(small.home)
    with store.work() as work:
        (held,) = work.conversations.by_author(own.email, own)
        work.statements.keep_back(held.id, Span(0, 0, 12), True, own)
        work.statements.put_name(held.id, Span(1, 4, 11), True, own)
        work.conversations.judge(replace(held, messages=tuple(replace(m, vouched=True) for m in held.messages)), own)
    store.close()
    (given,) = small("export", "m1@acme.example").json["conversations"]
    assert given["held_back"] == [{"message": 0, "start": 0, "end": 12}]
    assert given["under_name"] == [{"message": 1, "start": 4, "end": 11}]
    assert [message["meant_as_ordinary"] for message in given["messages"]] == [True, True]


def test_a_list_for_spreadsheets_holds_no_formulas(small, given_file, tmp_path) -> None:
    """What begins like a formula begins with an apostrophe; other text stays as it is."""
    said = ["=1+1", "+49 call", "-1", "@SUM(A1)", "  =2", "\n=cmd|x", "\uff1d3", 'Fine, "really" fine = good']
    assert small("conversations", "import", given_file(feedback(*said))).status == 0
    table = tmp_path / "own.csv"
    assert small("export", "m1@acme.example", "--format", "csv", "--output", table).status == 0
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline="")))
    assert [row["content"] for row in rows] == [*(f"'{text}" for text in said[:-1]), said[-1]]
    assert {row["round"] for row in rows} == {"2026-Q4"}


def test_erasing_asks_first(small) -> None:
    """Without a yes nothing happens; exit 1."""
    refused = small("erase", "m1@acme.example", answers="n\n")
    assert refused.status == 1
    assert "Member 1 (m1@acme.example)" in refused.err
    assert small("erase", "m1@acme.example").status == 1
    assert small("export", "m1@acme.example").status == 0


@pytest.mark.parametrize(("answers", "arguments"), [("y\n", ()), ("", ("--yes",))])
def test_erasing_takes_a_persons_words_out_of_every_file(small, given_file, answers, arguments) -> None:
    """Afterwards the person is unknown, and no file under the home folder holds what they said."""
    assert small("conversations", "import", given_file(feedback("UNMISTAKABLE words"))).status == 0
    outcome = small("erase", "m1@acme.example", *arguments, answers=answers)
    assert outcome.status == 0
    assert "1 conversation" in outcome.out
    assert "2026-Q4" in outcome.out
    assert small("export", "m1@acme.example").status == 2
    held = [path for path in small.home.rglob("*") if path.is_file()]
    assert held
    assert [path for path in held if b"UNMISTAKABLE" in path.read_bytes()] == []
