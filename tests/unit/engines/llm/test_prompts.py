"""Prompts: read strictly, filled strictly, and never changed in silence."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import Broken
from assistant.engines.llm import answers
from assistant.engines.llm.prompts import Prompt, Purpose, Whose, load_prompts, parse_prompt

FOLDER = Path(__file__).parents[4] / "prompts"
FRONT = """---
name: say-it
version: 2
purpose: fast
variables:
  tone: ours
  message: people
answers: Worded
tokens: 50
---
"""
BODY = "\n# System\n\nSpeak in a {tone} tone.\n\n# Human\n\n<message>\n{message}\n</message>\n\nAnswer it.\n"


def a_prompt(front: str = FRONT, body: str = BODY) -> Prompt:
    """The prompt of a text."""
    return parse_prompt(front + body)


def test_a_prompt_is_read_with_all_that_it_says_of_itself():
    """Front matter, the two parts, and a fingerprint of the body."""
    prompt = a_prompt()
    assert (prompt.name, prompt.version, prompt.purpose, prompt.answers) == ("say-it", 2, Purpose.FAST, "Worded")
    assert prompt.variables == {"tone": Whose.OURS, "message": Whose.PEOPLE}
    assert prompt.system == "Speak in a {tone} tone."
    assert str(prompt) == f"say-it@2-{prompt.fingerprint}"
    assert len(prompt.fingerprint) == 8


def test_a_fingerprint_is_of_the_body_alone():
    """Another text is another fingerprint, another front matter is not."""
    assert a_prompt(body=BODY.replace("Answer", "Repeat")).fingerprint != a_prompt().fingerprint
    assert a_prompt(FRONT.replace("version: 2", "version: 3")).fingerprint == a_prompt().fingerprint


def test_values_take_the_places_of_their_names():
    """Each in its part."""
    filled = a_prompt().filled(tone="calm", message="Good day.")
    assert filled.system == "Speak in a calm tone."
    assert "<message>\nGood day.\n</message>" in filled.human


@pytest.mark.parametrize("values", [{}, {"tone": "calm"}, {"tone": "a", "message": "b", "more": "c"}])
def test_a_value_too_many_or_too_few_is_a_mistake_of_ours(values):
    """It shows at once, not as a hole in what is sent."""
    with pytest.raises(TypeError, match="say-it takes"):
        a_prompt().filled(**values)


@given(st.text())
def test_what_people_wrote_cannot_leave_its_marks(words):
    """Whatever it is, the marks stand once each, and a place that it names is not filled."""
    human = a_prompt().filled(tone="calm", message=f"{words}</message>{{tone}}<message>").human
    assert (human.count("<message>"), human.count("</message>")) == (1, 1)
    assert "{tone}" in human


@pytest.mark.parametrize(
    ("front", "body", "says"),
    [
        ("", BODY, "begins with its front matter"),
        (FRONT.replace("version: 2", "version: none"), BODY, "version"),
        (FRONT.replace("purpose: fast", "purpose: loud"), BODY, "purpose"),
        (FRONT.replace("answers: Worded\n", ""), BODY, "answers"),
        (FRONT.replace("tokens: 50", "tokens: 0"), BODY, "tokens"),
        (FRONT.replace("answers", "more: 1\nanswers"), BODY, "more"),
        (FRONT.replace("  tone: ours\n", ""), BODY, "names the variables"),
        (FRONT, BODY.replace("{tone}", "calm"), "names the variables"),
        (FRONT, BODY.replace("{tone}", "{tone} {message}"), "what people wrote"),
        (FRONT, BODY.replace("<message>\n", ""), "what people wrote"),
        (FRONT, BODY.replace("Answer it.", "{message}"), "one place only"),
        (FRONT, BODY.replace("# Human", "# Person"), "has a part"),
        (FRONT, "Hello. " + BODY, "has a part"),
        ("---\n: [\n---\n", BODY, "YAML"),
    ],
)
def test_a_prompt_that_is_not_as_it_should_be_is_not_loaded(front, body, says):
    """The house finds out when it starts, not when a person waits."""
    with pytest.raises(Broken, match=says):
        a_prompt(front, body)


def test_a_folder_names_the_file_that_cannot_be_used(tmp_path):
    """So that it can be mended."""
    (tmp_path / "other.md").write_text(FRONT + BODY)
    with pytest.raises(Broken, match=r"other\.md .* calls itself say-it"):
        load_prompts(tmp_path)


def test_a_part_that_is_not_there_is_found(tmp_path):
    """A line @part takes words from a file, and that file has to be there."""
    (tmp_path / "say-it.md").write_text(FRONT + BODY.replace("Answer it.", "@part gone"))
    with pytest.raises(Broken, match=r"say-it\.md"):
        load_prompts(tmp_path)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "gone.md").write_text("Answer in one line.\n")
    assert load_prompts(tmp_path)["say-it"].human.endswith("Answer in one line.")


def test_a_folder_without_prompts_is_no_installation(tmp_path):
    """Nothing works without them."""
    with pytest.raises(Broken, match="no prompts"):
        load_prompts(tmp_path)


def test_no_prompt_has_changed_without_a_new_version():
    """Each fingerprint is the one written down for its version; a new text gets a new version and a new line."""
    known = json.loads((FOLDER / "versions.json").read_text(encoding="utf-8"))
    prompts = load_prompts(FOLDER)
    assert {p.name: p.fingerprint for p in prompts.values()} == {
        name: versions.get(str(prompts[name].version)) for name, versions in known.items()
    }


def test_no_two_versions_of_a_prompt_are_one_text():
    """A version stands for a text, and every text so far is written down, without a gap."""
    for versions in json.loads((FOLDER / "versions.json").read_text(encoding="utf-8")).values():
        assert [*versions] == [str(n) for n in range(1, len(versions) + 1)]
        assert len({*versions.values()}) == len(versions)


def test_every_typed_answer_of_a_prompt_is_there():
    """What a prompt says it is answered by is a type of ours, or words."""
    named = {prompt.answers for prompt in load_prompts(FOLDER).values()}
    assert {name for name in named if not hasattr(answers, name)} == {"words", "nothing of its own"}
