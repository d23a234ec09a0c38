"""Vectors from a server over real HTTP: one for each text, of length one, and clear words where there is none."""

from pathlib import Path

import pytest

from assistant.domain.errors import BadAnswer, NoAnswer, NotSet, OutOfReach
from assistant.domain.usage import CallPurpose
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.connecting import Connection, connected, embedder_at
from assistant.engines.llm.embeddings import Embedder
from assistant.engines.llm.usage import LedgerInMemory
from assistant.stores.knowledge_files import load_knowledge
from tests.fakes.fault_server import FaultServer, answers, embeds, fails, serving

HERE = Path(__file__).parents[2]
KNOWLEDGE = load_knowledge(HERE / "knowledge")


def a_connection(server: FaultServer) -> Connection:
    return Connection("small", "small", server.url, None, 5.0, 4, 8_000, embeddings="tiny")


def an_embedder(server: FaultServer, ledger: LedgerInMemory | None = None) -> Embedder:
    """The real embedder over the real client."""
    return embedder_at(a_connection(server), "tiny", ledger or LedgerInMemory())


def test_each_text_gets_a_unit_vector_in_order_and_the_words_go_out_as_they_are():
    """Whatever length the server gives them; what is sent is text, cut into tokens by nobody."""
    with serving(embeds(lambda text: [float(len(text)), 0.0, 3.0])) as server:
        assert an_embedder(server).vectors(["four", ""]) == [pytest.approx([0.8, 0.0, 0.6]), [0.0, 0.0, 1.0]]
    (sent,) = server.requests
    assert (sent["input"], sent["model"]) == (["four", ""], "tiny")


def test_many_texts_go_out_in_several_calls_which_are_written_down():
    """And come back in the order in which they were given."""
    texts = [f"text {n}" for n in range(150)]
    ledger = LedgerInMemory()
    with serving(embeds(lambda text: [1.0, float(text.removeprefix("text "))])) as server:
        vectors = an_embedder(server, ledger).vectors(texts)
    assert [round(second / first) for first, second in vectors] == list(range(150))
    assert [len(sent["input"]) for sent in server.requests] == [64, 64, 22]
    ((kind, used),) = ledger.used.items()
    assert (kind.purpose, kind.model, kind.round_key) == (CallPurpose.VECTORS, "tiny", None)
    assert (used.calls, used.tokens_out) == (3, 0)
    assert used.tokens_in >= 300


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (fails(500), OutOfReach, "500"),
        (fails(404), NotSet, "VALUE_LOOP_EMBEDDINGS"),
        (fails(401), NotSet, "key"),
        (embeds(lambda _: [0.0, 0.0]), BadAnswer, "direction"),
        (embeds(lambda text: [1.0] * len(text)), BadAnswer, "one vector for each"),
        (answers({"object": "list", "data": [], "model": "tiny"}), BadAnswer, "no answer of a language model"),
        (answers("no json"), BadAnswer, "no answer of a language model"),
    ],
)
def test_what_is_no_vector_is_told_apart_and_repeats_nothing(reply, error, says):
    """The error says what to mend, and never what was sent."""
    with serving(reply) as server, pytest.raises(error, match=says) as caught:
        an_embedder(server).vectors(["a secret", "another one, longer"])
    assert "secret" not in str(caught.value)


def test_the_engine_takes_its_vectors_from_the_server_and_compares_by_the_embedded_ones_where_it_fails():
    """Vectors for the index have no stand-in, as they must not be mixed; a comparison on the spot has one."""
    embedded = EmbeddedEngine.load(KNOWLEDGE)
    texts = ["She explains why plans change.", "He keeps the rota fair."]
    with serving(embeds(lambda text: [1.0, float("rota" in text)]), fails(500)) as server:
        engine = connected(a_connection(server), HERE / "prompts", LedgerInMemory(), embedded, KNOWLEDGE)
        assert engine.fingerprint == "openai:tiny"
        assert engine.alike("Who has the rota?", texts) == pytest.approx([0.5**0.5, 1.0])
        with pytest.raises(NoAnswer):
            engine.vectors(texts)
        assert engine.alike("Why did the plan change?", texts) == embedded.alike("Why did the plan change?", texts)


def test_a_trial_says_that_it_is_the_embeddings_that_fail():
    """The chat answers, the vectors do not: that is what is to be mended."""
    embedded = EmbeddedEngine.load(KNOWLEDGE)
    chat = {"index": 0, "message": {"role": "assistant", "content": '{"ready": "yes"}'}, "finish_reason": "stop"}
    good = answers({"id": "c1", "object": "chat.completion", "created": 1, "model": "small", "choices": [chat]})
    with serving(good, fails(404)) as server:
        engine = connected(a_connection(server), HERE / "prompts", LedgerInMemory(), embedded, KNOWLEDGE)
        with pytest.raises(NotSet, match="embeddings"):
            engine.try_out()
