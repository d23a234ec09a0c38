"""The model: the only file that calls one. A prompt goes out, and a typed answer or a stream of words comes back.

Nothing is sent to a tracing service, whatever the environment says, and no call is given tools.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.domain.authorship import Author
from assistant.domain.errors import BadAnswer, NoAnswer
from assistant.domain.usage import Used
from assistant.engines.llm.faults import CUT_OFF, CutOff
from assistant.engines.llm.guard import Guard
from assistant.engines.llm.prompts import Filled, Prompt, Purpose
from assistant.engines.llm.tokens import A_MESSAGE, Count, count_tokens
from assistant.engines.llm.usage import Account, CallUse
from assistant.ports.ledger import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

T = TypeVar("T", bound=BaseModel)

REPAIR = "repair-answer"
THINKING = 2_000
"""Tokens that an answer may have beyond its own: models that think first count that, too."""
LEAST_ROOM = 200
_SHOWN_AGAIN = 2_000


@dataclass(frozen=True, slots=True)
class Chats:
    """The chat models by purpose, and what they are called."""

    fast: BaseChatModel
    careful: BaseChatModel
    fast_name: str
    careful_name: str

    def of(self, purpose: Purpose) -> tuple[BaseChatModel, str]:
        """The model for a purpose, and its name."""
        return (self.careful, self.careful_name) if purpose is Purpose.CAREFUL else (self.fast, self.fast_name)


class Model:
    """Asks the model of a prompt's purpose. ``context`` is how many tokens a call may have, the answer included."""

    def __init__(
        self,
        chats: Chats,
        prompts: Mapping[str, Prompt],
        guard: Guard,
        account: Account,
        context: int,
        count: Count = count_tokens,
    ) -> None:
        self._chats, self._prompts, self._guard = chats, prompts, guard
        self._account, self._context, self._count = account, context, count

    def of_round(self, round_key: str) -> Model:
        """The same model, whose use belongs to this round."""
        account = self._account.of_round(round_key)
        return Model(self._chats, self._prompts, self._guard, account, self._context, self._count)

    def kept_in(self, ledger: Ledger) -> Model:
        """The same model, whose use is written down in another ledger."""
        account = self._account.kept_in(ledger)
        return Model(self._chats, self._prompts, self._guard, account, self._context, self._count)

    @property
    def name(self) -> str:
        """What the model for daily use is called."""
        return self._chats.fast_name

    @property
    def careful_name(self) -> str:
        """What the model for what needs care is called."""
        return self._chats.careful_name

    @property
    def at_once(self) -> int:
        """How many calls may go out at the same time; more wait for their turn."""
        return self._guard.at_once

    def prompt(self, name: str) -> Prompt:
        """The prompt of this name."""
        return self._prompts[name]

    def author(self, name: str) -> Author:
        """Who answers this prompt: the model of its purpose, with the prompt's version and fingerprint."""
        return Author(f"openai:{self.model_of(name)}", str(self.prompt(name)))

    def model_of(self, name: str) -> str:
        """What the model is called that answers this prompt."""
        return self._chats.of(self.prompt(name).purpose)[1]

    def room(self, name: str, answer: type[BaseModel] | None = None, /, **values: str) -> int:
        """How many tokens are left of the context once this prompt is filled, and the form of its answer is beside it.

        Without ``answer`` it is answered in words, which have no form.
        """
        filled = self.prompt(name).filled(**values)
        sent = self._count(filled.system) + self._count(filled.human) + 2 * A_MESSAGE
        return self._context - sent - self._count_form(answer)

    def count(self, text: str) -> int:
        """How many tokens a text is."""
        return self._count(text)

    def ask(
        self,
        name: str,
        answer: type[T],
        longest: int | None = None,
        wrong: Callable[[T], str | None] = lambda _: None,
        /,
        **values: str,
    ) -> T:
        """The typed answer to a prompt; one that does not fit is asked for once more. Raises NoAnswer.

        ``longest`` is how many tokens it can have at most, where that is less than the prompt allows. ``wrong`` says,
        in words for the model, what is wrong with an answer of the right form. It is then asked for once more as well;
        what comes of that is taken as it is, and where nothing does, the first answer stands.
        """
        prompt = self.prompt(name)
        if longest is not None:
            prompt = replace(prompt, tokens=min(longest, prompt.tokens))
        messages = _messages(prompt.filled(**values))
        try:
            text = self._answered(prompt, messages, answer)
        except CutOff:
            return self._repaired(prompt, messages, answer, CUT_OFF)
        try:
            given = parsed(text, answer)
        except BadAnswer as bad:
            return self._repaired(prompt, messages, answer, str(bad), text)
        problem = wrong(given)
        if problem is None:
            return given
        try:
            return self._repaired(prompt, messages, answer, problem, text)
        except NoAnswer:
            return given

    def stream(self, name: str, **values: str) -> Iterator[str]:
        """The answer to a prompt in words, as they come. Raises NoAnswer, also in the middle."""
        prompt = self.prompt(name)
        messages = _messages(prompt.filled(**values))
        chat, model = self._chats.of(prompt.purpose)
        most, use = self._counted(prompt, messages)
        bound = chat.bind(max_tokens=most)

        async def call() -> AsyncIterator[str]:
            with _untraced():
                async for chunk in bound.astream(messages):
                    use.take(chunk.usage_metadata)
                    if text := str(chunk.text):
                        use.words.append(text)
                        yield text

        with self._account.call(prompt, model, use):
            yield from self._guard.pieces(call)

    def stood_in(self, name: str, times: int = 1) -> None:
        """Count that the embedded engine did what this prompt was to do."""
        if times:
            self._account.note(self.prompt(name), self.model_of(name), Used(stand_ins=times))

    def rehearsed(self, name: str, answer: type[BaseModel], tokens_out: int, /, **values: str) -> None:
        """Count a call of this prompt as if it had been made, and answered in so many tokens."""
        sent = self._context - self.room(name, answer, **values)
        self._account.note(self.prompt(name), self.model_of(name), Used(calls=1, tokens_in=sent, tokens_out=tokens_out))

    def _answered(
        self, prompt: Prompt, messages: Sequence[BaseMessage], answer: type[BaseModel], is_repair: bool = False
    ) -> str:
        chat, model = self._chats.of(prompt.purpose)
        most, use = self._counted(prompt, messages, answer)
        bound = chat.bind(response_format=form(answer), max_tokens=most)

        async def call() -> AIMessage:
            with _untraced():
                return await bound.ainvoke(list(messages))

        with self._account.call(prompt, model, use, is_repair):
            message = self._guard.result(call)
            use.take(message.usage_metadata)
            use.words.append(str(message.text))
        if message.response_metadata.get("finish_reason") == "length":
            raise CutOff(CUT_OFF)
        if message.additional_kwargs.get("refusal"):
            raise BadAnswer("The model declined to answer.")
        return str(message.text)

    def _repaired(
        self, prompt: Prompt, messages: Sequence[BaseMessage], answer: type[T], problem: str, text: str | None = None
    ) -> T:
        """The answer given once more, after being told what was wrong with the first one (``text``)."""
        from langchain_core.messages import AIMessage, HumanMessage

        shown = [] if text is None else [AIMessage(text[:_SHOWN_AGAIN])]
        again = [*messages, *shown, HumanMessage(self.prompt(REPAIR).filled(problem=problem).human)]
        return parsed(self._answered(prompt, again, answer, is_repair=True), answer)

    def _count_form(self, answer: type[BaseModel] | None) -> int:
        """How many tokens the form of an answer is; servers count it as input beside the messages."""
        return 0 if answer is None else self._count(json.dumps(form(answer), separators=(",", ":")))

    def _counted(
        self, prompt: Prompt, messages: Sequence[BaseMessage], answer: type[BaseModel] | None = None
    ) -> tuple[int, CallUse]:
        """How many tokens an answer may have, and what the call may use in all."""
        sent = sum(self._count(str(message.text)) + A_MESSAGE for message in messages) + self._count_form(answer)
        left = self._context - sent
        if left < LEAST_ROOM:
            raise BadAnswer("What is to be sent does not fit into VALUE_LOOP_MODEL_CONTEXT, so it was not sent.")
        most = min(left, prompt.tokens + THINKING)
        return most, CallUse(sent, most, self._count)


