"""Wishes about the conversation itself, and the answers that hold nothing.

A message is a wish only where it is short and nothing else: "I had to skip lunch" is an answer.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.domain.interview import Wish

MOST_WORDS = 14
MOST_WORDS_BEFORE_A_PRIVACY_QUESTION = 40
LONGEST_MISTRUST = 200


class Empty(StrEnum):
    """How a message can hold no answer: nothing comes to mind, it is hard to say, it seems pointless, or it is bare."""

    NOTHING = "nothing"
    UNSURE = "unsure"
    POINTLESS = "pointless"
    BARE = "bare"


_POLITE = re.compile(
    r"\b(?:please|sorry|maybe|perhaps|thank you|thanks|ok|okay|well|h+m+|u+m+|uh|so|then|just|now|honestly|really"
    r"|actually|hey|hi|hello|sure|yes|yeah|alright|for the moment|for now|i guess|i think|i'm afraid|wait"
    r"|if possible|if that's ok)\b"
)
_MAY_I = (
    r"(?:(?:can|could|may|shall|should) (?:we|i|you) |i(?:'d| would)? (?:like|want|need|prefer|wish) to |let's "
    r"|let us |let me |i(?:'d| would) rather |i'll |we can |you can )?"
)
_QUESTION = r"(?:this|that|it|(?:this|that|the) (?:one|question|part|topic))"
_WORDS = (
    r"(?:this|that|it|these|them|everything|(?:all )?(?:of )?(?:this|my|these|the|our) (?:answers?|words?|messages?"
    r"|chat|conversation|feedback|reflection|responses?|data|comments?|text|opinion)|(?:what|anything"
    r"|everything) i(?: am|'m|'ve| have)? (?:say|said|saying|write|wrote|writing|written|type|typed|tell you"
    r"|told you)(?: here)?)"
)
_ME = (
    r"(?:who (?:said|wrote|answered) .{1,30}|(?:that )?(?:it|this)(?:'s| was| is| comes| came) (?:me|mine|from me"
    r"|by me))"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_PRIVACY = _any(
    rf"who (?:else )?(?:(?:can|will|could|would|gets to|is going to|is able to) )?(?:sees?|reads?|gets?|looks? at"
    rf"|knows?|finds? out|hears?)(?: about)? (?:{_WORDS}|{_ME})",
    rf"who has access(?: to {_WORDS})?",
    rf"(?:will|can|does|do|is|are|could|would) (?:\S+ ){{1,5}}(?:see|seeing|read|reading|get|know|tell|find out|hear"
    rf"|learn)(?: about)? (?:{_WORDS}|{_ME})",
    rf"(?:is|are|will|how) (?:{_WORDS} )?(?:be |stay |kept |truly |completely |fully |100 )*(?:anonymous"
    rf"|confidential|private|secret)(?: (?:is|are) {_WORDS})?",
    r"anonymous|confidential|privacy|(?:what about|how about) (?:privacy|anonymity|confidentiality)",
    r"(?:is|will) my name (?:be )?(?:shown|visible|on it|attached|used|given|mentioned|passed on)",
    rf"what (?:happens|will happen|do you do|will you do|are you going to do|are you doing|is done"
    rf"|will be done) (?:with|to) {_WORDS}",
    rf"where (?:does|do|will|is|are) {_WORDS} (?:go|going|stored|kept|saved|end up|be stored|be kept)",
    rf"(?:is|are|will|can) {_WORDS} (?:be |get |being )?(?:stored|shared|saved|recorded|kept|forwarded|passed on"
    rf"|traced|sent|shown|used)(?: (?:back )?(?:to|with|by|against) .{{1,30}})?",
    rf"(?:can|could|will) (?:\S+ ){{1,3}}(?:trace|link|connect) {_WORDS} (?:back )?to me",
    rf"(?:is|will) {_WORDS} (?:be )?(?:going|go|sent|passed) (?:to|on to) .{{1,30}}",
    r"(?:you|this is|is this|it's all) .{0,40}\b(?:spy|spying|surveillance|trap|big brother)\b.{0,20}",
    r"can i be identified|(?:can|how can) i trust (?:this|you)|is it safe to (?:say|write|answer)(?: this| that)?",
)
_WISHES = {
    Wish.STOP: _any(
        rf"{_MAY_I}(?:stop|end|finish|quit|exit|leave|close)"
        r"(?: (?:here|there|this|it|it here|it there|asking|the (?:chat|conversation|interview|questions)"
        r"|for today))*",
        r"(?:i'm|i am|we're|we are) (?:done|finished|through)(?: (?:here|with this|for today))?|done|finished|cancel",
        r"(?:that's |that is |it's |this is )?enough(?: for today)?|(?:that's|that is) (?:all|it) (?:from"
        r"|for) .{1,12}",
        r"no more questions|i(?:'ve| have)?(?: got)? (?:have |need )?to (?:go|leave|run|stop)|bye|goodbye",
        r"i (?:don't|do not) want to (?:do this|continue|go on|talk)(?: to you)?(?: any ?more)?",
        r"leave me alone|go away|shut up|(?:fuck|piss) off|get lost",
    ),
    Wish.NOT_MEANT: _any(
        r"(?:i|it|that) (?:did not|didn't|was not|wasn't|is not|isn't) (?:mean |meant )?(?:it |that |this )?(?:like"
        r" that"
        r"|that way|so|seriously|literally|in earnest)",
        r"(?:that(?:'s| is| was)|it(?:'s| is| was)|this (?:is|was)) (?:only |just |all )?(?:a )?(?:false alarm"
        r"|figure of"
        r" speech|joke|misunderstanding)|false alarm|you (?:got|took|understood) me wrong|you misunderstood(?: me)?",
    ),
    Wish.BACK: _any(
        rf"{_MAY_I}(?:(?:go|come|step|get|jump) )?back(?: to)?(?: (?:one|a) (?:step|question)| one)?"
        r"(?: (?:the|my))?(?: (?:last|previous|first|earlier|other))?(?: (?:one|question|answer|topic))?(?: before)?",
        rf"{_MAY_I}(?:see |have |answer )?(?:the )?(?:previous(?: one| question)?|(?:question"
        rf"|one) before)(?: again)?",
        rf"{_MAY_I}(?:change|correct|edit|redo|revise|fix|add to|undo)"
        r" (?:my|the) (?:(?:last|previous|earlier) )?(?:answer|message)",
    ),
    Wish.WHY: _any(
        rf"what do you mean(?: by {_QUESTION})?|i (?:don't|do not|didn't) (?:understand|get) {_QUESTION}",
        rf"(?:can|could) you (?:repeat|rephrase|explain|say)(?: {_QUESTION})?(?: again)?",
        rf"why|what for|why (?:do|are|would|did) you (?:want to |need to )?(?:ask|asking"
        rf"|know)(?:ing)?(?: me)?(?: {_QUESTION})?",
        rf"why {_QUESTION}|why (?:is|does|would) {_QUESTION} (?:asked|important|relevant|needed|matter|interesting"
        r"|of interest)",
        rf"what(?:'s| is) the (?:point|purpose|sense|reason|idea|use)(?: (?:of|for|behind) (?:{_QUESTION}"
        rf"|asking {_QUESTION}))?",
        rf"what(?:'s| is) {_QUESTION}(?: good)?(?: for| about)?|how is {_QUESTION} relevant"
        rf"|what do you need {_QUESTION} for",
        rf"why should i (?:answer|tell you|say)(?: {_QUESTION})?|(?:i don't see|what's) the point",
    ),
    Wish.SKIP: _any(
        rf"{_MAY_I}(?:skip|pass(?: on)?|leave out|drop)(?: {_QUESTION})?|{_MAY_I}leave {_QUESTION}(?: out)?",
        rf"{_MAY_I}(?:ask (?:me )?)?(?:the |a )?(?:next|other|another|different)(?: one| question)?",
        rf"{_MAY_I}(?:move|go) on(?: without (?:it|this|that)| to the next(?: one| question)?)?|{_MAY_I}(?:talk"
        rf" about )?something else",
        rf"(?:i(?:'d| would)? )?(?:rather|prefer) not(?: to)?(?: (?:answer|say|talk about|go into"
        rf"|discuss))?(?: {_QUESTION})?",
        rf"i (?:don't|do not|won't|can't|cannot) (?:want to |wish to |like to )?(?:answer|talk about|discuss"
        rf"|go into)(?: {_QUESTION})?",
        r"no comment|none of your business|(?:that's |that is )?(?:too )?(?:private|personal)",
    ),
}
_EMPTY = {
    Empty.NOTHING: _any(
        r"nothing(?: (?:at all|special|much|in particular|particular|whatsoever|comes to mind"
        r"|to (?:add|say|report|tell)|more|else|new|(?:that )?i can think of|i know of))*",
        r"no|nope|nah|none|none at all|not|not much|not that i (?:know|can think)(?: of)?|nada|n/?a|no answer",
        r"(?:i )?(?:can't|cannot|can not|couldn't) (?:think of|say|name|remember)"
        r"(?: (?:anything|one|any|something|it))?",
        r"no examples?",
        r"there(?:'s| is| was) (?:nothing|none)(?: (?:to (?:say|add|tell)|really|at all))?|i(?:'ve"
        r"| have) (?:got )?nothing(?: to .{1,10})?",
    ),
    Empty.UNSURE: _any(
        r"no (?:idea|clue)|(?:i )?(?:don't|do not|wouldn't) know|dunno|idk|(?:i'm )?not sure|hard to say|nobody knows",
    ),
    Empty.POINTLESS: _any(
        r"whatever|who cares|i don't care|blah(?: blah)*",
        r"(?:(?:what|(?:this|that|it)(?:'s| is)) )?(?:such )?(?:a |an )?(?:complete |total )?(?:waste of time|stupid"
        r"|nonsense|bullshit|bs|ridiculous|pointless|joke|silly|rubbish|crap)(?: question)?s?",
    ),
    Empty.BARE: _any(r"never|zero|no value(?: at all)?|that's all|that's it"),
}
_MISTRUST = re.compile(
    r"\byou(?: people| lot| guys| all| just| only| really| simply)*(?: are|'re)? (?:just |only |really )?"
    r"(?:after (?:us|me|names)|(?:looking for|collecting) (?:names|dirt|proof|a reason)"
    r"|want (?:dirt|names|me to|us to|to (?:fire|spy|catch|trap|blame|get rid)))\b"
    r"|\byou(?:'ll| will) (?:just |only )?(?:show|tell|pass|send|report|forward)\b"
    r"|\bgo(?:es|ing)? (?:straight )?to hr\b"
    r"|\b(?:used|held|turned) against (?:me|us)\b",
    re.IGNORECASE,
)


def wish(text: str) -> Wish | None:
    """What somebody wants of the conversation in place of answering, or None."""
    if len(text) > 400:
        return None
    words = len(text.split())
    sentences = _parts(text, r"[.!?\n]+")
    if words <= MOST_WORDS_BEFORE_A_PRIVACY_QUESTION and sentences and _asks_for_privacy(sentences[-1]):
        return Wish.PRIVACY
    if words > MOST_WORDS:
        return None
    parts = _parts(text, r"[.!?,;\n]+")
    found = [_one_wish(part) for part in parts]
    rest_is_empty = all(w is not None or _how_empty(part) for w, part in zip(found, parts, strict=True))
    return next((w for w in found if w is not None), None) if rest_is_empty else None


def empty(text: str) -> Empty | None:
    """How a message holds no answer ("nothing, really", "no idea"), by its first words; None where it holds one."""
    if not any(character.isalnum() for character in text):
        return Empty.BARE
    if len(text) > 200:
        return None
    found = [_how_empty(part) for part in _parts(text, r"[.!?,;\n]+")]
    return found[0] if found and all(found) and len(text.split()) <= MOST_WORDS else None


def mistrusts(text: str) -> bool:
    """Whether a short message takes the assistant to be after something: dirt, names, a reason to fire somebody."""
    return len(text) <= LONGEST_MISTRUST and _MISTRUST.search(text.replace("\u2019", "'")) is not None


def _how_empty(part: str) -> Empty | None:
    return next((kind for kind, pattern in _EMPTY.items() if pattern.fullmatch(part)), None)


def _one_wish(part: str) -> Wish | None:
    return next((wanted for wanted, pattern in _WISHES.items() if pattern.fullmatch(part)), None)


def _asks_for_privacy(sentence: str) -> bool:
    lead = re.compile(
        r"^(?:(?:but|and|also|first|one (?:more )?question|quick question|hang on|hold on|tell me|before (?:i"
        r"|we) (?:answer|go on|start|continue|say anything|say more|write anything))\s*)+"
    )
    tail = re.compile(
        r"(?:\s+(?:here|later|too|also|again|by the way|exactly|afterwards|anyway|or not|in the end|with my name))+$"
    )
    return _PRIVACY.fullmatch(tail.sub("", lead.sub("", sentence))) is not None


def _parts(text: str, boundary: str) -> list[str]:
    """Lower-case pieces without punctuation and politeness; what is only polite falls away."""
    plain = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    pieces = (_POLITE.sub(" ", re.sub(r"[^\w'/\s]", " ", piece)) for piece in re.split(boundary, plain))
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]
