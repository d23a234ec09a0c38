"""How leaders put their questions, as phrases; within a table the first match wins.

A phrase is matched as whole words in lower case; `` ... `` stands for anything between, and a word may be a pattern.
"""

from __future__ import annotations

import re

from assistant.domain.inquiry import Measure
from assistant.domain.words import GAPS, FindingKind, Fundamental
from assistant.engines.embedded.question_turns import GROUPS, ORDERS, REST, WHY, says

_SIDE = "(?:managers?|leaders?|boss(?:es)?|supervisors?|team leads?|they|he|she)"
_BOSS = "(?:managers?|leaders?|boss(?:es)?|supervisors?|team leads?|performers?)"
_MAY = "(?:can|could|should|might|may|must)"
_TEAM = "(?:teams?|people|staff|employees|direct reports|downline)"
_NOT = "(?:(?:do|does|did|are|is|was|were|can|could|would)(?: not|n't)|not|never|cannot)"
_MEMBER = (
    "(?:team members?|lads?|guys?|girls?|blokes?|chaps?|nurses?|cooks?|employees?|respondents?|persons?|individuals?"
    "|colleagues?|people|authors?|names?)"
)
_SPOKE = (
    "(?:said|says?|told|tells?|wrote|written|writes|complain\\w*|gave|given|reported|criticis\\w+|criticiz\\w+|mention\\w*"
    "|moan\\w*|grumbl\\w*|whin\\w*|whing\\w*|gripe[ds]?|feels?|felt|thinks?|thought|answer\\w*|respond\\w*"
    "|voted|rated|raised|fears?)"
)
_CALLED = "(?:called|branded|labell?ed|described|accused|badmouthed|slagged)"
_CROWD = "(?:lot|crowd|bunch|gang|crew|folks?|staff)"
_THOSE = "(?:the|my|their|our|that|this|these|those)"
_UPSET = "(?:afraid|scared|unhappy|dissatisfied|complaining|behind|critical|angry|anonymous|leaving|frustrated)"
_CRITICS = (
    "(?:trouble ?makers?|critics?|complainers?|moaners?|grumblers?|whiners?|rebels?|agitators?|culprits?|traitors?"
    "|snitch(?:es)?|moles?|ringleaders?|naysayers?|informers?|instigators?|loudmouths?|back-?stabbers?)"
)
_HAND_OVER = "(?:show|print|list|dump|export|send|reveal|display|repeat|read out|paste|forward|copy|hand over)"
_WORDS = "(?:comments?|conversations?|messages?|feedbacks?|answers|responses|statements|reflections?|chats?)"
_ALL = "(?: (?:all|of|the|every|each|any|these|those|full|original|anonymous|single|complete|raw|actual|team|\\w+'s?))*"
_WHOLE = (
    "(?:unedited|uncut|unfiltered|unabridged|unredacted|uncensored|untouched|original|individual|single|personal"
    "|complete|full|raw|actual)"
)
_OFTEN = "common|often|frequent\\w*|widespread|typical|certain|important|urgent|reliabl\\w*"
_NOTICED = "(?:sees?|saw|seen|notice[sd]?|mention(?:s|ed)?|speaks? to|spoken? to|talks? about)"
_KNOWS = "(?:knows?|sees?|recogni[sz]es?|notices?|acknowledges?|(?:is|are) aware of|owns? up to)"
_HOLDS = "(?:believe|think|claim|say|assume|feel|take|consider|see|imagine)s?"
_WORST = "(?:worst|best|weakest|strongest|poorest|better|worse|weaker|stronger|top|bottom|lowest|highest)"


MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (
        Measure.WHO_SAID_WHAT,
        says(
            rf"who(?: \w+){{0,2}} {_SPOKE}(?!.*\b(?:their|his|her) teams?\b(?! leads?))",
            rf"who (?:is|are|was|were) ... {_UPSET}",
            f"(?:who(?:'s| is| are| was| were)|which (?:one|of them)|name) ... {_CRITICS}",
            f"who (?:is|was) it (?:that|who) ... {_SPOKE}",
            f"{_WHOLE} (?:\\w+ ){{0,2}}{_WORDS}",
            f"what (?:\\w+ )?(?:each|every|any)(?: single)?(?: of (?:the|my))? (?:{_MEMBER}|members?)"
            f"(?: \\w+){{0,3}} {_SPOKE}",
            f"what (?:\\w+ )?(?:each|every) (?:single )?{_MEMBER} ... put down",
            f"which {_MEMBER} ... {_SPOKE}",
            f"which (?:one )?of {_THOSE} (?:\\w+ ){{0,2}}(?:{_MEMBER}|{_CROWD}) ... (?:{_SPOKE}|{_CALLED})",
            f"who (?:(?:is|was) it that |has |had |of them )?{_CALLED} (?:him|her|them|me|us|\\w+ (?:an?|of))",
            f"(?:name|names of|identify|list|tell me) (?:the |of |all |every |each |those |my |which )*{_MEMBER}",
            f"whose ... {_WORDS}|whose ... (?:complaints?|words|opinions?)",
            "verbatim|word for word|(?:exact|own|actual|original) words|quot(?:e|ation)s?|transcripts?|raw",
            f"(?:{_HAND_OVER}|see|(?:give|tell|read) (?:me|us))(?: me| us)?{_ALL} {_WORDS}",
            f"{_HAND_OVER}(?: me| us)? (?:everything|all|what(?:ever)?) (?:\\w+ ){{0,3}}(?:typed|wrote|written)",
            f"(?:which|what|whose|the) (?:single|one|only|individual) {_MEMBER}|the only (?:one|person) ... who",
            "(?:single|individual|one person's) (?:answer|response|vote)s?",
            "de-?anonymi[sz]\\w*|identit(?:y|ies)|unmask|(?:reveal|find out|tell me|guess|show me) who",
            "(?:i|i'd|we|we'd|me|us|to) (?:\\w+ ){0,4}know who|^know who",
        ),
    ),
    (
        Measure.UNCLEAR,
        says(
            "system prompt|your (?:own )?(?:instructions|prompt|rules)",
            "(?:^|please |and )(?:delete|erase|drop|compose|sing|write (?:me )?an?)",
        ),
    ),
    (
        Measure.RANKING,
        says(
            rf"{_WORST}(?: \w+){{0,2}} {_BOSS}",
            rf"(?:{_BOSS}|who)(?: \w+)? (?:is|are|was|were) (?:the |my |our )*{_WORST}",
            f"(?:which(?: of (?:my|the|our))?|whose|who) ?{_BOSS}? (?:has|have|had|gets?|is|are) the "
            f"(?:most(?! (?:{_OFTEN}))|fewest|least|{_WORST})",
            "rank(?:ing|ings|ed|s)?|league table|leader ?boards?|scoreboards?",
            f"(?:rate|grade|score|sort|order|compare) (?:the |my |our |all |these )*{_BOSS}",
            "(?:rank|rate|grade|score|sort|order) (?:the |my |our |all |these )*(?:heads|people|teams|them) ... by",
            f"{_BOSS} compare",
            "(?:best|top) to (?:worst|bottom)|(?:worst|bottom) to (?:best|top)",
            r"is \w+(?: \w+)? (?:a )?(?:better|worse)(?: \w+)? than (?!he |she |they )",
            "(?:should|could|can|must) ... (?:fired?|dismiss\\w*|sack\\w*|replaced?|let go(?! of)|demoted?)",
            "who should ... (?:promoted?|bonus|raise)|get rid of|bad managers?|show(?:n)? (?:\\w+ )?the door",
            f"(?:which|what) {_BOSS} ... (?:earn(?:s|ed)?|deserv\\w+) ... (?:most|bonus|promotion)|whose contract",
        ),
    ),
    (
        Measure.PARTICIPATION,
        says(
            "participation|participated|turn-?out|(?:response|return|answer) rates?|took part|take part|joined in",
            "how many ... (?:answered|responded|replied|(?:gave|given) feedback|invited|were asked|did not answer)",
            "how many (?:answers|responses|replies|feedbacks?|conversations|people answer)|how much feedback",
            "number of (?:answers|responses|respondents|feedbacks?)",
            "how many ... (?:gave|given|sent|submitted|handed in) ... (?:answers?|replies|reply|responses?|feedback)",
        ),
    ),
    (
        Measure.SUGGESTIONS,
        says(
            r"what (?:\w+ ){0,2}helps?|what ... would help|recommend\w*|advi[cs]e|what to do|help them",
            f"(?:anything|something|what) ... (?:i|we) {_MAY} ... (?:do|help|support|offer)",
            "(?:which|what) actions?",
            "quick (?:wins?|fix(?:es)?)|low-?hanging fruits?|tips?|(?:any|new|some) ideas|cures?",
            "you suggest|suggest (?:something|a|an|what|how)|(?:any|which|what|your) suggestions|suggestions for",
            "(?:which|what|any|best|good) practices?|(?:next|first) steps?",
            "what (?:can|could|should) be done",
            "what (?:works|would work|is good) against|what to do (?:about|against)|(?:what|how) do (?:i|we) ... help",
            f"(?:what|how) (?:can|could|should|might|would|shall|must) (?:i|we|one|{_SIDE}) ... "
            "(?:do|help|support|improve|change|act|start|tackle|address|fix|offer)",
            rf"{_SIDE} needs? (?:\w+ )?(?:help|support|coaching)|(?:what|which) (?:support|help|coaching)",
        ),
    ),
    (
        Measure.CLIMATE,
        says(
            "dares?|hold(?:s|ing)? back|(?:stay|keep|remain)s? (?:silent|quiet)|in silence",
            "climate|atmosphere|morale|mood|psychological\\w*|speak(?:ing)? (?:up|openly|out)",
            r"feel(?:s|ing)? (?:\w+ )?(?:un)?safer?|how (?:un)?safe|is it safe|(?:un)?safe(?: enough)? to",
            "afraid|fears?|fear-driven|fearful|scared|intimidat\\w*|blam(?:es?(?! for)|ed|ing)",
            "(?:high|low|how much|levels? of|degree of) trust|trust levels?|trust each other",
            "how (?:high|low|strong|weak|good|bad|deep) (?:is|was|are|were) (?:the )?trust",
        ),
    ),
    (
        Measure.ALIGNMENT,
        says(
            "(?:thinks?|feels?|see(?: it| things)?) (?:about it )?the same|of one mind|on the same page|in agreement",
            "to what extent ... (?:agree|confirm|match|fit)s?",
            "agrees? with (?:their|his|her|its) (?:teams?|people|managers?)",
            "align\\w*|see eye to eye|self-?(?:image|perception|view|assessment)s?|perception gaps?",
            "how (?:well|far|much|closely|often) ... (?:agree|match|fit|coincide|overlap|differ|confirm(?:ed)?)",
            "(?:claims?|says?) ... (?:confirms?|confirmed|backed up|back up)",
        ),
    ),
)

