"""The model over real HTTP, against a server that fails in every way that servers do."""

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.errors import BadAnswer, NoAnswer, NotSet, OutOfReach
from assistant.engines.llm.answers import Tried
from assistant.engines.llm.connecting import Connection, model_at
from assistant.engines.llm.model import Model
from assistant.engines.llm.usage import LedgerInMemory
from tests.fakes.fault_server import (
    FaultServer,
    answers,
    breaks_off,
    completion,
    drips,
    fails,
    hangs_up_after,
    says,
    serving,
    sleeps,
    streams,
)

PROMPTS = Path(__file__).parents[2] / "prompts"
CONFIDED = "She told me something in confidence."
TALK = {"conversation": CONFIDED, "draft": "What helped?"}


def a_model(server: FaultServer, seconds: float = 5.0, at_once: int = 4) -> Model:
    """The real model over the real client."""
    connection = Connection("small", "small", server.url, "sk-of-nobody", seconds, at_once, 8_000)
    return model_at(connection, PROMPTS, LedgerInMemory())


def ask(server: FaultServer, **limits):
    """One typed answer."""
    return a_model(server, **limits).ask("try-model", Tried)


def test_a_good_answer_comes_through():
    """With the key as the server wants it, and the form it is to hold to."""
    with serving(says()) as server:
        assert ask(server) == Tried(ready="yes")
    (sent,) = server.requests
    assert sent["model"] == "small"
    assert sent["response_format"]["type"] == "json_schema"
    assert "tools" not in sent


def test_a_busy_server_is_given_the_time_it_asks_for():
    """Retry-After is honoured, once is enough."""
    with serving(fails(429, Retry_After="0.7"), says()) as server:
        begun = time.monotonic()
        assert ask(server).ready == "yes"
    assert 0.7 <= time.monotonic() - begun < 3
    assert len(server.requests) == 2


def test_a_server_that_asks_for_too_much_time_is_not_waited_for():
    """The total time is a promise to a person who waits."""
    with serving(fails(429, Retry_After="60")) as server, pytest.raises(OutOfReach, match="429"):
        ask(server)
    assert len(server.requests) == 1


def test_a_server_that_fails_now_and_then_is_asked_again():
    """Two failures are not the end."""
    with serving(fails(500), fails(503), says()) as server:
        assert ask(server).ready == "yes"
    assert len(server.requests) == 3


def test_a_server_that_fails_all_the_time_is_given_up():
    """After three tries; trying again is done in one place, so they are not nine."""
    with serving(fails(500)) as server, pytest.raises(OutOfReach, match="500"):
        ask(server)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("reply", "error", "says_what"),
    [
        (fails(401, "invalid_api_key"), NotSet, "OPENAI_API_KEY"),
        (fails(403), NotSet, "OPENAI_API_KEY"),
        (fails(404, "model_not_found"), NotSet, "VALUE_LOOP_MODEL"),
        (fails(429, "insufficient_quota"), NotSet, "credit"),
        (fails(400, message="'response_format' is not supported"), NotSet, "json_schema"),
        (fails(400, "context_length_exceeded"), BadAnswer, "VALUE_LOOP_MODEL_CONTEXT"),
        (fails(400, "content_filter", CONFIDED), BadAnswer, "400"),
    ],
)
def test_what_cannot_pass_by_itself_is_said_at_once(reply, error, says_what):
    """One request, and words that name what to mend; nothing of what the server said is repeated."""
    with serving(reply) as server, pytest.raises(error, match=says_what) as failed:
        ask(server)
    assert len(server.requests) == 1
    assert CONFIDED not in str(failed.value)


@pytest.mark.parametrize("reply", [sleeps(3, says()), drips(3)])
def test_the_time_limit_is_total(reply):
    """Whether nothing comes, or a byte now and then."""
    with serving(reply) as server:
        begun = time.monotonic()
        with pytest.raises(OutOfReach, match=r"0\.5 seconds"):
            ask(server, seconds=0.5)
        assert time.monotonic() - begun < 1.5


def test_a_line_that_goes_dead_is_tried_again():
    """Half an answer is none."""
    with serving(breaks_off(), says()) as server:
        assert ask(server).ready == "yes"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "body",
    [
        "<html>It works!</html>",
        "",
        "null",
        {},
        {"choices": None},
        {"choices": []},
        {"choices": [{}]},
        completion(None),  # type: ignore[arg-type]
        completion("certainly!"),
        completion('{"ready": 1}'),
    ],
)
def test_an_answer_that_is_none_has_a_name(body):
    """Whatever stands behind status 200."""
    with serving(answers(body)) as server, pytest.raises(NoAnswer):
        ask(server)


