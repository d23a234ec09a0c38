"""``value-loop ask``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.indexing import index_unless_busy
from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.inquiry import Answer

Question = Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotes.", show_default=False)]
Leader = Annotated[
    str, typer.Option("--as", metavar="EMAIL", help="The leader whose downline is asked about.", show_default=False)
]
After = Annotated[
    list[str] | None,
    typer.Option("--after", metavar="QUESTION", help="A question it follows; again for each, the first one first."),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--round", metavar="KEY", help="The round; the latest that has reports if left out.", show_default=False
    ),
]


def ask(question: Question, as_: Leader, round_: Key = None, after: After = None, json: AsJson = False) -> None:
    """Ask a leader's question over their downline.

    The reader log notes it.
    """
    from assistant.loop.formats import answer_json
    from assistant.loop.questions import ask as ask_question
    from assistant.loop.questions import understood
    from assistant.loop.rounds import close_overdue

    running = parts()
    close_overdue(running.store, running.now())
    before = None
    for earlier in after or ():
        before = understood(
            running.store, running.engine, OPERATOR, earlier, as_, round_, running.now(), running.knowledge.behaviours,
            before,
        )  # fmt: skip
    answer = ask_question(
        store=running.store,
        engine=running.engine,
        index=index_unless_busy(running),
        viewer=OPERATOR,
        question=question,
        acting_for=as_,
        round_key=round_,
        now=running.now(),
        behaviours=running.knowledge.behaviours,
        before=before,
    )
    typer.echo(as_json(answer_json.as_json(answer)) if json else _in_words(answer))


def _in_words(answer: Answer) -> str:
    if answer.refused:
        return f"{answer.refused}\n\nUnderstood as: {answer.understood}"
    rests_on = [f"  [{finding.id}] {finding.text}" for finding in answer.findings]
    return "\n".join(
        [
            answer.text,
            "",
            f"Understood as: {answer.understood}",
            *(["", "It rests on, as told to each manager:", *rests_on] if rests_on else []),
        ]
    )