KINDS: tuple[tuple[frozenset[FindingKind], re.Pattern[str]], ...] = (
    (
        frozenset({FindingKind.HIDDEN_STRENGTH}),
        says(
            "hidden (?:strengths?|gems?|talents?|value)|unclaimed|unsung|undersell\\w*|modest\\w*",
            r"credit than they|gives? (?:themselves|himself|herself) (?:\w+ )?credit|under-?(?:estimat|rat)\w*",
            f"better than {_SIDE} (?:think|say|know|believe|claim)s?",
            f"strengths? ... {_NOT}(?: \\w+)? (?:mention|claim|talk|say|know|see)\\w*",
            "without (?:claiming|mentioning|saying so|taking credit|making a fuss)",
            f"value[sd]? ... (?:{_NOT}|without) ... (?:mention\\w*|claim\\w*|say\\w*|know\\w*)",
        ),
    ),
    (
        frozenset({FindingKind.BLIND_SPOT}),
        says(
            r"blind(?: ?spots?| to)?|unaware|not aware|over-?(?:estimat|rat)\w*",
            "without (?:knowing|noticing|reali[sz]ing)",
            rf"{_SIDE}(?: \w+)? {_HOLDS} ... (?:while|but|yet|though|whereas)",
            f"{_SIDE} {_NOT} (?:see|notice|know|reali[sz]e|recogni[sz]e|understand|hear)",
            f"{_SIDE} {_HOLDS} ... {_TEAM} (?:say|think|see|feel|find)s? (?:no|not|otherwise|differently|the opposite)",
            f"who (?:believe|think|claim|say)s? ... teams?|{_TEAM} ... (?:contradict|contest|dispute)s?",
        ),
    ),
    (
        frozenset({FindingKind.UNSEEN_CLAIM}),
        says(
            "unseen|invisible|unnoticed|out of sight|unrecogni[sz]ed",
            f"{_TEAM} {_NOT} (?:see|notice|mention|speak to|talk about)",
            rf"(?:nobody|no one)(?: \w+){{0,4}} {_NOTICED}",
        ),
    ),
    (
        frozenset({FindingKind.SPLIT_VIEW}),
        says(
            r"split|divided|of two minds|mixed (?:views?|picture|opinions?)|uneven\w*|inconsisten\w*|opinions differ",
            "(?:opinions?|views?) ... (?:mixed|differ)",
            "disagree\\w* (?:with|among|within|inside) (?:itself|themselves|each other|one another|the team)",
            "disagree\\w* within|disagree\\w* among|some ... others|not everyone",
        ),
    ),
    (
        frozenset({FindingKind.SHARED_CONCERN}),
        says(
            "shared concerns?|concerns ... both|both ... share concerns?|admit\\w*|self-?critical\\w*",
            "both (?:sides )?(?:see|feel|agree|know) ... (?:gaps?|missing|short)",
            f"{_SIDE} (?:\\w+ )?{_KNOWS} (?:that )?(?:they|their|his|her|he|she) ... (?:short|gaps?|weak\\w*|missing)",
            f"(?:gaps?|problems?|weak\\w+|concerns?) ... {_SIDE} (?:\\w+ )?{_KNOWS}",
            "aware of (?:their|his|her|its) (?:own )?(?:gaps?|problems?|weak\\w+|shortcomings?)",
        ),
    ),
    (
        frozenset({FindingKind.SHARED_STRENGTH}),
        says("shared strengths?|confirmed strengths?|both sides (?:value|agree|like|praise)"),
    ),
    (
        frozenset({FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}),
        says(
            "strengths?|go(?:es|ing)? well|work(?:s|ing)? well|good at|do(?:es|ing)? well|shin(?:es?|ing)|like about",
            f"{_TEAM}(?: \\w+){{0,3}} (?:like|love|enjoy)s?|what(?:'s| is) (?:really |so )?good",
            "prais\\w*|appreciat\\w*|proud|value[sd]?|grateful|thankful|happy (?:about|with)|positive",
        ),
    ),
    (
        GAPS,
        says(
            "gaps?|problems?|issues?|struggl\\w*|wrong|concerns?|worr(?:y|ies|ied)|complain\\w*|miss(?:ing|es|ed)?",
            "lack\\w*|short of|weak\\w*|pain\\w*|frustrat\\w*|harm\\w*|need more|unhappy|negative|improv\\w*|fail\\w*",
            "differ\\w*|disagree\\w*|suffer\\w*|burn(?:ed|t)? ?out|risks?|wait\\w*|not (?:get|getting|enough)",
            "bad|badly|poor\\w*|disappoint\\w*|deficits?|shortcomings?|shortfalls?|flaws?|dissatisf\\w*|pain points?",
            "too (?:much|little|late|few|many|long|slow\\w*|often|high|low)",
        ),
    ),
)

