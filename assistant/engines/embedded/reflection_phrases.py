"""What is said to a manager who reflects on one person or on the team."""

from __future__ import annotations

from assistant.domain.interview import Slot
from assistant.domain.words import Fundamental
from assistant.engines.embedded.phrases import Phrases

REFLECTION = Phrases(
    opening=(
        "Hello {author}. What value are you bringing to {who}?",
        "Welcome, {author}. What value are you bringing to {who}?",
        "Good day, {author}. What value are you bringing to {who}?",
        "Hi {author}. What value are you bringing to {who}?",
    ),
    opening_after_commitment=(
        "Hello {author}. Last round you took this on: {commitment}. What has become of it?",
        "Good to have you back, {author}. You had set yourself something last time: {commitment}. How did it go?",
        "Welcome back, {author}. Before anything else, what you took on last round: {commitment}. What came of it?",
        "Hello {author}. From last round there is this: {commitment}. Where does it stand today?",
    ),
    value_question="What value are you bringing to {who}?",
    ask={
        Slot.COMMITMENT: (
            "You took this on last round: {commitment}. What has become of it?",
            "Back to what you had set yourself: {commitment}. How did it go?",
            "There is still what you took on: {commitment}. What came of it?",
            "Last round you meant to do this: {commitment}. Where does it stand?",
        ),
        Slot.VALUE: (
            "What does {who} get only from you?",
            "What have you added for {who} lately?",
            "In short, what do you bring {who}?",
            "What would {who} lose without you?",
            "What might {who} say you bring?",
        ),
        Slot.EXAMPLE: (
            "Which recent moment shows it?",
            "What happened the last time?",
            "When did that last show?",
            "Which situation comes to mind?",
            "What did that look like?",
        ),
        Slot.EFFECT: (
            "What has changed for {who} since?",
            "What shows that it reached {who}?",
            "What does {who} do differently since?",
            "Where do you see the effect?",
            "What came of it?",
        ),
        Slot.OWN_PART: (
            "What is your own part?",
            "What of this is your doing?",
            "What have you left undone?",
            "What would you do differently?",
            "What could you have given {who}?",
        ),
        Slot.HARD_TO_HEAR: (
            "What might be hard to hear?",
            "What would {who} say, speaking freely?",
            "Which word from {who} would sting?",
            "What is {who} perhaps not saying?",
            "What would {who} change about you?",
        ),
    },
    fundamental={
        Fundamental.DEVELOPING_TALENT: (
            "How do you help {who} learn?",
            "What is {who} getting better at?",
            "Where does {who} want to grow?",
            "What could {who} try out lately?",
        ),
        Fundamental.CREATING_CLARITY: (
            "Who tells {who} the priorities?",
            "What would {who} say comes first?",
            "How does {who} hear that plans change?",
            "Which reasons for decisions reach {who}?",
        ),
        Fundamental.BUILDING_TRUST: (
            "How do you take unwelcome news?",
            "When something goes wrong, what follows?",
            "How does {who} know your word holds?",
            "What happens when {who} disagrees?",
        ),
        Fundamental.POWERING_PERFORMANCE: (
            "What hinders {who} at work?",
            "What costs {who} the most strength?",
            "What blocks {who} most?",
            "What is too much, if anything?",
        ),
    },
    before_fundamental=(
        "Something else.",
        "Another side.",
        "Moving on.",
        "New topic.",
        "One more.",
    ),
    try_once_more={
        Slot.VALUE: (
            "A small one, then. What did {who} last come to you for?",
            "If you were away for a month, what would {who} miss?",
            "No hurry. What did you last do for {who}?",
            "What did the two of you last talk about?",
        ),
        Slot.EXAMPLE: (
            "It need not be big. What came of your last talk with {who}?",
            "An ordinary day will do. Which moment of last week comes to mind?",
            "No hurry. What did you last work out together?",
            "Something small is fine. What did {who} last ask you for?",
        ),
        Slot.EFFECT: (
            "It may be too early. What small sign would show you?",
            "It often shows in passing. How did {who} seem to you last time?",
            "That may well be. What would {who} say has changed?",
            "It can be a quiet thing. What does {who} ask you more, or less?",
        ),
        Slot.OWN_PART: (
            "That may be. What would you change in one week over again?",
            "It can be small. What have you been meaning to do for {who}?",
            "Without being hard on yourself, what would you do differently?",
            "More simply, what did {who} last have to wait for you for?",
        ),
        Slot.HARD_TO_HEAR: (
            "That may well be. Which remark of {who} stayed with you?",
            "Guessing is fine. What might {who} tell a good friend about you?",
            "It can be small. Which habit of yours might be tiring for {who}?",
            "From the other side, what would you mind in {who}'s place?",
        ),
    },
    turn_to_person=(
        "Beyond any task list, what does {who} get?",
        "On the human side, what do you give {who}?",
        "If a tool did that, what would {who} need you for?",
        "What is easier because of you?",
        "Leaving the tasks out, what does {who} gain?",
        "Past the to-do list, what does {who} need from you?",
    ),
    turn_to_own_part=(
        "You did not choose that. What lies in your own hands?",
        "You see the part of others. What is your share?",
        "You would wish it otherwise. What can {who} count on from you?",
        "You sound tired of it. What is your part in it?",
        "Leaving the others out, what could you do?",
        "You have little say there. Where could you make a start?",
    ),
    why={
        Slot.VALUE: (
            "I ask because many leaders can list what they do, and few can say what the other one gets out of it.",
            "It is the question everything else rests on: your own view, which your team's view is laid next to.",
            "I ask because it is easy to be busy for people without knowing what reaches them.",
            "Your answer is what your team's answers are compared with, so it should be in your own words.",
        ),
        Slot.EXAMPLE: (
            "I ask because one real moment tells more than a good intention, to you as well.",
            "With a moment in mind it is easier to see what you did and what came of it.",
            "An example keeps us both from talking in general terms.",
            "I ask because your team will think of moments, too, and then both sides speak of the same thing.",
        ),
        Slot.EFFECT: (
            "I ask because what is given and what arrives are often two things.",
            "It helps to tell what you meant from what reached the other side.",
            "I ask because the effect is what your team can speak about; your intention they cannot see.",
            "Looking at the effect shows which of your efforts are worth keeping.",
        ),
        Slot.OWN_PART: (
            "I ask because your own part is the one thing you can change without anybody's help.",
            "It is not about fault. What you own up to, you can work on, and a team notices that.",
            "I ask because a gap that you name yourself reads quite differently in your report from one that others "
            "name.",
            "Your own part is where a next step can begin, so it is worth a look.",
        ),
        Slot.HARD_TO_HEAR: (
            "I ask because what we half know already is easier to hear when we have said it ourselves.",
            "It gets you ready for what your team may say, and often it turns out milder.",
            "I ask because people seldom tell their manager the uncomfortable part unasked.",
            "Guessing what others see shows how well the two views fit together.",
        ),
        Slot.COMMITMENT: (
            "I ask because you set it yourself, and what became of it is worth knowing either way.",
            "It is no check on you: what was in the way is as useful to know as what worked.",
            "I ask because a step is only finished when somebody has looked at what it did.",
            "You took it on last round, so it is the natural place to begin.",
        ),
        Slot.FUNDAMENTAL: (
            "I ask because this is one of four things that teams most need from whoever leads them.",
            "It has not come up by itself, and what does not come up is often worth a short look.",
            "Your team may well speak about it, and then it is good to have your view of it.",
            "I ask so that your picture is complete; a short answer is enough.",
        ),
    },
    privacy=(
        "This is your draft: only you can read it here, and nothing is used until you send it. Your report sets it "
        "next to what your team says, which shows only once at least {floor} people have answered. Leaders above "
        "you may ask about the findings. Whoever runs this installation looks after what is stored and can print "
        "your report, which is logged.",
        "Your team does not get to read this. Before you send it you see what I understood and can take parts out. "
        "After the round it is compared with your team's answers, if at least {floor} came in, for your report. "
        "Leaders above you see findings of it, and whoever runs this installation holds the keys to what is stored.",
        "Until you send it, nobody else can open this in the app. Sent, it goes into your own report beside your "
        "team's view, which needs at least {floor} answers before it is shown. Leaders above you can ask for "
        "findings. Those who run this installation keep the data and can print reports, and each time is logged.",
        "Nothing is used before you have looked at it and sent it. It is meant for your own report, where your "
        "team's view appears only with {floor} or more answers. Your team does not see it; leaders above you can "
        "see the findings; and whoever runs this installation holds its keys.",
    ),
    close=(
        "Thank you. Look it over.",
        "We can leave it here.",
        "That is all. Thank you.",
        "That is all, {author}.",
        "That was my last question.",
    ),
    closed=(
        "Thank you, that is kept with the rest. We are through with the questions; you can look it over and send it.",
        "I have added that. There is nothing more to answer; send it whenever you are ready.",
        "Noted, thank you. The questions are done, and the draft is yours to look over and send.",
        "That is in, too. I will not ask any more; the rest is up to you.",
    ),
)
