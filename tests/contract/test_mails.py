"""Mails of a round, taken by a real SMTP server."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assistant.delivery.security import Security
from assistant.delivery.smtp import SmtpCarrier
from assistant.delivery.ways import Ways
from assistant.domain.access import OPERATOR, person
from assistant.domain.commitments import Commitment, CommitmentState, closed
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import NoDelivery, Refused
from assistant.domain.notices import RETRIES, NoticeKind, NoticeState, ReminderPolicy
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.loop.own_data import erase
from assistant.loop.reminders import set_reminders
from assistant.loop.rounds import close_round, open_round
from assistant.loop.sending import Dispatched, send_again
from assistant.loop.sign_in import sign_in
from tests.fakes.mail_server import STOP, MailServer, html_of, taking_mails, text_of, token_in
from tests.fakes.sending import ADDRESS, BOSS, LEAD, LI, NOON, PEOPLE, ROUND, SENDER, House, a_server, by_mail

DAYS = 20
SAID = "Decisions take far too long."


@pytest.fixture
def server() -> Iterator[MailServer]:
    with taking_mails() as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, server: MailServer) -> House:
    """Bo leads Lea, who leads Li; a round of twenty days has just been opened."""
    return opened(House(tmp_path / "home", by_mail(server.port)))


def opened(house: House) -> House:
    house.people()
    closes_at = house.now + timedelta(days=DAYS)
    open_round(house.store, ROUND, house.now, closes_at=closes_at, announcer=house.announcer)
    return house


def answered(house: House, author: str, about: str | None, kind: ConversationKind) -> None:
    """Somebody sends what they were asked for."""
    said = (Message(Speaker.USER, SAID),)
    held = Conversation(f"{author}-{kind}", ROUND, kind, author, about, said, state=ConversationState.SENT)
    with house.store.work() as work:
        assert work.conversations.add(held, held.id)


def test_everybody_who_is_asked_is_invited_once(house: House, server: MailServer) -> None:
    """With a link that lets them in, to be asked what concerns them; sending again sends nothing."""
    assert house.send() == Dispatched(sent=3)
    assert house.send() == Dispatched()
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}
    (mail,) = server.mails_to(LEAD)
    assert (mail["From"], mail["Subject"]) == (SENDER, "2026-Q4 has begun: a question for you")
    for text in (text_of(mail), html_of(mail)):
        assert "Hello Lea" in text
        assert "Bo Boss" in text
        assert "What value are you bringing to each team member?" in text
        assert "22 November 2026, 12:00 UTC" in text
    assert sign_in(house.store, token_in(mail), "session", house.now) == person(LEAD)
    with pytest.raises(Refused):
        sign_in(house.store, token_in(mail), "again", house.now)
    assert "your manager" not in text_of(server.mails_to(BOSS)[0])


def test_each_mail_is_known_by_its_notice_and_no_secret_is_kept(house: House, server: MailServer) -> None:
    """The Message-ID follows from what is in the outbox; the link of the mail is in no file."""
    house.send()
    for notice in house.notices(kind=NoticeKind.INVITATION):
        (mail,) = server.mails_to(notice.person)
        assert mail["Message-ID"] == f"<{notice.id}@acme.example>"
        secret = token_in(mail).encode()
        assert [path.name for path in house.home.iterdir() if secret in path.read_bytes()] == []


def test_only_who_has_not_sent_is_reminded_and_then_no_more(house: House, server: MailServer) -> None:
    """Li has answered; Bo and Lea get two reminders, the second shortly before the end, and never a third."""
    house.send()
    answered(house, LI, LEAD, ConversationKind.FEEDBACK)
    answered(house, LEAD, None, ConversationKind.REFLECTION)
    sent = []
    for _ in range(DAYS + 5):
        before = len(server.taken)
        house.send(days=1)
        sent.append(sorted(to for to, _ in server.taken[before:]))
    assert {day: to for day, to in enumerate(sent, 1) if to} == {4: [BOSS, LEAD], 18: [BOSS, LEAD]}
    assert SAID not in "".join(text_of(mail) for mail in server.mails_to(LEAD))


def test_when_a_round_closes_it_is_forgotten_who_was_reminded(house: House, server: MailServer) -> None:
    """Reminders that went out, and those that nobody needed, look the same then."""
    house.send()
    answered(house, LI, LEAD, ConversationKind.FEEDBACK)
    house.send(days=4)
    assert {one.state for one in house.notices(kind=NoticeKind.REMINDER, number=1)} > {NoticeState.SENT}
    close_round(house.store, ROUND, house.now)
    kept = [replace(one, id="", person="", number=0) for one in house.notices(kind=NoticeKind.REMINDER)]
    assert len(kept) == 6
    assert len(set(kept)) == 1
    house.send(days=30)
    assert server.counts == {BOSS: 2, LEAD: 2, LI: 1}


def test_what_sending_says_of_reminders_is_nothing(house: House) -> None:
    """How many went out would tell how many have not answered."""
    house.send()
    assert house.send(days=4) == Dispatched()


def test_reminders_end_with_one_click_for_good(house: House, server: MailServer) -> None:
    """By the headers of RFC 8058 or the link in the text, and begin again if somebody asks for them."""
    house.send()
    raw = next(content for to, content in server.taken if to == LI).decode()
    (mail,) = server.mails_to(LI)
    way = STOP.search(text_of(mail))[1]
    assert f"\r\nList-Unsubscribe: <{ADDRESS}{way}>\r\n" in raw
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert LI not in way
    notice, token = way.removeprefix("/reminders?notice=").split("&token=")
    with pytest.raises(Refused, match="leads nowhere"):
        set_reminders(house.store, notice, token[:-1] + ("0" if token[-1] != "0" else "1"), wanted=False)
    set_reminders(house.store, notice, token, wanted=False)
    house.send(days=4)
    assert server.counts == {BOSS: 2, LEAD: 2, LI: 1}
    set_reminders(house.store, notice, token, wanted=True)
    house.send(days=14)
    assert server.counts == {BOSS: 3, LEAD: 3, LI: 2}


def test_after_a_round_was_closed_nobody_is_asked_any_more(house: House, server: MailServer) -> None:
    """Invitations that did not go out, and reminders."""
    close_round(house.store, ROUND, house.now)
    house.send(days=30)
    assert server.taken == []


def test_who_is_erased_gets_nothing(house: House, server: MailServer) -> None:
    """And nothing of them is in the outbox."""
    erase(house.store, LI)
    assert house.notices(person=LI) == []
    house.send()
    assert server.counts == {BOSS: 1, LEAD: 1}


def test_who_comes_later_is_invited_by_the_import(house: House, server: MailServer) -> None:
    """And nobody else again."""
    house.send()
    house.people([*PEOPLE, Person("new@acme.example", "Nia New", LEAD)])
    house.send(days=1)
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1, "new@acme.example": 1}


def test_an_address_that_is_refused_fails_alone(house: House, server: MailServer) -> None:
    """With the codes that the server gave and no word of what it said; the others get theirs."""
    server.at_address[LI] = f"550 5.1.1 <{LI}>: no such user"
    assert house.send() == Dispatched(sent=2, not_sent=1)
    (failed,) = house.notices(state=NoticeState.FAILED)
    assert (failed.person, failed.problem) == (LI, f"localhost:{server.port} refused it (550 5.1.1)")
    del server.at_address[LI]
    assert send_again(house.store, OPERATOR, house.now) == 1
    assert house.send() == Dispatched(sent=1)


@pytest.mark.parametrize("email", ["lí@acme.example", "two@signs@acme.example", "@", "space d@acme.example"])
def test_an_address_that_is_none_fails_with_a_word_and_holds_up_nobody(
    house: House, server: MailServer, email: str
) -> None:
    """Nor is a mail sent to a part of it."""
    house.people([*PEOPLE, Person(email, "Odd", LEAD)])
    house.send()
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}
    (failed,) = house.notices(state=NoticeState.FAILED)
    assert (failed.person, failed.problem) == (email, "the address cannot be used in a mail")


def test_who_is_to_wait_waits(house: House, server: MailServer) -> None:
    """A server that wants to see a mail twice gets it a minute later."""
    server.at_address[LI] = "451 4.7.1 try later"
    house.send()
    del server.at_address[LI]
    house.send(seconds=59)
    assert server.counts == {BOSS: 1, LEAD: 1}
    house.send(seconds=1)
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}


def test_a_mail_that_is_refused_at_its_end_was_not_handed_over(house: House, server: MailServer) -> None:
    """It is tried again where the server says so."""
    server.at_end = ["452 4.3.1 disk full"]
    assert house.send() == Dispatched(sent=2, not_sent=1)
    house.send(minutes=1)
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}


def test_a_server_that_breaks_off_instead_of_answering_is_not_sent_the_same_again(
    house: House, server: MailServer
) -> None:
    """It has the mail; the others go on by a new connection, and the operator can have it sent again."""
    server.hangs_up = True
    assert house.send() == Dispatched(sent=2, not_sent=1)
    house.send(days=1)
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}
    (unsure,) = house.notices(state=NoticeState.UNCONFIRMED)
    assert "before it answered" in unsure.problem
    assert send_again(house.store, OPERATOR, house.now) == 0
    assert send_again(house.store, OPERATOR, house.now, unconfirmed=True) == 1
    house.send()
    assert server.counts[unsure.person] == 2


def test_a_server_that_is_not_there_is_tried_less_and_less_often_and_then_given_up(tmp_path: Path) -> None:
    """All that is due waits together; when the server is back and the operator asks, it goes out once."""
    with taking_mails() as gone:
        port = gone.port
    house = opened(House(tmp_path / "home", by_mail(port)))
    assert house.send() == Dispatched(not_sent=1)
    assert {one.due_at for one in house.notices(kind=NoticeKind.INVITATION)} == {NOON + RETRIES[0]}
    for _ in RETRIES:
        house.send(hours=13)
    failed = house.notices(kind=NoticeKind.INVITATION, state=NoticeState.FAILED)
    assert len(failed) == 3
    assert {one.problem for one in failed} == {f"localhost:{port} cannot be reached (Connection refused)"}
    with taking_mails(port) as back:
        send_again(house.store, OPERATOR, house.now)
        house.send()
        assert back.counts == {BOSS: 1, LEAD: 1, LI: 1}


def test_two_senders_never_send_the_same(house: House, server: MailServer) -> None:
    """While one has the right to send, the other leaves it to it."""
    with house.store.sending():
        assert house.send() == Dispatched(left_to_another=True)
    assert server.taken == []
    house.send()
    assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}


def test_what_was_being_sent_when_the_machine_went_down_is_not_sent_again(house: House, server: MailServer) -> None:
    """Nobody knows whether it has arrived, so the operator is told."""
    (notice, *_) = house.notices(kind=NoticeKind.INVITATION)
    with house.store.work() as work:
        work.outbox.keep(notice.taken_up())
    house.send()
    (unsure,) = house.notices(state=NoticeState.UNCONFIRMED)
    assert (unsure.id, unsure.problem) == (notice.id, "the machine went down while it was being sent")
    assert server.counts[notice.person] == 0


def test_a_line_that_begins_with_a_dot_arrives_whole(server: MailServer, house: House) -> None:
    """In SMTP a line of one dot would end the mail."""
    house.people([Person(LI, ".\n.Dot", LEAD)])
    house.send()
    (mail,) = server.mails_to(LI)
    assert "Open Value Loop" in text_of(mail)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return file


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server of the test is told to
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_mails_go_by_tls_to_a_server_that_proves_who_it_is(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    """With the account that is set; a server that cannot prove it, or another password, gets nothing."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    account = ("value-loop", "pass phrase")
    with taking_mails(tls=tls, implicit=security is Security.TLS, account=account) as server:
        known = a_server(server.port, security, user=account[0], password=account[1])
        with pytest.raises(NoDelivery, match="could not prove who it is"):
            SmtpCarrier(known).check()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(NoDelivery, match=r"does not let value-loop in \(535"):
            SmtpCarrier(a_server(server.port, security, user=account[0], password="another")).check()  # noqa: S106
        assert SmtpCarrier(known).check() == f"localhost:{server.port} answers as value-loop"
        house = opened(House(tmp_path / "home", Ways(known)))
        house.send()
        assert server.counts == {BOSS: 1, LEAD: 1, LI: 1}
    assert "pass phrase" not in repr(known)


