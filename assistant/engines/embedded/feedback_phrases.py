"""What is said to a team member who gives feedback about their manager: never leading, never taking sides."""

from __future__ import annotations

from assistant.domain.interview import Slot
from assistant.domain.words import Fundamental
from assistant.engines.embedded.phrases import Phrases

FEEDBACK = Phrases(
    opening=(
        "Hello {author}. You decide before anything is sent, and with fewer than {floor} answers nothing is shown. "
        "What value did your manager bring to your team?",
        "Hello {author}. Nothing is sent before you have seen it, or shown with fewer than {floor} answers. What "
        "value did your manager bring to your team?",
        "Good to have you here, {author}. You look before anything is sent, and with fewer than {floor} answers "
        "nothing is shown. What value did your manager bring to your team?",
        "Welcome, {author}. With fewer than {floor} answers nothing is shown, and you decide before anything is "
        "sent. What value did your manager bring to your team?",
        "Hello {author}. With fewer than {floor} answers nothing is shown, and you see it before anything is sent. "
        "What value did your manager bring to your team?",
    ),
    ask={
        Slot.VALUE: (
            "What has {who} brought to your team in these months?",
            "What is different in your team because of {who}?",
            "In a sentence or two, what does {who} bring to your team?",
            "What did your team get from {who} lately?",
            "What does {who} add to your team, much or little?",
        ),
        Slot.EXAMPLE: (
            "What is one moment in which that could be seen?",
            "When did you last notice that, and what happened?",
            "Which situation with {who} comes to mind?",
            "What exactly did {who} do or say, on one occasion?",
            "If I had been there, what would I have seen?",
        ),
        Slot.CHANGE: (
            "{change_asked}",
            "One thing about the time since the last round. {change_asked}",
            "Thinking of the last months. {change_asked}",
            "Something else, about before and now. {change_asked}",
        ),
        Slot.MISSING: (
            "What, if anything, is missing for you?",
            "What would have helped you, if anything?",
            "What would you like more of from {who}, or less of?",
            "Where, if anywhere, has {who} made things harder?",
            "If you could change one thing, what would it be?",
        ),
        Slot.KEEP: (
            "What should {who} keep doing, whatever else changes?",
            "What should stay as it is, if anything?",
            "Which habit of {who} would you hold on to, if any?",
            "What would you not want {who} to give up?",
            "What should anybody in that place carry on?",
        ),
    },
    fundamental={
        Fundamental.DEVELOPING_TALENT: (
            "How does learning something new work in your team?",
            "What happens when somebody wants to learn something?",
            "How do you find out how you are doing?",
            "What part does {who} play in what you can do today?",
        ),
        Fundamental.CREATING_CLARITY: (
            "How do you find out what matters most, and why?",
            "When plans change, how do you hear about it?",
            "How clear is it in your team who does what?",
            "From whom do you hear the reasons behind your work?",
        ),
        Fundamental.BUILDING_TRUST: (
            "What happens when somebody makes a mistake?",
            "What is it like to tell {who} something unwelcome?",
            "How do things go on after a promise of {who}?",
            "What becomes of a concern that is brought to {who}?",
        ),
        Fundamental.POWERING_PERFORMANCE: (
            "What helps or hinders you in getting your work done?",
            "When something blocks your work, what does {who} do?",
            "How well do the amount of work and the means fit together?",
            "How does {who} get to see the work you do?",
        ),
    },
    before_fundamental=(
        "One more, briefly.",
        "A short one.",
        "Something different.",
        "Another thing.",
        "Briefly, something else.",
    ),
    try_once_more={
        Slot.VALUE: (
            "That can be the answer. What did {who} do lately that you noticed, good or bad?",
            "That is quite all right. In an ordinary week, where does {who} come in at all?",
            "You need not find something. If {who} were away for a month, what would be different?",
            "That may be how it is. What would you tell a friend about {who} as a manager?",
        ),
        Slot.EXAMPLE: (
            "It need not be anything special. What happened the last time you dealt with {who}?",
            "That is all right. What was the last thing {who} said to your team?",
            "An ordinary day will do. Where did {who} come in last week, if at all?",
            "No hurry. Which meeting or talk with {who} do you still remember?",
        ),
        Slot.MISSING: (
            "That can be the answer. In the hardest week lately, what would have helped you?",
            "Quite all right. If you had one wish for how {who} leads, what would it be?",
            "You need not find something. What do people in your team ask for, if anything?",
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
        "Thank you, {author}. Look it over; you decide what is sent.",
        "We can leave it here, {author}. Nothing is sent before you decide.",
        "That is all, {author}. Send it only if it feels right.",
        "Thank you, {author}. See what I understood, and decide about sending.",
        "Here I stop asking, {author}. Nothing is used until you send it.",
    ),
    closed=(
        "Thank you, that is kept with the rest. There are no more questions; you can look it over and decide about "
        "sending.",
        "I have added that. Nothing more to answer here; whether it is sent is up to you.",
        "Noted, thank you. The questions are done, and the draft is yours.",
        "That is in, too. I will not ask any more; look it over whenever you like.",
    ),
)
