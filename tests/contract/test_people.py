"""People and the reporting line, kept and changed."""

from __future__ import annotations

from assistant.domain.organisation import Organisation, Person
from assistant.domain.words import Role
from assistant.stores.sql.store import SqlStore

ANA = Person("ana@acme.example", "Ana Ruiz", None, "Board", Role.LEADER, "es-ES")
MIA = Person("mia@acme.example", "Mia Berg", "ana@acme.example", "Pricing", Role.NONE, None)
LI = Person("li@acme.example", "Li Wei", "mia@acme.example", "Pricing", Role.ADMIN, None)


def organisation(store: SqlStore) -> Organisation:
    with store.work() as work:
        return work.people.organisation()


def test_people_come_back_as_they_were_saved(store: SqlStore) -> None:
    """Everything that is known of a person survives, also where managers are saved after their people."""
    with store.work() as work:
        work.people.save([LI, MIA, ANA])
    assert organisation(store) == Organisation.of([ANA, MIA, LI])


def test_a_few_people_can_be_asked_for_alone(store: SqlStore) -> None:
    """Those who are there come as they are; others and nobody's e-mails are left out."""
    with store.work() as work:
        work.people.save([LI, MIA, ANA])
        assert work.people.among([LI.email, "nobody@acme.example"]) == Organisation.of([LI])
        assert work.people.among([]) == Organisation.of([])


def test_saving_somebody_again_changes_them_and_nobody_else(store: SqlStore) -> None:
    """The e-mail is the key: a second save with another team and manager replaces the first."""
    moved = Person("li@acme.example", "Li Wei", "ana@acme.example", "Design", Role.NONE, "de")
    with store.work() as work:
        work.people.save([ANA, MIA, LI])
        work.people.save([moved])
    assert organisation(store) == Organisation.of([ANA, MIA, moved])


def test_who_reported_to_somebody_removed_reports_to_nobody(store: SqlStore) -> None:
    """Taking a manager out leaves their people in place, without a manager."""
    with store.work() as work:
        work.people.save([ANA, MIA, LI])
        work.people.remove("mia@acme.example")
    left = organisation(store)
    assert sorted(left.people) == ["ana@acme.example", "li@acme.example"]
    assert left.person("li@acme.example").manager_email is None


def test_saving_nobody_is_no_error(store: SqlStore) -> None:
    """An empty list of people changes nothing."""
    with store.work() as work:
        work.people.save([])
    assert organisation(store).people == {}


def test_ten_thousand_people_are_saved_at_once(store: SqlStore) -> None:
    """An import of a large organisation is kept whole, managers before or after their people."""
    many = [
        Person(f"p{i}@acme.example", f"P {i}", f"p{(i - 1) // 8}@acme.example" if i else None) for i in range(10_000)
    ]
    with store.work() as work:
        work.people.save(reversed(many))
    assert len(organisation(store).downline("p0@acme.example")) == 9_999
