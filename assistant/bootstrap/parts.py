"""The parts of a running process, chosen by its settings."""

from __future__ import annotations

import secrets
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.contacts import Contact
from assistant.domain.errors import Broken
from assistant.domain.knowledge import Knowledge
from assistant.domain.notices import Channel
from assistant.domain.privacy import Handling
from assistant.domain.usage import Prices
from assistant.loop.announcing import Announcer
from assistant.loop.own_cards import own_cards
from assistant.loop.sending import Post
from assistant.ports.carrier import Carrier
from assistant.ports.engine import Engine
from assistant.ports.identity_provider import IdentityProvider
from assistant.ports.index import Index
from assistant.ports.ledger import Ledger
from assistant.ports.store import Store
from assistant.settings import Settings, in_plain

if TYPE_CHECKING:
    from assistant.redaction.spotter import RuleSpotter
    from assistant.stores.backup.backups import Backups
    from assistant.stores.keys.master_key import MasterKeySource
    from assistant.stores.keys.wrapped_keys import WrappedKeys
    from assistant.telemetry.monitoring import Monitoring


@dataclass(frozen=True)
class Parts:
    """The parts of one running process, each made when it is first needed."""

    settings: Settings

    @cached_property
    def store(self) -> Store:
        """The source of truth, brought up to date; raises Broken where it cannot be used."""
        from assistant.stores.sql.store import SqlStore

        return self.monitoring.watched(
            SqlStore.open(self.settings.home, keyring=self.keyring, url=in_plain(self.settings.database_url))
        )

    @cached_property
    def monitoring(self) -> Monitoring:
        """What watches the process."""
        from assistant.telemetry.monitoring import Monitoring

        return Monitoring(in_plain(self.settings.metrics_token), self.settings.traces)

    def set_up_logs(self) -> None:
        """Have logs written as the settings say, from now on."""
        from assistant.telemetry.logs import set_up

        set_up(self.settings.log)

    @cached_property
    def keyring(self) -> WrappedKeys:
        """The keys to people's words; raises Broken where the master key does not fit, or their server is away."""
        url = in_plain(self.settings.keys_url)
        if url is None:
            from assistant.stores.keys.keyring import SqliteKeyring

            return SqliteKeyring.open(self.settings.home, self._master_key())
        from assistant.stores.keys.server_keyring import PostgresKeyring

        return PostgresKeyring.open(url, self._master_key())

    def at_work(self) -> AbstractContextManager[None]:
        """Be at work on the home folder, which nobody restores or moves meanwhile; raises Busy while somebody does."""
        from assistant.stores.at_work import at_work

        return at_work(self.settings.home)

    def abandon_lost_keys(self) -> int:
        """Give up what is locked with keys that are missing; how many it is. Raises Broken as the store does."""
        from assistant.stores.sql.store import SqlStore

        return SqlStore.abandon_lost_keys(self.settings.home, self.keyring, in_plain(self.settings.database_url))

    @property
    def backups(self) -> Backups:
        """Backups of what is kept, and putting one back."""
        from assistant.stores.backup.backups import Backups

        return Backups(self.settings.home, self.keyring, in_plain(self.settings.database_url))

    def _master_key(self) -> MasterKeySource:
        from assistant.stores.keys.master_key import FILE, GivenMasterKey, MasterKey, MasterKeyFile

        settings = self.settings
        if settings.master_key is not None:
            return GivenMasterKey(MasterKey.parse(settings.master_key.get_secret_value()))
        return MasterKeyFile(settings.master_key_file or settings.home / FILE)

    @contextmanager
    def fleeting_store(self) -> Iterator[Store]:
        """An empty store in a temporary folder, which is gone when the block ends."""
        from assistant.stores.sql.store import SqlStore

        with tempfile.TemporaryDirectory(prefix="value-loop-") as folder:
            store = SqlStore.open(Path(folder))
            try:
                yield store
            finally:
                store.close()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge base with the organisation's own cards; raises Broken where a card is not as it should be."""
        return self.shipped_knowledge.with_own(own_cards(self.store), self.now().date())

    @cached_property
    def shipped_knowledge(self) -> Knowledge:
        """The knowledge base as it comes with us; raises Broken where a card is not as it should be."""
        from assistant.stores.knowledge_files import load_knowledge

        return load_knowledge(self.settings.knowledge)

    @cached_property
    def engine(self) -> Engine:
        """Whatever understands and writes language: over a language model where one is set, else embedded."""
        return self.embedded if self.settings.model is None else self._with_model(self.settings.model, self.embedded)

    @cached_property
    def embedded(self) -> Engine:
        """The engine that needs no key and no network."""
        from assistant.engines.embedded.engine import EmbeddedEngine

        return EmbeddedEngine.load(self.knowledge)

    @cached_property
    def spotter(self) -> RuleSpotter:
        """Whoever finds what could give somebody away, and words it more safely; nothing leaves the process."""
        from assistant.redaction.spotter import RuleSpotter

        return RuleSpotter()

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """Whom people can turn to with serious matters; raises Broken where the file cannot be used."""
        from assistant.stores.contacts_file import load_contacts

        return load_contacts(self.settings.contacts)

    @cached_property
    def prices(self) -> Prices:
        """What the models cost; raises Broken where the list cannot be read."""
        from assistant.stores.price_list import load_prices

        return load_prices(self.settings.prices)

    @cached_property
    def identity_provider(self) -> IdentityProvider | None:
        """Who vouches for people with an account in the organisation; None where people come by links alone."""
        from assistant.bootstrap import outside

        return outside.identity_provider(self.settings)

    @property
    def announcer(self) -> Announcer:
        """Who is told of rounds and reports, by the ways out that are set."""
        settings = self.settings
        ways = {
            Channel.MAIL: settings.smtp_host,
            Channel.SLACK: settings.slack_webhook,
            Channel.TEAMS: settings.teams_webhook,
        }
        return Announcer(
            frozenset(way for way, is_set in ways.items() if is_set),
            self.settings.reminder_policy,
            self.now,
            self.new_id,
        )

    def post(self) -> Post | None:
        """What sends; None where no way out is set. Raises Broken where the password cannot be read."""
        settings, carriers = self.settings, self.carriers()
        if not carriers:
            return None
        return Post(
            carriers=carriers,
            address=(settings.public_url or "").rstrip("/"),
            new_secret=self.new_secret,
            now=self.now,
            policy=self.settings.reminder_policy,
            link_life=timedelta(hours=settings.mail_link_hours),
        )

    def carriers(self) -> dict[Channel, Carrier]:
        """The ways out that are set. Raises Broken like :meth:`post`."""
        from assistant.bootstrap import outside

        return outside.carriers(self.settings)

    @property
    def handling(self) -> Handling:
        """How words are handled here, to be told to whoever writes."""
        return Handling(
            retention_days=self.settings.retention_days,
            model=self.settings.model.removeprefix("openai:") if self.settings.model else None,
            sends_to=self.engine.sends_to,
            is_encrypted=True,
        )

    def _with_model(self, model: str, embedded: Engine) -> Engine:
        from assistant.bootstrap import outside
        from assistant.engines.llm.connecting import connected

        connection = outside.connection(self.settings, model)
        ledger = self._ledger((connection.model, connection.careful_model))
        return connected(connection, self.settings.prompts, ledger, embedded, self.knowledge)

    def _ledger(self, models: Iterable[str]) -> Ledger:
        """Where use is kept; raises Broken where money is limited and a model has no price."""
        from assistant.loop.ledger import KeptLedger

        unpriced = sorted({*models} - {*self.prices.models})
        if self.settings.round_money is not None and unpriced:
            raise Broken(
                f"VALUE_LOOP_ROUND_MONEY is set, and VALUE_LOOP_PRICES has no price for {', '.join(unpriced)}. Add it, "
                "or set VALUE_LOOP_ROUND_TOKENS instead."
            )
        return self.monitoring.watched_ledger(KeptLedger(self.store, self.settings.budget, self.prices, self.now))

    @cached_property
    def index(self) -> Index:
        """The vector index: on a server where one is set, else owned by this process until it ends.

        Raises Busy where another process owns it.
        """
        return self._index(rebuild=False)

    def index_from_scratch(self) -> Index:
        """The vector index, emptied whatever state it was in; raises Busy like :attr:`index`."""
        return self._index(rebuild=True)

    def _index(self, *, rebuild: bool) -> Index:
        from assistant.stores.chroma.opening import open_index

        settings, token = self.settings, in_plain(self.settings.chroma_token)
        return self.monitoring.watched_index(
            open_index(settings.home, settings.chroma_url, token, self.engine.fingerprint, rebuild=rebuild)
        )

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)

    def new_id(self) -> str:
        """A new random id (32 hexadecimal digits)."""
        return uuid.uuid4().hex

    def new_secret(self) -> str:
        """A new secret for a link or a session (256 bits, URL-safe)."""
        return secrets.token_urlsafe(32)
