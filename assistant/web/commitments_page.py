"""What a manager has taken on: a page of our own, for that manager alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.commitments import LONGEST_TEXT, Commitment, CommitmentState
from assistant.domain.errors import UserError
from assistant.loop.commitments import Intention, look_back, note_down, read_commitments, take_on
from assistant.loop.formats.commitment_calendar import as_calendar
from assistant.web.host_cookie import Held
from assistant.web.message import message_page
from assistant.web.rendering import render
from assistant.web.visitor import COMMITMENTS, Visitor, visitor

Id = Annotated[str, Form(max_length=64)]
Key = Annotated[str, Form(max_length=40)]
Choice = Annotated[str, Form(max_length=100)]
Words = Annotated[str, Form(max_length=4 * LONGEST_TEXT)]  # more than may be kept, so that it is refused in words


def commitments_page(parts: Parts) -> APIRouter:
    """The routes under ``/commitments``."""
    router = APIRouter(default_response_class=HTMLResponse)
    page = _CommitmentsPage(parts)
    router.get(COMMITMENTS)(page.show)
    router.post(COMMITMENTS)(page.take)
    router.post(f"{COMMITMENTS}/note")(page.note)
    router.post(f"{COMMITMENTS}/close")(page.close)
    router.get(f"{COMMITMENTS}/{{id}}.ics")(page.calendar)
    return router


class _CommitmentsPage:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, held: Held) -> Response:
        who = visitor(self._parts, held)
        return RedirectResponse("/", 303) if who is None else HTMLResponse(self._page(who))

    def take(
        self,
        round_key: Key,
        due: Annotated[date, Form()],
        held: Held,
        suggestion: Choice = "",
        behaviour: Choice = "",
        step: Words = "",
    ) -> Response:
        parts, wanted = self._parts, Intention(round_key, due, suggestion or None, behaviour, step)
        return self._done(
            held,
            lambda who: take_on(
                parts.store,
                parts.knowledge,
                who.viewer,
                who.person.email,
                wanted,
                parts.new_id(),
                parts.now(),
                parts.announcer,
            ),
        )

    def note(self, commitment: Id, held: Held, text: Words = "") -> Response:
        parts = self._parts
        return self._done(held, lambda who: note_down(parts.store, who.viewer, commitment, text, parts.now()))

    def close(
        self, commitment: Id, state: Annotated[CommitmentState, Form()], held: Held, outcome: Words = ""
    ) -> Response:
        parts = self._parts
        return self._done(held, lambda who: look_back(parts.store, who.viewer, commitment, state, outcome, parts.now()))

    def calendar(self, id: str, held: Held) -> Response:
        who = visitor(self._parts, held)
        found = [] if who is None else [one for one in self._all(who) if one.id == id]
        if not found:
            return HTMLResponse(
                message_page("There is nothing here", "This address leads nowhere, or not to you."), 404
            )
        name = {"content-disposition": 'attachment; filename="value-loop.ics"'}
        return Response(as_calendar(found, self._parts.now()), media_type="text/calendar; charset=utf-8", headers=name)

    def _all(self, who: Visitor) -> tuple[Commitment, ...]:
        return read_commitments(self._parts.store, who.viewer, who.person.email, self._parts.now())

    def _page(self, who: Visitor) -> str:
        every, now = self._all(who), self._parts.now()
        return render(
            "commitments",
            title="What you have taken on",
            visitor=who,
            here=COMMITMENTS,
            open=[one for one in every if one.is_open],
            ended=[one for one in every if not one.is_open],
            behaviours=self._parts.knowledge.behaviours,
            today=now.date(),
            longest=LONGEST_TEXT,
            ends=_ENDS,
            endings=_ENDINGS,
        )

    def _done(self, held: str | None, act: Callable[[Visitor], object]) -> Response:
        """What was asked for, done for whoever has signed in; else why not, and how to mend it."""
        who = visitor(self._parts, held)
        if who is None:
            return RedirectResponse("/", 303)
        try:
            act(who)
        except UserError as error:
            words = f"{error} Go back in your browser; what you wrote is still there."
            return HTMLResponse(message_page("That could not be kept", words, who), 409)
        return RedirectResponse(COMMITMENTS, 303)


_ENDS: tuple[tuple[CommitmentState, str], ...] = (
    (CommitmentState.DONE, "I did it"),
    (CommitmentState.CHANGED, "I did something else"),
    (CommitmentState.DROPPED, "I let it go"),
)
_ENDINGS: dict[CommitmentState, str] = {
    CommitmentState.DONE: "You did it",
    CommitmentState.CHANGED: "You did something else",
    CommitmentState.DROPPED: "You let it go",
}
