"""A sceptical team member played by a model, over the guide to the talk; nobody's feedback is shown to it.

Words are let through sentence by sentence, since a sentence shows only at its end whether it may be said. After the
first question nothing more is said. Numbers of the model's own, names, and what tells how people have answered are
left out; names of the real team are known in every language, others by their capital letter in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import structlog

from assistant.domain.errors import NoAnswer
from assistant.domain.role_play import RolePlay
from assistant.domain.talk import Guide
from assistant.domain.words import Speaker
from assistant.engines.llm.asking import questions
from assistant.engines.llm.conduct import END_OF_SENTENCE
from assistant.engines.llm.interviewer import MOST_FOR_HISTORY, SHARE_FOR_HISTORY, spoken, unless_apart
from assistant.engines.llm.listing import as_line
from assistant.engines.llm.model import Model
from assistant.engines.llm.tokens import last_turns
from assistant.engines.llm.translator import writes_english

PROMPT = "rehearse-talk"
LONGEST = 350
"""Characters of a reply; a sentence that would make it longer is not said."""

MOST_SENTENCES = 3
BY_THE_GUIDE = "The language model does not answer just now, so I go on with the questions that are in the guide."

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays january february
march april may june july august september october november december
"""
_NO_NAMES = frozenset(("i", *_DAYS.split()))
"""Words that have a capital letter within a sentence and name nobody."""

_TELLS_OF_ANSWERS = re.compile(
    r"\b(?:i|we|he|she|they|us|them|people|others|some|most|many|all|(?:some|any|every|no)(?:body|one)|team)"
    r"(?: (?:all|both|also|really|have|had|has))*"
    r" (?:wrote|written|answered|rated|replied|filled|complained|gave feedback)\b"
    r"|\b(?:my|our|their|his|her|your|the) (?:feedback|answers?|ratings?|comments?) (?:was|were|said|says|say|told)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|most|all|many) of (?:us|them|the team)\b",
    re.IGNORECASE,
)


class LlmSceptic:
    """Implements :class:`assistant.ports.sceptic.Sceptic`; the house's next question stands in for the model."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def reply(self, play: RolePlay) -> Iterator[str]:
        """The model's words as far as they stay in the part, else the house's question, with one calm line."""
        said = False
        try:
            for sentence in in_part(self._streamed(play), play):
                said = True
                yield sentence
        except NoAnswer as failed:
            structlog.get_logger().warning("rehearsed_by_the_guide", error=type(failed).__name__, broken=said)
            self._model.stood_in(PROMPT)
            yield _instead(play, said)
        else:
            if not said:
                self._model.stood_in(PROMPT)
                yield play.instead

    def _streamed(self, play: RolePlay) -> Iterator[str]:
        """What the model says. Raises NoAnswer, and SeriousMatter before the first piece."""
        guide = as_told(play.guide)
        pieces = self._model.stream(PROMPT, guide=guide, rehearsal=self._shown(play, guide))
        return unless_apart(spoken(pieces), may_stop=True)

    def _shown(self, play: RolePlay, guide: str) -> str:
        """The last turns as they are, one line of JSON each."""
        room = self._model.room(PROMPT, guide=guide, rehearsal="")
        most = min(MOST_FOR_HISTORY, int(room * SHARE_FOR_HISTORY))
        keys = {Speaker.ASSISTANT: "you", Speaker.USER: "manager"}
        return "\n".join(as_line({keys[m.role]: m.content}) for m in last_turns(play.messages, most, self._model.count))


def as_told(guide: Guide) -> str:
    """What the manager says in the talk, one line of JSON a part."""
    parts = {"heard": guide.heard, "will do": guide.will_do, "asks": guide.ask}
    return "\n".join(as_line({part: " ".join(sentences)}) for part, sentences in parts.items())


def in_part(pieces: Iterable[str], play: RolePlay) -> Iterator[str]:
    """The sentences that a team member of this rehearsal may say, as they come, up to the first question."""
    may_be_said = _Limits(play)
    length = told = 0
    for sentence in _sentences(pieces):
        length += len(sentence)
        if length > LONGEST:
            return
        if not may_be_said.allow(sentence):
            continue
        yield sentence
        told += 1
        if questions(sentence) or told == MOST_SENTENCES:
            return


class _Limits:
    """What may be said in one rehearsal."""

    def __init__(self, play: RolePlay) -> None:
        given = "\n".join((as_told(play.guide), *(message.content for message in play.messages)))
        self._numbers = frozenset(_NUMBER.findall(given))
        self._guide_words = _lower(as_told(play.guide))
        self._team = play.names
        self._is_english = writes_english(play.messages, None)

    def allow(self, sentence: str) -> bool:
        """Whether a sentence keeps to what the team member can know."""
        numbers_given = self._numbers.issuperset(_NUMBER.findall(sentence))
        return numbers_given and not self._names(sentence) and not _TELLS_OF_ANSWERS.search(sentence)

    def _names(self, sentence: str) -> bool:
        """Whether somebody is named: one of the team, or in English whoever a capital letter may stand for."""
        words = _WORD.findall(sentence)
        capital = {word.lower() for word in words if word[0].isupper()}
        if not capital.isdisjoint(self._team):
            return True
        within = {word.lower() for word in words[1:] if word[0].isupper()}
        return self._is_english and not within <= self._guide_words | _NO_NAMES


def _sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences with the space before them, as soon as it is known that they have ended.

    Half a one at the end, where an answer was cut off, is left out.
    """
    coming = ""
    for piece in pieces:
        coming += piece
        while end := END_OF_SENTENCE.search(coming):
            yield coming[: end.end()]
            coming = coming[end.end() :]
    if END_OF_SENTENCE.search(f"{coming} "):
        yield coming


def _instead(play: RolePlay, said: bool) -> str:
    """The house's question; with one calm line where it has not been said before."""
    told = any(BY_THE_GUIDE in message.content for message in play.messages)
    line = play.instead if told else f"{BY_THE_GUIDE} {play.instead}"
    return f" {line}" if said else line


def _lower(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
