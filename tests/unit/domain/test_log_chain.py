"""The chain of the reader log: what is found when somebody lays hands on it."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.domain.inquiry import Measure
from assistant.domain.log_chain import BEGINNING, Link, digest, verify
from assistant.domain.reading_log import AskedFor, Capacity, LogEntry, Looked, Outcome
from assistant.domain.words import FindingKind, Fundamental

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MIA = "mia@acme.example"
ASKED = AskedFor(Measure.FINDINGS, (Fundamental.BUILDING_TRUST,), (FindingKind.BLIND_SPOT,))


def chained(*entries: LogEntry) -> list[Link]:
    """The entries as the store keeps them."""
    links: list[Link] = []
    for number, entry in enumerate(entries, 1):
        previous = links[-1].digest if links else BEGINNING
        links.append(Link(number, entry, previous, digest(entry, previous)))
    return links


@pytest.fixture
def log() -> list[Link]:
    """Four looks, the third of them a question."""
    looks = [
        LogEntry(NOW + timedelta(hours=n), "operator", Looked.REPORT, "2026-Q4", (MIA,), Capacity.OPERATOR)
        for n in range(4)
    ]
    looks[2] = replace(looks[2], reader="ada@acme.example", looked=Looked.ANSWER, asked=ASKED)
    return chained(*looks)


def test_the_form_of_what_is_digested_stays_as_it_is_written_down():
    """A digest made elsewhere from the documented form is the same, today and in years."""
    entry = LogEntry(NOW, "ada@acme.example", Looked.ANSWER, "2026-Q4", (MIA,), Capacity.LEADER, Outcome.SHOWN, ASKED)
    written = (
        '{"about":["mia@acme.example"],"asked":{"fundamentals":["building_trust"],"kinds":["blind_spot"],'
        '"measure":"findings"},"at":"2026-11-23T09:30:00.000000+00:00","capacity":"leader","format":1,'
        f'"looked":"answer","outcome":"shown","previous":"{BEGINNING}","reader":"ada@acme.example","round":"2026-Q4"}}'
    )
    assert digest(entry, BEGINNING) == hashlib.sha256(written.encode()).hexdigest()


def test_a_time_is_the_same_in_every_zone(log):
    """The digest is over the moment, not over how it was written."""
    elsewhere = replace(log[0].entry, at=log[0].entry.at.astimezone(timezone(timedelta(hours=5))))
    assert digest(elsewhere, BEGINNING) == log[0].digest


def test_an_untouched_log_is_whole(log):
    """Its head is the digest of the newest entry, and every head of before is still in it."""
    assert (verify(log).entries, verify(log).head, verify(log).broken) == (4, log[-1].digest, None)
    assert [verify(log, link.digest).broken for link in log] == [None] * 4
    assert verify([]).broken is None
    assert verify(log, BEGINNING).broken is None


@pytest.mark.parametrize(
    "changed",
    [
        {"at": NOW},
        {"reader": "operator"},
        {"looked": Looked.EXPORT},
        {"round_key": "2026-Q3"},
        {"about": ()},
        {"capacity": Capacity.LEADER},
        {"outcome": Outcome.REFUSED},
        {"asked": None},
        {"asked": replace(ASKED, kinds=())},
    ],
)
def test_an_entry_that_was_changed_is_found(log, changed):
    """Whatever was changed in it, the check says which entry."""
    log[2] = replace(log[2], entry=replace(log[2].entry, **changed))
    assert verify(log).broken == "Entry 3 is not as it was when it was written."


def test_an_entry_that_was_changed_together_with_its_digest_is_found(log):
    """The next entry follows on the old digest."""
    entry = replace(log[1].entry, about=())
    log[1] = replace(log[1], entry=entry, digest=digest(entry, log[0].digest))
    assert verify(log).broken == "Entry 3 does not follow on the entry before it."


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_an_entry_that_was_taken_out_is_found(log, gone):
    """Also where the numbers were made to fit."""
    del log[gone]
    assert f"Entry {gone + 1} is missing" in verify(log).broken
    renumbered = [replace(link, number=n) for n, link in enumerate(log, 1)]
    assert verify(renumbered).broken == f"Entry {gone + 1} does not follow on the entry before it."


def test_newest_entries_that_were_cut_off_are_found_by_a_head_noted_before(log):
    """The chain alone cannot tell; the noted head can."""
    head = log[-1].digest
    assert verify(log[:3]).broken is None
    assert "head that was noted" in verify(log[:3], head).broken


def test_a_log_written_anew_is_found_by_a_head_noted_before(log):
    """All its digests fit each other, and none is the one that was noted."""
    head = log[2].digest
    looks = [link.entry for link in log]
    looks[1] = replace(looks[1], about=("tom@acme.example",))
    anew = chained(*looks)
    assert verify(anew).broken is None
    assert "head that was noted" in verify(anew, head).broken
