"""The gist of an answer: clauses of the author's own, turned to "you", that the next question can take up."""

from __future__ import annotations

import re
from itertools import islice

from assistant.engines.embedded.sayable import is_plain, sentences

LONGEST = 14
SHORT = 9
"""Words above which a clause is cut at its next one, and another of the same message is preferred."""

SHORTEST = 3
LONGEST_ECHO = 10
LONG_ANSWER = 12
"""Words from which on an answer is taken up in two clauses, where both are short."""

LEAST_WORTH = 2
LONGEST_PAIR = 14
"""Words of two clauses that are short together."""


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


_FILLER = (
    r"and|but|so|then|because|also|now|today|actually|honestly|well|yes|yeah|ok|okay|recently|usually|often|sometimes"
    r"|still|normally|basically|first|for example|for instance"
)
_HEDGE = r"(?:(?:i|we) (?:think|guess|suppose|believe|mean|feel|would say)|i'd say)(?: that)?"
_CLEFT = re.compile(r"^what (i|we) (\w+)(?: from \w+)? (?:is|was)(?: that)?\s+", re.IGNORECASE)
_PERHAPS = re.compile(r"^(?:(?:probably|perhaps|maybe|possibly|mostly just|just)\s+)+(?=that\b)", re.IGNORECASE)
_LEADING = re.compile(rf"^(?:(?:{_FILLER}|{_HEDGE})\s+)+", re.IGNORECASE)
_WHEN = re.compile(
    r"^(?:(?:last|this|every|each|on|in|at|since|for|after|during|yesterday|once|two|three|a few)\b[\w' -]{0,30}?"
    r"|(?:when|while) \w+ \w[\w' -]{0,45}?)\s(?=(?:I|we|she|he|they)\b)",
    re.IGNORECASE,
)
_COMMON = _words(
    "a about after again all also always am an and any are as at be because been before but by can could did do "
    "does don't done each every for from get gets give gives go had has have he her him his how i if in into is it "
    "its just keep let like made make me more my myself never new no not now of off on once one onto or our out "
    "over own people she so some still take that the their them then there they this time to together too up us use "
    "very want was we well what when where which while who why will with without work would always asked gave from "
    "through mostly mainly between both nobody everybody less fewer enough better worse things"
)
_NEVER_LAST = _words(
    "a an the my your our his their and or but so because that which who whom whose is are was were be been have has "
    "had will would can could should may might must very too more most as than if when while i we he she they always "
    "often really just also never it's"
)
_CUT_OFF = _words("to of for with at by from about into onto in on up not do does did")
_SPEAKS = _words("says said say tells told tell asks asked ask knows knew know sees saw see thinks thought think")
_CUT_BEFORE = _words("and but because which while although since")
_NEEDS = re.compile(
    r"\b(?:miss(?:es|ed)?|wish(?:es|ed)?|hopes?|hoped|needs?|needed|wants?|wanted|loves?|loved|likes?|liked|feels?|felt"
    r"|fears?|afraid|proud|ashamed|sorry|hurts?|trusts?|trusted|glad|grateful)\b",
    re.IGNORECASE,
)
"""What somebody feels or needs: worth more than what merely happened."""

_AFTERTHOUGHT = re.compile(
    r",? (?:to be (?:honest|frank|fair)|honestly|i (?:guess|suppose|think)|you know)$", re.IGNORECASE
)

_NOT_TO_TURN = re.compile(
    r"\b(?:you|your|yours|am i|was i|i should|i could have|don't know|do not know|not sure|no idea"
    r"|waste of|nonsense|pointless|ridiculous|(?:used|held|turned) against (?:me|us))\b",
    re.IGNORECASE,
)
"""What becomes another thing in the second person, or sounds like advice or mockery there."""

_TURNS_THE_NEXT = re.compile(
    rf"^(?:(?:{_FILLER}|even)\s+)*(?:if|unless|whether|as if|as though|not|no|never|hardly|rarely|seldom|nobody|without"
    r"|instead of|rather than|in theory|on paper|officially|supposedly|allegedly)\b",
    re.IGNORECASE,
)
_TURNS_THE_ONE_BEFORE = re.compile(
    r"^(?:if|unless|as if|as though|not|or so|supposedly|allegedly|in theory|who|whose|which|where|whom)\b",
    re.IGNORECASE,
)
"""A part of a sentence without which the part beside it says something else."""

