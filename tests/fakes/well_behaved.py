"""A model that answers every prompt of an analysis as it is asked to, in as few words as will do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.messages import BaseMessage

from assistant.engines.embedded.engine import EmbeddedEngine
from tests.fakes.chats import part

_BEHAVIOUR = re.compile(r"^Behaviour: (.+)$", re.MULTILINE)
_FINDING = re.compile(r"^- (f\d+): \w+: (.+)$", re.MULTILINE)
_MANAGER = re.compile(r"^Manager: (.+)$", re.MULTILINE)


def well_behaved(embedded: EmbeddedEngine) -> Callable[[Sequence[BaseMessage]], Any]:
    """Answers in the right form; each message is one statement, about what the embedded engine finds likely."""

    def answer(messages: Sequence[BaseMessage]) -> Any:
        human = str(messages[-1].content)
        if talk := part(messages, "conversation"):
            stance = "does" if "This is a reflection" in human else "valued"
            statements = [_marked(embedded, json.loads(line)["said"], stance) for line in talk.splitlines()]
            return {"language": "en", "statements": statements, "unclear": 0}
        if lone := part(messages, "statements"):
            return {"matches": [{"statement": json.loads(line)["id"], "topic": "none"} for line in lone.splitlines()]}
        if manager := _MANAGER.search(human):
            return {"sentences": _sentences(manager[1], _FINDING.findall(human))}
        behaviour = _BEHAVIOUR.search(human)
        assert behaviour, "no prompt of an analysis"
        return {
            "text": f"This is about {behaviour[1]}, which your team sees in its own way, and so it is worth a talk."
        }

    return answer


def _marked(embedded: EmbeddedEngine, said: str, stance: str) -> dict[str, Any]:
    quote = said.rstrip(".")
    return {"quote": quote, "stance": stance, "behaviour": embedded.likely(said)[0], "signal": "none", "sureness": 0.9}


def _sentences(manager: str, findings: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    about = [{"text": f"Your team speaks of {doing} in its own way.", "findings": [id_]} for id_, doing in findings[:3]]
    return [
        {"text": f"{manager}, here is what both sides say.", "findings": []},
        *about,
        {
            "text": "Talk with your team about it, calmly and soon, and ask what they would like to see next.",
            "findings": [],
        },
    ]
