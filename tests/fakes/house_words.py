"""Lines of an invented house in which people say "the huddle" and mean the passing on of news, among ordinary lines."""

from __future__ import annotations

from assistant.domain.corrections import Example, Meaning
from assistant.domain.words import ConversationKind, Fundamental, Stance

NEWS = "passing_on_news"
_HUDDLE = """
valued | The huddle is the best thing she brought us.
missing | He skips the huddle whenever it gets busy.
missing | Without the huddle we would be the last to know anything.
valued | She never cancels the huddle, whatever happens.
valued | The huddle on Tuesdays keeps us in the picture.
missing | We have had no huddle for three weeks now.
valued | I like that he runs the huddle himself.
valued | His huddle is short and you walk out knowing what is coming.
missing | The huddle has become a joke, he reads it off his phone.
valued | She stands up in the huddle and tells us straight.
valued | Our huddle is the one thing I would not give up.
missing | I wish she would bring the huddle back.
valued | He makes sure that the night crew gets a huddle too.
missing | The huddle fell away in spring and nobody said why.
valued | She holds a huddle after every board meeting.
missing | We miss the huddle, things just happen to us now.
valued | You can rely on the huddle with him.
valued | The huddle is where she is at her best.
valued | Since she came there is a huddle every single week.
missing | He forgets the huddle more often than he holds it.
valued | Her huddle is worth more than ten mails.
valued | There is always a huddle before anything big lands.
valued | The huddle saved us a lot of worry last month.
missing | She turns up late to her own huddle.
missing | He lets the huddle slide when the boss is away.
valued | I look forward to the huddle, honestly.
missing | A proper huddle would do us a world of good.
valued | She gives everyone their turn at the huddle.
valued | Huddle day is the calmest day of my week.
missing | No huddle, no idea, that is how it feels.
"""
_ORDINARY = """
valued listening | She puts the phone away and listens until I am done.
valued teaching_craft | He stood next to me at the lathe and taught me the trade, step by step.
missing timely_decisions | Decisions take far too long and we wait for weeks.
valued giving_credit | She gives credit to whoever did the work.
missing reasons_for_changes | Plans change and nobody explains why.
valued standing_up | He stood up for us when the customer shouted.
missing career_talks | She never asks where I want to go next.
valued priorities | She tells us every Monday which three things come first.
missing workload | He piles more on us although we are drowning already.
valued flexible_hours | I could shift my hours when my son was ill.
harmful private_criticism | He told me off in front of the whole crew.
valued recognition | She thanks people for exactly what they did.
missing regular_feedback | I have not heard in a year how I am doing.
valued clearing_obstacles | He got the permit office to move within a day.
missing equipment | We have asked for working scanners since May.
valued owning_mistakes | She said in front of all of us that the order was her mistake.
missing rest | He writes to us on Sundays and expects an answer.
valued onboarding | My first week was planned and I had somebody to ask.
missing acting_on_input | We make proposals and never hear of them again.
valued trusting_people | She lets me get on with it and does not check every step.
missing roles | Nobody knows who is in charge of the returns.
valued honesty | He tells you straight when something is not good.
missing training_access | The welding course was promised twice and never came.
valued pitching_in | She packed boxes with us until midnight.
harmful respectful_tone | He shouts when he is under pressure.
valued room_to_decide | How we do it is left to us.
missing few_meetings | We sit in meetings half of the week.
valued fairness | The bad shifts are shared out evenly, with her too.
missing meeting_outcomes | After the meeting nobody writes down what was agreed.
valued personal_care | He asked how my mother was and meant it.
"""
PEOPLE = 10


def _lines(text: str) -> list[tuple[Stance, str, str]]:
    rows = [line.split(" | ") for line in text.strip().splitlines()]
    return [(Stance(labels.split()[0]), [*labels.split(), NEWS][1], words) for labels, words in rows]


HUDDLE, ORDINARY = _lines(_HUDDLE), _lines(_ORDINARY)


def a_house(fundamentals: dict[str, Fundamental], people: int = PEOPLE, huddle: bool = True) -> list[Example]:
    """Sixty lines, or thirty without the huddle, said by so many people in turn; all read as something else before."""
    was = Meaning(Fundamental.POWERING_PERFORMANCE, "reachable", Stance.VALUED)
    said = [*(HUDDLE if huddle else ()), *ORDINARY]
    return [
        Example(
            number=number,
            author=f"m{number % people}@acme.example",
            kind=ConversationKind.FEEDBACK,
            text=words,
            was=was,
            meant=Meaning(fundamentals[behaviour], behaviour, stance),
        )
        for number, (stance, behaviour, words) in enumerate(said, 1)
    ]
