"""Questions in words that no rule knows are told by examples of how leaders put them."""

from pathlib import Path

import numpy as np
import pytest

from assistant.domain.errors import Broken
from assistant.domain.inquiry import Askable, Measure
from assistant.domain.organisation import Person
from assistant.domain.words import GAPS, FindingKind
from assistant.engines.embedded import question_examples
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.question_examples import (
    VECTORS,
    Aim,
    QuestionExamples,
    examples,
    without_proper_names,
)
from assistant.stores.knowledge_files import load_knowledge

DEV = Person("dev@acme.example", "Dev Patel", None, "Fleet")
ASKABLE = Askable((DEV,), ("2026-Q1", "2026-Q2"))


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    """The weights of the package."""
    return LanguageModel.load()


@pytest.fixture(scope="module")
def real_engine() -> EmbeddedEngine:
    """The embedded engine with the behaviours of the knowledge base."""
    return EmbeddedEngine.load(load_knowledge(Path(__file__).parents[3] / "knowledge"))


def at(*places: tuple[float, ...]) -> np.ndarray:
    """Vectors at these places, of unit length."""
    rows = np.array(places, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


KNOWN = QuestionExamples(
    at((1, 0, 0), (0.9, 0.1, 0), (0, 1, 0), (0.1, 0.9, 0), (0, 0, 1), (0, 0.1, 0.9)),
    [Aim.GAPS, Aim.GAPS, Aim.CLIMATE, Aim.CLIMATE, Aim.RANKING, Aim.RANKING],
)


@pytest.mark.parametrize(
    ("place", "aim"), [((0.95, 0.05, 0.1), Aim.GAPS), ((0, 1, 0.1), Aim.CLIMATE), ((0.1, 0, 1), Aim.RANKING)]
)
def test_a_question_leans_to_what_the_examples_beside_it_ask_for(place, aim) -> None:
    """Strongly, and far ahead of everything else."""
    leaning = KNOWN.leaning(at(place)[0])
    assert leaning.aim is aim
    assert leaning.strength > 0.6
    assert leaning.lead > 0.4


def test_between_examples_nothing_leads() -> None:
    """As far from one as from the other, a question leans to neither."""
    assert KNOWN.leaning(at((1, 1, 0))[0]).lead < 0.1


@pytest.mark.parametrize("aim", Aim)
def test_there_are_examples_in_many_manners_of_everything_that_can_be_asked_for(aim) -> None:
    """At least twenty each, and none stands twice."""
    texts = [text for one, text in examples() if one is aim]
    assert len(texts) >= 20
    assert len(set(texts)) == len(texts)


def test_each_aim_is_a_measure_or_kinds_or_a_topic_alone() -> None:
    """Nothing asks for both figures and findings."""
    assert {aim for aim in Aim if not aim.measure and not aim.kinds} == {Aim.ON_TOPIC}
    assert not [aim for aim in Aim if aim.measure and aim.kinds]
    assert set(Aim.GAPS.kinds) == GAPS
    assert Aim.UNSEEN_CLAIM.kinds == (FindingKind.UNSEEN_CLAIM,)
    assert Aim.OTHER.measure is Measure.UNCLEAR


def test_the_vectors_in_the_package_are_those_of_its_examples(model) -> None:
    """Every tenth is made anew; another processor may round a little differently."""
    texts = [text for _, text in examples()][::10]
    with np.load(VECTORS) as kept:
        vectors = kept["vectors"].astype(np.float32)
    assert len(vectors) == len(examples())
    assert ((vectors[::10] * model.see(texts).vectors).sum(axis=1) > 0.99).all()
    QuestionExamples.load(model.version)


def test_vectors_of_other_weights_are_not_used() -> None:
    """An installation that mixes two versions is told so."""
    with pytest.raises(Broken, match="Install Value Loop again"):
        QuestionExamples.load("another")


def test_a_file_that_was_cut_off_is_not_used(tmp_path, monkeypatch, model) -> None:
    """The message says which file it is."""
    cut = tmp_path / VECTORS.name
    cut.write_bytes(VECTORS.read_bytes()[:1_000])
    monkeypatch.setattr(question_examples, "VECTORS", cut)
    with pytest.raises(Broken, match=r"question_examples\.npz cannot be read"):
        QuestionExamples.load(model.version)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("How goes it in Fleet?", "How goes it in the team?"),
        ("How goes it in the Fleet team?", "How goes it in the team?"),
        ("What can I do for Dev Patel?", "What can I do for the manager?"),
        ("What bugs people in Dev's whole area?", "What bugs people in the team?"),
        ("Who is development for?", "Who is development for?"),
    ],
)
def test_an_example_is_compared_with_a_question_without_names(question, bare) -> None:
    """Whose team it is about says nothing of what is asked."""
    assert without_proper_names(question, (DEV,)) == bare


@pytest.mark.parametrize(
    ("question", "measure", "kinds"),
    [
        ("What do the Fleet people curse about?", Measure.FINDINGS, Aim.GAPS.kinds),
        ("What are the bright sides of Fleet?", Measure.FINDINGS, Aim.STRENGTHS.kinds),
        ("Which bosses are dreaming about themselves?", Measure.FINDINGS, Aim.BLIND_SPOT.kinds),
        ("Do people hold their tongues around the boss?", Measure.CLIMATE, ()),
        ("Are the bosses and their crews on one planet?", Measure.ALIGNMENT, ()),
        ("How many souls replied?", Measure.PARTICIPATION, ()),
        ("What might I try with Dev?", Measure.SUGGESTIONS, ()),
    ],
)
def test_words_that_no_rule_knows_are_told_by_examples(real_engine, question, measure, kinds) -> None:
    """Measures and kinds alike."""
    query = real_engine.understand(question, ASKABLE)
    assert (query.measure, query.kinds) == (measure, kinds)


@pytest.mark.parametrize(
    "question",
    ["What goes into a lasagne?", "Where is my umbrella?", "Which train goes to Vienna?", "Knit one, purl two."],
)
def test_what_is_far_from_every_example_is_asked_back(real_engine, question) -> None:
    """As where no example is there at all."""
    assert real_engine.understand(question, ASKABLE).measure is Measure.UNCLEAR


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("Who has been telling tales about Dev?", Measure.WHO_SAID_WHAT),
        ("Which name is behind that criticism in Fleet?", Measure.WHO_SAID_WHAT),
        ("Paste me everything people typed.", Measure.WHO_SAID_WHAT),
        ("Which manager should get the bonus?", Measure.RANKING),
        ("Whom of my managers should I promote?", Measure.RANKING),
        ("Who is the dead weight among my managers?", Measure.RANKING),
    ],
)
def test_what_is_never_told_is_declined_in_words_that_no_rule_knows_as_well(real_engine, question, measure) -> None:
    """Who said what, and who is best."""
    assert real_engine.understand(question, ASKABLE).measure is measure


def test_examples_never_open_what_a_rule_declines(real_engine) -> None:
    """A question for a person's words stays one, however much it sounds like another."""
    asked = "What is going well in Fleet, how is the mood, and who said that Dev never listens?"
    assert real_engine.understand(asked, ASKABLE).measure is Measure.WHO_SAID_WHAT
