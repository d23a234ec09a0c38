"""Cues in English by which an answer is heard: which slots it fills, and where it talks past the question.

A cue that is missed costs one more question, a cue heard wrongly costs an answer; so each asks for clear signs. Cues
are matched against :func:`spoken` text, in which the person the talk is about is called "they".
"""

from __future__ import annotations

import re

from assistant.domain.interview import Slot

LISTENED_TO = 10_000


def _any(*cues: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{cue})" for cue in cues))


_THEY = r"(?:she|he|they|(?:my|our|the) (?:manager|boss|lead|leader|team|people|crew))"
_THEM = r"(?:her|him|them|they|the team)"
_NOT = r"(?:never|rarely|hardly ever|seldom|doesn't|does not|didn't|did not|don't|won't|wouldn't|hasn't)"
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|spring|summer|autumn|winter|christmas|easter)"
)
_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_EVENT = (
    "(?:meeting|stand-?up|call|review|workshop|shift|launch|audit|handover|retro|project|interview|visit"
    "|outage|incident)"
)

_TIME = _any(
    rf"last (?:week|month|year|quarter|night|time|{_MONTH}|{_DAY})\b",
    rf"(?:in|since|this|during|before|after) {_MONTH}\b",
    rf"(?:on|since|this|after|before) {_DAY}\b",
    r"(?:this (?:morning|week|month|year)|(?:days?|weeks?|months?|years?) ago|yesterday|recently|the other day"
    r"|one day)\b",
    rf"(?:at|in|during|after|before) (?:the|our|that|a) (?:\w+ ){{0,2}}{_EVENT}\b",
    r"(?:first|second|third|last) time\b",
    r"once\b(?! (?:i|we|she|he|they|it|you|the|a|my|our)\b)",
    r"when (?:the|my|our)\b",
)
_PAST = _any(
    r"\w{3,}ed\b",
    r"(?:was|were|had|gave|took|went|said|told|came|made|did|got|put|brought|sat|spoke|wrote|ran|led|saw|found"
    r"|kept|held)\b",
    r"(?:stood|met|taught|knew|sent|paid|fought|fell|felt|left|lost|won|thought|chose|drove|built|broke|understood)\b",
)
_FOR_EXAMPLE = _any(r"for (?:example|instance)\b")
_EFFECT = _any(
    rf"so (?:that )?{_THEY} (?:now|can|could|no longer)\b",
    rf"(?:now|today|since then|ever since|nowadays),? {_THEY}\b",
    rf"{_THEY}(?:'s|'re| is| are| has| have)? (?:now|no longer)\b",
    r"(?:that|this|which) (?:has |have |really |had |also )*(?:helped|made|let|allowed|meant|gave|saved|changed"
    r"|led|freed)\b",
    rf"helped (?:{_THEM}|us|me)\b",
    rf"(?:as a result|since then|thanks to (?:that|this)|because of (?:that|this),? {_THEY})\b",
    rf"{_THEY} (?:feels?|is|are|seems?|became|got|grew|works?|asks?|speaks?) (?:\w+ )?(?:more|less|better|no longer)\b",
    rf"{_THEY} (?:feels?|is|are|seems?|became|got|grew) (?:\w+ )?(?:calmer|happier|freer|safer|faster|braver"
    rf"|stronger)\b",
)
_OWN_PART = _any(
    r"i (?:could|should|might) (?:have|'ve|probably|maybe)\b|i(?: really)? (?:should|ought to)\b",
    r"(?<!not )(?<!n't )(?<!not really )my (?:own )?(?:fault|mistake|doing|share|part|weakness|failing)\b",
    r"(?:was|is|were) mine\b",
    r"i(?:'m| am| was|'ve been| have been) (?:\w+ )?(?:too|not (?:good|clear|patient|there|fair|around)|wrong|late)\b",
    r"i(?:'m| am| was|'ve been| have been) (?:\w+ )?(?:bad|slow|lazy|impatient|absent|unclear|unfair)\b",
    r"i (?:\w+ )?(?:fail|failed|forget|forgot|neglect|neglected|missed|avoid|avoided|ducked|postponed|struggle"
    r"|tend to)\b",
    rf"i (?:\w+ )?(?:interrupt|interrupted|snapped|owe|apologi[sz]ed|regret|own (?:that|my|it)|let {_THEM} down)\b",
    r"i (?:didn't|did not|haven't|have not|never|rarely|seldom|hardly|don't always|don't often) (?:\w+ )?"
    r"(?:told|said thank|ask|asked|listen|listened|explain|explained|thank|thanked|praise|praised|noticed|follow up)\b",
    r"i (?:don't|do not|didn't|did not) (?:\w+ ){1,6}(?:enough|as often|as much)\b",
    r"(?:that's|that is|that one is|it's|it is|this is) on me\b|i (?:have|need|want) to (?:learn|get better|improve)\b",
)
_CRITICAL = (
    r".{0,80}?\b(?:too|not|\w+n't|never|rarely|less|enough|hard|slow|busy|unclear|distant|absent|impatient"
    r"|always|every)\b"
)
_HARD_TO_HEAR = _any(
    rf"{_THEY}(?: would|'d| might| could| may| will|'ll)(?: \w+)? (?:say|tell|complain|wish|answer)\b{_CRITICAL}",
    rf"{_THEY} (?:\w+ )?(?:thinks?|finds?|feels?|said|told me)(?: that)? (?:i|i'm|my)\b{_CRITICAL}",
    r"hard to hear\b|hurts? to hear\b|(?:it|that) (?:stung|stings|hurts?)\b|behind my back\b",
    r"complain(?:s|ed)? (?:about|that)\b|criticis|criticiz",
    rf"i (?:fear|suspect|worry|am afraid)(?: that)? {_THEY}\b",
)
_SUPPORT = (
    r"(?:listen|ask|tell|say|explain|thank|answer|reply|show|help|give|back us|support|notice|talk|praise|decide|share"
    r"|respond|keep|stand up|follow|admit|apologi[sz]e|communicate|trust|(?:take|have|make) time|include"
    r"|inform)(?:s|e?d)?\b"
)
_MISSING = _any(
    r"(?:i|we)(?: really| still| do| all)? (?:miss|missed|lack|lacked|wish|needed more|need more|want more)\b",
    r"(?:i|we)(?: would|'d) (?:have )?(?:like|liked|love|loved|need|needed|want|wanted)\b(?! to (?:say|thank|add"
    r"|keep))",
    r"what(?:'s| is| was) missing\b|(?<!nothing )(?:is|was|were|are) (?:\w+ )?lacking\b|not (?:nearly )?enough\b",
    r"too (?:little|few|rarely|seldom|late)\b|(?:would|could) be (?:good|nice|great|better) if\b|if only\b",
    rf"{_THEY} (?:really )?(?:should|needs? to|ought to) (?!keep|stay|continue|carry|go on|never)",
    rf"{_THEY} could (?:\w+ ){{0,4}}(?:more|less|better|earlier|sooner)\b",
    rf"{_THEY} (?:\w+ )?{_NOT} (?:\w+ )?{_SUPPORT}(?! (?:no|up|us down|me down)\b)",
    r"(?:i|we) (?:\w+ )?(?:never|rarely|hardly|seldom|don't|didn't) (?:\w+ )?(?:get|got|hear|heard|know"
    r"|knew)\b(?! blamed)",
)
_KEEP = _any(
    rf"(?:should|please|must|hope (?:that )?{_THEY}|(?:want|like|love|wish) {_THEM} to) (?:\w+ )?(?:keep|continue"
    rf"|carry on)\b",
    rf"(?:that|this|it|{_THEY}) (?:should|must|has to|may) (?:stay|remain|not change|never change)\b(?! (?:late"
    rf"|longer|until))",
    r"(?:don't|do not|never) (?:stop|change) (?:that|this|it|doing|being|the way|her|him)\b",
    rf"keep (?:doing|it up|that up)\b|would(?: not|n't) want {_THEM} to (?:stop|change|give up)\b",
)
_CUES = {
    Slot.EFFECT: _EFFECT,
    Slot.OWN_PART: _OWN_PART,
    Slot.HARD_TO_HEAR: _HARD_TO_HEAR,
    Slot.MISSING: _MISSING,
    Slot.KEEP: _KEEP,
}
_OF_A_REFLECTION = (Slot.EFFECT, Slot.OWN_PART, Slot.HARD_TO_HEAR)
_OF_A_FEEDBACK = (Slot.MISSING, Slot.KEEP)

