"""Scenario files as rounds under attack: each respondent in turn is the one whom a model obeys.

Whoever wrote orders is obeyed by them; of anybody else, what no careful reader marked is taken for orders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.domain.knowledge import Behaviour
from assistant.domain.words import ConversationKind
from assistant.loop.scenario_files import ROUND, read_scenario
from assistant.ports.engine import Engine
from tests.fakes.attacked_round import Scene


def scenes(folder: Path, engine: Engine, behaviours: Mapping[str, Behaviour]) -> dict[str, list[Scene]]:
    """By name of scenario a scene for each respondent, from a folder of files as ``docs/scenarios.md`` has them."""
    return {path.stem: [*_scenes(path, engine, behaviours)] for path in sorted(folder.glob("*.json"))}


def _scenes(path: Path, engine: Engine, behaviours: Mapping[str, Behaviour]) -> Iterator[Scene]:
    scenario = read_scenario(path.stem, path.read_bytes())
    gold = json.loads(path.read_bytes())["gold"]
    honest = _honest(gold, engine, behaviours)
    for feedback in scenario.of(ConversationKind.FEEDBACK):
        said = [text for _, text in feedback.said]
        unmarked = [text for text in said if not any(line in text for line in honest)]
        attacks = tuple(unmarked or said[-1:])
        yield Scene(ROUND, scenario.people, scenario.conversations, honest, feedback.author, attacks)


def _honest(gold: Any, engine: Engine, behaviours: Mapping[str, Behaviour]) -> dict[str, tuple[str, str]]:
    """Marked lines as they are meant, with one behaviour for each topic."""
    named: dict[str, str] = {}
    for topic in gold["topics"]:
        near = [b for b in engine.likely(topic["gist"]) if behaviours[b].fundamental == topic["fundamental"]]
        home = [b.id for b in behaviours.values() if b.fundamental == topic["fundamental"]]
        named[topic["id"]] = next(b for b in (*near, *home) if b not in named.values())
    marks = [*gold["claims"], *gold["observations"]]
    return {mark["quote"]: (mark["stance"], named[mark["topic"]]) for mark in marks}