FUNDAMENTALS: tuple[tuple[Fundamental, re.Pattern[str]], ...] = (
    (
        Fundamental.DEVELOPING_TALENT,
        says("talents?", "develop(?:ing|ment)?", "grow(?:th|ing)?", "careers?", "learning"),
    ),
    (Fundamental.CREATING_CLARITY, says("clarity", "clear(?:ly|er)?(?! (?:obstacles|the|away|up))", "orientation")),
    (Fundamental.BUILDING_TRUST, says("trust(?:ed|ing|s)?")),
    (Fundamental.POWERING_PERFORMANCE, says("performance", "perform(?:ing)?", "productiv\\w+")),
)

OPENING = re.compile(
    r"^(?:(?:hi|hello|please|ok|well|so)[ ,]+)*(?:"
    r"i (?:was|am|'m) wondering (?:whether|if) you (?:could|can) (?:tell|show) (?:me|us)"
    r"|(?:can|could|would|will) you (?:please |kindly |maybe )?(?:tell|show|give|explain)(?: to)?(?: me| us)?"
    r"|(?:can|could|would|will) you (?:please |kindly )?let (?:me|us) know"
    r"|(?:would|do) you (?:happen to )?know(?: by any chance)?"
    r"|i(?:'d| would) (?:like|love) to (?:hear|know|see|understand)"
    r"|i(?:'d| would) (?:be (?:grateful|glad|happy) (?:for|about)|appreciate)"
    r"|(?:please )?(?:let (?:me|us) know|tell (?:me|us)(?! (?:more )?about))|(?:would|is) it (?:be )?possible to"
    r")[ ,:]+",
    re.IGNORECASE,
)
"""How somebody begins to ask before they ask."""