def took_something_on(house: House, id: str, due: date) -> None:
    """Lea takes something on after the report of the round, to look back at on a day."""
    new = Commitment(id, LEAD, ROUND, "goals", None, "Have you noticed any change?", SAID, due, house.now)
    with house.store.work() as work:
        number = len(work.commitments.of(LEAD, person(LEAD))) + 1
        work.commitments.save(new, person(LEAD))
        house.announcer.taken_on(work, work.rounds.get(ROUND), LEAD, number, due)


def test_a_manager_is_asked_once_to_look_back_on_the_day_they_chose(tmp_path: Path, server: MailServer) -> None:
    """Not where they have said what became of it; what they took on is not in the mail, and no count tells of it."""
    house = opened(House(tmp_path / "home", by_mail(server.port), ReminderPolicy(most=0)))
    house.send()
    for id_, days in (("a", 2), ("b", 3)):
        took_something_on(house, id_, house.now.date() + timedelta(days=days))
    with house.store.work() as work:
        ended = closed(work.commitments.get("b", person(LEAD)), CommitmentState.DONE, "", house.now)
        work.commitments.save(ended, person(LEAD))
    assert [house.send(days=1) for _ in range(4)] == [Dispatched()] * 4
    assert server.counts == {BOSS: 1, LEAD: 2, LI: 1}
    mail = server.mails_to(LEAD)[-1]
    assert mail["Subject"] == "A day to look back"
    assert SAID not in text_of(mail) + html_of(mail)
    assert sign_in(house.store, token_in(mail), "session", house.now) == person(LEAD)
    with house.store.work() as work:
        assert {one.kind for one in work.outbox.counts(OPERATOR).counts} == {NoticeKind.INVITATION}


