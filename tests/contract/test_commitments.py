"""What managers have taken on is theirs alone, locked word by word, and goes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, Viewer, person
from assistant.domain.commitments import Commitment, CommitmentState, closed, noted
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Person
from assistant.loop.own_data import erase, export_own
from assistant.loop.upkeep import keep_up
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation
from tests.traces import holding

MIA, TONI, LI = "mia@acme.example", "toni@acme.example", "li@acme.example"
WORD, QUESTION = "xylographically", "Have you noticed any change in how it is told?"


@pytest.fixture
def taken(store: SqlStore, now) -> Commitment:
    """Mia, who reports to Toni and leads Li, has taken something on."""
    made = Commitment("a" * 32, MIA, "2026-Q4", "priorities", "p", QUESTION, f"Say {WORD} why.", now.date(), now)
    with store.work() as work:
        work.people.save([Person(TONI, "Toni", None), Person(MIA, "Mia", TONI), Person(LI, "Li", MIA)])
        work.commitments.save(made, person(MIA))
    return made


def test_what_was_kept_comes_back_with_all_that_happened_since(store: SqlStore, taken: Commitment, now) -> None:
    """Notes and how it ended, in the order in which things were taken on."""
    ended = closed(noted(taken, "They smiled.", now), CommitmentState.CHANGED, "It was Tuesday.", now)
    other = replace(taken, id="b" * 32)
    with store.work() as work:
        work.commitments.save(ended, person(MIA))
        work.commitments.save(other, person(MIA))
        assert work.commitments.of(MIA, person(MIA)) == (ended, other)
        assert work.commitments.get(taken.id, OPERATOR) == ended


@pytest.mark.parametrize("viewer", [person(TONI), person(LI), person("")], ids=["above", "below", "nobody"])
def test_nobody_else_sees_or_changes_it(store: SqlStore, taken: Commitment, viewer: Viewer) -> None:
    """Neither who stands above nor who stands below; by its id it is not even there."""
    with store.work() as work:
        with pytest.raises(Refused):
            work.commitments.of(MIA, viewer)
        with pytest.raises(Refused):
            work.commitments.save(replace(taken, step="Mine."), viewer)
        with pytest.raises(Unknown):
            work.commitments.get(taken.id, viewer)


def test_nobody_takes_a_commitment_over_by_naming_its_id(store: SqlStore, taken: Commitment) -> None:
    """One's own commitment under the id of somebody else's is refused."""
    with store.work() as work, pytest.raises(Refused):
        work.commitments.save(replace(taken, manager=LI), person(LI))


def test_the_analysis_learns_what_it_is_about_and_no_word(store: SqlStore, taken: Commitment) -> None:
    """Behaviour, question and state, without what the manager wrote; changing it is refused."""
    with store.work() as work:
        assert work.commitments.of(MIA, ANALYSIS) == (taken.without_words,)
        with pytest.raises(Refused):
            work.commitments.save(taken, ANALYSIS)


def test_no_file_holds_what_was_taken_on(store: SqlStore, installation: Installation, taken: Commitment, now) -> None:
    """Neither the manager's words nor what it is about lie there in plain."""
    with store.work() as work:
        work.commitments.save(noted(taken, f"It went {WORD}.", now), person(MIA))
    assert holding(installation.files(), WORD, taken.behaviour, taken.question) == {}


@pytest.mark.usefixtures("open_round")
def test_words_go_when_they_have_been_kept_long_enough(
    store: SqlStore, installation: Installation, taken: Commitment, now
) -> None:
    """So many days after it ended; what it was about stays, and an old copy of the database gives nothing back."""
    ended = closed(taken, CommitmentState.DONE, f"{WORD}.", now)
    with store.work() as work:
        work.commitments.save(ended, person(MIA))
    assert keep_up(store, now + timedelta(days=89), 90).commitments == 0
    store.close()
    installation.keep_copy()
    store = installation.open()
    assert keep_up(store, now + timedelta(days=90), 90).commitments == 1
    assert keep_up(store, now + timedelta(days=91), 90).commitments == 0
    with store.work() as work:
        assert work.commitments.of(MIA, person(MIA)) == (ended.without_words,)
    store.close()
    installation.put_copy_back()
    again = installation.open()
    with again.work() as work:
        assert work.commitments.of(MIA, person(MIA)) == (ended.without_words,)
    again.close()


def test_it_is_in_the_export_and_goes_with_an_erasure(
    store: SqlStore, installation: Installation, taken: Commitment, now
) -> None:
    """Given out whole to whose it is; afterwards nothing of it is there, in no copy either."""
    assert export_own(store, person(MIA), MIA, now).commitments == (taken,)
    store.close()
    installation.keep_copy()
    store = installation.open()
    erase(store, MIA)
    store.close()
    for put_back in (False, True):
        if put_back:
            installation.put_copy_back()
        installation.open().close()
        assert installation.ask("SELECT count(*) FROM commitment") == [(0,)]
        assert installation.ask("SELECT count(*) FROM data_key WHERE owner = ?", MIA) == [(0,)]