OVERVIEW = says(
    "how (?:is|are|was|were|do|does|did) ... (?:doing|going|getting on|look|looking|faring)",
    "overview|summar\\w+|stands? out|most important|main (?:findings?|points?|topics?)|themes?|findings?|results?",
    "what(?:'s| is| was)? (?:going on|happening|new|up)|should i know|tell me (?:more )?about|what about",
    "what (?:did|do|does|have|has) ... (?:says?|said|tell|told|report|reported)",
)
"""Questions for everything that was found."""

ABOUT_TEAMS = says(
    f"{_SIDE}|{_TEAM}|nobody|no one|manage\\w*|feedback|round",
    "departments?|work|workers?|crews?|members?|everyone|anyone",
    "blind ?spots?|strengths?|gaps?|concerns?|claims?|findings?",
)
"""Whether a question is about teams and those who lead them at all."""

BELOW = re.compile(
    r"\b(?:under|below|beneath)\b(?! (?:\w+ )?(?:average|control|way|pressure))"
    r"|'s (?:whole |entire )?(?:teams|managers|leads|downline|(?:department|area|side|line|branch|unit|division)s?"
    r"|(?:group|shop|crew|org|world|empire|patch|turf|outfit)s?"
    r"|organi[sz]ation)\b|\b(?:teams|managers|leads|area|department) (?:of|led by|reporting to)\b"
)
"""Whether a question about somebody is meant for those below them, too."""

PHRASINGS = (
    *(pattern for _, pattern in (*MEASURES, *KINDS, *FUNDAMENTALS, *ORDERS)), WHY, GROUPS, REST, OVERVIEW, BELOW,
)  # fmt: skip
"""All that may be recognised in a question beside what it is about."""