def parsed(text: str, answer: type[T]) -> T:
    """The typed answer in a text; raises BadAnswer, which repeats nothing of it."""
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        raise BadAnswer("It holds no JSON object.")
    try:
        return answer.model_validate_json(text[begin : end + 1])
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'all of it'} ({one['type']})" for one in error.errors()[:5]
        )
        raise BadAnswer(f"It is not of the form that was asked for: {wrong}.") from None


def _messages(filled: Filled) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    human: list[BaseMessage] = [HumanMessage(filled.human)]
    return [SystemMessage(filled.system), *human] if filled.system else human


def form(answer: type[BaseModel]) -> dict[str, Any]:
    """The form that a server is to hold the model to, in as few tokens as will do, as servers count it as input."""
    schema = answer.model_json_schema()
    bare = _bare(schema, schema.pop("$defs", {}))
    return {"type": "json_schema", "json_schema": {"name": answer.__name__, "schema": bare, "strict": True}}


def _bare(schema: Any, parts: Mapping[str, Any]) -> Any:
    """A schema without Pydantic's titles and descriptions, and with each of its named parts where it is used."""
    if isinstance(schema, list):
        return [_bare(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _bare(parts[schema["$ref"].rpartition("/")[2]], parts)
    titled = {"title", "description"} if isinstance(schema.get("title"), str) else set[str]()
    return {name: _bare(part, parts) for name, part in schema.items() if name not in titled}


def _untraced() -> Any:
    from langsmith import tracing_context

    return tracing_context(enabled=False)
