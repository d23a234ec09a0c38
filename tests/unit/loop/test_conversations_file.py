"""conversations.jsonl: what is read, and what is refused with which words."""

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import BadInput
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.conversations_file import RoundFacts, RoundLine, read_conversations
from assistant.loop.incoming import Parsed

NOW = datetime(2026, 11, 2, tzinfo=UTC)
LINE = {"li@acme.example": "mia@acme.example", "mia@acme.example": "top@acme.example"}
FACTS = RoundFacts(
    frozenset({"li@acme.example", "mia@acme.example", "top@acme.example", "new@acme.example"}),
    {
        "2026-Q3": RoundLine(Round("2026-Q3", 4, NOW, closed_at=NOW), LINE, frozenset(LINE.values())),
        "2026-Q4": RoundLine(Round("2026-Q4", 4, NOW), LINE, frozenset(LINE.values())),
    },
)
SAID = [
    {"role": "assistant", "content": "What value are you bringing to Li?"},
    {"role": "user", "content": "I moved her onto the pricing work she asked for."},
]
REFLECTION: dict[str, Any] = {
    "round": "2026-Q4",
    "kind": "reflection",
    "author": "mia@acme.example",
    "about": "li@acme.example",
    "messages": SAID,
}
FEEDBACK = REFLECTION | {"kind": "feedback", "author": "li@acme.example", "about": "mia@acme.example"}


def read(data: bytes | str, skip_bad: bool = False) -> Parsed[Conversation]:
    """A file as it is read, with ids 1, 2, 3 ..."""
    ids = (str(number) for number in itertools.count(1))
    return read_conversations(data.encode() if isinstance(data, str) else data, FACTS, lambda: next(ids), skip_bad)


def refusal(*conversations: dict[str, Any] | str | bytes) -> list[str]:
    """The problems for which a file of these lines is refused."""
    lines = [
        c if isinstance(c, bytes) else (c if isinstance(c, str) else json.dumps(c)).encode() for c in conversations
    ]
    with pytest.raises(BadInput) as refused:
        read(b"\n".join(lines))
    return [str(problem) for problem in refused.value.problems]


def saying(*contents: str) -> dict[str, Any]:
    """A reflection in which the manager says these things."""
    return REFLECTION | {"messages": [{"role": "user", "content": content} for content in contents]}


def test_a_line_becomes_a_conversation() -> None:
    """E-mails are lower case, everything else is as the file has it."""
    line = REFLECTION | {"author": " Mia@acme.example ", "about": "LI@acme.example"}
    assert read(json.dumps(line)).records == (
        Conversation(
            id="1",
            round_key="2026-Q4",
            kind=ConversationKind.REFLECTION,
            author="mia@acme.example",
            about="li@acme.example",
            messages=(
                Message(Speaker.ASSISTANT, "What value are you bringing to Li?"),
                Message(Speaker.USER, "I moved her onto the pricing work she asked for."),
            ),
        ),
    )


def test_a_reflection_may_be_about_the_team_as_a_whole() -> None:
    """``about`` is null then."""
    assert read(json.dumps(REFLECTION | {"about": None})).records[0].about is None


def test_feedback_is_anonymous_unless_its_author_chose_to_be_named() -> None:
    """Only ``"named": true`` names somebody."""
    named = [FEEDBACK, FEEDBACK | {"named": False}, FEEDBACK | {"named": True}]
    parsed = read("\n".join(map(json.dumps, named)))
    assert [conversation.named for conversation in parsed.records] == [False, False, True]


def test_byte_order_mark_and_blank_lines_make_no_difference() -> None:
    """What editors add is left alone, and so are keys that the product does not know."""
    parsed = read("\ufeff\n" + json.dumps(REFLECTION | {"tool": "chat"}) + "\r\n\r\n" + json.dumps(FEEDBACK) + "\n\n")
    assert [conversation.kind.value for conversation in parsed.records] == ["reflection", "feedback"]


@pytest.mark.parametrize(
    "content",
    [
        "  I explain why.\r\n\r\n\tThen we plan.  ",
        "Zoe\u0308 and I talk 🫩 weekly \U0001f469\u200d\U0001f4bb",
        "<b>bold</b> & <script>alert(1)</script> {{ name }} =1+1",
        "我们每周讨论 — “so far”",
    ],
)
def test_ordinary_text_is_kept_character_by_character(content: str) -> None:
    """Offsets of a report hold in the file: blanks, line ends, emoji, markup and other scripts stay as they are."""
    assert read(json.dumps(saying(content))).records[0].messages[0].content == content