_REPORTS = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:says|said|say|tells|told|claims?|claimed|thinks?|thought|pretends?)$", re.IGNORECASE
)
"""The end of a part after which somebody else may be meant by "I"."""

_NO_ANSWER = re.compile(
    r"(?:yes|no|yeah|nope|ok|okay|fine|sure|right|maybe|perhaps|well|h+m+|oh|ah|so|thanks?|hello|hi|hey|sorry|please|why"
    r"|what|as i said|nothing|never mind|good question|honestly|frankly|literally|i guess|i suppose|i heard"
    r"|to be (?:honest|frank|fair))\b",
    re.IGNORECASE,
)
_DID = _words(
    "gave took told kept made brought went let got sent found paid stood wrote left held ran said came did put had met "
    "spoke saw taught bought"
)
_DOES = _words(
    "works asks gives helps listens explains takes makes keeps talks comes does knows lets shows leads thinks speaks "
    "decides trusts supports shares gets feels says tells is has runs plans brings stands"
)
_SUBJECTS = _words("i we she he they i'm i've we've she's he's they're they've everybody everyone nobody")
_ENGLISH_SUBJECTS = _words("she they she's he's they're they've everybody everyone nobody")
"""Those that tell by themselves which language it is."""

_WHOSE = _words("my our his her their")
_VERBS = _DOES | _DID | _words("is are was were have can could does do will would never always often")
_MODAL = _words("could should would can might must")
_SECOND_PERSON = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_BETWEEN_I_AND_VERB = _words("also still just never always")
_AFTER_I = {"am": "are", "was": "were", "wasn't": "weren't"}


def gists(text: str, name: str | None, is_reflection: bool) -> tuple[str, ...]:
    """Clauses of 3 to 14 words in the second person, the best first: one, or two of a long text, or none to rely on.

    ``name`` is the first name of the person the talk is about. In a reflection the author's own deeds come first, in
    a feedback those of the manager; what says next to nothing comes last. A second one is given where both are short.
    """
    clauses = (clause for sentence in sentences(text) for clause in _clauses(sentence))
    turned = (_clause_gist(clause, name, is_reflection) for clause in clauses)
    found = list(dict.fromkeys(clause for clause in turned if clause is not None))
    best = sorted(found, key=lambda clause: (*_is_beside_the_point(clause, is_reflection), -_worth(clause)))
    if len(text.split()) < LONG_ANSWER:
        return tuple(best[:1])
    short_beside = (clause for clause in best[1:] if _worth(clause) >= LEAST_WORTH and _fit_together(best[0], clause))
    return (*best[:1], *islice(short_beside, 1))


def echo(text: str) -> str | None:
    """A few words that make no clause to rely on, in the second person: "through the tickets". None if none is fit."""
    found = ((_clauses(sentence), sentence) for sentence in sentences(text))
    parts = (part for clauses, sentence in found if clauses for part in (sentence, *clauses))
    return next((said for part in parts if (said := _echoed(part)) is not None), None)


def _echoed(part: str) -> str | None:
    bare = _LEADING.sub("", _PERHAPS.sub("", _LEADING.sub("", _AFTERTHOUGHT.sub("", part))))
    words = _cut(bare.split(), LONGEST_ECHO)
    if words is None or _NO_ANSWER.match(bare) or not _is_sayable(" ".join(words).replace(", ", " ")):
        return None
    if len(words) > 1 and (words[-1].lower() in _SPEAKS or not any(w.lower().rstrip(",") in _COMMON for w in words)):
        return None
    turned = _to_second_person(words)
    return turned[:1].lower() + turned[1:] if words[0].lower() in _COMMON else turned


def weight(clause: str) -> int:
    """How much is said after the first word, which is the subject as a rule: the words that are not everyday ones."""
    return min(5, sum(word.lower() not in _COMMON for word in clause.split()[1:]))


def _is_beside_the_point(clause: str, is_reflection: bool) -> tuple[bool, bool]:
    """Whether it says next to nothing, and whether it tells of the other one of the two."""
    return _worth(clause) < LEAST_WORTH, clause.split()[0].startswith("you") != is_reflection


