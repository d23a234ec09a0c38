"""What a question is about, once the words that only put it are taken away."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.domain.knowledge import Behaviour

IN_FULL, IN_PART = 0.75, 0.5
"""How much of a behaviour's name, weighed by how rare its words are, has to stand in a question for it to be called."""

_SHORT = 3
"""A phrase of so many words at most is wholly accounted for by what it was recognised as."""

_PHRASES = Path(__file__).with_name("question_words.yaml")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDINGS = re.compile(r"(?:nesses|ness|ments?|ations?|ings?|ied|ies|ely|ily|ed|es|ly|er|e|s)$")

_FRAME_WORDS = """
    a about above across actions afraid after again against agree agreement aligned alignment all also am among
    an and
    answer answered answers any anybody anyone anything are area as ask asked at average away be because been
    became become becomes before being believe below best better between blind both building but by came can
    cannot cause causes
    certain claim claims clarity clear climate come comes coming common compare compared comparing comparison
    concern concerns confirm confirmed could creating culture department develop developed developing
    development developments did differ difference different divided do does doing done down downline each
    else enough every everybody everyone far fear feedback feel feels few fewer find finding findings first
    fit fits for found frequent from fundamental gap gaps get gets getting give given giving go goes going gone good
    got great group groups grow growing grown growth had happen happened happening happens has have he hear help
    helped helpful helps her here hidden high higher him his hold how i if important improve improved
    improving in into is issue issues it its just keeping kind know lack lacking last late latest least less
    lets letting like line list might little long look looks low lower main make making manager managers many may me
    mean miss missed misses missing mixed more most much must my near need needs new next no nobody none not
    notice noticed notices noticing now of often on one ones only open or order other others our out over
    overview own part participation people performance performing person please point points powering practice
    practices previous problem problems put putting rank rate reason reasons recommend report reports
    responded response rest result results right round rounds safe safety said same say saying says see seeing
    seem seen sees share shared should show shown shows side sides since so some somebody something split spot
    spots stand stands steps strength strengths struggle struggling such suggest suggestion suggestions
    summary support sure surest tackle take taking talent team teams tell than that the their theirs them
    themselves then there these they thing things think this those through time times to together told too top
    trend trust turnout type typical under unlike unseen two until up us value valued values versus very view vs wait
    waiting waits want was way we weak weakness well went were what when where whether which while who whole
    whom whose why widespread will with within without work working works worse worst would year you your
    boss bosses chief chiefs lead leads leader leaders supervisor supervisors staff employee employees worker workers
    ok okay hm member members colleague colleagues crew crews folk folks guy guys bunch lot everyone body thing stuff
"""
_FRAME = frozenset(_FRAME_WORDS.split())
"""Words that put a question or say of what kind the answer is to be."""


@dataclass(frozen=True, slots=True)
class Call:
    """A phrase in lower case, as its words, that calls a behaviour (id), and whether it says that this is missing."""

    phrase: tuple[str, ...]
    behaviour: str
    says_missing: bool


class QuestionTopics:
    """Finds the behaviours that a question names in the words by which they are called."""

    def __init__(self, behaviours: Mapping[str, Behaviour]) -> None:
        self._called = {call.phrase: call for call in _calls() if call.behaviour in behaviours}
        self._longest = max(map(len, self._called), default=0)
        self._ids = {id_: frozenset(_stems(id_.split("_"))) for id_ in behaviours}
        self._names = {id_: frozenset(_own(behaviour.doing)) for id_, behaviour in behaviours.items()}
        self._often = Counter(stem for name in self._names.values() for stem in name)
        self._rare = {stem: math.log(1 + len(behaviours) / number) for stem, number in self._often.items()}

    def called(self, text: str) -> tuple[str, ...]:
        """The behaviour that a text in lower case calls as people do; may be none."""
        call = self._longest_call(text)
        return (call.behaviour,) if call else ()

    def says_missing(self, text: str) -> bool:
        """Whether a text in lower case calls a behaviour by words that say it is missing."""
        call = self._longest_call(text)
        return call is not None and call.says_missing

    def _longest_call(self, text: str) -> Call | None:
        """The longest phrase for a behaviour that stands in a text; of phrases of one length the first counts."""
        words = tuple(word.removesuffix("'s") for word in _WORD.findall(text))
        for length in range(self._longest, 0, -1):
            for start in range(len(words) - length + 1):
                if call := self._called.get(words[start : start + length]):
                    return call
        return None

    def named(self, text: str, own: Iterable[str], enough: float) -> tuple[str, ...]:
        """The behaviours whose id stands in a text, or enough of whose name in its own words; by id first."""
        spoken, stems = frozenset(_stems(_WORD.findall(text))), frozenset(_stems(own))
        shares = {id_: self._share(name, stems) for id_, name in self._names.items()}
        by_id = {id_ for id_, name in self._ids.items() if name <= spoken and not name.isdisjoint(stems)}
        shares |= dict.fromkeys(by_id, 1.0)
        called = [id_ for id_, share in shares.items() if share >= enough and self._tells(id_, stems, share)]
        return tuple(sorted(called, key=lambda id_: (id_ not in by_id, -shares[id_], id_)))

    def _tells(self, id_: str, stems: frozenset[str], share: float) -> bool:
        """Whether part of a name is enough to tell the behaviour: a word of it stands in no other name."""
        return share >= IN_FULL or any(self._often[stem] == 1 for stem in self._names[id_] & stems)

    def _share(self, name: frozenset[str], stems: frozenset[str]) -> float:
        whole = sum(self._rare[stem] for stem in name)
        return sum(self._rare[stem] for stem in name & stems) / whole if whole else 0.0


@cache
def _calls() -> tuple[Call, ...]:
    """All that people call behaviours in questions."""
    read: dict[str, dict[str, list[str]]] = yaml.safe_load(_PHRASES.read_text(encoding="utf-8"))
    return tuple(
        Call(tuple(word.removesuffix("'s") for word in _WORD.findall(phrase)), id_, how == "missing")
        for id_, ways in read.items()
        for how, phrases in ways.items()
        for phrase in phrases
    )


def without_names(text: str, names: Iterable[str]) -> str:
    """A question in lower case without the names of people and teams, which may be words for something else."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name.lower())}(?:'s)?\b", " ", text)
    return text


def own_words(text: str) -> tuple[str, ...]:
    """The words of a question in lower case that say what it is about."""
    words = (word.removesuffix("'s") for word in _WORD.findall(text))
    return tuple(word for word in words if len(word) > 1 and _FRAME.isdisjoint({word, word.removesuffix("s")}))


def unaccounted_words(text: str, phrasings: Iterable[re.Pattern[str]]) -> tuple[str, ...]:
    """The words of a question in lower case that say what it is about, without those that phrasings account for."""
    for phrasing in phrasings:
        text = phrasing.sub(_without_short, text)
    return own_words(text)


def _without_short(found: re.Match[str]) -> str:
    return " " if len(found.group().split()) <= _SHORT else found.group()


def _own(text: str) -> Iterable[str]:
    return _stems(word for word in _WORD.findall(text.lower()) if word not in _FRAME)


def _stems(words: Iterable[str]) -> Iterable[str]:
    return (_ENDINGS.sub("", word) if len(word) > 3 else word for word in words)
