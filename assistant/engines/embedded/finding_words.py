"""The wordings from which the narrator builds a finding: what the manager said, then how it reaches the team.

``{doing}`` and ``{Doing}`` stand for the behaviour. Every opening goes with every continuation of the same finding.
"""

from __future__ import annotations

from assistant.domain.words import FindingKind, Stance

OPENINGS: dict[Stance | None, tuple[str, ...]] = {
    Stance.DOES: (
        "You say that {doing} is part of what you bring.",
        "You see yourself {doing}.",
        "{Doing} is something you count among your contributions.",
        "When you reflected, {doing} came up as something you do.",
        "In your own view, {doing} belongs to the value you bring.",
    ),
    Stance.ADMITS: (
        "You said yourself that {doing} falls short at the moment.",
        "{Doing} is a gap that you named yourself.",
        "You were open about it: {doing} happens less than you would like.",
        "You already see room to grow in {doing}.",
    ),
    Stance.INTENDS: (
        "{Doing} is something you want to do more of.",
        "You plan to work on {doing}.",
        "{Doing} is on your list for the time to come.",
        "You would like to get further with {doing}.",
    ),
    None: (
        "You did not mention {doing}.",
        "{Doing} did not come up in your reflection.",
        "When you reflected, {doing} was not among the things you named.",
        "{Doing} is something you did not bring up.",
    ),
}

Continuations = dict[tuple[FindingKind, bool], tuple[str, ...]]

SURE: Continuations = {
    (FindingKind.SHARED_STRENGTH, True): (
        "Your team feels it too, and is glad of it.",
        "People in your team say the same.",
        "That is also how it reaches your team.",
        "Your team notices, and it helps them.",
        "On this, your view and your team's view meet.",
    ),
    (FindingKind.HIDDEN_STRENGTH, True): (
        "Your team sees more of it than you do, and values it.",
        "By what your team says, you are further along than you think.",
        "People in your team value it as it is already.",
        "For your team it is there already, and it does them good.",
    ),
    (FindingKind.HIDDEN_STRENGTH, False): (
        "Your team did notice it, and values it.",
        "It means more to your team than you may think.",
        "People in your team feel it and are glad of it.",
        "Your team counts it among the good things you bring.",
        "Your team speaks of it with appreciation.",
    ),
    (FindingKind.SHARED_CONCERN, True): (
        "Your team feels the same gap.",
        "People in your team feel it as well, in their daily work.",
        "Your team sees it as you do, so you can talk about it openly.",
        "It matters to your team too, and they would welcome a first step.",
    ),
    (FindingKind.BLIND_SPOT, True): (
        "From where your team stands, it does not reach them.",
        "Your team says that they often go without it.",
        "What you mean and what arrives in your team differ here: people miss it in their daily work.",
        "In your team's daily work little of it can be felt, and people would like more.",
        "People in your team experience it differently and miss it.",
    ),
    (FindingKind.BLIND_SPOT, False): (
        "Your team misses it in their daily work.",
        "People in your team would need more of it from you.",
        "For your team it matters, and they go without it.",
        "It is on your team's mind, and its absence is felt.",
        "Your team would gain from seeing more of it.",
    ),
    (FindingKind.SPLIT_VIEW, True): (
        "Your team is divided: some feel it, others go without.",
        "It reaches some people in your team and not others.",
        "Some in your team value what you do there, and others miss it.",
        "Your team does not speak with one voice here: it depends on whom one asks.",
    ),
    (FindingKind.UNSEEN_CLAIM, True): (
        "Your team did not speak to it, neither for nor against.",
        "It did not come up in what your team said, so it may happen out of their sight.",
        "Your team was silent on it, which leaves open whether it reaches them.",
        "What your team said does not touch on it.",
    ),
}

LESS_SURE: Continuations = {
    (FindingKind.SHARED_STRENGTH, True): (
        "It seems that your team feels it too.",
        "What your team says may well mean the same.",
        "Your team's words seem to point the same way.",
        "It seems that this is also how it reaches your team.",
    ),
    (FindingKind.HIDDEN_STRENGTH, True): (
        "It seems that your team sees more of it than you do.",
        "By what your team says, you may be further along than you think.",
        "It seems to be there already for people in your team.",
    ),
    (FindingKind.HIDDEN_STRENGTH, False): (
        "It seems that your team noticed it, and values it.",
        "It may mean more to your team than you think.",
        "People in your team seem to be glad of it.",
        "Your team may count it among the good things you bring.",
    ),
    (FindingKind.SHARED_CONCERN, True): (
        "It seems that your team feels the same gap.",
        "People in your team may feel it as well.",
        "Your team seems to see it much as you do.",
    ),
    (FindingKind.BLIND_SPOT, True): (
        "It seems that it does not always reach your team.",
        "Your team may experience it differently and miss it at times.",
        "What arrives in your team may be less than you mean to give.",
        "It seems that people in your team would like more of it.",
    ),
    (FindingKind.BLIND_SPOT, False): (
        "It seems that your team misses it.",
        "People in your team may need more of it from you.",
        "Your team may be going without it at times.",
        "It seems that your team would like more of it.",
    ),
    (FindingKind.SPLIT_VIEW, True): (
        "Your team may be divided: it seems to reach some and not others.",
        "It seems that some in your team value it while others miss it.",
        "Your team may not be of one mind here.",
    ),
    (FindingKind.UNSEEN_CLAIM, True): (
        "It seems that your team did not speak to it.",
        "It may be that your team does not see it happen.",
        "As far as can be told, your team was silent on it.",
    ),
}