def test_a_leader_is_told_once_that_the_brief_is_there_and_nothing_of_it(house: House, server: MailServer) -> None:
    """No name but their own; telling of the reports again tells nobody again."""
    house.send()
    close_round(house.store, ROUND, house.now)
    house.people([replace(PEOPLE[0], role=Role.LEADER), *PEOPLE[1:]])
    for _ in range(2):
        with house.store.work() as work:
            house.announcer.reports_made(work, work.rounds.get(ROUND))
        house.send()
    mail = server.mails_to(BOSS)[-1]
    assert server.counts == {BOSS: 2, LEAD: 1, LI: 1}
    assert mail["Subject"] == "Your brief for 2026-Q4 is ready"
    assert not [one.name for one in PEOPLE[1:] if one.name in text_of(mail) + html_of(mail)]
    assert sign_in(house.store, token_in(mail), "session", house.now) == person(BOSS)


def test_whoever_ended_reminders_is_not_asked_to_look_back(house: House, server: MailServer) -> None:
    """One click ends both."""
    house.send()
    invitation = next(iter(house.notices(kind=NoticeKind.INVITATION, person=LEAD)))
    with house.store.work() as work:
        token = work.outbox.stop_token(invitation.id)
    set_reminders(house.store, invitation.id, token, wanted=False)
    took_something_on(house, "a", house.now.date() + timedelta(days=1))
    house.send(days=2)
    assert server.counts[LEAD] == 1
