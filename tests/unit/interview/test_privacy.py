"""The privacy statement says what the settings say, and nothing that they do not."""

from dataclasses import replace

import pytest

from assistant.domain.privacy import Handling, PrivacyStatement
from assistant.domain.words import ConversationKind
from assistant.interview.privacy import statement

AT_HOME = Handling(retention_days=90, model=None, sends_to=None, is_encrypted=True)
SENT = replace(AT_HOME, model="gpt-5-mini", sends_to="api.openai.com")


def text(told: PrivacyStatement) -> str:
    """All of a statement."""
    return " ".join([*told.short, *(sentence for part in told.whole for sentence in part.says)])


@pytest.mark.parametrize("kind", ConversationKind)
def test_the_floor_and_the_days_are_those_of_round_and_settings(kind):
    """In short already, and in the whole."""
    told = statement(kind, 5, replace(AT_HOME, retention_days=30))
    assert "at least 5" in " ".join(told.short)
    assert "30 days after the round has closed" in " ".join(told.short)
    assert "at least 4" not in text(told)
    assert "deleted 1 day after" in text(statement(kind, 5, replace(AT_HOME, retention_days=1)))


@pytest.mark.parametrize("kind", ConversationKind)
def test_whether_words_leave_the_house_and_where_to_is_said_in_short(kind):
    """With a language model its host, without one that nothing is sent; never both."""
    at_home, sent = statement(kind, 4, AT_HOME), statement(kind, 4, SENT)
    assert "nothing of it is sent anywhere" in " ".join(at_home.short)
    assert "sent to a language model at api.openai.com" in " ".join(sent.short)
    assert "The model is gpt-5-mini." in text(sent)
    assert "language model" not in text(at_home)
    assert "nothing of it is sent" not in text(sent)


def test_encryption_is_claimed_only_where_there_is_some():
    """The sentence follows the fact."""
    said = {
        encrypted: text(statement(ConversationKind.FEEDBACK, 4, replace(AT_HOME, is_encrypted=encrypted)))
        for encrypted in (True, False)
    }
    assert "kept encrypted, under a key of your own" in said[True]
    assert "not encrypted on the disk" in said[False]
    assert "kept encrypted" not in said[False]


def test_each_part_in_the_loop_is_told_what_holds_for_it():
    """Feedback is never read by the manager; a reflection is quoted to its author, and findings of it go up."""
    assert "Your manager never reads this conversation" in text(statement(ConversationKind.FEEDBACK, 4, AT_HOME))
    assert "Your report quotes what you say you do, to you." in text(statement(ConversationKind.REFLECTION, 4, AT_HOME))


@pytest.mark.parametrize(
    "other",
    [
        {"floor": 5},
        {"handling": SENT},
        {"handling": replace(AT_HOME, retention_days=91)},
        {"handling": replace(AT_HOME, is_encrypted=False)},
        {"kind": ConversationKind.REFLECTION},
    ],
)
def test_another_value_gives_another_fingerprint(other):
    """The same values always give the same one."""
    values = {"kind": ConversationKind.FEEDBACK, "floor": 4, "handling": AT_HOME}
    assert statement(**values).fingerprint == statement(**values).fingerprint
    assert statement(**values | other).fingerprint != statement(**values).fingerprint


def test_what_is_new_is_what_was_not_said_before():
    """When a model is connected, one sentence of the short form is new."""
    now, before = statement(ConversationKind.FEEDBACK, 4, SENT), statement(ConversationKind.FEEDBACK, 4, AT_HOME)
    assert now.new_against(before) == (
        "What you write is sent to a language model at api.openai.com, to understand it and to answer you.",
    )
    assert now.new_against(now) == ()
