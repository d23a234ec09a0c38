"""An admin runs rounds: opens, closes, counts and analyses them. There are no words and no reports here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from typing import Any

import gradio as gr

from assistant.background import Background
from assistant.bootstrap import Parts
from assistant.domain.access import may_run_rounds
from assistant.domain.errors import BadInput, Refused
from assistant.domain.jobs import NO_JOBS, Job, JobKind, JobsNow
from assistant.domain.rounds import DEFAULT_FLOOR, LOWEST_FLOOR, RoundStatus
from assistant.loop.jobs import analyses, look_at_jobs
from assistant.loop.rounds import close_round, open_round, round_statuses
from assistant.loop.sending import count_notices
from assistant.loop.usage import kept_back
from assistant.web import notice_words
from assistant.web.fault import write_down
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.person_here import header, person_here
from assistant.web.rendering import render
from assistant.web.spoken import spoken
from assistant.web.visitor import Visitor

PATH = "/admin/"
LOOK_EVERY_SECONDS = 3.0
"""How often the page looks how far workers are, as long as they make reports."""
Updates = dict[Any, Any]
JOBS = {
    JobKind.UPKEEP: "What is due by the clock",
    JobKind.SENDING: "Mails and messages",
    JobKind.ANALYSIS: "The report",
    JobKind.INDEX: "The index for questions",
    JobKind.PUBLICATION: "The message that all reports are there",
}
"""What each kind of job is called on the page."""


class RoundsPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._background = Background(parts)
        self._here = self._background.here(lambda error: write_down("keeping_failed", error))

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        words = "You see counts here, and nobody’s words. Reports are for the managers they are about."
        html_part(render("heading", heading="Rounds", words=words))
        self._table = html_part()
        with gr.Row(elem_classes="vl-columns"):
            self._build_open()
            self._build_run()
        self._timer = gr.Timer(LOOK_EVERY_SECONDS, active=False)
        outputs = [self._header, self._table, self._chosen, self._progress, self._timer]
        quiet = {"outputs": outputs, **EVENT}
        blocks.load(self._on_load, None, **quiet)
        self._open.click(self._on_open, [self._key, self._floor, self._closes], **quiet)
        self._close.click(self._on_close, [self._chosen], **quiet)
        self._analyse.click(self._on_analyse, [self._chosen], **quiet)
        self._timer.tick(self._on_look, None, **quiet)

    def _build_open(self) -> None:
        with gr.Column(min_width=280, elem_classes="vl-form"):
            html_part(render("subheading", heading="Open a round"))
            self._key = gr.Textbox(label="Name of the round", info="Such as 2026-Q4", max_length=40)
            self._floor = gr.Number(
                label="Anonymity floor",
                info="The least number of answers behind anything that is shown. It cannot be changed later.",
                value=DEFAULT_FLOOR,
                precision=0,
                minimum=LOWEST_FLOOR,
            )
            self._closes = gr.Textbox(
                label="Last day", info="Such as 2026-12-18. Leave it empty to close the round yourself."
            )
            self._open = gr.Button("Open the round", variant="primary")

    def _build_run(self) -> None:
        with gr.Column(min_width=280, elem_classes="vl-form"):
            html_part(render("subheading", heading="Close and analyse"))
            self._chosen = gr.Dropdown(label="Round", choices=[])
            with gr.Row(elem_classes="vl-buttons"):
                self._close = gr.Button("Close the round", variant="secondary", min_width=140)
                self._analyse = gr.Button("Make the reports", variant="primary", min_width=140)
            self._progress = html_part()

    def _admin(self, request: gr.Request) -> Visitor:
        who = person_here(self._parts, request)
        with self._parts.store.work() as work:
            if not may_run_rounds(who.viewer, work.people.organisation()):
                raise Refused("Rounds are run by people with the role admin.")
        return who

    def _rounds(self, who: Visitor, chosen: str | None = None) -> Updates:
        statuses = round_statuses(self._parts.store, who.viewer)
        keys = [status.round.key for status in statuses]
        first = chosen if chosen in keys else next(iter(keys), None)
        return {**self._counts(who, statuses), self._chosen: gr.update(choices=keys, value=first)}

    def _counts(self, who: Visitor, statuses: Sequence[RoundStatus]) -> Updates:
        """What there is to see, and whether to look again in a moment, as workers make reports just now."""
        keys = [status.round.key for status in statuses]
        not_made = {key: calls for key in keys if (calls := kept_back(self._parts.store, key))}
        now = self._jobs_now(who)
        table = render("rounds", statuses=statuses, not_made=not_made) + self._sent(who)
        left = self._left_to_workers(now, {status.round.key: status.managers for status in statuses})
        return {self._table: table + left, self._timer: gr.update(active=bool(now.reports_left))}

    def _sent(self, who: Visitor) -> str:
        """What was sent, in counts; nothing where nothing is ever sent."""
        counts, failed = count_notices(self._parts.store, who.viewer)
        is_used = counts.counts or counts.reminders
        return render("sent", counts=counts, failed=failed, words=notice_words) if is_used else ""

    def _jobs_now(self, who: Visitor) -> JobsNow:
        """How the jobs of the workers stand; nothing ever waits where the app does everything by itself."""
        return look_at_jobs(self._parts.store, self._background.jobs, who.viewer)

    def _left_to_workers(self, now: JobsNow, managers: Mapping[str, int]) -> str:
        """That in words; ``managers`` is how many reports there are of each round. Nothing where nothing is left."""
        if now == NO_JOBS:
            return ""
        return render("jobs", now=now, of=managers, workers=self._background.jobs.workers(), words=JOBS)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[Updates]:
        who = self._admin(request)
        yield {self._header: header(who, PATH), **self._rounds(who)}

    @spoken
    def _on_look(self, request: gr.Request) -> Iterator[Updates]:
        who = self._admin(request)
        yield self._counts(who, round_statuses(self._parts.store, who.viewer))

    @spoken
    def _on_open(self, key: str, floor: float | None, closes: str, request: gr.Request) -> Iterator[Updates]:
        who = self._admin(request)
        floor = DEFAULT_FLOOR if floor is None else floor
        parts, ends = self._parts, _end_of(closes or "")
        round_ = open_round(parts.store, (key or "").strip(), parts.now(), int(floor), ends, parts.announcer)
        gr.Info(f"Round {round_.key} is open.", title="Done")
        yield self._rounds(who, round_.key)

    @spoken
    def _on_close(self, key: str | None, request: gr.Request) -> Iterator[Updates]:
        who = self._admin(request)
        close_round(self._parts.store, key or "", self._parts.now())
        gr.Info(f"Round {key} is closed.", title="Done")
        yield self._rounds(who, key)

    @spoken
    def _on_analyse(self, key: str | None, request: gr.Request) -> Iterator[Updates]:
        who = self._admin(request)
        wanted = analyses(self._parts.store, key or "")
        workers = self._background.workers()
        if workers is None:
            yield from self._made_here(wanted)
        else:
            workers.put(wanted)
        yield self._rounds(who, key)

    def _made_here(self, wanted: Sequence[Job]) -> Iterator[Updates]:
        """Do these jobs in this process, and show how far it is."""
        steps: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        with ThreadPoolExecutor(1) as worker:
            work = worker.submit(self._here.do, wanted, _telling(steps))
            work.add_done_callback(lambda _: steps.put(None))
            while (step := steps.get()) is not None:
                yield {self._progress: render("analysing", done=step[0], of=step[1], is_done=False)}
        count = len(work.result())
        yield {self._progress: render("analysing", done=count, of=count, is_done=True)}


def _telling(steps: SimpleQueue[tuple[int, int] | None]) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        steps.put((done, of))

    return tell


def _end_of(day: str) -> datetime | None:
    """The end of a day (UTC) given as 2026-12-18; None for nothing. Raises BadInput."""
    if not day.strip():
        return None
    try:
        return datetime.strptime(day.strip(), "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=1)
    except ValueError:
        raise BadInput("The last day is written as year, month and day, such as 2026-12-18.") from None
