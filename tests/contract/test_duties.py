"""What one at a time does, however many share a store; and whether a store is fit to be used."""

import pytest

from assistant.domain.errors import Broken, Busy
from assistant.ports.store import Duty
from tests.fakes.installation import Installation


def test_a_duty_is_done_by_one_at_a_time_and_is_free_afterwards(installation: Installation) -> None:
    """Another store on the same database, as another process has it, is told so, and can write meanwhile."""
    first, second = installation.open(), installation.open(patience=0.1)
    with first.alone(Duty.FOLLOW_INDEX):
        with pytest.raises(Busy, match="bringing the index up to date"), second.alone(Duty.FOLLOW_INDEX):
            pass
        with second.work() as work:
            work.people.save([])
    with second.alone(Duty.FOLLOW_INDEX):
        pass
    first.close()
    second.close()


def test_a_duty_is_free_after_whoever_was_at_it_failed(installation: Installation) -> None:
    """And their error is told as it is."""
    store = installation.open(patience=0.1)
    with pytest.raises(ZeroDivisionError), store.alone(Duty.FOLLOW_INDEX):
        raise ZeroDivisionError
    with store.alone(Duty.FOLLOW_INDEX):
        pass
    store.close()


def test_a_store_of_another_version_is_not_fit(installation: Installation) -> None:
    """It says so."""
    store = installation.open()
    store.check()
    installation.ask("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Broken, match="not of this version"):
        store.check()
    store.close()
