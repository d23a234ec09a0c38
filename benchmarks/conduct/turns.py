"""What an interviewer does in a turn, told by rules over its words alone: questions, reflections, advice, praise.

The labels are those of AnnoMI (Wu et al. 2022), cut to what conduct is measured by. ``turns.txt`` holds turns that were
labelled by hand; how far the rules agree with them is stated beside every figure. Neither engine uses these rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LABELLED = Path(__file__).with_name("turns.txt")


class Question(StrEnum):
    """How a question is put."""

    OPEN = "open"
    CLOSED = "closed"
    LEADING = "leading"


@dataclass(frozen=True, slots=True)
class Conduct:
    """What one turn holds: each question in order, the number of sentences that reflect, and what else there is."""

    questions: tuple[Question, ...] = ()
    reflections: int = 0
    advises: bool = False
    affirms: bool = False
    informs: bool = False

    @property
    def asks(self) -> bool:
        """Whether it puts any question."""
        return bool(self.questions)

    @property
    def asks_one_open_question(self) -> bool:
        """Whether it puts exactly one question, and that one is open."""
        return self.questions == (Question.OPEN,)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A turn labelled by hand; ``part`` is ``design`` or ``held out``."""

    part: str
    conduct: Conduct
    said: str
    turn: str


def _any(*cues: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{cue})" for cue in cues), re.IGNORECASE)


_SENTENCE = re.compile(r"(?<=[.!?\u2026\u3002\uff1f\u061f])\s+")
_ASKS = ("?", "\uff1f", "\u061f")
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|might|may)"
_LEADING = _any(
    rf", (?:{_AUXILIARY}(?:n't)?|won't|can't|don't|isn't|aren't) (?:i|you|he|she|it|they|we|that)\?$",
    r", (?:right|correct|no|yes|or not|true)\?$",
    rf"^(?:so |but |and )*(?:{_AUXILIARY}n't|won't|can't|surely|obviously)\b",
    r"^(?:would|do) you (?:not )?agree\b|^(?:wouldn't|don't) you (?:say|think|agree)\b",
)
_QUESTION_WORD = re.compile(
    r"^(?:and |but |so |then |now |just |only )*(?:(?:at|in|on|to|from|of|with|for|by|about) )?"
    r"(?:what|how|which|where|when|who|whom|whose|why)\b",
    re.IGNORECASE,
)
_CLAUSE_THAT_ASKS_YES_OR_NO = re.compile(rf"^(?:and |but |so |then )*{_AUXILIARY} (?:i|you|he|she|it|they|we)\b", re.I)
_CONDITION = re.compile(r"^(?:when|if|where|once|as|since|after|before)(?: \S+){2,}$", re.IGNORECASE)
_ADVICE = _any(
    r"\byou (?:really )?(?:should|must|need to|ought to|have to|could try|might (?:want|try)|had better)\b",
    r"\bi(?:'d| would)? (?:suggest|recommend|advise)\b|\bmy advice\b",
    r"\bit (?:might|would|could|may) (?:help|be (?:best|better|good|wise|worth)) (?:to|if)\b",
    r"^(?:next time|first|then)?,? ?(?:simply |just |please )?"
    r"(?:try (?:to|a|an|it)|consider|make sure|cancel|(?:tell|ask|give) (?:him|her|them|your)|talk to|sit down|set up"
    r"|write down|st(?:op|art) \w+ing)\b",
    r"\bhave you (?:considered|tried|thought (?:of|about))\b|\bwhy (?:not|don't you)\b",
    r"\bshouldn't you\b",
)
_AFFIRMATION = _any(
    r"\b(?:well done|good job|great|excellent|wonderful|amazing|awesome|fantastic|brilliant|impressive|impressed)\b",
    r"\b(?:courage|brave|generous of you|proud of you|i (?:love|admire|like) (?:how|that|what|your))\b",
)
_INFORMATION = _any(
    r"\b(?:anonym\w+|your name|names?|nobody (?:but|is named)|draft|report|summary|installation|before anything)\b",
    r"\b(?:(?:is|be) sent|(?:you|and) sen[dt]|about sending|rests on|fewer than|what i (?:understood|made of it))\b",
    r"\bi ask (?:because|everybody|so that)\b|\bone question at a time\b|\bread this\b",
    r"\bis rarely said unasked\b|\bsays more than a\b|\byou can (?:stop|skip|now|look)\b",
)
_REFLECTIVE = _any(
    r"^(?:so,? |and |then )?(?:you|your)\b(?! (?:need not|can(?:not)? (?:stop|skip)|are welcome))",
    r"\bit sounds (?:as if|like)\b|^(?:to be|being) .{3,60} (?:is something you|hurts)\b",
)
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
        that this with from have been were what when where which they them their there your yours about into than then
        just also will would could should some something thing things very much more most only over such like fine thank
        thanks right good well really because after before again still each every other others here know team manager
        people
        """,
    )
)


def conduct(turn: str, said: str) -> Conduct:
    """What a turn does; ``said`` is what the person said before it, empty at the beginning."""
    sentences = [sentence.strip() for sentence in _SENTENCE.split(turn) if sentence.strip()]
    asked = [s for s in sentences if s.endswith(_ASKS) and (not _ADVICE.search(s) or _LEADING.search(s))]
    told = [s for s in sentences if not s.endswith(_ASKS)]
    return Conduct(
        questions=tuple(_kind(question) for question in asked),
        reflections=sum(_reflects(sentence, said) for sentence in told),
        advises=any(_ADVICE.search(sentence) for sentence in sentences),
        affirms=any(_AFFIRMATION.search(sentence) for sentence in told),
        informs=any(_INFORMATION.search(sentence) for sentence in told),
    )


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry meaning."""
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(word[:5] for word in words if word not in _EVERYDAY)


def labelled() -> Iterator[Labelled]:
    """The turns of ``turns.txt``."""
    part = ""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ")
        elif line.strip() and not line.startswith("#"):
            labels, said, turn = (piece.strip() for piece in line.split("|"))
            yield Labelled(part, _from_labels(labels.split()), said, turn)


def _kind(question: str) -> Question:
    if _LEADING.search(question):
        return Question.LEADING
    clauses = [clause.strip() for clause in re.split(r"[,:;\u2026]", question)]
    if _CONDITION.match(clauses[0]) and _CLAUSE_THAT_ASKS_YES_OR_NO.match(clauses[-1]):
        return Question.CLOSED
    return Question.OPEN if any(map(_QUESTION_WORD.match, clauses)) else Question.CLOSED


def _reflects(sentence: str, said: str) -> bool:
    if not said or any(cue.search(sentence) for cue in (_ADVICE, _AFFIRMATION, _INFORMATION)):
        return False
    return _REFLECTIVE.search(sentence) is not None or bool(stems(sentence) & stems(said))


def _from_labels(labels: list[str]) -> Conduct:
    return Conduct(
        questions=tuple(Question(label) for label in labels if label in set(Question)),
        reflections=labels.count("reflection"),
        advises="advice" in labels,
        affirms="affirmation" in labels,
        informs="information" in labels,
    )
