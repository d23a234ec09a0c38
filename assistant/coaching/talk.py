"""A guide for the manager's talk with the team about a report: what was heard, what comes of it, what is asked.

It is said aloud to the very people who answered. So it rests on findings alone for which the report itself gives a
number of people, and it holds nobody's words but the manager's own step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.knowledge import Behaviour
from assistant.domain.report import Finding, Report
from assistant.domain.talk import Guide, Question
from assistant.domain.words import GAPS, FindingKind

MOST_STRENGTHS = MOST_GAPS = 2


def guide(report: Report, behaviours: Mapping[str, Behaviour], steps: Sequence[str] = ()) -> Guide | None:
    """The guide to a report; None where it is below the floor. ``steps`` are what its manager has taken on.

    Findings on fewer people than the floor are left out: said aloud, they would set the team guessing.
    """
    if report.suppressed:
        return None
    told = [finding for finding in report.findings if finding.respondents]
    gaps = [finding for finding in told if finding.kind in GAPS][:MOST_GAPS]
    strengths = [finding for finding in told if finding.kind in _STRENGTHS][:MOST_STRENGTHS]
    return Guide(
        _OPENING,
        (*_told(strengths, behaviours), *_told(gaps, behaviours)) or (_NOTHING_CLEAR,),
        tuple(steps) or _first_step(report),
        tuple(_ASK[finding.kind].format(doing=_doing(finding, behaviours)) for finding in gaps) or (_ASK_ANYWAY,),
        _NEVER,
        (*_ALWAYS_ASKED, *_questions(gaps)),
    )


def _told(findings: Iterable[Finding], behaviours: Mapping[str, Behaviour]) -> list[str]:
    return [_HEARD[finding.kind].format(doing=_doing(finding, behaviours)) for finding in findings]


def _doing(finding: Finding, behaviours: Mapping[str, Behaviour]) -> str:
    known = behaviours.get(finding.behaviour)
    doing = known.doing if known else finding.fundamental.title.lower()
    return doing.replace("oneself", "myself").replace("one's", "my").replace("what one thinks", "what I think")


def _first_step(report: Report) -> tuple[str, ...]:
    return (_SUGGESTED.format(step=report.suggestions[0].next_step),) if report.suggestions else (_NO_STEP,)


def _questions(gaps: Iterable[Finding]) -> list[Question]:
    return [_SCEPTICAL[kind] for kind in dict.fromkeys(finding.kind for finding in gaps)]


_STRENGTHS = frozenset({FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH})
_OPENING = (
    "Thank you for your answers. I have seen what they add up to, and nobody's words. I would like to tell you what I "
    "take from it, and to hear whether I got it right."
)
_NOTHING_CLEAR = "Your answers do not point at one thing clearly. So I would rather ask you than guess."
_SUGGESTED = "(Say it in your own words; this is the first suggestion.) {step}"
_NO_STEP = "I will keep doing what you value, and ask you again after the next round."
_ASK_ANYWAY = "What should I keep doing, and what would help you more?"
_HEARD: dict[FindingKind, str] = {
    FindingKind.SHARED_STRENGTH: "Several of you value {doing}. I want to keep that up.",
    FindingKind.HIDDEN_STRENGTH: "Several of you value {doing}. I had not seen that it matters so much.",
    FindingKind.BLIND_SPOT: "Several of you miss something in {doing}. I had not seen that, and I take it seriously.",
    FindingKind.SHARED_CONCERN: (
        "Several of you miss something in {doing}. I had seen it, too, and it has not got better by that."
    ),
    FindingKind.SPLIT_VIEW: "You see {doing} in different ways: it works for some of you, and not for others.",
}
_ASK: dict[FindingKind, str] = {
    FindingKind.BLIND_SPOT: "When I think of {doing}: what is one thing that I could do differently next week?",
    FindingKind.SHARED_CONCERN: "When I try something new about {doing}: how would you notice that it is better?",
    FindingKind.SPLIT_VIEW: "What makes the difference in {doing}, so that it works at one time and not at another?",
}
_NEVER = (
    "Do not ask who said what, and do not guess aloud, not as a joke either.",
    "Do not explain or defend on the spot. Thank, write down, and come back to it.",
    "Nobody has to speak. Offer that they tell one of them, who passes it on without names.",
)
_ALWAYS_ASKED = (
    Question(
        "Do you know who wrote what?",
        "No. I see what enough of you say together, and only the words of those who chose to be named. I do not want "
        "to know more.",
    ),
    Question(
        "And what will change? We have been asked before.",
        "One thing, and I have just said which. You will be asked next round, and what you answer decides whether it "
        "counts.",
    ),
)
_SCEPTICAL: dict[FindingKind, Question] = {
    FindingKind.BLIND_SPOT: Question(
        "How could you not see that?",
        "I do not know yet, and that is why I ask. If it happens again, tell me on the same day, however it suits you.",
    ),
    FindingKind.SHARED_CONCERN: Question(
        "If you knew, why did you not do anything?",
        "I put it off. That was not right towards you. Here is what I do this week, and the day on which we look at it "
        "together.",
    ),
    FindingKind.SPLIT_VIEW: Question(
        "Are you going to take away what works for us?",
        "No. I want to learn what makes it work for you, and bring it to those for whom it does not.",
    ),
}
