"""What can go wrong on the way to a model and back, told apart. No error of ours repeats what was sent or answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.errors import BadAnswer, NoAnswer, NotSet, OutOfReach


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed try: the error to raise, whether it may pass by itself, and how long (s) the server asks to wait."""

    error: NoAnswer
    passes: bool = False
    wait: float | None = None


class CutOff(BadAnswer):
    """The answer ended before it was whole; asking for a shorter one may help."""


CUT_OFF = "The answer was cut off: it did not fit into the tokens that were left for it."


def too_slow(seconds: float) -> OutOfReach:
    """No whole answer came in this time."""
    return OutOfReach(
        f"The language model gave no whole answer within {seconds:g} seconds. See whether its server is overloaded, or "
        "raise VALUE_LOOP_MODEL_SECONDS."
    )


def known() -> tuple[type[Exception], ...]:
    """The errors by which the library and the wire fail; a body that is no answer shows as one of the plain ones."""
    import httpx2
    import openai

    return (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def fault_of(error: Exception) -> Fault:
    """What an error of the library or the wire means."""
    import httpx2
    import openai

    if isinstance(error, NoAnswer):
        return Fault(error)
    if isinstance(error, openai.LengthFinishReasonError):
        return Fault(CutOff(CUT_OFF))
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return Fault(BadAnswer("The server's content filter kept the answer back."))
    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code, str(error.code or ""), str(error.message), error.response.headers)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return Fault(OutOfReach("The server of the language model did not answer in time."), passes=True)
    if isinstance(error, openai.APIConnectionError):
        where = "Check OPENAI_BASE_URL, and whether the server runs."
        return Fault(OutOfReach(f"The server of the language model cannot be reached. {where}"), passes=True)
    if isinstance(error, httpx2.HTTPError):
        return Fault(OutOfReach("The connection to the language model broke off in the middle."), passes=True)
    return Fault(BadAnswer("The server answered something that is no answer of a language model."))


def _status(status: int, code: str, said: str, headers: Mapping[str, str]) -> Fault:
    """What a status says; ``said`` is looked at for what it is about, and never repeated."""
    if status == 429 and code == "insufficient_quota":
        return Fault(NotSet("The account of the key has no credit left. Top it up, or set another OPENAI_API_KEY."))
    if status == 429:
        return Fault(OutOfReach("The server of the language model is too busy (429)."), True, _retry_after(headers))
    if status in {401, 403}:
        return Fault(NotSet(f"The server does not accept the key ({status}). Set OPENAI_API_KEY to a valid one."))
    if status == 404:
        return Fault(
            NotSet(
                "The server does not know the model, or the address (404). Check VALUE_LOOP_MODEL (for vectors "
                "VALUE_LOOP_EMBEDDINGS) and OPENAI_BASE_URL."
            )
        )
    if status >= 500 or status in {408, 409, 425}:
        wait = _retry_after(headers)
        return Fault(OutOfReach(f"The server of the language model failed ({status})."), passes=True, wait=wait)
    return Fault(_refused(status, code, said.lower()))


def _refused(status: int, code: str, said: str) -> NoAnswer:
    if "context" in code or "context" in said or "too long" in said:
        return BadAnswer(
            "What was sent does not fit into the model's context. Set VALUE_LOOP_MODEL_CONTEXT to its size."
        )
    if any(word in code or word in said for word in ("response_format", "json_schema", "grammar")):
        return NotSet("The server cannot hold the model to a form (json_schema). Choose a server or model that can.")
    return BadAnswer(f"The server refused the request ({status}).")


def _retry_after(headers: Mapping[str, str]) -> float | None:
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    return None
