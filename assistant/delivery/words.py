"""What mails and messages say, in one place. Nobody's words are in it, and nothing tells who has answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.domain.notices import Circumstances, Letter, NoticeKind

NOBODY_HAS_TO = "Nobody has to answer."


@dataclass(frozen=True, slots=True)
class Words:
    """A text: ``subject`` is also its heading, ``button`` names what the link does, ``after`` stands below it.

    ``why`` says at the end why somebody gets this, and ``can_stop`` whether they can end it.
    """

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    after: tuple[str, ...] = ()
    why: str = ""
    can_stop: bool = False


def words_of(letter: Letter) -> Words:
    """The words of a letter."""
    return _WORDS[letter.notice.kind](letter)


def _invitation(letter: Letter) -> Words:
    about = letter.about
    return Words(
        f"{about.round.key} has begun: a question for you",
        (_hello(about), *_asked(about, "has begun, and asks you"), _how(about), *_until(about), NOBODY_HAS_TO),
        "Open Value Loop",
        (_link(letter),),
        f"You get this because you are asked in {about.round.key}.",
        can_stop=True,
    )


def _reminder(letter: Letter) -> Words:
    about = letter.about
    return Words(
        f"{about.round.key} is still open for you",
        (
            _hello(about),
            *_asked(about, "is open, and there is something that you have not sent. It asks you"),
            "If you have begun, you can go on where you were.",
            *_until(about),
            f"{NOBODY_HAS_TO} If you would rather not, do nothing.",
        ),
        "Open Value Loop",
        (_link(letter),),
        f"You get this because you are asked in {about.round.key}. You get a few of these in a round at most.",
        can_stop=True,
    )


def _report_ready(letter: Letter) -> Words:
    about = letter.about
    return Words(
        f"Your report for {about.round.key} is ready",
        (
            _hello(about),
            f"Your report for {about.round.key} is there. It lays what you said beside what your team said, and offers "
            "up to three small steps.",
            "Read it when you have a quiet half hour. It is a start for a talk with your team, and no verdict.",
        ),
        "Read your report",
        (_link(letter),),
        f"You get this once, because you have a report for {about.round.key}.",
    )


def _look_back(letter: Letter) -> Words:
    about = letter.about
    return Words(
        "A day to look back",
        (
            _hello(about),
            f"After your report for {about.round.key} you took something on, and chose today to look back at it.",
            "What became of it? Say in two minutes whether you did it, changed it or let it go. Only you see that.",
        ),
        "Look back",
        (_link(letter),),
        "You get this once, on the day that you chose.",
        can_stop=True,
    )


def _brief_ready(letter: Letter) -> Words:
    about = letter.about
    return Words(
        f"Your brief for {about.round.key} is ready",
        (
            _hello(about),
            f"{about.round.key} has been read. Your brief says what changed among your managers and their teams, and "
            "where you can help. You find it under Brief. Nothing of it is in this mail.",
        ),
        "Open Value Loop",
        (_link(letter),),
        f"You get this once for {about.round.key}, because you lead managers who were part of it.",
    )


def _round_opened(letter: Letter) -> Words:
    about = letter.about
    way = "Everybody who is asked gets a mail with a link of their own. " if letter.by_mail else ""
    return Words(
        f"{about.round.key} has begun",
        (
            "Managers are asked what value they bring to each team member, and their teams what value their manager "
            "brings. It takes about ten minutes, in a short chat.",
            f"{way}{NOBODY_HAS_TO}",
            *_until(about),
        ),
        "Open Value Loop",
    )


def _closing_soon(letter: Letter) -> Words:
    about = letter.about
    return Words(
        f"{about.round.key} closes soon",
        (
            *_until(about),
            f"Whoever wants to say something still can, or go on with what they began. {NOBODY_HAS_TO}",
        ),
        "Open Value Loop",
    )


def _reports_ready(letter: Letter) -> Words:
    about = letter.about
    return Words(
        f"The reports for {about.round.key} are ready",
        (
            "Every manager finds their own report in Value Loop, and nobody else's. A good next step is to talk it "
            "over with the team.",
        ),
        "Open Value Loop",
    )


_WORDS: dict[NoticeKind, Callable[[Letter], Words]] = {
    NoticeKind.INVITATION: _invitation,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.REPORT_READY: _report_ready,
    NoticeKind.LOOK_BACK: _look_back,
    NoticeKind.BRIEF_READY: _brief_ready,
    NoticeKind.ROUND_OPENED: _round_opened,
    NoticeKind.CLOSING_SOON: _closing_soon,
    NoticeKind.REPORTS_READY: _reports_ready,
}


def _hello(about: Circumstances) -> str:
    return f"Hello {about.person.first_name}," if about.person else "Hello,"


def _asked(about: Circumstances, begins: str) -> tuple[str, ...]:
    """The value question, from the side or the sides from which the person is asked."""
    asked = []
    if about.manager is not None:
        asked.append(f"What value did your manager, {about.manager.name}, bring to your team?")
    if about.reflects:
        asked.append("What value are you bringing to each team member?")
    return (f"{about.round.key} {begins} {'one question' if len(asked) == 1 else 'two questions'}:", *asked)


def _how(about: Circumstances) -> str:
    how = "You answer in a short chat, in about ten minutes, and see what was understood before you send it."
    if about.manager is None:
        return f"{how} Nobody above you reads what you write."
    return (
        f"{how} A report shows what the team says together, and only where at least {about.round.floor} people "
        "answered. The page tells you who sees what before you write."
    )


def _until(about: Circumstances) -> tuple[str, ...]:
    closes_at = about.round.closes_at
    return () if closes_at is None else (f"It is open until {_moment(closes_at)}.",)


def _link(letter: Letter) -> str:
    until = f", until {_moment(letter.good_until)}" if letter.good_until else ""
    return (
        f"The link is yours alone, so do not pass it on. It lets you in once{until}, and takes the place of any you "
        "got before."
    )


def _moment(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{at.day} {at:%B %Y}, {at:%H:%M} UTC"
