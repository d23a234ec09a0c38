"""A leader's question, understood by a model within closed sets."""

import pytest

from assistant.domain.inquiry import Measure, Query
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from tests.fakes.chats import Answering, an_engine, in_turn

MANAGERS = (
    Person("mia@acme.example", "Mia Berg", "ada@acme.example", "Pricing"),
    Person("leo@acme.example", "Leo Stern", "ada@acme.example", "Night shift"),
)
QUESTION = "Bei wem hakt es mit Entscheidungen?"


def understood(measure: str = "findings", **more) -> dict:
    """A model's answer."""
    return {"measure": measure, "managers": [], "fundamentals": [], "kinds": [], "behaviours": []} | more


@pytest.fixture
def ask(embedded, knowledge):
    """What is made of a question when the model answers like this."""

    def with_answer(answer, question: str = QUESTION) -> Query:
        return an_engine(in_turn(answer), embedded, knowledge).understand(question, MANAGERS)

    return with_answer


def test_a_question_becomes_a_query(ask):
    """Ids become e-mails again; a behaviour stands for its fundamental."""
    answer = understood(managers=["m2"], kinds=["blind_spot"], behaviours=["timely_decisions"], fundamentals=["x"])
    assert ask(answer) == Query(
        Measure.FINDINGS, ("leo@acme.example",), (), (FindingKind.BLIND_SPOT,), ("timely_decisions",)
    )


def test_what_is_not_in_a_closed_set_is_left_out(ask):
    """Nobody else is asked about, and no behaviour is made up."""
    answer = understood(
        managers=["m9", "ceo@acme.example"],
        kinds=["secrets"],
        behaviours=["everything"],
        fundamentals=["building_trust", "gossip"],
    )
    assert ask(answer) == Query(Measure.FINDINGS, (), (Fundamental.BUILDING_TRUST,))


def test_a_measure_that_does_not_exist_is_what_the_rules_say(ask, embedded):
    """They are asked anyway."""
    assert ask(understood("everything")).measure is embedded.understand(QUESTION, MANAGERS).measure


@pytest.mark.parametrize("question", ["Who said that about Mia?", "Who is the worst manager?"])
def test_a_model_cannot_open_what_the_rules_keep_shut(ask, embedded, question):
    """Who said what stays unanswered, whatever the model takes it for."""
    by_rules = embedded.understand(question, MANAGERS)
    assert by_rules.measure in {Measure.WHO_SAID_WHAT, Measure.RANKING}
    assert ask(understood(), question).measure is by_rules.measure


def test_managers_whom_the_rules_find_by_name_stand(ask):
    """A model that looks elsewhere is not followed."""
    assert ask(understood(managers=["m2"]), "What about Mia Berg?").managers == ("mia@acme.example",)


def test_without_a_model_the_rules_understand(ask, embedded):
    """As they do where they are alone."""
    assert ask("no") == embedded.understand(QUESTION, MANAGERS)


def test_no_e_mail_goes_out(embedded, knowledge):
    """Managers have numbers there, and the question is data."""
    chat = Answering(answer=in_turn(understood()))
    an_engine(chat, embedded, knowledge).understand(QUESTION, MANAGERS)
    sent = "".join(str(m.content) for m in chat.seen[0])
    assert "acme.example" not in sent
    assert QUESTION not in str(chat.seen[0][0].content)
