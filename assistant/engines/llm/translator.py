"""The house's own words in the language of a person: translated by the model, and checked for what can be checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.domain.conversation import Message
from assistant.domain.errors import BadAnswer
from assistant.domain.words import Speaker
from assistant.engines.embedded.language import ENGLISH, language
from assistant.engines.llm.answers import Worded
from assistant.engines.llm.model import Model

PROMPT = "put-house-words"
LONGEST_SAID = 600
"""Characters of what the person wrote last: enough to tell a language by."""

LONGER = 2.5
_NUMBER = re.compile(r"\d+")
_MARKUP = re.compile(r"[<>{}\[\]*_`#|\\]|\n\s*\n")
_QUESTION = re.compile(r"[?\uff1f\u061f\u037e]")


def writes_english(history: Sequence[Message], locale: str | None) -> bool:
    """Whether somebody is to be spoken to in English: by what they write, and before that by their locale."""
    said = [message.content for message in history if message.role is Speaker.USER]
    if said:
        return language(said) == ENGLISH
    return locale is None or locale.lower().partition("-")[0] == ENGLISH


def translated(model: Model, words: str, history: Sequence[Message], locale: str | None) -> str:
    """``words`` in the language of the person. Raises NoAnswer, also where the answer cannot be the same words."""
    said = next((m.content for m in reversed(history) if m.role is Speaker.USER), "")
    text = model.ask(PROMPT, Worded, language=locale or "unknown", said=said[:LONGEST_SAID], words=words).text.strip()
    if not may_be_the_same(words, text):
        raise BadAnswer("The translation has other numbers, another end, or another form than the words.")
    return text


def may_be_the_same(words: str, text: str) -> bool:
    """Whether a text can be a translation: the same numbers, a question where there was one, plain, not much longer."""
    return (
        bool(text)
        and len(text) <= LONGER * len(words)
        and Counter(_NUMBER.findall(text)) == Counter(_NUMBER.findall(words))
        and bool(_QUESTION.search(text)) == bool(_QUESTION.search(words))
        and not _MARKUP.search(text)
    )