def test_control_characters_are_cleaned_away() -> None:
    """They have no place in text; only such a message is changed."""
    assert (
        read(json.dumps(saying("I ex\x00plain\x1b[31m why.\x85"))).records[0].messages[0].content
        == "I explain[31m why."
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"round": "2027-Q1"}, "round: there is no such round; open it first (value-loop round open KEY)"),
        (
            {"round": "2026-Q3"},
            "round: this round is closed; conversations are imported only while a round is open",
        ),
        ({"author": "who@acme.example"}, "author: nobody has this e-mail; import people first"),
        (
            {"about": "top@acme.example"},
            "about: a reflection is about a direct report in this round, or null for the team as a whole",
        ),
        (
            {"about": "mia@acme.example"},
            "about: a reflection is about a direct report in this round, or null for the team as a whole",
        ),
        (
            {"author": "new@acme.example", "about": None},
            "author: a reflection is for people with direct reports in this round",
        ),
        (
            {"kind": "feedback", "about": "top@acme.example", "author": "li@acme.example"},
            "about: feedback is about the author's manager in this round, and this is somebody else",
        ),
        (
            {"kind": "feedback", "about": None, "author": "li@acme.example"},
            "about: feedback is about the author's manager in this round, and this is somebody else",
        ),
        ({"named": True}, "named: only feedback can be named"),
        ({"named": "yes"}, "named: this has to be true or false"),
        ({"kind": "gossip"}, "kind: this has to be reflection or feedback"),
        ({"author": 7}, "author: this has to be text"),
        ({"messages": []}, "messages: a conversation has at least one message"),
        ({"messages": {}}, "messages: this has to be a list"),
        ({"messages": SAID[:1]}, "messages: nobody but the assistant says anything in this conversation"),
        ({"messages": [*SAID, "words"]}, "messages[2]: this has to be an object in curly brackets"),
        ({"messages": [*SAID, {"role": "user"}]}, "messages[2].content: this is missing"),
        ({"messages": [*SAID, {"role": "user", "content": " \n\x00"}]}, "messages[2].content: this is empty"),
        (
            {"messages": [*SAID, {"role": "user", "content": "\ud83d"}]},
            "messages[2].content: this holds half a character (a broken \\u escape)",
        ),
        (
            {"messages": [*SAID, {"role": "system", "content": "x"}]},
            "messages[2].role: this has to be assistant or user",
        ),
        (
            {"messages": [*SAID, {"role": "user", "content": "x" * 100_001}]},
            "messages[2].content: a message has at most 100,000 characters; split it into several",
        ),
        ({"messages": SAID * 501}, "messages: a conversation has at most 1,000 messages"),
    ],
)
def test_each_problem_is_named_with_its_line_and_place(change: dict[str, Any], problem: str) -> None:
    """The good line above stays out of it; the bad one is line 2."""
    assert refusal(REFLECTION, REFLECTION | change) == [f"line 2, column {problem}"]


@pytest.mark.parametrize("key", ["round", "kind", "author", "about", "messages"])
def test_every_key_but_named_is_needed(key: str) -> None:
    """What is left out is named."""
    line = {name: value for name, value in REFLECTION.items() if name != key}
    assert refusal(line) == [f"line 1, column {key}: this is missing"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"round": "2026-Q4", ', "line 1, column 22: this is not JSON; each line holds one whole conversation"),
        ("{'round': 1}", "line 1, column 2: this is not JSON; each line holds one whole conversation"),
        ("[1]", "line 1: this has to be an object in curly brackets"),
        ("[" * 100_000, "line 1: this is not a conversation: it is nested too deeply"),
        ("9" * 5_000, "line 1: this holds a number that is too long"),
        ('{"round": "Zoë"}'.encode("latin-1"), "line 1, column 14: a letter here is not UTF-8; save the file as UTF-8"),
    ],
    ids=["cut off", "single quotes", "a list", "nested", "a long number", "latin-1"],
)
def test_what_is_no_json_object_is_named_with_the_character(line: str | bytes, problem: str) -> None:
    """Broken JSON and letters are found by their position in the line."""
    assert refusal(line) == [problem]


def test_utf_16_is_refused_as_a_whole() -> None:
    """As with people.csv, with how to save the file."""
    with pytest.raises(BadInput) as refused:
        read(json.dumps(REFLECTION).encode("utf-16"), skip_bad=True)
    assert str(refused.value.problems[0]) == "line 1, column 1: this is UTF-16, not UTF-8; save the file as UTF-8"


def test_messages_longer_than_a_chat_allows_are_read() -> None:
    """A chat stops at 20,000 characters; an import takes up to 100,000."""
    assert len(read(json.dumps(saying("x" * 100_000))).records[0].messages[0].content) == 100_000


def test_skipping_keeps_the_good_lines() -> None:
    """Lines with a problem are left out and named."""
    parsed = read(f"{json.dumps(REFLECTION)}\nnot json\n{json.dumps(FEEDBACK)}\n", skip_bad=True)
    assert [conversation.kind.value for conversation in parsed.records] == ["reflection", "feedback"]
    assert [problem.line for problem in parsed.problems] == [2]


def test_problems_never_hold_what_was_said() -> None:
    """Whatever is wrong around them, the words of a conversation stay out of the error."""
    words = "SECRETWORDS"
    messages = [{"role": words, "content": words}, {"role": "user", "content": words * 20_000}, words]
    line = {"round": words, "kind": words, "author": words, "about": [words], "named": words, "messages": messages}
    said = refusal(line, json.dumps(line)[:-1], REFLECTION | {"round": words, "author": words, "about": words})
    assert len(said) > 8
    assert words not in "".join(said)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*REFLECTION, "x"]), inner),
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_no_bytes_at_all_make_it_fail_otherwise(data: bytes) -> None:
    """Whatever stands in a line is either read or refused as bad input."""
    try:
        parsed = read(data + b"\n" + json.dumps(REFLECTION).encode())
    except BadInput:
        return
    assert parsed.records[-1].author == "mia@acme.example"
