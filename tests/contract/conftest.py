from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.conversation import Conversation, ConversationState, Message, fingerprint
from assistant.domain.report import (
    Claim,
    Climate,
    Finding,
    FundamentalAlignment,
    Report,
    SignalCount,
    Source,
    Suggestion,
)
from assistant.domain.rounds import Round
from assistant.domain.statements import Described, Reading, Span, Statement
from assistant.domain.words import (
    Alignment,
    ClimateLevel,
    ConversationKind,
    FindingKind,
    Fundamental,
    Signal,
    Speaker,
    Stance,
)
from assistant.stores.sql.store import SqlStore
from tests.fakes.chroma_server import ChromaServer
from tests.fakes.installation import FileInstallation, Installation, ServerInstallation
from tests.fakes.keyrings import KEYS_ON_SERVER, KeyringsOnServer
from tests.fakes.postgres_server import EMPTY, WITH_TABLES

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; a file whose tests are about one alone says so in a fixture of this name."""
    return str(request.param)


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server that tests share, each with a database of its own."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.end()


@pytest.fixture
def empty(request: pytest.FixtureRequest) -> bool:
    """Whether a test begins without any tables; only where it says so."""
    return bool(getattr(request, "param", False))


@pytest.fixture
def installation(kind: str, empty: bool, home: Path, request: pytest.FixtureRequest) -> Iterator[Installation]:
    """With a database of each kind in turn, and with keys on the server where a test asks for that as well."""
    if kind == "sqlite":
        yield FileInstallation(home)
        return
    server = request.getfixturevalue("server")
    keyrings = KeyringsOnServer(home, server) if kind == KEYS_ON_SERVER else None
    made = ServerInstallation(home, server, EMPTY if empty else WITH_TABLES, keyrings)
    yield made
    made.drop()


@pytest.fixture
def store(installation: Installation) -> Iterator[SqlStore]:
    opened = installation.open()
    yield opened
    opened.close()


@pytest.fixture
def open_round(store: SqlStore) -> Round:
    round_ = Round("2026-Q4", 4, NOW)
    with store.work() as work:
        work.rounds.add(round_)
    return round_


def _conversation(
    id: str,
    author: str = "mia@acme.example",
    about: str | None = None,
    kind: ConversationKind = ConversationKind.REFLECTION,
    state: ConversationState = ConversationState.SENT,
    said: str = "I moved Li onto the pricing work she asked for.",
    round_key: str = "2026-Q4",
) -> Conversation:
    messages = (Message(Speaker.ASSISTANT, "What value are you bringing?"), Message(Speaker.USER, said))
    return Conversation(id, round_key, kind, author, about, messages, False, state, NOW)


@pytest.fixture
def conversation() -> Callable[..., Conversation]:
    """Make a conversation; not kept anywhere."""
    return _conversation


@pytest.fixture
def keep(store: SqlStore, open_round: Round) -> Callable[..., Conversation]:
    """Make a conversation and keep it in the store."""

    def _keep(id: str, **changed: Any) -> Conversation:
        held = _conversation(id, round_key=open_round.key, **changed)
        digest = fingerprint(held.round_key, held.kind, held.author, held.about, held.messages)
        with store.work() as work:
            assert work.conversations.add(held, f"{id}:{digest}")
        return held

    return _keep


@pytest.fixture
def statement() -> Callable[..., Statement]:
    """Make the statement with this number in a conversation; each covers ten characters of its second message."""

    def _statement(of: Conversation, number: int = 1, text: str = "I moved Li") -> Statement:
        return Statement(
            id=f"{of.id}:{number}",
            conversation=of.id,
            author=of.author,
            about=of.about,
            span=Span(1, 10 * number, 10 * number + 10),
            text=text,
            fundamental=Fundamental.DEVELOPING_TALENT,
            behaviour="stretch_work",
            stance=Stance.DOES if of.kind is ConversationKind.REFLECTION else Stance.VALUED,
            confidence=0.1 + 0.2,
            signal=Signal.OWNERSHIP,
        )

    return _statement


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Make a reading of statements."""

    def _reading(*statements: Statement) -> Reading:
        return Reading(
            statements, (Described(Signal.SAFETY, 0.91), Described(Signal.BLAME, 0.2)), unsure=2, language="de"
        )

    return _reading


@pytest.fixture
def report() -> Callable[..., Report]:
    """Make a report with something in every part."""

    def _report(manager: str = "mia@acme.example", findings: int = 2, text: str = "The team misses goals") -> Report:
        return Report(
            manager=manager,
            round_key="2026-Q4",
            invited=6,
            respondents=5,
            suppressed=False,
            reason=None,
            engine="embedded:1-3f9a",
            fundamentals=(FundamentalAlignment(Fundamental.CREATING_CLARITY, 2, 1, 0, 1, 0, 0.5, (0.1, 1 / 3)),),
            claims=(
                Claim(
                    id="c1",
                    text="I tell everybody why",
                    about=None,
                    fundamental=Fundamental.CREATING_CLARITY,
                    behaviour="giving_reasons",
                    stance=Stance.DOES,
                    alignment=Alignment.CONTESTED,
                    support=0,
                    oppose=None,
                    source=Source(0, 1, 0, 20),
                ),
            ),
            findings=tuple(
                Finding(
                    id=f"f{number}",
                    kind=FindingKind.BLIND_SPOT,
                    fundamental=Fundamental.CREATING_CLARITY,
                    behaviour="giving_reasons",
                    text=f"{text} {number}",
                    claims=("c1",),
                    respondents=None,
                    confidence=0.8,
                )
                for number in range(1, findings + 1)
            ),
            climate=Climate(ClimateLevel.MIXED, -0.1, (-0.3, 0.5), (SignalCount(Signal.BLAME, 4),)),
            summary="Two things stand out, Mia.",
            suggestions=(Suggestion("s1", "Say why", "write-the-why-on-top", ("f1",), "w", "n", "w", "t"),),
            unsure=1,
        )

    return _report
