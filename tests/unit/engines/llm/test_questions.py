"""A leader's question, understood by a model within closed sets."""

from dataclasses import replace

import pytest

from assistant.domain.inquiry import Askable, Change, Comparison, Measure, Query
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.llm.analyst import checked
from assistant.engines.llm.answers import Understood
from tests.fakes.chats import Answering, an_engine, in_turn

MANAGERS = (
    Person("mia@acme.example", "Mia Berg", "ada@acme.example", "Pricing"),
    Person("leo@acme.example", "Leo Stern", "ada@acme.example", "Night shift"),
)
ASKABLE = Askable(MANAGERS, ("2026-Q1", "2026-Q2"))
QUESTION = "Bei wem hakt es mit Entscheidungen?"


def understood(measure: str = "findings", **more) -> dict:
    """A model's answer."""
    nothing = {"managers": [], "fundamentals": [], "kinds": [], "behaviours": [], "rounds": [], "with_below": False}
    usual = {"comparison": "none", "change": "any", "order": "evidence", "why": False}
    return {"measure": measure} | nothing | usual | more


@pytest.fixture
def ask(embedded, knowledge):
    """What is made of a question when the model answers like this."""

    def with_answer(answer, question: str = QUESTION) -> Query:
        return an_engine(in_turn(answer), embedded, knowledge).understand(question, ASKABLE)

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
    assert ask(understood("everything")).measure is embedded.understand(QUESTION, ASKABLE).measure


@pytest.mark.parametrize("question", ["Who said that about Mia?", "Who is the worst manager?"])
def test_a_model_cannot_open_what_the_rules_keep_shut(ask, embedded, question):
    """Who said what stays unanswered, whatever the model takes it for."""
    by_rules = embedded.understand(question, ASKABLE)
    assert by_rules.measure in {Measure.WHO_SAID_WHAT, Measure.RANKING}
    assert ask(understood(), question).measure is by_rules.measure


def test_managers_whom_the_rules_find_by_name_stand(ask):
    """A model that looks elsewhere is not followed."""
    assert ask(understood(managers=["m2"]), "What about Mia Berg?").managers == ("mia@acme.example",)


def test_without_a_model_the_rules_understand(ask, embedded):
    """As they do where they are alone."""
    assert ask("no") == embedded.understand(QUESTION, ASKABLE)


def test_no_e_mail_goes_out(embedded, knowledge):
    """Managers have numbers there, and the question is data."""
    chat = Answering(answer=in_turn(understood()))
    an_engine(chat, embedded, knowledge).understand(QUESTION, ASKABLE)
    sent = "".join(str(m.content) for m in chat.seen[0])
    assert "acme.example" not in sent
    assert QUESTION not in str(chat.seen[0][0].content)


def test_rounds_and_comparisons_are_taken_from_closed_sets(ask):
    """A round that is not there is left out, a comparison of one team is none, and words of no set are the rules'."""
    answer = understood(rounds=["2026-Q2", "2026-Q1", "1999"], comparison="rounds", change="worse", order="magic")
    query = ask(answer)
    assert (query.rounds, query.comparison, query.change) == (ASKABLE.rounds, Comparison.ROUNDS, Change.WORSE)
    assert ask(understood(comparison="groups", managers=["m1"])).comparison is Comparison.NONE


def test_what_was_asked_before_goes_out_with_numbers_in_place_of_people(embedded, knowledge):
    """The model can carry on from it, and still no e-mail goes out."""
    chat = Answering(answer=in_turn(understood()))
    before = Query(Measure.CLIMATE, ("leo@acme.example",), with_below=True)
    an_engine(chat, embedded, knowledge).understand(QUESTION, replace(ASKABLE, before=before))
    sent = "".join(str(m.content) for m in chat.seen[0])
    assert '"managers":"m2"' in sent
    assert "acme.example" not in sent


def test_a_model_may_not_guess_whom_the_rules_leave_open():
    """Two of one name: the leader is asked back."""
    by_rules = Query(Measure.UNCLEAR, ("leo@acme.example", "mia@acme.example"))
    assert checked(Understood(**understood(managers=["m1"])), ("mia@acme.example",), by_rules) == by_rules
