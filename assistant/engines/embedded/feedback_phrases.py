"""What is said to a team member who gives feedback about their manager: never leading, never taking sides."""

from __future__ import annotations

from assistant.domain.interview import Slot
from assistant.domain.words import Fundamental
from assistant.engines.embedded.phrases import Phrases

FEEDBACK = Phrases(
    opening=(
        "Hello {author}. You decide what is sent. What value did your manager bring to your team?",
        "Hello {author}. Only you can send this. What value did your manager bring to your team?",
        "Welcome, {author}. You decide what is sent. What value did your manager bring to your team?",
        "Welcome, {author}. Only you can send this. What value did your manager bring to your team?",
    ),
    ask={
        Slot.VALUE: (
            "What has {who} brought to your team?",
            "What is different because of {who}?",
            "What does your team get from {who}?",
            "What does {who} add to your team?",
            "In short, what does {who} bring?",
        ),
        Slot.EXAMPLE: (
            "Which moment shows that?",
            "What happened the last time?",
            "Which situation comes to mind?",
            "What did {who} do or say?",
            "What did that look like?",
        ),
        Slot.CHANGE: (
            "{change_asked}",
            "One thing about the time since the last round. {change_asked}",
            "Thinking of the last months. {change_asked}",
            "Something else, about before and now. {change_asked}",
        ),
        Slot.MISSING: (
            "What, if anything, is missing?",
            "What would have helped you, if anything?",
            "What would you like more of?",
            "What could go better, if anything?",
            "Which one thing would you change?",
        ),
        Slot.KEEP: (
            "What should {who} keep doing?",
            "What should stay, if anything?",
            "Which habit should stay?",
            "What should {who} not give up?",
            "What should a successor carry on?",
        ),
    },
    fundamental={
        Fundamental.DEVELOPING_TALENT: (
            "How does learning work here?",
            "What if somebody wants to learn?",
            "Who tells you how you are doing?",
            "Where can you grow, if anywhere?",
        ),
        Fundamental.CREATING_CLARITY: (
            "What tells you what matters most?",
            "How do you hear that plans change?",
            "How clear is who does what?",
            "Who tells you the reasons?",
        ),
        Fundamental.BUILDING_TRUST: (
            "What happens after a mistake?",
            "How does {who} take unwelcome news?",
            "What becomes of what {who} promises?",
            "What follows when you raise a concern?",
        ),
        Fundamental.POWERING_PERFORMANCE: (
            "What helps or hinders your work?",
            "What if something blocks you?",
            "How do workload and means fit together?",
            "How does {who} see the work you do?",
        ),
    },
    before_fundamental=(
        "One more.",
        "Briefly.",
        "Something different.",
        "Another thing.",
        "Moving on.",
    ),
    try_once_more={
        Slot.VALUE: (
            "That can be the answer. What did {who} do lately that you noticed, good or bad?",
            "That is quite all right. Where does {who} come in?",
            "You need not find something. Without {who}, what would be different?",
            "That may be how it is. What would you tell a friend about {who}?",
        ),
        Slot.EXAMPLE: (
            "It need not be special. What happened the last time with {who}?",
            "That is all right. What did {who} last say to your team?",
            "An ordinary day will do. Where did {who} come in last week?",
            "No hurry. Which talk with {who} comes to mind?",
        ),
        Slot.MISSING: (
            "That can be the answer. In the hardest week, what would have helped you?",
            "Quite all right. Which one wish would you have for {who}?",
            "You need not find something. What do people in your team ask for?",
            "That may be how it is. What small thing could go better, if any?",
        ),
    },
    why={
        Slot.VALUE: (
            "I ask because your manager answers the same question, and the two views are laid side by side.",
            "You see what reaches the team; from above that is hard to see.",
            "It is the question everything else rests on, so I would like it in your own words.",
            "I ask everybody in your team the same thing, so that the picture is not that of one person.",
        ),
        Slot.EXAMPLE: (
            "I ask because a moment says more than a mark out of ten. It is not passed on as you tell it.",
            "An example helps me understand what you mean; it will not be quoted.",
            "With a moment in mind it is easier to say what mattered in it.",
            "General words can mean many things, and a moment makes clear which of them you mean.",
        ),
        Slot.MISSING: (
            "I ask because what is missing is rarely said unasked, and only what is known can change.",
            "Both sides belong to a fair picture. If nothing is missing, that is an answer.",
            "Your manager may not know, and here it can be said without your name.",
            "I ask everybody, so that a need that several people share can be seen.",
        ),
        Slot.KEEP: (
            "I ask because good things get lost when nobody says that they matter.",
            "It is as useful to know what should stay as what should change.",
            "Managers often do not know which of the things they do are noticed.",
            "I ask so that a change does not sweep away something your team relies on.",
        ),
        Slot.CHANGE: (
            "I ask everybody in your team the same, and no is as good an answer as yes.",
            "I ask because changes are noticed by those around, or not at all.",
            "It came up in the last round; whether anything is different, your team sees best.",
            "I ask so that a change, or none, is seen by more than one pair of eyes.",
        ),
        Slot.FUNDAMENTAL: (
            "I ask because this is one of four things that matter in most teams, and it has not come up.",
            "It only completes the picture; you can leave it out.",
            "I ask everybody about what they have not mentioned, in case it matters.",
            "Some things are so everyday that nobody mentions them, so I ask. A few words are enough.",
        ),
    },
    privacy=(
        "Only you can read this conversation here. Before anything is sent you see what I understood and can hold "
        "parts back. {who} then gets a summary without names or quotes, and only once at least {floor} people have "
        "answered. Leaders see findings under the same rule. Whoever runs this "
        "installation holds the keys to what is stored.",
        "{who} does not see what you write. It goes into a summary of all answers, in words that are not yours, and "
        "nothing is shown with fewer than {floor} answers. You look at it first and decide what is sent. "
        "Whoever runs this installation holds its keys, and so could get at what is stored.",
        "Nothing leaves this draft until you send it, and you see first what I understood. Sent, it counts only "
        "together with others: with fewer than {floor} answers nothing is shown, to {who} or to leaders above. "
        "Nobody is named or quoted. One honest limit: those who run this "
        "installation keep the data.",
        "Your words stay here; in the app only you can open them. What is shown rests on at least {floor} people's "
        "answers, without names and without quotes. You decide before sending what "
        "may be used. The data lies with whoever runs this installation, who holds the keys to it.",
    ),
    close=(
        "Thank you. Look it over.",
        "We can leave it here.",
        "That is all. Thank you.",
        "That is all, {author}.",
        "That was my last question.",
    ),
    closed=(
        "Thank you, that is kept with the rest. There are no more questions; you can look it over and decide about "
        "sending.",
        "I have added that. Nothing more to answer here; whether it is sent is up to you.",
        "Noted, thank you. The questions are done, and the draft is yours.",
        "That is in, too. I will not ask any more; look it over whenever you like.",
    ),
)
