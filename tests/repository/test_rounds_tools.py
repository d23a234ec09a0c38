"""The tools around annotated rounds: drawn plans, and scenario files."""

import json
import random
from pathlib import Path

import pytest
import yaml


@pytest.fixture(scope="module")
def known(repository) -> dict:
    """Behaviours by fundamental, as the knowledge base has them."""
    return yaml.safe_load((repository / "knowledge" / "behaviours.yaml").read_text(encoding="utf-8"))


def a_drawing(plans_script, known, seed: int):
    """What draws plans, always the same for a seed."""
    return plans_script.Drawing(random.Random(seed), known)  # noqa: S311 - for drawing only


def as_written(plan) -> str:
    """A round that holds what the plan asks for, without any art."""
    topics = [f"t{n} | {s.behaviour} | a matter" for n, s in enumerate(plan.subjects, 1)]
    claims = [f"U: {{t{n} {s.claim}: claim {n}}}." for n, s in enumerate(plan.subjects, 1) if s.claim]
    said = []
    for m in range(1, plan.respondents + 1):
        said.append(f"# feedback m{m}")
        said += [
            f"U: {{t{n} {' '.join(filter(None, (v.stance, v.signal)))}: words {n} {m}}}."
            for n, s in enumerate(plan.subjects, 1)
            for v in s.voices
            if v.who == f"m{m}"
        ]
    head = ["=== made | up | plain", f"climate: {plan.level}", "# topics", *topics, "# reflection team"]
    return "\n".join([*head, *claims, *said]) + "\n"


@pytest.mark.parametrize("seed", range(12))
def test_a_round_that_holds_its_plan_is_as_planned_and_one_that_does_not_is_told(
    plans_script, known, tmp_path, capsys, seed
) -> None:
    """Every voice in its stance counts, and one that is missing is named."""
    plan = a_drawing(plans_script, known, seed).plan()
    (tmp_path / "plan.txt").write_text("\n".join(plans_script.lines(1, plan)), encoding="utf-8")
    whole = as_written(plan)
    (tmp_path / "whole.txt").write_text(whole, encoding="utf-8")
    assert plans_script.check(tmp_path / "plan.txt", tmp_path / "whole.txt") == 0
    assert capsys.readouterr().out == "as planned\n"
    lost = next(line for line in whole.splitlines() if "words" in line)
    (tmp_path / "less.txt").write_text(whole.replace(lost + "\n", ""), encoding="utf-8")
    assert plans_script.check(tmp_path / "plan.txt", tmp_path / "less.txt") == 1
    assert "made: missing: t" in capsys.readouterr().out


def test_plans_draw_silence_splits_and_every_behaviour(plans_script, known) -> None:
    """Over many plans each behaviour comes up, some claims have nobody, and some teams disagree."""
    drawing = a_drawing(plans_script, known, 5)
    subjects = [s for _ in range(60) for s in drawing.plan().subjects]
    assert {s.behaviour for s in subjects} == {name for group in known.values() for name in group}
    assert any(s.claim and not s.voices for s in subjects)
    assert any(len({v.stance == "valued" for v in s.voices}) == 2 for s in subjects)


def test_a_person_tells_of_trust_and_of_fear_as_often_as_the_level_asks(plans_script, known) -> None:
    """In a fearful team at least two people tell of fear or blame, in a trusting one of safety or ownership."""
    drawing = a_drawing(plans_script, known, 6)
    for plan in (drawing.plan() for _ in range(60)):
        told = [(v.who, v.signal) for v in (*(v for s in plan.subjects for v in s.voices), *plan.remarks) if v.signal]
        trusting = {who for who, signal in told if signal in ("safety", "ownership")}
        fearing = {who for who, signal in told if signal in ("blame", "fear")}
        if plan.level == "fear_driven":
            assert len(fearing) >= 2 > len(trusting)
        if plan.level == "high_trust":
            assert len(trusting) >= 2 > len(fearing)


def test_a_scenario_holds_what_its_round_holds(
    repository, rounds_script, scenarios_script, corpus_script, tmp_path
) -> None:
    """Written as a scenario and read again, a round has the same statements at the same places."""
    fundamentals = corpus_script.behaviours(repository / "knowledge" / "behaviours.yaml")
    for round_ in rounds_script.read(repository / "training" / "rounds" / "v.txt", fundamentals)[:4]:
        path = Path(tmp_path) / f"{round_.name}.json"
        path.write_text(json.dumps(scenarios_script.scenario(round_)), encoding="utf-8")
        again = rounds_script.from_scenario(path)
        assert again.climate == round_.climate
        told = [(s.gist, s.fundamental) for s in round_.topics.values() if s.gist]
        assert len(told) == len(round_.topics)
        assert [(s.gist, s.fundamental) for s in again.topics.values()] == told
        assert [t.messages for t in again.talks] == [t.messages for t in round_.talks]
        for before, after in zip(round_.talks, again.talks, strict=True):
            assert [(m.message, m.start, m.end, m.topic, m.stance) for m in after.marks] == [
                (m.message, m.start, m.end, m.topic, m.stance) for m in before.statements
            ]
