"""What a manager can do where too few people answered: ask the team openly, without putting anybody at risk."""

from __future__ import annotations

TITLE = "What you can do instead"
TOGETHER = (
    "Look at what your team and the teams beside it say together, where that is enough people to be shown: it is in "
    "the roll-up of the person you report to."
)
GUIDE_TITLE = "How to ask your team openly"
GUIDE: tuple[tuple[str, str], ...] = (
    (
        "Say what it is for.",
        "You want to know what of your work helps them. Nobody is rated by it, and nobody has to speak.",
    ),
    ("Leave the round alone.", "Do not ask who answered, who did not, or what anybody wrote."),
    ("Ask everybody the same.", "One question is enough: “What should I keep doing, and what would help you more?”"),
    (
        "Let them talk without you first.",
        "They can think alone or in pairs, and one of them tells you what came up, with no names to it.",
    ),
    ("Listen, and thank them.", "Do not explain or defend anything on the spot, also where it stings."),
    (
        "Promise that nothing follows for whoever spoke, and keep it.",
        "Tasks, shifts, pay and the tone between you stay as they were. If somebody fears otherwise, offer a person "
        "outside your team to speak to.",
    ),
    ("Come back to it.", "Within two weeks say what you will do, what you will not, and why. Then ask again."),
)  # fmt: skip
