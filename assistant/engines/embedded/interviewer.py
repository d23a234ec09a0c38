"""The conversation held without a model: cues to hear by, wordings to speak with."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.domain.conversation import Message
from assistant.domain.interview import Asked, Heard, Move, Setting, Slot, Turn, Wish
from assistant.domain.words import Fundamental, Speaker
from assistant.engines.embedded.echo import answers_with_that, echo
from assistant.engines.embedded.feedback_phrases import FEEDBACK
from assistant.engines.embedded.gist import gists
from assistant.engines.embedded.hearing import blames_others, is_work_management, slots, spoken
from assistant.engines.embedded.language import ENGLISH, language
from assistant.engines.embedded.phrases import (
    ENGLISH_ONLY,
    NOTHING_IS_FINE,
    NOTHING_SAID,
    SKIPPED,
    TAKEN_AS_WRITTEN,
    TAKEN_BACK,
    TAKEN_BACK_LONG,
    TAKEN_FURTHER,
    TAKEN_IN,
    TAKEN_UP,
    TAKEN_UP_LATER,
    TAKEN_WORD_FOR_WORD,
    WARY,
    WENT_BACK,
    Phrases,
    Wordings,
)
from assistant.engines.embedded.quote import quote
from assistant.engines.embedded.reflection_phrases import REFLECTION
from assistant.engines.embedded.verbatim import verbatim
from assistant.engines.embedded.wishes import empty, mistrusts, wish

LONGEST_NAME = 40
BRIEF_ANSWER = 5
"""Words up to which an answer is brief, and is met by one of the shortest wordings."""

LONGEST_CLAUSE = 30
"""Words of a commitment that are said back."""


class EmbeddedInterviewer:
    """An interviewer of rules; ``fundamentals`` tells which fundamentals a text speaks of."""

    def __init__(self, fundamentals: Callable[[str], frozenset[Fundamental]]) -> None:
        self._fundamentals = fundamentals

    def hear(self, text: str, setting: Setting) -> Heard:
        """What one message of the author holds; anything that no cue fits is heard as a plain answer."""
        wanted = wish(text)
        if wanted is not None:
            return Heard(wish=wanted)
        how_empty = empty(text)
        if how_empty is not None:
            return Heard(nothing=True, gist=_by_turn(NOTHING_SAID.get(how_empty, ()), setting))
        plain = spoken(text, setting.about)
        return replace(
            _to_say_back(text, setting),
            slots=slots(plain, setting.is_reflection),
            fundamentals=self._fundamentals(text),
            work_management=setting.is_reflection and is_work_management(plain),
            blames_others=setting.is_reflection and blames_others(plain),
        )

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Iterator[str]:
        """The assistant's words for a turn, word by word; the same arguments always give the same words.

        ``history`` is the conversation so far, the message that is being answered included.
        """
        yield from re.findall(r"\S+\s*", _Wording(turn, setting, history).text())


def _to_say_back(text: str, setting: Setting) -> Heard:
    """What of an answer can be said back, and nothing else of it: the best there is, in one way."""
    if (in_answer := answers_with_that(text)) is not None:
        return Heard(echo=in_answer)
    if found := gists(text, setting.about, setting.is_reflection):
        return Heard(gist=found[0], further=found[1] if len(found) > 1 else None)
    if mistrusts(text):
        return Heard(gist=_by_turn(WARY, setting))
    if (few_words := echo(text)) is not None:
        return Heard(echo=few_words)
    return Heard(quote=quote(text))


class _Wording:
    """One turn being put into words."""

    def __init__(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> None:
        self._turn = turn
        self._setting = setting
        self._said = [message.content for message in history if message.role is Speaker.ASSISTANT]
        self._written = [message.content for message in history if message.role is Speaker.USER]
        self._as_written = None if self._writes_english() else verbatim(self._written[-1])
        self._phrases: Phrases = REFLECTION if setting.is_reflection else FEEDBACK

    def text(self) -> str:
        """All that is said in this turn."""
        if self._turn.move is Move.CLOSE:
            return self._close()
        asked = self._turn.asked or Asked(Slot.VALUE)
        if self._turn.move is Move.EXPLAIN_WHY:
            return f"{self._pick(self._phrases.why[asked.slot])} {self._same_question(asked)}"
        if self._turn.move is Move.EXPLAIN_PRIVACY:
            return f"{self._pick(self._phrases.privacy)} {self._same_question(asked)}"
        if not self._said:
            return self._opening(asked)
        if self._turn.move is Move.TRY_ONCE_MORE:
            return f"{self._said_back()} {self._pick(self._phrases.try_once_more[asked.slot])}".strip()
        return " ".join(filter(None, (self._take_up(), self._lead(asked), self._question(asked))))

    def _opening(self, asked: Asked) -> str:
        commits = asked.slot is Slot.COMMITMENT
        return self._pick(self._phrases.opening_after_commitment if commits else self._phrases.opening)

    def _question(self, asked: Asked) -> str:
        if self._turn.move is Move.TURN_TO_PERSON:
            return self._pick(self._phrases.turn_to_person)
        if self._turn.move is Move.TURN_TO_OWN_PART:
            return self._pick(self._phrases.turn_to_own_part)
        if asked.fundamental is not None:
            return self._pick(self._phrases.fundamental[asked.fundamental])
        if asked.slot is Slot.VALUE and self._setting.commitment is not None:
            return self._value_after_commitment()
        return self._pick(self._phrases.ask[asked.slot])

    def _value_after_commitment(self) -> str:
        """The value question in its own words, which the opening did not have; other wordings once it was put."""
        asked = self._filled(self._phrases.value_question)
        return self._pick(self._phrases.ask[Slot.VALUE]) if asked in "\n".join(self._said) else asked

    def _lead(self, asked: Asked) -> str:
        """What leads over to a new topic, once: from then on it is plain that topics change."""
        leads = self._phrases.before_fundamental
        is_needless = asked.fundamental is None or self._was_answered_briefly() or self._was_said(leads)
        return "" if is_needless else self._pick(leads)

    def _was_said(self, wordings: Wordings) -> bool:
        return any(f"{wording} " in said for wording in wordings for said in self._said)

    def _take_up(self) -> str:
        """A first sentence that shows what was heard."""
        heard = self._turn.heard
        if heard.wish is Wish.SKIP:
            return self._pick(SKIPPED)
        if heard.wish is Wish.BACK:
            return self._pick(WENT_BACK)
        if heard.nothing:
            return self._said_back() or self._pick(NOTHING_IS_FINE)
        if self._turn.move is Move.TURN_TO_OWN_PART:
            return ""  # saying blame back would lend it weight
        return self._said_back() or ("" if self._turn.move is Move.TURN_TO_PERSON else self._pick(TAKEN_IN))

    def _said_back(self) -> str:
        """What was heard in the author's own terms; nothing where there is nothing to rely on."""
        heard = self._turn.heard
        if heard.gist is not None:
            if heard.further is not None:
                return f"{self._in_turn(TAKEN_UP)} {self._in_turn(TAKEN_FURTHER)}"
            goes_on = self._setting.turn > 1 and not heard.nothing
            return self._in_turn(TAKEN_UP_LATER if goes_on else TAKEN_UP)
        if not self._writes_english():
            return self._said_as_written()
        if heard.echo is not None:
            is_long = _length(heard.echo) > BRIEF_ANSWER or heard.echo.startswith("that ")
            return self._filled(TAKEN_BACK_LONG) if is_long else self._in_turn(TAKEN_BACK)
        return self._in_turn(TAKEN_WORD_FOR_WORD) if heard.quote is not None else ""

    def _said_as_written(self) -> str:
        """A piece in a language that is not read; the first time with a word on why no more is made of it."""
        heard = self._turn.heard
        if self._setting.any_language or heard.nothing or heard.wish is not None:
            return ""
        piece = "" if self._as_written is None else self._in_turn(TAKEN_AS_WRITTEN)
        return piece if self._was_said((ENGLISH_ONLY,)) else f"{piece} {ENGLISH_ONLY}".strip()

    def _writes_english(self) -> bool:
        """Whether the author does, as far as all they wrote tells; a few words alone are of any language."""
        return language(self._written) == ENGLISH

    def _close(self) -> str:
        """The closing word; whoever asks about privacy after it gets that answered, too."""
        closed_before = bool(self._said) and "?" not in self._said[-1]
        words = self._pick(self._phrases.closed if closed_before else self._phrases.close)
        if not closed_before and (said_back := self._said_back()):
            return f"{said_back} {words}"
        return f"{self._pick(self._phrases.privacy)} {words}" if self._turn.heard.wish is Wish.PRIVACY else words

    def _same_question(self, asked: Asked) -> str:
        """The question that was put last, word for word."""
        sentences = re.split(r"(?<=[.!?])\s+", self._said[-1]) if self._said else []
        questions = [sentence for sentence in sentences if sentence.endswith("?")]
        return questions[-1] if questions else self._question(asked)

    def _pick(self, wordings: Wordings) -> str:
        """Choose a wording: always the same for the same turn, and one not used before if any is left.

        Whoever answers briefly is asked briefly.
        """
        start = self._seed(wordings[0]) % len(wordings)
        turned = [self._filled(wording) for wording in (*wordings[start:], *wordings[:start])]
        said = "\n".join(self._said)
        fresh = [words for words in turned if words not in said] or turned[:1]
        longest = min(map(_length, fresh)) + 1 if self._was_answered_briefly() else max(map(_length, fresh))
        return next(words for words in fresh if _length(words) <= longest)

    def _was_answered_briefly(self) -> bool:
        """Whether the last message was an answer of a few words; a wish is none."""
        return bool(self._written) and not self._turn.heard.wish and len(self._written[-1].split()) <= BRIEF_ANSWER

    def _in_turn(self, wordings: Wordings) -> str:
        """Choose a wording that differs from turn to turn; what fills it is new each time."""
        start = self._seed(wordings[0], with_turn=False)
        return self._filled(wordings[(start + self._setting.turn) % len(wordings)])

    def _seed(self, purpose: str, with_turn: bool = True) -> int:
        setting = self._setting
        turn = setting.turn if with_turn else ""
        about = f"{setting.author}|{setting.about}|{setting.is_reflection}|{turn}|{purpose}"
        return int.from_bytes(hashlib.sha256(about.encode()).digest()[:8])

    def _filled(self, wording: str) -> str:
        setting = self._setting
        nobody = "your team" if setting.is_reflection else "your manager"
        text = wording.format(
            who=_plain_name(setting.about) or nobody,
            author=_plain_name(setting.author) or "there",
            floor=setting.floor,
            gist=self._turn.heard.gist or "",
            further=self._turn.heard.further or "",
            echo=self._turn.heard.echo or "",
            quote=self._turn.heard.quote or "",
            as_written=self._as_written or "",
            commitment=_as_clause(setting.commitment),
            change_asked=_as_question(setting.change_asked),
        )
        return text[:1].upper() + text[1:]


def _by_turn(clauses: Wordings, setting: Setting) -> str | None:
    """Another one from turn to turn; None where there is none."""
    return clauses[setting.turn % len(clauses)] if clauses else None


def _length(words: str) -> int:
    return len(words.split())


def _as_clause(words: str | None) -> str:
    """Somebody's own words to stand within a sentence: on one line, without signs that end one, and not too long."""
    plain = re.sub(r"[?!:;<>{}\[\]*_`|\\]+", " ", words or "")
    kept = plain.split()
    clause = " ".join(kept[:LONGEST_CLAUSE]) + (" \u2026" if len(kept) > LONGEST_CLAUSE else "")
    return clause.rstrip(" .,")


def _as_question(words: str | None) -> str:
    """A question that ends as one; what else it holds stays as it was given."""
    return f"{(words or '').strip().rstrip('?. ')}?"


def _plain_name(name: str | None) -> str:
    """A name without anything that a page could take for markup."""
    kept = "".join(c for c in name or "" if c in " '\u2019-." or unicodedata.category(c)[0] in "LMN")
    return " ".join(kept.split())[:LONGEST_NAME]
