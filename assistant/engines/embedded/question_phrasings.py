"""How leaders put their questions, as phrases; within a table the first match wins.

A phrase is matched as whole words in lower case; `` ... `` stands for anything between, and a word may be a pattern.
"""

from __future__ import annotations

import re

from assistant.domain.inquiry import Measure
from assistant.domain.words import GAPS, FindingKind, Fundamental

_SIDE = "(?:managers?|leaders?|boss(?:es)?|supervisors?|team leads?|they|he|she)"
_BOSS = "(?:managers?|leaders?|boss(?:es)?|supervisors?|team leads?|performers?)"
_TEAM = "(?:teams?|people|staff|employees|direct reports|downline)"
_NOT = "(?:(?:do|does|did|are|is|was|were|can|could|would)(?: not|n't)|not|never|cannot)"
_MEMBER = "(?:team members?|employees?|respondents?|persons?|individuals?|colleagues?|people|authors?|names?)"
_SPOKE = (
    "(?:said|says?|told|tells?|wrote|written|writes|complain\\w*|gave|given|reported|criticis\\w+|criticiz\\w+|mention\\w*"
    "|feels?|felt|thinks?|thought|answer\\w*|respond\\w*|voted|rated|raised|fears?)"
)
_UPSET = "(?:afraid|scared|unhappy|dissatisfied|complaining|behind|critical|angry|anonymous|leaving|frustrated)"
_WORDS = "(?:comments?|conversations?|messages?|feedbacks?|answers|responses|statements|reflections?|chats?)"
_ALL = "(?: (?:all|of|the|every|each|any|these|those|full|original|anonymous|single|complete|raw|actual|team|\\w+'s?))*"
_WORST = "(?:worst|best|weakest|strongest|poorest|better|worse|weaker|stronger|top|bottom|lowest|highest)"


def _says(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{phrase})(?!\w)" for phrase in (p.replace(" ... ", r"\b.*\b") for p in phrases)))


MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (
        Measure.WHO_SAID_WHAT,
        _says(
            rf"who(?: \w+){{0,2}} {_SPOKE}(?!.*\b(?:their|his|her) teams?\b(?! leads?))",
            rf"who (?:is|are|was|were) ... {_UPSET}",
            f"which (?:of (?:the|my|their) )?{_MEMBER} ... {_SPOKE}",
            f"(?:name|names of|identify|list|tell me) (?:the |of |all |those |my |which )*{_MEMBER}",
            f"whose ... {_WORDS}|whose ... (?:complaints?|words|opinions?)",
            "verbatim|word for word|(?:exact|own|actual|original) words|quot(?:e|ation)s?|transcripts?|raw",
            f"(?:show|print|list|dump|export|send|reveal|display|repeat|read out|see|(?:give|tell|read) (?:me|us))"
            f"(?: me| us)?{_ALL} {_WORDS}",
            "de-?anonymi[sz]\\w*|identit(?:y|ies)|unmask|(?:reveal|find out|tell me|guess|know|show me) who",
        ),
    ),
    (
        Measure.RANKING,
        _says(
            rf"{_WORST}(?: \w+){{0,2}} {_BOSS}",
            rf"(?:{_BOSS}|who)(?: \w+)? (?:is|are|was|were) (?:the |my |our )*{_WORST}",
            f"(?:which|what|whose|who) ?{_BOSS}? (?:has|have|had|gets?|is|are) the (?:most|fewest|least|{_WORST})",
            "rank(?:ing|ings|ed|s)?|league table|leader ?boards?|scoreboards?",
            f"(?:rate|grade|score|sort|order|compare) (?:the |my |our |all |these )*{_BOSS}",
            f"{_BOSS} compare",
            "(?:best|top) to (?:worst|bottom)|(?:worst|bottom) to (?:best|top)",
            r"is \w+(?: \w+)? (?:a )?(?:better|worse)(?: \w+)? than (?!he |she |they )",
            "(?:should|could|can|must) ... (?:fired?|dismiss\\w*|sack\\w*|replaced?|let go(?! of)|demoted?)",
            "who should ... (?:promoted?|bonus|raise)|get rid of|bad managers?",
        ),
    ),
    (
        Measure.PARTICIPATION,
        _says(
            "participation|participated|turn-?out|(?:response|return|answer) rates?|took part|take part|joined in",
            "how many ... (?:answered|responded|replied|(?:gave|given) feedback|invited|were asked|did not answer)",
            "how many (?:answers|responses|replies|feedbacks?|conversations|people answer)|how much feedback",
            "number of (?:answers|responses|respondents|feedbacks?)",
        ),
    ),
    (
        Measure.SUGGESTIONS,
        _says(
            r"what (?:\w+ ){0,2}helps?|what ... would help|recommend\w*|advi[cs]e|what to do|help them",
            "you suggest|suggest (?:something|a|an|what|how)|(?:any|which|what|your) suggestions|suggestions for",
            "(?:which|what|any|best|good) practices?|(?:next|first) steps?",
            f"(?:what|how) (?:can|could|should|do|might|would|shall|must) (?:i|we|one|{_SIDE}) ... "
            "(?:do|help|support|improve|change|act|start|tackle|address|fix|offer)",
            rf"{_SIDE} needs? (?:\w+ )?(?:help|support|coaching)|(?:what|which) (?:support|help|coaching)",
        ),
    ),
    (
        Measure.CLIMATE,
        _says(
            "climate|atmosphere|morale|mood|psychological\\w*|speak(?:ing)? (?:up|openly|out)",
            r"feel(?:s|ing)? (?:\w+ )?(?:un)?safe|how (?:un)?safe|is it safe|(?:un)?safe(?: enough)? to",
            "afraid|fears?|fear-driven|fearful|scared|intimidat\\w*|blam(?:es?|ed|ing)",
            "(?:high|low|how much|levels? of|degree of) trust|trust levels?|trust each other",
        ),
    ),
    (
        Measure.ALIGNMENT,
        _says(
            "align\\w*|see eye to eye|self-?(?:image|perception|view|assessment)s?|perception gaps?",
            "how (?:well|far|much|closely|often) ... (?:agree|match|fit|coincide|overlap|differ|confirm(?:ed)?)",
            "(?:claims?|says?) ... (?:confirms?|confirmed|backed up|back up)",
        ),
    ),
)