def test_an_answer_that_was_cut_off_is_asked_for_once_more():
    """The server says so by its finish reason."""
    with serving(says('{"rea', "length"), says()) as server:
        assert ask(server).ready == "yes"
    with serving(says('{"rea', "length")) as server, pytest.raises(BadAnswer, match="cut off"):
        ask(server)
    assert len(server.requests) == 2


def test_words_stream_as_they_come():
    """The first is there long before the last."""
    with serving(streams("What ", "helped ", "you?", gap=0.3)) as server:
        pieces = a_model(server).stream("next-turn", **TALK)
        assert next(pieces) == "What "
        first = time.monotonic()
        assert "".join(pieces) == "helped you?"
        assert time.monotonic() - first > 0.3


def test_a_turn_takes_the_connection_of_the_one_before():
    """A new one would cost people a part of their wait for first words."""
    with serving(streams("What ", "helped?")) as server:
        model = a_model(server)
        assert ["".join(model.stream("next-turn", **TALK)) for _ in range(3)] == ["What helped?"] * 3
    assert (len(server.requests), server.connections) == (3, 1)


def test_a_connection_is_kept_while_somebody_writes_and_not_for_ever(monkeypatch):
    """Half a minute of thinking costs no new one; what stands idle for long may be dead without a sign of it."""
    passed = 0.0
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + passed)
    monkeypatch.setattr("httpcore2._async.http11.time", clock)
    with serving(streams("What ", "helped?")) as server:
        model = a_model(server)
        made = []
        for waited in (0.0, 30.0, 60.0):
            passed += waited
            assert list(model.stream("next-turn", **TALK))
            made.append(server.connections)
    assert made == [1, 1, 2]


def test_a_connection_that_the_server_has_closed_is_not_missed():
    """Servers keep idle ones for less time than we do; the next turn goes out by a new one."""
    with serving(hangs_up_after(streams("What ", "helped?"))) as server:
        model = a_model(server)
        assert ["".join(model.stream("next-turn", **TALK)) for _ in range(2)] == ["What helped?"] * 2
    assert (len(server.requests), server.connections) == (2, 2)


def test_a_stream_is_tried_again_only_before_its_first_word():
    """Nobody reads the beginning twice."""
    with serving(fails(500), streams("Well?")) as server:
        assert "".join(a_model(server).stream("next-turn", **TALK)) == "Well?"
    with serving(streams("Thank ", ends=False), streams("Well?")) as server:
        pieces = a_model(server).stream("next-turn", **TALK)
        assert next(pieces) == "Thank "
        with pytest.raises(OutOfReach):
            list(pieces)
    assert len(server.requests) == 1


def test_a_stream_that_never_ends_is_ended():
    """By the total time."""
    with serving(streams(*["word "] * 200, gap=0.05)) as server, pytest.raises(OutOfReach):
        list(a_model(server, seconds=0.5).stream("next-turn", **TALK))


def test_who_goes_away_breaks_the_call_off():
    """The server is told, so that it does not go on for nobody."""
    with serving(streams(*["word "] * 200, gap=0.02)) as server:
        pieces = a_model(server).stream("next-turn", **TALK)
        next(pieces)
        pieces.close()
        until = time.monotonic() + 3
        while server.left == 0 and time.monotonic() < until:
            time.sleep(0.02)
        assert server.left == 1


def test_no_more_calls_at_once_than_are_set():
    """Others wait for their turn, and get it."""
    with serving(sleeps(0.15, says())) as server:
        model = a_model(server, at_once=2)
        answered: list[str] = []
        threads = [
            threading.Thread(target=lambda: answered.append(model.ask("try-model", Tried).ready)) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answered == ["yes"] * 6
    assert server.most == 2


def test_a_server_that_is_down_is_left_alone_for_a_while():
    """After three calls in vain nothing is sent, so that nobody waits."""
    with serving(fails(500)) as server:
        model = a_model(server)
        for _ in range(3):
            with pytest.raises(OutOfReach):
                model.ask("try-model", Tried)
        sent = len(server.requests)
        with pytest.raises(OutOfReach, match="left alone"):
            model.ask("try-model", Tried)
    assert len(server.requests) == sent


def test_a_host_that_is_not_there_is_named():
    """By the setting that says where it is."""
    with serving(says()) as server:
        gone = server
    with pytest.raises(OutOfReach, match="OPENAI_BASE_URL"):
        ask(gone)