_FOR_A_PERSON = _any(
    r"(?:help|teach|taught|learn|grow|trust|listen|talk|support|explain|encourag|coach|confiden|feel|felt|strength"
    r"|thank)",
    r"(?:proud|protect|stretch|career|mentor|praise|apologi|believe|stood up|stand up|care|respect|honest|feedback"
    r"|needs?\b)",
    rf"(?:for|off|with) {_THEM}\b|so (?:that )?{_THEY}\b",
)
_TASK = (
    r"(?:tickets?|tasks?|backlog|sprints?|deadlines?|kpis?|board|jira|dashboards?|numbers|targets|deliverables?"
    r"|status|progress|projects?|schedules?|rotas?|output|quotas?|metrics|milestones|workload|timelines?|the work"
    r"|stand-?ups?|orders|roadmap)"
)
_HANDLE = (
    r"(?:assign|check|track|monitor|distribut|allocat|review|control|supervis|schedul|plan|manag|creat"
    r"|prioriti[sz]|hand out|make sure|ensur|coordinat|chas|approv|clos|follow up|deliver|updat|run|set"
    r"|organi[sz]|divid|overse)"
)
_WORK = _any(rf"(?:i|we) (?:\w+ ){{0,3}}?{_HANDLE}\w*\b(?:[\s,]+\w+){{0,6}}?[\s,]+{_TASK}\b")

