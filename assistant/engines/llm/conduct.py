"""Keeps a model's turn to the rules of the interview while it streams: one open question, no advice, not long.

Words are let through as they come, since whoever waits wants to see that something happens. What begins like a
question or like advice is held until its sentence is whole, and left out where it breaks a rule. Words that most
statements begin with are let through alone; where advice follows, the sentence ends in harmless words instead. A
sentence that turns into advice later on its way breaks off there. After the first question nothing more is said, so
that a model that goes on and on asks one thing all the same. Questions are known in every script, advice and leading
questions by signs in English only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

MOST_WORDS = 60
MOST_STATEMENTS = 3
BREAKS_OFF = "\u2026"

END_OF_SENTENCE = re.compile(r"[.!?\u2026\u061f]+[\"'\u201d\u2019)]*(?=\s)|[\u3002\uff01\uff1f]")
_ASKS = re.compile(r"[?\uff1f\u061f\u037e][\"'\u201d\u2019)]*$")


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


def _one_of(words: frozenset[str]) -> str:
    return "|".join(sorted(words))


_YES_OR_NO = _words(
    "do does did is are am was were has have had can could will would should may might shall don't doesn't didn't "
    "isn't aren't wasn't weren't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't"
)
_QUESTION_WORDS = _words("what how which when where who whom whose why at in on to from of with for by about")
_ASKS_OPENLY = _QUESTION_WORDS - {"how", "why"}  # by which advice may begin as well
_ORDERS = _words(
    "try consider make talk tell ask give set write start stop cancel schedule focus remember keep take use let be "
    "perhaps maybe next first one surely"
)
_HELD = _YES_OR_NO | _QUESTION_WORDS | _ORDERS
_LED_BY = _words("and but so then now well")
_FIRST_WORD = re.compile(
    rf"[\s\"\u201c\u201d]*(?:(?:{_one_of(_LED_BY)}),? )*(?P<word>[\w'\u2019]*)(?P<more>.?)", re.IGNORECASE | re.DOTALL
)
_ENDED_BY = {
    "i": " would like to understand that.",
    "you": " know that best.",
    "it": " sounds worth a closer look.",
    "we": " can look at that together.",
    "the": " picture is getting clearer.",
}
"""What ends a sentence of which only its first word was let through."""
_AROUND = ' \n"\u201c\u201d'

_STILL_OPEN = re.compile(
    r"\s*\b(?:yo?|w)$"
    r"|\s*\b(?:i|you|it|we)(?:['\u2019]\w*)?"
    r"(?:\s+(?:would|could|might|may|can|is|really|probably|also))?(?:\s+\S*)?$"
    r"|\s*\bit\s+(?:might|would|could|may|is)(?:\s+\S+){0,3}\s*$",
    re.IGNORECASE,
)
"""An end of which only the next word tells whether it becomes advice."""

_ADVICE = re.compile(
    r"\byou (?:really |probably |also )?(?:should|must|need to|ought to|have to|could try|might (?:want|try|consider)"
    r"|had better|may want)\b"
    r"|\b(?:i|we)(?:'d| would| can| could)? (?:suggest|recommend|advise)\b|\bmy (?:advice|suggestion|tip)\b"
    r"|\bit (?:might|would|could|may|is) (?:also )?(?:help|be (?:best|better|good|wise|useful|helpful|worth)|important)"
    r" (?:to|if|for you)\b"
    r"|^\W*(?:next|first|then|perhaps|maybe|so)?,? ?(?:simply |just |please |always )?(?:try|consider|make sure"
    r"|remember|focus on|start (?:by|with)|(?:tell|ask|give|talk|speak)(?: to| with)? (?:him|her|them|your)|set up"
    r"|schedule|write down|keep in mind)\b"
    r"|\bhave you (?:considered|tried|thought (?:of|about))\b|\bwhy (?:not|don'?t you)\b|\bhow about\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:(?:so|but|and) )*(?:\w+n't|surely|would you agree|do you (?:not )?agree|would you not)\b"
    r"|, (?:\w+n't|right|correct|no|yes|do|does|did|is|are|was|were)(?: (?:i|you|he|she|it|they|we))?\?\W*$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"(?:^|[,:;\u2026]\s*)\W*(?:(?:{_one_of(_LED_BY)}) )*(?:{_one_of(_QUESTION_WORDS)})\b", re.IGNORECASE
)


def conducted(pieces: Iterable[str], earlier: Collection[str]) -> Iterator[str]:
    """What of a model's turn keeps the rules, as it comes; ``earlier`` are the questions that were put already.

    It may end without a question, or hold nothing at all; whoever asked for it adds what is missing.
    """
    turn = _Turn(earlier)
    for piece in pieces:
        yield from turn.take(piece)
        if turn.is_over:
            return
    yield from turn.rest()


class _Turn:
    """One turn on its way: the sentence that is coming, how much of it was let through, and what was said before it."""

    def __init__(self, earlier: Collection[str]) -> None:
        self._earlier = frozenset(map(_bare, earlier))
        self._sentence, self._begun, self._shown = "", "", 0
        self._words = self._statements = 0
        self.is_over = False

    def take(self, piece: str) -> Iterator[str]:
        """Take in what comes next, and let through what may be."""
        self._sentence += piece
        while not self.is_over and (end := END_OF_SENTENCE.search(self._sentence)):
            sentence, rest = self._sentence[: end.end()], self._sentence[end.end() :]
            yield from self._finish(sentence)
            self._sentence, self._begun, self._shown = rest, "", 0
        if not self.is_over:
            yield from self._let_through()

    def rest(self) -> Iterator[str]:
        """What is left when nothing more comes."""
        if self._sentence.strip():
            yield from self._finish(self._sentence)

    def _let_through(self) -> Iterator[str]:
        """The new part of a sentence that began harmlessly; it breaks off where it turns into advice."""
        if self._shown == 0:
            yield from self._begin()
        is_held = self._shown == len(self._begun)
        if is_held and not (_is_harmless(self._sentence) or self._asks_openly()):
            return
        if _ADVICE.search(self._sentence):
            self.is_over = not is_held
            if self.is_over:
                yield BREAKS_OFF if self._sentence[: self._shown].endswith(" ") else f" {BREAKS_OFF}"
            return
        still_open = _STILL_OPEN.search(self._sentence)
        told = still_open.start() if still_open else len(self._sentence)
        if told > self._shown:
            yield self._sentence[self._shown : told]
            self._shown = told

    def _begin(self) -> Iterator[str]:
        """The first word alone, where it is one that statements begin with."""
        if _plain(self._sentence.strip(_AROUND)) in _ENDED_BY:
            self._begun, self._shown = self._sentence, len(self._sentence)
            yield self._begun

    def _asks_openly(self) -> bool:
        """Whether the sentence begins like an open question that was not put before, so that it need not be held."""
        first = _FIRST_WORD.match(self._sentence)
        if first is None or not first["more"] or _plain(first["word"]) not in _ASKS_OPENLY:
            return False
        begun = _bare(self._sentence)
        return not any(question.startswith(begun) for question in self._earlier)

    def _finish(self, sentence: str) -> Iterator[str]:
        """The rest of a sentence that is being let through or that was held and keeps the rules.

        Of one that does not keep them nothing is said, or harmless words where it had begun.
        """
        asks = _ASKS.search(sentence) is not None
        is_held = self._shown == len(self._begun)
        if is_held and (sentence == self._begun or not self._may_be_said(sentence, asks)):
            if not self._begun:
                return
            asks, sentence = False, self._begun + _ENDED_BY[_plain(self._begun.strip(_AROUND))]
        self._words += len(sentence.split())
        self._statements += not asks
        if sentence[self._shown :]:
            yield sentence[self._shown :]
        self.is_over = asks or self._words >= MOST_WORDS or self._statements >= MOST_STATEMENTS

    def _may_be_said(self, sentence: str, asks: bool) -> bool:
        if _ADVICE.search(sentence):
            return False
        return not asks or (_is_open(sentence) and _bare(sentence) not in self._earlier)


def _is_harmless(beginning: str) -> bool:
    """Whether a sentence that begins like this is neither a question nor advice, as far as can be told by now."""
    found = _FIRST_WORD.match(beginning)
    word = _plain(found["word"]) if found else ""
    if found is None or not word:
        return False
    if not found["more"]:
        return not any(held.startswith(word) for held in _HELD | _LED_BY)
    return word not in _HELD | _LED_BY


def _is_open(question: str) -> bool:
    """Whether a question can be answered at length; one in another language is taken for it."""
    if _LEADING.search(question):
        return False
    first = _FIRST_WORD.match(question)
    is_yes_or_no = first is not None and _plain(first["word"]) in _YES_OR_NO
    return not is_yes_or_no or _OPEN.search(question) is not None


def _plain(word: str) -> str:
    return word.lower().replace("\u2019", "'")


def _bare(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.lower()))
