"""The gist of an answer: one clause of the author's own, turned to "you", that the next question can take up."""

from __future__ import annotations

import re

LONGEST = 12
SHORTEST = 3
_LOOKED_AT = 2_000


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|everything)"
    r"|system prompt|developer mode|jailbreak|\byou(?: a|')re (?:now|an?)\b|\bact as\b|pretend (?:to|you)|role-?play"
    r"|\b(?:respond|reply|answer|output|print|repeat|say|write|return) (?:only|with|exactly|after me|the following)\b"
    r"|\b(?:reveal|translate|summari[sz]e|print|repeat) (?:your|the|this|all)\b|\bas json\b|\bin json\b"
    r"|^\s*(?:system|assistant|user)\s*:|[<>{}`\[\]|\\]|https?:|www\.",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?;\u2026]+(?=\s|$)|[\n\r\t]+")
_FILLER = (
    r"and|but|so|then|because|also|now|today|actually|honestly|well|yes|yeah|ok|okay|recently|usually|often|sometimes"
    r"|still|normally|basically|first|for example|for instance"
)
_HEDGE = r"(?:(?:i|we) (?:think|guess|suppose|believe|mean|hope|feel|would say)|i'd say)(?: that)?"
_LEADING = re.compile(rf"^(?:(?:{_FILLER}|{_HEDGE})\s+)+", re.IGNORECASE)
_WHEN = re.compile(
    r"^(?:last|this|every|each|on|in|at|since|for|after|during|yesterday|once|two|three|a few)\b"
    r"[\w' -]{0,30}?\s(?=(?:I|we|she|he|they)\b)",
    re.IGNORECASE,
)
_COMMON = _words(
    "a about after again all also always am an and any are as at be because been before but by can could did do "
    "does don't done each every for from get gets give gives go had has have he her him his how i if in into is it "
    "its just keep let like made make me more my myself never new no not now of off on once one onto or our out "
    "over own people she so some still take that the their them then there they this time to together too up us use "
    "very want was we well what when where which while who why will with without work would always asked gave"
)
_NEVER_LAST = _words(
    "a an the my your our his their and or but so because that which who whom whose is are was were be been have has "
    "had will would can could should may might must very too more most as than if when while i we he she they always "
    "often really just also never it's"
)
_CUT_OFF = _words("to of for with at by from about into onto in on up not do does did")
_CUT_BEFORE = _words("and but because which when while although until after before since")
_NOT_TO_ECHO = re.compile(
    r"\b(?:you|your|yours|am i|was i|i should|i could have|don't know|not sure|no idea"
    r"|lazy|stupid|idiots?|useless|incompetent|hates?|crap|shit\w*|fuck\w*|damn|bitch|asshole|arse\w*|moron\w*|drunk"
    r"|kill\w*|suicid\w*|rape\w*|assault\w*|harass\w*|die|dead|sex\w*)\b",
    re.IGNORECASE,
)
_SECOND_PERSON = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_BETWEEN_I_AND_VERB = _words("also still just never always")
_AFTER_I = {"am": "are", "was": "were", "wasn't": "weren't"}


def gist(text: str, name: str | None, is_reflection: bool) -> str | None:
    """A clause of 3 to 12 words in the second person, or None where there is none to rely on.

    ``name`` is the first name of the person the talk is about. In a reflection the author's own deeds come first, in
    a feedback those of the manager.
    """
    if _ORDER.search(text[: 2 * _LOOKED_AT]):
        return None
    found = [turned for clause in _clauses(text) if (turned := _clause_gist(clause, name)) is not None]
    if not found:
        return None
    own_first = [turned for turned in found if turned.split()[0].startswith("you") == is_reflection]
    ranked = own_first or found
    return next((turned for turned in ranked if len(turned.split()) >= 5), ranked[0])


def _clauses(text: str) -> list[str]:
    """Sentences cut at commas; a clause that a relative clause breaks into is left out, as is one cut by length."""
    looked_at = text[:_LOOKED_AT].replace("\u2019", "'").replace("\u2018", "'")
    sentences = _SENTENCE_END.split(looked_at)
    if len(text) > _LOOKED_AT:
        sentences = sentences[:-1]
    clauses = []
    for sentence in sentences:
        parts = [part.strip() for part in re.split(r",\s+", sentence)]
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            if not re.match(r"(?:who|whose|which|where|whom)\b", following):
                clauses.append(part)
    return clauses


def _clause_gist(clause: str, name: str | None) -> str | None:
    bare = _LEADING.sub("", _WHEN.sub("", _LEADING.sub("", clause)))
    words = _shortened(bare.split())
    if words is None or not _is_plain_english(words, name):
        return None
    return _to_second_person(words)


def _shortened(words: list[str]) -> list[str] | None:
    """At most LONGEST words, cut only where a new clause begins; None where that leaves no whole clause."""
    if len(words) > LONGEST:
        cuts = [i for i in range(4, LONGEST + 1) if _may_cut(words[i - 1].lower(), words[i].lower())]
        words = words[: cuts[-1]] if cuts else []
    return words if len(words) >= SHORTEST and words[-1].lower() not in _NEVER_LAST else None


def _may_cut(last: str, following: str) -> bool:
    return following in _CUT_BEFORE and not (following == "and" and last in _CUT_OFF)


def _is_plain_english(words: list[str], name: str | None) -> bool:
    """Whether the words are a clause with a person as its subject, in English, and fit to be said back."""
    clause = " ".join(words)
    if not _has_person_as_subject(words, name) or re.search(r"[^\w' %-]|_|(?:^| )-", clause) or clause.isupper():
        return False
    if _NOT_TO_ECHO.search(clause) or any(not w.isascii() and w[0].islower() for w in words):
        return False
    common = sum(word.lower() in _COMMON for word in words[1:])
    return common >= 1 and common + 1 >= len(words) * (0.5 if words[0] == "i" else 0.3)


def _has_person_as_subject(words: list[str], name: str | None) -> bool:
    first = words[0].lower()
    if first in {"my", "our"}:
        return words[1].lower() in {"manager", "boss", "lead", "team", "people"}
    subjects = {"i", "we", "she", "he", "they", "i'm", "i've", "we've", "she's", "he's", "they're", "they've"}
    return first in subjects or (name is not None and first == name.lower())


def _to_second_person(words: list[str]) -> str:
    turned: list[str] = []
    after_i = False
    for word in words:
        low = word.lower()
        if after_i and low in _AFTER_I:
            turned.append(_AFTER_I[low])
        else:
            turned.append(_SECOND_PERSON.get(low, word))
        after_i = low == "i" or (after_i and (low.endswith("ly") or low in _BETWEEN_I_AND_VERB))
    if words[0].lower() in {"she", "he", "they", "she's", "he's", "they're", "they've"}:
        turned[0] = turned[0].lower()
    return " ".join(turned)