KINDS: tuple[tuple[frozenset[FindingKind], re.Pattern[str]], ...] = (
    (
        frozenset({FindingKind.HIDDEN_STRENGTH}),
        _says(
            "hidden (?:strengths?|gems?|talents?|value)|unclaimed|unsung|undersell\\w*|modest\\w*",
            r"credit than they|gives? (?:themselves|himself|herself) (?:\w+ )?credit|under-?(?:estimat|rat)\w*",
            f"better than {_SIDE} (?:think|say|know|believe|claim)s?",
            f"value[sd]? ... (?:{_NOT}|without) ... (?:mention\\w*|claim\\w*|say\\w*|know\\w*)",
        ),
    ),
    (
        frozenset({FindingKind.BLIND_SPOT}),
        _says(
            r"blind ?spots?|unaware|not aware|without (?:knowing|noticing|reali[sz]ing)|over-?(?:estimat|rat)\w*",
            rf"{_SIDE}(?: \w+)? (?:believe|think|claim|say|assume|feel)s? ... (?:while|but|yet|though|whereas)",
            f"{_SIDE} {_NOT} (?:see|notice|know|reali[sz]e|recogni[sz]e|understand|hear)",
            f"who (?:believe|think|claim|say)s? ... teams?|{_TEAM} ... (?:contradict|contest|dispute)s?",
        ),
    ),
    (
        frozenset({FindingKind.UNSEEN_CLAIM}),
        _says(
            "unseen|invisible|unnoticed|out of sight|unrecogni[sz]ed",
            f"{_TEAM} {_NOT} (?:see|notice|mention|speak to|talk about)",
            "(?:nobody|no one) (?:sees?|saw|notices?|noticed|mentions?|mentioned|speaks to|spoke to|talks about)",
        ),
    ),
    (
        frozenset({FindingKind.SPLIT_VIEW}),
        _says(
            r"split|divided|of two minds|mixed (?:views?|picture|opinions?)|uneven\w*|inconsisten\w*|opinions differ",
            "disagree\\w* (?:with|among|within|inside) (?:itself|themselves|each other|one another|the team)",
            "disagree\\w* within|disagree\\w* among|some ... others|not everyone",
        ),
    ),
    (
        frozenset({FindingKind.SHARED_CONCERN}),
        _says(
            "shared concerns?|admit\\w*|self-?critical\\w*",
            "both (?:sides )?(?:see|feel|agree|know) ... (?:gaps?|missing|short)",
            f"{_SIDE} (?:already )?(?:know|see|recogni[sz]e)s? (?:that )?(?:they|their|he|she) ... (?:short|gaps?)",
        ),
    ),
    (
        frozenset({FindingKind.SHARED_STRENGTH}),
        _says("shared strengths?|confirmed strengths?|both sides (?:value|agree|like|praise)"),
    ),
    (
        frozenset({FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}),
        _says(
            "strengths?|go(?:es|ing)? well|work(?:s|ing)? well|good at|do(?:es|ing)? well|shin(?:es?|ing)|like about",
            "prais\\w*|appreciat\\w*|proud|value[sd]?|grateful|thankful|happy (?:about|with)|positive",
        ),
    ),
    (
        GAPS,
        _says(
            "gaps?|problems?|issues?|struggl\\w*|wrong|concerns?|worr(?:y|ies|ied)|complain\\w*|miss(?:ing|es|ed)?",
            "lack\\w*|short of|weak\\w*|pain\\w*|frustrat\\w*|harm\\w*|need more|unhappy|negative|improv\\w*|fail\\w*",
            "differ\\w*|disagree\\w*|suffer\\w*|burn(?:ed|t)? ?out|risks?|wait\\w*|not (?:get|getting|enough)",
        ),
    ),
)

FUNDAMENTALS: tuple[tuple[Fundamental, re.Pattern[str]], ...] = (
    (
        Fundamental.DEVELOPING_TALENT,
        _says("talents?", "develop(?:ing|ment)?", "grow(?:th|ing)?", "careers?", "learning"),
    ),
    (Fundamental.CREATING_CLARITY, _says("clarity", "clear(?:ly|er)?(?! (?:obstacles|the|away|up))", "orientation")),
    (Fundamental.BUILDING_TRUST, _says("trust(?:ed|ing|s)?")),
    (Fundamental.POWERING_PERFORMANCE, _says("performance", "perform(?:ing)?", "productiv\\w+")),
)

OVERVIEW = _says(
    "how (?:is|are|was|were|do|does|did) ... (?:doing|going|getting on|look|looking|faring)",
    "overview|summar\\w+|stands? out|most important|main (?:findings?|points?|topics?)|themes?|findings?|results?",
    "what(?:'s| is| was)? (?:going on|happening|new|up)|should i know|tell me (?:more )?about|what about",
    "what (?:did|do|does|have|has) ... (?:says?|said|tell|told|report|reported)",
)
"""Questions for everything that was found."""

ABOUT_TEAMS = _says(
    f"{_SIDE}|{_TEAM}|nobody|no one|manage\\w*|feedback|round",
    "departments?|work|workers?|crews?|members?|everyone|anyone",
    "blind ?spots?|strengths?|gaps?|concerns?|findings?",
)
"""Whether a question is about teams and those who lead them at all."""

BELOW = re.compile(
    r"\b(?:under|below|beneath)\b"
    r"|'s (?:whole |entire )?(?:teams|managers|downline|department|area|side|line|organi[sz]ation)\b"
)
"""Whether a question about somebody is meant for those below them, too."""
