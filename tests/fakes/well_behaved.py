"""A model that answers every prompt of a conversation and an analysis as it is asked to, in as few words as will do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Sequence
from typing import Any

from langchain_core.messages import BaseMessage

from assistant.engines.embedded.engine import EmbeddedEngine
from tests.fakes.chats import part

_FINDING = re.compile(r"^(f\d+): \w+: (.+): \w+, (?:un)?sure$", re.MULTILINE)
_PRACTICE = re.compile(r"^(s\d+): (f\d+): ", re.MULTILINE)
_MANAGER = re.compile(r"^Manager: (.+)$", re.MULTILINE)
_WANTED = re.compile(r"^Wanted: (.+)$", re.MULTILINE)


def well_behaved(embedded: EmbeddedEngine, missing: Container[str] = ()) -> Callable[[Sequence[BaseMessage]], Any]:
    """Answers in the right form; each message is one statement, about what the embedded engine finds likely.

    In feedback it is valued, unless it is among those that are ``missing``. A turn is the draft as it is.
    """

    def answer(messages: Sequence[BaseMessage]) -> Any:
        human = str(messages[-1].content)
        if draft := part(messages, "draft"):
            return draft
        if talk := part(messages, "conversation"):
            said = [json.loads(line)["said"] for line in talk.splitlines()]
            is_reflection = human.endswith("reflection.")
            stances = ["does" if is_reflection else "missing" if one in missing else "valued" for one in said]
            statements = [_marked(embedded, one, stance) for one, stance in zip(said, stances, strict=True)]
            return {"statements": statements, "language": "en", "unclear": 0}
        if part(messages, "statements"):
            return {"matches": []}
        return _reported(human)

    return answer


def _marked(embedded: EmbeddedEngine, said: str, stance: str) -> dict[str, Any]:
    return {"quote": said.rstrip("."), "mark": f"{stance} {embedded.likely(said)[0]} 9"}


def _reported(human: str) -> dict[str, Any]:
    manager, wanted = _MANAGER.search(human), _WANTED.search(human)
    assert manager, "no prompt that is known here"
    assert wanted, "nothing is wanted"
    ids = wanted[1].split(", ")
    findings = _FINDING.findall(human)
    about = dict(findings) | {id_: dict(findings)[finding] for id_, finding in _PRACTICE.findall(human)}
    texts = [
        {
            "id": id_,
            "text": f"This is about {about[id_]}, which your team sees in its own way, and so it is worth a talk.",
        }
        for id_ in ids
        if id_ != "summary"
    ]
    return {"texts": texts, "summary": _sentences(manager[1], findings) if "summary" in ids else []}


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