def _worth(clause: str) -> int:
    """How good it is to say back: what says much and is not long."""
    return weight(clause) + 3 * (_NEEDS.search(clause) is not None) - max(0, len(clause.split()) - SHORT)


def _fit_together(one: str, other: str) -> bool:
    return len(one.split()) + len(other.split()) <= LONGEST_PAIR


def _clauses(sentence: str) -> list[str]:
    """The parts of a sentence between commas, without those that say another thing when they stand alone."""
    parts = re.split(r",\s+", sentence)
    if any(_REPORTS.search(part) for part in parts[:-1]):
        return []
    around = zip(["", *parts], parts, [*parts[1:], ""], strict=False)
    return [part for before, part, after in around if _stands_alone(before, after)]


def _stands_alone(before: str, after: str) -> bool:
    return not (_TURNS_THE_NEXT.search(before) or _TURNS_THE_ONE_BEFORE.search(after))


def _clause_gist(clause: str, name: str | None, is_reflection: bool) -> str | None:
    bare = _CLEFT.sub(r"\1 \2 that ", _LEADING.sub("", _WHEN.sub("", _LEADING.sub("", _AFTERTHOUGHT.sub("", clause)))))
    began = bare.split() if clause[:1].islower() else _with_subject(bare.split(), name, is_reflection)
    words = _shortened(began)
    if words is None or not _is_plain_english(words, name):
        return None
    return _to_second_person(words)


def _with_subject(words: list[str], name: str | None, is_reflection: bool) -> list[str]:
    """The words, with whoever is spoken of before a verb that begins them: "Gave her the pump", "Works alone now"."""
    first = words[0].lower() if words else ""
    acts = first in _DID or (len(first) > 4 and first.endswith("ed"))
    if is_reflection and (acts or first in _MODAL):
        return ["I", first, *words[1:]]
    if name is not None and (first in _DOES or (not is_reflection and (acts or first in _MODAL))):
        return [name, first, *words[1:]]
    return words


def _shortened(words: list[str]) -> list[str] | None:
    """Cut where a new clause begins, to SHORT words if it can be, else to LONGEST; None where no whole one is left."""
    kept = _cut(words, SHORT) or _cut(words, LONGEST)
    return kept if kept is not None and len(kept) >= SHORTEST else None


def _cut(words: list[str], longest: int) -> list[str] | None:
    if len(words) > longest:
        cuts = [i for i in range(4, longest + 1) if _may_cut(words[i - 1].lower(), words[i].lower())]
        words = words[: cuts[-1]] if cuts else []
    return words if words and words[-1].lower() not in _NEVER_LAST else None


def _may_cut(last: str, following: str) -> bool:
    return following in _CUT_BEFORE and last not in _SPEAKS and not (following == "and" and last in _CUT_OFF)


def _is_plain_english(words: list[str], name: str | None) -> bool:
    """Whether the words are a clause with a person as its subject, in English, and fit to be said back."""
    if not _has_person_as_subject(words, name) or not _is_sayable(" ".join(words)):
        return False
    common = sum(word.lower() in _COMMON for word in words[1:]) + (words[0].lower() in _ENGLISH_SUBJECTS)
    return common >= 1 and common + 1 >= len(words) * (0.5 if words[0] == "i" else 0.3)


def _is_sayable(said: str) -> bool:
    return is_plain(said) and _NOT_TO_TURN.search(said) is None


def _has_person_as_subject(words: list[str], name: str | None) -> bool:
    first = words[0].lower()
    if first in _WHOSE:
        return any(word.lower() in _VERBS for word in words[2:5])
    return first in _SUBJECTS or (name is not None and first == name.lower())


def _to_second_person(words: list[str]) -> str:
    turned: list[str] = []
    after_i = False
    for word in words:
        low, comma = word.lower().rstrip(","), "," if word.endswith(",") else ""
        if after_i and low in _AFTER_I:
            turned.append(_AFTER_I[low] + comma)
        else:
            turned.append(_SECOND_PERSON[low] + comma if low in _SECOND_PERSON else word)
        after_i = low == "i" or (after_i and (low.endswith("ly") or low in _BETWEEN_I_AND_VERB))
    if words[0].lower() in _SUBJECTS | _WHOSE:
        turned[0] = turned[0].lower()
    return " ".join(turned)
