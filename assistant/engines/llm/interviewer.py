"""The next turn of a conversation worded by a model, over what the rules decided and the embedded engine would say.

What is promised (privacy), the first question and the closing word are never a model's: they are the house's own words.
Whoever does not write English gets them in their language, where the model can translate them; the English words stand
beside a promise then, as they are what holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

import structlog

from assistant.domain.conversation import Message
from assistant.domain.errors import NoAnswer
from assistant.domain.interview import Move, Setting, Turn, Wish
from assistant.domain.words import Speaker
from assistant.engines.llm.asking import questions
from assistant.engines.llm.conduct import conducted
from assistant.engines.llm.earlier import Earlier
from assistant.engines.llm.listing import as_line
from assistant.engines.llm.model import Model
from assistant.engines.llm.tokens import last_turns
from assistant.engines.llm.translator import PROMPT as TRANSLATING
from assistant.engines.llm.translator import translated, writes_english
from assistant.ports.interviewer import Interviewer, SeriousMatter, Turned, gathered

PROMPT = "next-turn"
APART = "APART"
"""What the model says in place of a turn where the last message tells of a serious matter."""

LONGEST_TURN = 700
SHARE_FOR_HISTORY = 0.5
MOST_FOR_HISTORY = 1_500
"""Tokens of the last turns that are sent as they are; a last turn that is longer is sent whole all the same."""

IN_PLAIN_WORDS = "I go on in plainer words for now; all you wrote is kept."
WHO_READS = "A language model at {host} reads what you write here, to understand and to answer. "
IN_ENGLISH = "In English, which is what holds:"
BROKEN_OFF = "My words broke off there; all you wrote is kept."

OWN_WORDS = frozenset({Move.EXPLAIN_PRIVACY, Move.CLOSE})
_AROUND = " .:\"'\u201c\u201d"
_IS_APART = re.compile(rf"{APART}\b")
_MARKUP = str.maketrans(dict.fromkeys("<>[]{}*_`#|\\~") | dict.fromkeys("\n\r\t", " "))


class LlmInterviewer:
    """Words turns. ``embedded`` gives drafts, and the words where the model fails; ``sends_to`` is the host.

    ``earlier`` sums up what came before the turns that are sent.
    """

    def __init__(self, model: Model, embedded: Interviewer, sends_to: str, earlier: Earlier) -> None:
        self._model, self._embedded, self._sends_to, self._earlier = model, embedded, sends_to, earlier

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Turned:
        """The words, piece by piece. Whatever the model does or says, they end as a whole turn that keeps the rules.

        Raises SeriousMatter where the model sees one in the last message, and may stop at it.
        """
        setting = replace(setting, any_language=True)
        if turn.move in OWN_WORDS or not history:
            return (yield from self._own_words(turn, setting, history))
        draft, embedded = gathered(self._embedded.word(turn, setting, history))
        said: list[str] = []
        try:
            pieces = spoken(self._model.stream(PROMPT, conversation=self._shown(history), draft=draft))
            heeded = unless_apart(pieces, setting.may_stop)
            for piece in conducted(heeded, _asked(history)):
                said.append(piece)
                yield piece
        except NoAnswer as failed:
            structlog.get_logger().warning("turn_in_plain_words", error=type(failed).__name__, broken=bool(said))
            self._model.stood_in(PROMPT)
            yield from _instead(draft, "".join(said), history)
        else:
            yield from _completed(draft, "".join(said))
        return self._model.author(PROMPT) if "".join(said).strip() else embedded

    def _own_words(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Turned:
        """The house's words, in English or in the language of the person."""
        words, by = gathered(self._embedded.word(turn, setting, history))
        if turn.move is Move.EXPLAIN_PRIVACY:
            words = WHO_READS.format(host=self._sends_to) + words
        if writes_english(history, setting.locale):
            yield words
            return by
        try:
            text = translated(self._model, words, history, setting.locale)
        except NoAnswer as failed:
            structlog.get_logger().warning("house_words_in_english", error=type(failed).__name__)
            self._model.stood_in(TRANSLATING)
            yield words
            return by
        promises = not history or turn.heard.wish is Wish.PRIVACY or turn.move is Move.EXPLAIN_PRIVACY
        yield f"{text} ({IN_ENGLISH} {words})" if promises else text
        return self._model.author(TRANSLATING)

    def _shown(self, history: tuple[Message, ...]) -> str:
        """The last turns as they are, one line of JSON each, after a line on what came before them."""
        room = self._model.room(PROMPT, conversation="", draft="")
        most = min(MOST_FOR_HISTORY, int(room * SHARE_FOR_HISTORY))
        turns = last_turns(history, most, self._model.count)
        keys = {Speaker.ASSISTANT: "you", Speaker.USER: "person"}
        lines = [{keys[m.role]: m.content} for m in turns]
        earlier = self._earlier.of(history[: len(history) - len(turns)])
        return "\n".join(map(as_line, ([{"earlier": earlier}] if earlier else []) + lines))


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces as plain speech: without markup and control characters, and never longer than a turn may be."""
    left = LONGEST_TURN
    for piece in pieces:
        plain = "".join(c for c in piece.translate(_MARKUP) if unicodedata.category(c)[0] != "C")
        if not plain or (left == LONGEST_TURN and not plain.strip()):
            continue
        yield plain[:left]
        left -= len(plain)
        if left <= 0:
            return


def unless_apart(pieces: Iterable[str], may_stop: bool) -> Iterator[str]:
    """The same pieces; none where they say that something is to be set apart. Raises SeriousMatter if it may."""
    pieces, begun = iter(pieces), ""
    for piece in pieces:
        begun += piece
        if not APART.startswith(begun.strip(_AROUND)):
            break
    if _IS_APART.match(begun.strip(_AROUND)):
        if may_stop:
            raise SeriousMatter
        return
    yield begun
    yield from pieces


def _asked(history: Iterable[Message]) -> list[str]:
    """The questions that were put so far."""
    return [question for m in history if m.role is Speaker.ASSISTANT for question in questions(m.content)]


def _completed(draft: str, said: str) -> Iterator[str]:
    """What is missing to a turn that came whole: all of it, or the question that was to be asked."""
    if not said.strip():
        yield draft
    elif "?" in draft and not questions(said):
        end = "" if said.rstrip().endswith((".", "!", "\u3002", "\u2026")) else " \u2026"
        yield f"{end} {_question(draft)}"


def _instead(draft: str, said: str, history: tuple[Message, ...]) -> Iterator[str]:
    """The embedded words in place of the model's, or after what came of them, with one calm line before."""
    if said.strip():
        yield f" \u2026 {BROKEN_OFF} {_question(draft)}"
        return
    told = any(m.role is Speaker.ASSISTANT and IN_PLAIN_WORDS in m.content for m in history)
    yield draft if told else f"{IN_PLAIN_WORDS} {draft}"


def _question(draft: str) -> str:
    """The question of a draft; all of it where it asks none."""
    return next(reversed(questions(draft)), draft).strip()
