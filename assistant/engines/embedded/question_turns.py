"""How leaders ask for reasons, hold one thing against another, and say what is to come first."""

from __future__ import annotations

import re

from assistant.domain.inquiry import Order


def says(*phrases: str) -> re.Pattern[str]:
    """One pattern for all phrases, written as :mod:`assistant.engines.embedded.question_phrasings` says."""
    return re.compile("|".join(rf"\b(?:{phrase})(?!\w)" for phrase in (p.replace(" ... ", r"\b.*\b") for p in phrases)))


_TELLING = ("explain", "explains", "explained", "explaining", "told", "know", "say", "saying", "hear", "understand")

WHY = says(
    "".join(f"(?<!{before} )" for before in _TELLING) + "why",
    "how come|for what reason|what (?:causes|caused|led|drives|triggers|triggered|explains|explained)"
    "|what(?:'s| is| lies) behind|what (?:gives|gave) rise to|due to what|what(?: on earth)? brought",
    "reasons? (?:for|behind)(?! (?:changes|decisions))|as (?:the|a) reason|(?:what|which|the) reasons?$",
    "see the reasons",
    "(?:causes?|roots?|drivers?|origins?|bottom) (?:of|for|behind)|come(?:s)? from|come to this|got (?:it|this) way"
    "|it got this way|on what grounds|attributable|to blame for|at the bottom|owing to",
)
"""Whether reasons are asked for."""

GROUPS = says(
    "compare[ds]?|comparing|comparison|versus|vs|against|side by side|in contrast",
    "differ\\w* ... (?:between|from|to)|(?:do|does|did) ... and ... differ|between ... and",
    "than(?! (?:they|he|she|their|it|we|you|last|in the last|before))|in common|unlike|equally",
    "(?:better|worse|higher|lower|stronger|weaker|safer|more|less) ... or",
    "contrast\\w*|juxtapos\\w*|beside|alongside|measures? up|stack\\w* ... up|ahead of|part ways|apart from|alike"
    "|as (?:\\w+ ){1,3}as in|a/b|the same in",
)
"""Whether those who are named are held against each other."""

_ELSE = "rest|others?|other teams|everyone else|everybody else"

REST = says(
    f"(?:than|from|with|to|against|versus|vs|unlike) (?:those of |that of |in )?(?:all )?(?:the )?(?:{_ELSE}|average)",
    f"(?:the )?(?:{_ELSE}) (?:do|does|did|are|is|have|has)(?: not|n't)?",
    "elsewhere|average|stand(?:s)? out (?:from|among)|compared to all|different from all",
    "the (?:mean|norm)|normal for|outliers?|special|peculiar\\w*|unique\\w*|(?:nobody|no one|no team) else|sticks? out",
    "ahead of (?:the pack|everyone|everybody|all)|against (?:everyone|everybody|all)|deviat\\w*",
    "out of (?:line|step)|black sheep",
    "(?:relative|relation) to (?:every\\w+|all|the whole|the rest)|makes ... different|exception\\w*",
    "(?:is it|or) (?:only|just) in|the other ones",
)
"""Whether those who are named are held against all others."""

ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (
        Order.SURENESS,
        says(
            "sure(?:st|r)?|(?:most |more )?certain(?: of| about)?|reliabl\\w*|reliability|rely on",
            "best supported|(?:by|most|more) confiden\\w*|(?:be|are|is|am) (?:\\w+ )?confident",
            "(?:beyond|no|without|leaves? no) (?:a )?(?:doubt|question)|for a fact|for real|guesswork|hold(?:s)? up",
            "(?:can|would|could) (?:you|we) swear to|watertight|ironclad|stake|rock.?solid|most solid|firmest",
            "(?:best|strong\\w*|clear\\w*|firm\\w*|hard\\w*|solid\\w*|most|much) (?:evidence|proof|data)",
            "(?:evidence|proof|data) (?:is |are )?(?:the )?(?:strongest|clearest|firmest|best|hardest|most solid)",
        ),
    ),
    (
        Order.SPREAD,
        says(
            "(?:most|more) (?:common|often|frequent\\w*|widespread|teams)|commonest|widespread|in most teams",
            "across (?:most|many|all) teams|typical|recurring|again and again|comes? up most",
            "(?:largest|greatest|highest|by|biggest) (?:number|share) of (?:teams|units|groups)|highest frequency",
            "(?:nearly|almost|virtually|practically) (?:all|every) teams?|team after (?:the other|another|team)"
            "|everywhere|wherever|prevalent"
            "|all over (?:the place|the company)|across the (?:board|company|organi[sz]ation|firm)",
            "(?:company|firm|organi[sz]ation)-?wide|systemic|pervasive|ubiquitous|usual suspects|most teams",
            "pattern(?! over)",
            "runs? through the (?:whole|entire)",
        ),
    ),
)
"""What is to come first."""
