"""Of which rounds a question speaks: one, several held against each other, or a change from one to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.inquiry import Change, Comparison
from assistant.inquiry.mentions import rounds_named

_ORDINALS = {"first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}
_QUARTER = re.compile(rf"\b({'|'.join(_ORDINALS)}) quarter\b")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ROUND = "(?:round|quarter|time|survey|cycle|period)"
_LAST = re.compile(
    rf"\b(?:since|than|from|with|to|against|versus|vs\.?|on)(?: in)? (?:the |our )?"
    rf"(?:last|previous|prior|earlier) {_ROUND}\b"
    rf"|\b(?:since|than) (?:the )?(?:{_ROUND} before|before)\b|\b{_ROUND} (?:on|over|to|by) {_ROUND}\b"
    rf"|\b(?:compared|comparing|compare)\b.*\b(?:last|previous|prior) {_ROUND}\b"
)
_PREVIOUS = re.compile(rf"\b(?:previous|prior) {_ROUND}\b|\b{_ROUND} before(?: last)?\b|\blast but one\b")
_SEVERAL = re.compile(rf"\b(?:last|past|latest|recent|all|the) (\d|{'|'.join(_NUMBERS)}) {_ROUND}s\b")
_ALL = re.compile(
    r"\b(?:over|across|during|through(?:out)?) (?:the|this) (?:whole )?year\b"
    rf"|\bover time\b|\btrends?\b|\b(?:across|over|in|through) (?:all )?(?:the )?{_ROUND}s\b|\ball {_ROUND}s\b"
    rf"|\bfrom {_ROUND} to {_ROUND}\b|\b(?:since|from) the (?:beginning|start|first {_ROUND})\b|\bso far\b|\bhistory\b"
)
_SINCE = re.compile(r"\bsince\b|\bfrom\b.*\bon(?:wards)?\b")
_RANGE = re.compile(r"(?<!in[- ])\bbetween\b|\bfrom\b.*\b(?:to|until|through)\b|(?<!next )\b(?:to|until|through)\b")
_DIRECTION: tuple[tuple[Change, re.Pattern[str]], ...] = (
    (
        Change.WORSE,
        re.compile(
            r"\b(?:got|gets?|getting|gotten|become|becoming|became|turned) (?:much |any )?(?:worse|weaker)\b"
            r"|\bworsen\w*|\bdeteriorat\w*|\b(?:widening|new|emerging|increasing|appeared)\b"
            r"|\b(?:declin|slipp|erod|crumbl|regress|slid)\w*|\b(?:fell|fallen|lost|losing ground|sinking|sank|sunk)\b"
            r"|\bdropp\w+\b(?! the ball)|\bworse\b(?! (?:manager|leader|boss))"
            r"|\b(?:went|gone) (?:bad|sour|south|down)\b"
            r"|\bbackwards?\b|\bon the (?:way down|decline|wane)\b|\bpil(?:ed|ing) up\b|\b(?:more bad|less good)\b"
            r"|\bnewly\b|\bno longer\b|\b(?:dip|dips|dipped|dipping|dwindl\w+|waning|escalat\w+|aggravat\w+)\b"
        ),
    ),
    (
        Change.BETTER,
        re.compile(
            r"\bimprov(?:ed|ing|ements?|es)\b"
            r"|\b(?:got|gets?|getting|gotten|become|becoming|became) (?:much |any )?(?:better|stronger)\b"
            r"|\bgone\b(?! (?:down|bad|wrong|sour|south|off))"
            r"|\b(?:went away|disappeared|closed|closing|resolved|shrinking|shrunk|shrank|healed|solved)\b"
            r"|\bprogress(?:ed|ing)?\b|\bon the (?:mend|way up|up|right track|rise)\b|\b(?:gain\w* ground|headway)\b"
            r"|\bpick(?:ed|ing|s) up(?! on)\b|\blook(?:s|ed|ing) up\b|\brecover\w*|\bupwards?\b|\bgreen shoots\b"
            r"|\b(?:got|gotten) rid of\b|\bthings? of the past\b|\bunder control\b|\badvance[sd]?\b|\bmore good\b"
            r"|\b(?:sorted out|put right|ironed out|fixed|turn for the better|strides)\b"
            r"|\b(?:did not|didn't) work before\b"
        ),
    ),
)
_DEVELOPS = re.compile(r"\bdevelop(?:s|ed|ment|ing)?\b")
_GROWS = re.compile(r"\b(?:growing|grown|grew|grows?)\b")
_BAD = re.compile(r"\b(?:gaps?|problems?|concerns?|fears?|blame|blind spots?|distance|differences?)\b")
_CHANGES = re.compile(
    r"\bchang(?:ed|es?)\b|\bdevelop(?:ed|ments?)\b.*\bover\b|\bdifferent (?:from|than|to)\b|\bmoved\b"
    r"|\b(?:different|differently) now\b|\bthen and now\b|\bbefore and after\b|\b(?:evolv|shift(?:ed|ing)|unfold)\w*"
    r"|\bmovements?\b|\bdelta\b|\balterations?\b|\bin (?:which|what) direction\b|\bstay(?:ed)? the same\b"
    r"|\bhappened since\b|\b(?:going|gone) up or (?:gone )?down\b|\bnew compared\b"
)
_YES_OR_NO = re.compile(r"^(?:and |but |so )?(?:has|have|is|are|was|were|did|does|do)\b")
_NEW_ONES = "people|folks|staff|employees|starters?|hires?|rules?|colleagues?|joiners?|faces|ones|tools?"
_OF_PEOPLE = re.compile(
    r"\b(?:reasons? for|explain\w*|(?:told|hear|heard|know|learn|say|says|said|understand) why"
    rf"|new (?:{_NEW_ONES}))\b"
)


@dataclass(frozen=True, slots=True)
class When:
    """The rounds that are meant (keys, the oldest first), whether they are compared, and which change is asked for.

    ``is_by_change_alone`` where no round is spoken of, and a word for change stands for the last two.
    """

    rounds: tuple[str, ...] = ()
    comparison: Comparison = Comparison.NONE
    change: Change = Change.ANY
    is_by_change_alone: bool = False


def when(text: str, rounds: Sequence[str]) -> When:
    """Of which of ``rounds`` a question in lower case speaks."""
    text = _QUARTER.sub(lambda found: _ORDINALS[found.group(1)], text)
    several, change = _several(text, rounds), _change(text)
    if several:
        return When(several, Comparison.ROUNDS, change)
    keys = rounds_named(text, rounds)
    if keys:
        return _named(text, keys, rounds, change)
    if change is not Change.ANY or _asks_for_change(text):
        return When(tuple(rounds[-2:]), Comparison.ROUNDS, change, is_by_change_alone=True)
    if len(rounds) > 1 and _PREVIOUS.search(text):
        return When((rounds[-2],))
    return When()


def without_rounds(text: str) -> str:
    """A question in lower case without its words for change, which would be taken for gaps or strengths."""
    if _OF_PEOPLE.search(text):
        return text
    if _BAD.search(text):
        text = _GROWS.sub(" ", text)
    if _SEVERAL.search(text) or _ALL.search(text) or _SINCE.search(text):
        text = _DEVELOPS.sub(" ", text)
    for _, pattern in _DIRECTION:
        text = pattern.sub(" ", text)
    return _CHANGES.sub(" ", text)


def _several(text: str, rounds: Sequence[str]) -> tuple[str, ...]:
    if found := _SEVERAL.search(text):
        number = found.group(1)
        return tuple(rounds[-(_NUMBERS.get(number) or int(number)) :])
    if _ALL.search(text) and not rounds_named(text, rounds):
        return tuple(rounds)
    return tuple(rounds[-2:]) if _LAST.search(text) else ()


def _named(text: str, keys: tuple[str, ...], rounds: Sequence[str], change: Change) -> When:
    """What is meant by the rounds that are named."""
    places = sorted(rounds.index(key) for key in keys)
    if len(places) > 1:
        ends = tuple(rounds[place] for place in places)
        whole = tuple(rounds[places[0] : places[-1] + 1])
        return When(whole if _RANGE.search(text) else ends, Comparison.ROUNDS, change)
    (place,) = places
    if _SINCE.search(text):
        return When(tuple(rounds[place:]), Comparison.ROUNDS, change)
    if place < len(rounds) - 1 and re.search(r"\bcompar\w*|\bthan\b|\bversus\b|\bvs\b|\bagainst\b", text):
        return When((rounds[place], rounds[-1]), Comparison.ROUNDS, change)
    return When((rounds[place],))


def _change(text: str) -> Change:
    """Which way; a question to be answered yes or no wants to know either."""
    if _YES_OR_NO.search(text) or _OF_PEOPLE.search(text):
        return Change.ANY
    if _GROWS.search(text) and _BAD.search(text):
        return Change.WORSE
    return next((change for change, pattern in _DIRECTION if pattern.search(text)), Change.ANY)


def _asks_for_change(text: str) -> bool:
    is_said = any(pattern.search(text) for _, pattern in _DIRECTION) or _CHANGES.search(text)
    return bool(is_said and not _OF_PEOPLE.search(text))
