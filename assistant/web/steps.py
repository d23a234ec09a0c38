"""What kind of work a request is."""

from __future__ import annotations

from assistant.ports.telemetry import Step
from assistant.web.headers import is_same_for_all

_BY_PART = {
    "/gradio_api/heartbeat/": None,
    "/healthz": None,
    "/readyz": None,
    "/metrics": None,
    "/gradio_api/queue/join": Step.QUESTION,
    "/gradio_api/queue/data": Step.ANSWER,
    "/sign-in": Step.SIGN_IN,
}


def step_of(method: str, path: str) -> Step | None:
    """What kind of work a request is; None where it is none, as a heartbeat or a look of a monitor."""
    for part, step in _BY_PART.items():
        if part in path:
            return step
    if is_same_for_all(path):
        return Step.FILE
    return Step.PAGE if method in {"GET", "HEAD"} else Step.FORM