_ABOVE = r"(?:hr|head office|headquarters|upper management|management|corporate|the company|my boss|leadership)"
_BLAME = _any(
    r"(?:isn't|is not|wasn't|not) (?:really )?my (?:fault|problem|job)\b|(?:their|her|his) (?:own )?fault\b",
    r"my hands are tied\b|nothing (?:that )?i can do\b|bad attitude\b|(?:there's|there is|we have"
    r"|we had) no (?:budget|money)\b",
    r"(?:lazy|entitled|unmotivated|incompetent|clueless|useless|not motivated|no motivation)\b",
    rf"because of (?:{_ABOVE}|the (?:budget|market|customers?|economy))\b",
    rf"{_ABOVE} (?:\w+ )?(?:won't|doesn't|don't|never|blocks?|blocked|cuts?|refuses?|refused|killed|froze"
    rf"|gives? us no)\b",
    r"(?:they|she|he|people|the team) (?:just |simply |really |all )?(?:don't|doesn't|won't|never|refuses? to) "
    r"(?:even |ever |want to )*(?:listen|care|try|bother|follow|change|deliver|show up|improve|step up|get it|put in"
    r"|take (?:any )?(?:responsibility|ownership|initiative)|do (?:their|his|her) (?:job|work|part))\b",
    r"if only (?:they|she|he|the team|people)\b|problem is (?:them|her|him|the (?:customer|budget|company|system"
    r"|people|team))\b",
)
_STILL_ACTS = _any(r"(?:so|but|still|therefore|instead),? i\b|i (?:still|therefore|instead)\b")


def spoken(text: str, name: str | None) -> str:
    """The beginning of a text in lower case, with plain apostrophes and single spaces; ``name`` becomes "they"."""
    plain = " ".join(text[:LISTENED_TO].lower().replace("\u2019", "'").replace("\u2018", "'").split())
    return re.sub(rf"\b{re.escape(name.lower())}\b", "they", plain) if name else plain


def slots(plain: str, is_reflection: bool) -> frozenset[Slot]:
    """The slots that a message fills, of those that its kind of conversation asks about."""
    found = {slot for slot in (_OF_A_REFLECTION if is_reflection else _OF_A_FEEDBACK) if _CUES[slot].search(plain)}
    return frozenset(found | {Slot.EXAMPLE}) if _is_example(plain) else frozenset(found)


def is_work_management(plain: str) -> bool:
    """Whether somebody tells of tasks and numbers, and of nothing that reaches a person."""
    return _WORK.search(plain) is not None and _FOR_A_PERSON.search(plain) is None


def blames_others(plain: str) -> bool:
    """Whether people or circumstances are at fault, and nothing is owned or done about it."""
    owned = _OWN_PART.search(plain) or _STILL_ACTS.search(plain)
    return _BLAME.search(plain) is not None and owned is None


def _is_example(plain: str) -> bool:
    words = len(plain.split())
    if words >= 8 and _FOR_EXAMPLE.search(plain):
        return True
    return words >= 6 and _TIME.search(plain) is not None and _PAST.search(plain) is not None
