"""Rounds and who was asked in them, in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from assistant.domain.access import Viewer, may_run_rounds
from assistant.domain.anonymity import at_least
from assistant.domain.conversation import ConversationState
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.rating import Rated, rated
from assistant.domain.rounds import Membership, Round, RoundStatus
from assistant.domain.words import ConversationKind
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.publications import SqlPublications
from assistant.stores.sql.tables import conversation, membership, report
from assistant.stores.sql.tables import round_ as table

_ROUNDS = select(
    table.c.key, table.c.floor, table.c.opened_at, table.c.closes_at, table.c.closed_at, table.c.words_deleted_at
)


class SqlRounds:
    """See :class:`assistant.ports.rounds.Rounds`."""

    def __init__(self, connection: Connection, people: SqlPeople, publications: SqlPublications) -> None:
        self._connection = connection
        self._people = people
        self._publications = publications

    def add(self, round_: Round) -> None:
        """Open a round; raises BadInput where the key is taken."""
        if self._find(round_.key) is not None:
            raise BadInput(f"There is a round {round_.key} already.")
        self._connection.execute(
            insert(table).values(
                key=round_.key,
                floor=round_.floor,
                opened_at=round_.opened_at,
                closes_at=round_.closes_at,
                closed_at=round_.closed_at,
            )
        )

    def get(self, key: str) -> Round:
        """The round; raises Unknown."""
        found = self._find(key)
        if found is None:
            raise Unknown(f"There is no round {key}.")
        return found

    def all(self) -> tuple[Round, ...]:
        """All rounds, the one opened last first."""
        rows = self._connection.execute(_ROUNDS.order_by(table.c.opened_at.desc(), table.c.number.desc()))
        return tuple(Round(*row) for row in rows)

    def close(self, key: str, at: datetime) -> None:
        """Close an open round, and keep how summaries were rated; a closed one stays as it is. Raises Unknown."""
        round_ = self.get(key)
        if not round_.is_open:
            return
        told = rated(self._ratings(key), round_.floor)
        mean, people = (told.mean, told.people) if told else (None, None)
        self._connection.execute(
            update(table).where(table.c.key == key).values(closed_at=at, rated_mean=mean, rated_people=people)
        )

    def note_words_deleted(self, key: str, at: datetime) -> None:
        """Remember when what was said in a round was deleted."""
        self._connection.execute(update(table).where(table.c.key == key).values(words_deleted_at=at))

    def set_members(self, key: str, members: Iterable[Membership]) -> None:
        """Put these in place of whoever was asked in the round."""
        self._connection.execute(delete(membership).where(membership.c.round_key == key))
        rows = [{"round_key": key, "member": m.member, "manager": m.manager} for m in members]
        if rows:
            self._connection.execute(insert(membership), rows)

    def members(self, key: str, manager: str | None = None) -> tuple[Membership, ...]:
        """Who reports to whom in this round, or to one manager, by member."""
        c = membership.c
        asked = select(c.round_key, c.member, c.manager).where(c.round_key == key).order_by(c.member)
        rows = self._connection.execute(asked if manager is None else asked.where(c.manager == manager))
        return tuple(Membership(*row) for row in rows)

    def teams_of(self, member: str) -> tuple[Membership, ...]:
        """To whom somebody reported, in each round that asked them, by round."""
        c = membership.c
        rows = self._connection.execute(
            select(c.round_key, c.member, c.manager).where(c.member == member).order_by(c.round_key)
        )
        return tuple(Membership(*row) for row in rows)

    def status(self, key: str, viewer: Viewer) -> RoundStatus:
        """The round in counts, coarse where they tell of feedback; conversations count once they are sent.

        Raises Unknown, and Refused where the viewer does not run rounds.
        """
        round_ = self.get(key)
        if not may_run_rounds(viewer, self._people.organisation()):
            raise Refused("Rounds are run and counted by people with the role admin.")
        asked = select(func.count(membership.c.manager.distinct()), func.count()).where(membership.c.round_key == key)
        managers, invited = self._connection.execute(asked).one()
        reports = select(func.count()).select_from(report).where(report.c.round_key == key)
        made = self._connection.execute(reports).scalar_one()
        return RoundStatus(
            round_,
            managers,
            invited,
            self._reflections(key),
            at_least(self._respondents(key), round_.floor),
            made,
            self._publications.staying(key),
            self._rated(key),
        )

    def _reflections(self, key: str) -> int:
        sent = select(func.count()).where(_sent(key, ConversationKind.REFLECTION))
        return self._connection.execute(sent).scalar_one()

    def _respondents(self, key: str) -> list[int]:
        """How many people answered, a number for each manager."""
        c = conversation.c
        answered = select(func.count(c.author.distinct())).where(_sent(key, ConversationKind.FEEDBACK))
        return list(self._connection.execute(answered.group_by(c.about)).scalars())

    def _ratings(self, key: str) -> list[list[int]]:
        """What each person who rated a summary said, in all they sent."""
        c = conversation.c
        sent = and_(c.round_key == key, c.state == ConversationState.SENT.value)
        by_person: dict[str, list[int]] = defaultdict(list)
        for author, rating in self._connection.execute(select(c.author, c.rating).where(sent)):
            if rating is not None:
                by_person[author].append(rating)
        return list(by_person.values())

    def _rated(self, key: str) -> Rated | None:
        kept = select(table.c.rated_mean, table.c.rated_people).where(table.c.key == key)
        mean, people = self._connection.execute(kept).one()
        return None if mean is None or people is None else Rated(mean, people)

    def _find(self, key: str) -> Round | None:
        row = self._connection.execute(_ROUNDS.where(table.c.key == key)).first()
        return None if row is None else Round(*row)


def _sent(key: str, kind: ConversationKind) -> ColumnElement[bool]:
    c = conversation.c
    return and_(c.round_key == key, c.kind == kind.value, c.state == ConversationState.SENT.value)
