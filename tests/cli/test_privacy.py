"""``value-loop privacy``: what people are told follows from the settings."""

import pytest


def test_a_team_member_is_told_what_holds_for_feedback(small) -> None:
    """With the round's floor, the days of the setting, and that nothing leaves the house."""
    told = small("privacy", "--as", "M1@acme.example", VALUE_LOOP_RETENTION_DAYS="30")
    assert told.status == 0
    assert "Before giving feedback" in told.out
    assert "Before a reflection" not in told.out
    for says in ("at least 4 of you", "deleted 30 days after", "nothing of it is sent anywhere"):
        assert says in told.out


def test_a_manager_with_a_language_model_is_told_where_words_go(small) -> None:
    """For machines with values and fingerprint, one for each kind of conversation."""
    settings = {
        "VALUE_LOOP_MODEL": "openai:gpt-5-mini",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_API_KEY": "x",
    }
    (told,) = (
        t for t in small("privacy", "--as", "mia@acme.example", "--json", **settings).json if t["kind"] == "reflection"
    )
    assert told["handling"]["sends_to"] == "127.0.0.1:9"
    assert any("language model at 127.0.0.1:9" in sentence for sentence in told["short"])
    assert len(told["fingerprint"]) == 64


@pytest.mark.parametrize(
    ("who", "round_", "says"),
    [
        ("who@acme.example", "2026-Q4", "Nobody has the e-mail"),
        ("m1@acme.example", "2020-Q1", "There is no round"),
    ],
)
def test_a_person_or_round_that_is_not_there_is_named(small, who, round_, says) -> None:
    """Exit 2."""
    outcome = small("privacy", "--as", who, "--round", round_)
    assert outcome.status == 2
    assert says in outcome.err


@pytest.mark.parametrize("days", ["0", "-1", "many"])
def test_days_that_are_none_are_bad_input(small, days) -> None:
    """The setting is named."""
    outcome = small("privacy", "--as", "m1@acme.example", VALUE_LOOP_RETENTION_DAYS=days)
    assert outcome.status == 2
    assert "VALUE_LOOP_RETENTION_DAYS" in outcome.err
