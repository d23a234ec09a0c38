"""A small trained reader makes a guess at each part of a question, also in words that no rule knows."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.domain.errors import Broken
from assistant.domain.inquiry import Askable, Change, Comparison, Measure
from assistant.domain.organisation import Person
from assistant.domain.words import GAPS, FindingKind
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import Insight, LanguageModel, Matrix
from assistant.engines.embedded.question_aims import Aim
from assistant.engines.embedded.question_layer import LOOKS, Layer
from assistant.engines.embedded.question_reader import (
    LEARNED,
    PARTS,
    Learned,
    QuestionReader,
    Vocabulary,
    features,
    figures,
)
from assistant.engines.embedded.question_rounds import When
from assistant.engines.embedded.question_signs import asked_part, signs, without_proper_names, words
from assistant.engines.embedded.question_topics import QuestionTopics
from assistant.stores.knowledge_files import load_knowledge

DEV = Person("dev@acme.example", "Dev Patel", None, "Fleet")
ASKABLE = Askable((DEV,), ("2026-Q1", "2026-Q2"))
POOLED = 3 * 384
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    """The weights of the package."""
    return LanguageModel.load()


@pytest.fixture(scope="module")
def real_engine() -> EmbeddedEngine:
    """The embedded engine with the behaviours of the knowledge base."""
    return EmbeddedEngine.load(KNOWLEDGE)


def insight(direction: float) -> Insight:
    """What a model knows of a question that points this way."""
    view = np.full(384, direction, dtype=np.float32)
    return Insight(view, np.tile(view, (3, 1)), view, np.zeros(98, dtype=np.float32))


def layer(**learned: Matrix) -> Layer:
    """One in which nothing was learned: each word stays what it is, brought to one size; and what is said otherwise."""
    sizes = {"attend": 3, "join": 1, "widen": 4}
    zeros = {name: np.zeros((384, times * 384), np.float32) for name, times in sizes.items()}
    zeros |= {f"{name}_by": np.zeros(times * 384, np.float32) for name, times in sizes.items()}
    zeros |= {"narrow": zeros["widen"].T, "narrow_by": zeros["join_by"], "shift": np.zeros((2, 384), np.float32)}
    zeros |= {"look": np.zeros((384, LOOKS), np.float32), "pooled_shift": np.zeros(POOLED, np.float32)}
    ones = {"gain": np.ones((2, 384), np.float32), "pooled_gain": np.ones(POOLED, np.float32)}
    return Layer(**{**zeros, **ones, **learned})


def reader(sharpness: float = 1.0) -> QuestionReader:
    """One that takes a question that points up for gaps, else for strengths, and the word why for a question why."""
    values = dict.fromkeys(PARTS, ("none", "yes")) | {"aim": ("gaps", "strengths")}
    hidden = np.zeros((POOLED + 1634, 2), dtype=np.float32)
    hidden[POOLED] = 60, -60
    out = np.zeros((2, 14), dtype=np.float32)
    out[0, 0], out[1, 1] = 1, 1
    spoken = np.zeros((1, 14), dtype=np.float32)
    spoken[0, 13] = 5
    share = np.zeros(14, dtype=np.float32)
    share[12] = 2
    vocabulary = Vocabulary({"why": 0}, np.ones(1, dtype=np.float32))
    zeros, ones = np.zeros(1634, dtype=np.float32), np.ones(1634, dtype=np.float32)
    sharp = dict.fromkeys(PARTS, sharpness)
    return QuestionReader(
        Learned(values, vocabulary, layer(), zeros, ones, hidden, np.zeros(2, np.float32), out, spoken, share, sharp)
    )


def test_a_question_is_read_by_what_the_model_knows_of_it_and_by_its_words() -> None:
    """Each part by itself."""
    up, down = reader().read(insight(1), ["why", "so"], ()), reader().read(insight(-1), ["so"], ())
    assert (up.aim.value, up.why.value) == ("gaps", "yes")
    assert (down.aim.value, down.why.value) == ("strengths", "none")


def test_words_are_pooled_by_their_mean_by_what_is_most_and_by_where_it_is_looked() -> None:
    """Where nothing is learned, it is looked at all words alike."""
    words = np.eye(2, 384, dtype=np.float32)
    mean, most, looked = layer().pooled(words).reshape(3, 384)
    assert mean == pytest.approx(looked, abs=1e-5)
    assert mean[0] == mean[1] > mean[2]
    assert most[0] > mean[0]


def test_it_can_be_learned_which_word_is_looked_at() -> None:
    """The mean then leans to that word."""
    look = np.zeros((384, LOOKS), np.float32)
    look[0] = 1
    words = np.eye(2, 384, dtype=np.float32)
    _, _, looked = layer(look=look).pooled(words).reshape(3, 384)
    assert looked[0] > 5 * abs(looked[1])


def test_a_word_takes_from_those_it_attends_to() -> None:
    """What the second word means goes over to the first, which asks for it."""
    attend = np.zeros((384, 3 * 384), np.float32)
    attend[0, 0], attend[1, 384], attend[1, 768 + 2] = 9, 9, 9
    apart = layer().pooled(np.eye(2, 384, dtype=np.float32))
    taken = layer(attend=attend, join=np.eye(384, dtype=np.float32)).pooled(np.eye(2, 384, dtype=np.float32))
    assert taken[2] > apart[2] + 1


def test_how_sure_a_guess_is_follows_from_what_was_measured() -> None:
    """A part whose outcomes are borne out less is less sure of the same."""
    blunt, sharp = (reader(by).read(insight(1), [], ()).aim for by in (0.1, 1))
    assert 0.5 < blunt.sure < sharp.sure


def test_a_word_counts_by_how_rare_it_is_and_a_sign_counts_double() -> None:
    """What is not known counts nothing."""
    known = Vocabulary({"gap": 0, "the": 1, "<why>": 2}, np.array([2, 1, 1], dtype=np.float32))
    places, weights = known.weighed(["the", "gap", "unheard"], ["<why>"])
    assert dict(zip(places, weights, strict=True)) == pytest.approx({0: 2 / 5**0.5, 1: 1 / 5**0.5, 2: 2})


def test_each_view_of_a_question_has_the_same_length(model) -> None:
    """However long the question is."""
    seen = features(model.look_into("What do people in the team miss most, and why is that so?"))
    assert np.linalg.norm(seen[: 4 * 384].reshape(4, 384), axis=1) == pytest.approx(np.ones(4), abs=1e-4)


def test_what_the_model_knows_halfway_changes_nothing_of_what_it_concludes(model) -> None:
    """Vectors and heads are those of every other use."""
    text = "Where do people wait for decisions?"
    inner, seen = model.look_into(text), model.see([text])
    assert (inner.vector == seen.vectors[0]).all()
    assert inner.logits[:69].argmax() == seen.behaviours[0].argmax()
    assert inner.words.shape[1] == inner.manner.shape[0] == 384


def test_words_are_taken_by_ones_and_twos() -> None:
    """In lower case, with the question mark."""
    assert words("Why so?") == ["why", "so", "?", "why so", "so ?"]


def test_signs_are_what_rules_recognise() -> None:
    """None of them is a word."""
    seen = signs(
        "Why do teams miss recognition?",
        When((), Comparison.ROUNDS, Change.WORSE),
        QuestionTopics(KNOWLEDGE.behaviours),
    )
    assert {"<why>", "<teams>", "<rounds>", "<change: worse>", "<called: recognition>"} <= seen


def test_what_leads_up_to_a_question_is_no_part_of_it() -> None:
    """Nor is a sentence that only says why somebody asks, where the question does not point back to it."""
    assert asked_part("Could you please tell me what is missing?") == "what is missing?"
    assert asked_part("We have a new budget. Where are people afraid?") == "Where are people afraid?"
    assert asked_part("Jo runs the depot. What is missing there?") == "Jo runs the depot. What is missing there?"


def test_each_aim_is_a_measure_or_kinds_or_a_topic_alone() -> None:
    """Nothing asks for both figures and findings."""
    assert {aim for aim in Aim if not aim.measure and not aim.kinds} == {Aim.ON_TOPIC}
    assert not [aim for aim in Aim if aim.measure and aim.kinds]
    assert set(Aim.GAPS.kinds) == GAPS
    assert Aim.UNSEEN_CLAIM.kinds == (FindingKind.UNSEEN_CLAIM,)
    assert Aim.OTHER.measure is Measure.UNCLEAR


def test_the_reader_in_the_package_belongs_to_its_weights_and_was_measured(model) -> None:
    """Each of its aims, behaviours and turns is one that there is."""
    QuestionReader.load(model.version)
    measured = figures()
    assert measured["questions"] > 3_000
    assert all(0.6 < measured[part] <= 1 for part in PARTS)
    with np.load(LEARNED) as kept:
        values = json.loads(str(kept["card"]))["values"]
    assert set(values["aim"]) == set(Aim)
    assert set(values["behaviour"]) == {"none", *KNOWLEDGE.behaviours}
    assert set(values["comparison"]) == set(Comparison)


def test_a_reader_of_other_weights_is_not_used() -> None:
    """An installation that mixes two versions is told so."""
    with pytest.raises(Broken, match="Install Value Loop again"):
        QuestionReader.load("another")


def test_a_file_that_was_cut_off_is_not_used(tmp_path, model) -> None:
    """The message says which file it is."""
    cut = tmp_path / LEARNED.name
    cut.write_bytes(LEARNED.read_bytes()[:1_000])
    with pytest.raises(Broken, match=r"question_reader\.npz cannot be read"):
        QuestionReader.load(model.version, cut)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("How goes it in Fleet?", "How goes it in the team?"),
        ("How goes it in the Fleet team?", "How goes it in the team?"),
        ("What can I do for Dev Patel?", "What can I do for the manager?"),
        ("What bugs people in Dev's whole area?", "What bugs people in the team?"),
        ("What does Dev's own team miss?", "What does the team miss?"),
        ("Who is development for?", "Who is development for?"),
    ],
)
def test_a_question_is_read_without_names(question, bare) -> None:
    """Whose team it is about says nothing of what is asked."""
    assert without_proper_names(question, (DEV,)) == bare


@pytest.mark.parametrize(
    ("question", "measure", "kinds"),
    [
        ("What do the Fleet people curse about?", Measure.FINDINGS, Aim.GAPS.kinds),
        ("What are the bright sides of Fleet?", Measure.FINDINGS, Aim.STRENGTHS.kinds),
        ("Which bosses live in a dream world about themselves?", Measure.FINDINGS, Aim.BLIND_SPOT.kinds),
        ("Do people hold their tongues around the boss?", Measure.CLIMATE, ()),
        ("Are the bosses and their crews on one planet?", Measure.ALIGNMENT, ()),
        ("How many souls replied?", Measure.PARTICIPATION, ()),
        ("What might I try with Dev?", Measure.SUGGESTIONS, ()),
    ],
)
def test_words_that_no_rule_knows_are_read(real_engine, question, measure, kinds) -> None:
    """Measures and kinds alike."""
    query = real_engine.understand(question, ASKABLE)
    assert (query.measure, query.kinds) == (measure, kinds)


@pytest.mark.parametrize(
    "question",
    ["What goes into a lasagne?", "Where is my umbrella?", "Which train goes to Vienna?", "Knit one, purl two."],
)
def test_what_is_about_something_else_is_asked_back(real_engine, question) -> None:
    """Whatever it is about."""
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


def test_the_reader_never_opens_what_a_rule_declines(real_engine) -> None:
    """A question for a person's words stays one, however much it sounds like another."""
    asked = "What is going well in Fleet, how is the mood, and who said that Dev never listens?"
    assert real_engine.understand(asked, ASKABLE).measure is Measure.WHO_SAID_WHAT
