"""The gist of an answer: clauses of the author's own, turned to "you", that the next question can take up."""

from __future__ import annotations

import re
from itertools import islice

from assistant.engines.embedded.clauses import AFTERTHOUGHT, COMMON, LEADING, SHORTEST, clauses_of, cut, words_of
from assistant.engines.embedded.sayable import sentences
from assistant.engines.embedded.second_person import SUBJECTS, WHOSE, is_sayable, to_second_person

LONGEST = 14
SHORT = 9
"""Words above which a clause is cut at its next one, and another of the same message is preferred."""

LONG_ANSWER = 16
"""Words from which on an answer is taken up in two clauses, where both are short."""

LEAST_WORTH = 2
LONGEST_PAIR = 13
"""Words of two clauses that are short together."""


_CLEFT = re.compile(r"^what (i|we) (\w+)(?: from \w+)? (?:is|was)(?: that)?\s+", re.IGNORECASE)
_WHEN = re.compile(
    r"^(?:(?:last|this|every|each|on|in|at|since|for|after|during|yesterday|once"
    r"|(?:two|three|a few) (?:minutes|hours|days|weeks|months|years|times))\b[\w' -]{0,30}?"
    r"|(?:when|while) \w+ \w[\w' -]{0,45}?)"
    r"(?<!\band)(?<!\bor)(?<!\bthat)(?<!\bwhat)(?<!\bhow)(?<!\bwhy)(?<!\bif)\s(?=(?:I|we|she|he|they)\b)",
    re.IGNORECASE,
)
"""A time that leads over to whoever acts in it; after "and" or "what", whoever comes next belongs to the time."""

_NEEDS = re.compile(
    r"\b(?:miss(?:es|ed)?|wish(?:es|ed)?|hopes?|hoped|needs?|needed|wants?|wanted|loves?|loved|likes?|liked|feels?|felt"
    r"|fears?|afraid|proud|ashamed|sorry|hurts?|trusts?|trusted|glad|grateful)\b",
    re.IGNORECASE,
)
"""What somebody feels or needs: worth more than what merely happened."""

_DID = words_of(
    "gave took told kept made brought went got sent found paid stood wrote left held ran said came did had met spoke "
    "saw taught bought"
)
_AUTHOR = words_of("me my us our myself ourselves")
_DOES = words_of(
    "works asks gives helps listens explains takes makes keeps talks comes does knows lets shows leads thinks speaks "
    "decides trusts supports shares gets feels says tells has runs plans brings stands"
)
_ENGLISH_SUBJECTS = words_of("she they she's he's they're they've everybody everyone nobody")
"""Those that tell by themselves which language it is."""

_VERBS = _DOES | _DID | words_of("put let is are was were have can could does do will would never always often")
_MODAL = words_of("could should would can might must")


def gists(text: str, name: str | None, is_reflection: bool) -> tuple[str, ...]:
    """The best clauses, of 3 to 14 words in the second person: one, or two of a long text, or none to rely on.

    ``name`` is the first name of the person the talk is about. In a reflection the author's own deeds are better, in
    a feedback those of the manager; what says next to nothing is worst. Two are given where both are short, in the
    order in which they were said.
    """
    clauses = (clause for sentence in sentences(text) for clause in clauses_of(sentence))
    turned = (_clause_gist(clause, name, is_reflection) for clause in clauses)
    found = list(dict.fromkeys(clause for clause in turned if clause is not None))
    best = sorted(found, key=lambda clause: (*_is_beside_the_point(clause, is_reflection), -_worth(clause)))
    if len(text.split()) < LONG_ANSWER:
        return tuple(best[:1])
    short_beside = (clause for clause in best[1:] if _worth(clause) >= LEAST_WORTH and _fit_together(best[0], clause))
    return tuple(sorted((*best[:1], *islice(short_beside, 1)), key=found.index))


def weight(clause: str) -> int:
    """How much is said after the first word, which is the subject as a rule: the words that are not everyday ones."""
    return min(5, sum(word.lower() not in COMMON for word in clause.split()[1:]))


def _is_beside_the_point(clause: str, is_reflection: bool) -> tuple[bool, bool]:
    """Whether it says next to nothing, and whether it tells of the other one of the two."""
    return _worth(clause) < LEAST_WORTH, clause.split()[0].startswith("you") != is_reflection


def _worth(clause: str) -> int:
    """How good it is to say back: what says much and is not long."""
    return weight(clause) + 3 * (_NEEDS.search(clause) is not None) - max(0, len(clause.split()) - SHORT)


def _fit_together(one: str, other: str) -> bool:
    return len(one.split()) + len(other.split()) <= LONGEST_PAIR


def _clause_gist(clause: str, name: str | None, is_reflection: bool) -> str | None:
    bare = _CLEFT.sub(r"\1 \2 that ", LEADING.sub("", _WHEN.sub("", LEADING.sub("", AFTERTHOUGHT.sub("", clause)))))
    began = bare.split() if clause[:1].islower() else _with_subject(bare.split(), name, is_reflection)
    words = _shortened(began)
    if words is None or not _is_plain_english(words, name):
        return None
    return to_second_person(words)


def _with_subject(words: list[str], name: str | None, is_reflection: bool) -> list[str]:
    """The words, with whoever is spoken of before a verb that begins them: "Gave her the pump", "Works alone now".

    In a feedback it may be the author who "asked twice": it is the manager where the author is at the other end of it.
    """
    first = words[0].lower() if words else ""
    acts = first in _DID or (len(first) > 4 and first.endswith("ed"))
    if is_reflection and acts:
        return ["I", first, *words[1:]]
    is_the_other = (acts or first in _MODAL) and not _AUTHOR.isdisjoint(word.lower() for word in words)
    if name is not None and (first in _DOES or (not is_reflection and is_the_other)):
        return [name, first, *words[1:]]
    return words


def _shortened(words: list[str]) -> list[str] | None:
    """Cut where a new clause begins, to SHORT words if it can be, else to LONGEST; None where no whole one is left."""
    kept = cut(words, SHORT) or cut(words, LONGEST)
    return kept if kept is not None and len(kept) >= SHORTEST else None


def _is_plain_english(words: list[str], name: str | None) -> bool:
    """Whether the words are a clause with a person as its subject, in English, and fit to be said back."""
    if not _has_person_as_subject(words, name) or not is_sayable(" ".join(words)):
        return False
    common = sum(word.lower() in COMMON for word in words[1:]) + (words[0].lower() in _ENGLISH_SUBJECTS)
    return common >= 1 and common + 1 >= len(words) * (0.5 if words[0] == "i" else 0.3)


def _has_person_as_subject(words: list[str], name: str | None) -> bool:
    first = words[0].lower()
    if first in WHOSE:
        return any(word.lower() in _VERBS for word in words[2:5])
    return first in SUBJECTS or (name is not None and first == name.lower())
