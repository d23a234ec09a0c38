"""Who may see what, as a table over everybody who may look."""

from datetime import UTC, datetime

import pytest

from assistant.domain.access import (
    ANALYSIS,
    OPERATOR,
    Part,
    managers_in_rounds,
    managers_in_view,
    may_fill_index,
    may_read_conversation,
    may_read_report,
    may_read_roll_up,
    may_read_shared_report,
    may_run_rounds,
    may_share_report,
    parts,
    person,
)
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Organisation, Person
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Role, Speaker

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPEN = Round("2026-Q4", 4, NOON)
CLOSED = Round("2026-Q3", 4, NOON, closed_at=NOON)

ORGANISATION = Organisation.of(
    [
        Person("top@acme.example", "Toni Top", None, role=Role.LEADER),
        Person("mia@acme.example", "Mia Maker", "top@acme.example"),
        Person("li@acme.example", "Li Lamb", "mia@acme.example"),
        Person("sam@acme.example", "Sam Sand", "li@acme.example"),
        Person("leo@acme.example", "Leo Lane", "top@acme.example", role=Role.LEADER),
        Person("kim@acme.example", "Kim Kite", "leo@acme.example"),
        Person("ada@acme.example", "Ada Admin", "top@acme.example", role=Role.ADMIN),
        Person("bo@acme.example", "Bo Bark", "ada@acme.example"),
    ]
)

VIEWERS = {
    "author": person("li@acme.example"),
    "author's manager": person("mia@acme.example"),
    "author's report": person("sam@acme.example"),
    "leader above": person("top@acme.example"),
    "leader elsewhere": person("leo@acme.example"),
    "team mate elsewhere": person("kim@acme.example"),
    "admin": person("ada@acme.example"),
    "somebody unknown": person("nobody@acme.example"),
    "nobody": person(""),
    "operator": OPERATOR,
    "analysis": ANALYSIS,
}


def a_conversation(kind: ConversationKind, state: ConversationState, named: bool = False) -> Conversation:
    """What Li said: a feedback about Mia or a reflection about Sam."""
    about = "mia@acme.example" if kind is ConversationKind.FEEDBACK else "sam@acme.example"
    words = (Message(Speaker.USER, "We hear of changes late."),)
    return Conversation("1", "2026-Q4", kind, "li@acme.example", about, words, named, state)


@pytest.mark.parametrize("kind", ConversationKind)
@pytest.mark.parametrize("state", ConversationState)
@pytest.mark.parametrize("named", [False, True])
def test_only_its_author_and_the_analysis_of_what_was_sent_read_a_conversation(kind, state, named):
    """Being somebody's manager, leader, admin or operator opens nobody's words, even where the author is named."""
    conversation = a_conversation(kind, state, named)
    readers = {who for who, viewer in VIEWERS.items() if may_read_conversation(viewer, conversation)}
    assert readers == {"author"} | ({"analysis"} if state is ConversationState.SENT else set())


@pytest.mark.parametrize(
    ("round_", "readers"),
    [(OPEN, {"operator", "analysis"}), (CLOSED, {"operator", "analysis", "author's manager"})],
    ids=["open", "closed"],
)
def test_a_report_is_for_the_manager_it_is_about_once_the_round_is_closed(round_, readers):
    """Mia's report is for Mia, not for her team or those above; the operator is logged, and the analysis shows none."""
    assert {who for who, viewer in VIEWERS.items() if may_read_report(viewer, "mia@acme.example", round_)} == readers


BELOW_TOP = ("ada@acme.example", "leo@acme.example", "li@acme.example", "mia@acme.example")
FOR_LEADER = {"top@acme.example": BELOW_TOP, "leo@acme.example": ()}


@pytest.mark.parametrize("round_", [OPEN, CLOSED], ids=["open", "closed"])
@pytest.mark.parametrize("leader", sorted(ORGANISATION.people))
@pytest.mark.parametrize("who", [*sorted(ORGANISATION.people), "operator", "analysis"])
def test_questions_reach_the_managers_below_a_leader_and_nobody_else(who, leader, round_):
    """Leaders ask for themselves over closed rounds, the operator for any leader; everybody else is refused."""
    viewer = {"operator": OPERATOR, "analysis": ANALYSIS}.get(who, person(who))
    allowed = leader in FOR_LEADER and (who == "operator" or (who == leader and round_ is CLOSED))
    if allowed:
        assert managers_in_view(viewer, ORGANISATION, round_, leader) == FOR_LEADER[leader]
    else:
        with pytest.raises(Refused):
            managers_in_view(viewer, ORGANISATION, round_, leader)


@pytest.mark.parametrize(
    ("who", "round_", "words"),
    [
        ("mia@acme.example", CLOSED, "people with the role leader"),
        ("ada@acme.example", CLOSED, "An admin runs rounds"),
        ("top@acme.example", OPEN, "2026-Q4 is still open"),
    ],
)
def test_a_refused_question_says_why(who, round_, words):
    """Whoever is refused reads what would have to be different."""
    with pytest.raises(Refused, match=words):
        managers_in_view(person(who), ORGANISATION, round_, who)


def test_a_question_for_somebody_else_is_refused_with_the_rule():
    """A leader cannot put on another leader's glasses."""
    with pytest.raises(Refused, match="one's own downline"):
        managers_in_view(person("leo@acme.example"), ORGANISATION, CLOSED, "top@acme.example")


def test_a_question_for_nobody_is_unknown():
    """An e-mail that nobody has is named as such to the operator."""
    with pytest.raises(Unknown, match=r"who@acme\.example"):
        managers_in_view(OPERATOR, ORGANISATION, CLOSED, "who@acme.example")


def test_a_leader_is_found_however_the_email_is_written():
    """E-mails are compared without regard to case."""
    assert managers_in_view(OPERATOR, ORGANISATION, CLOSED, " TOP@acme.example ") == BELOW_TOP


def test_rounds_are_run_by_admins_and_the_operator():
    """Leading people does not make anybody run rounds."""
    assert {who for who, viewer in VIEWERS.items() if may_run_rounds(viewer, ORGANISATION)} == {"admin", "operator"}


@pytest.mark.parametrize(
    ("leader", "readers"),
    [
        ("top@acme.example", {"operator", "leader above", "author's manager", "leader elsewhere", "admin"}),
        ("mia@acme.example", {"operator", "author", "leader above"}),
        ("ada@acme.example", {"operator", "leader above"}),
        ("nobody@acme.example", {"operator"}),
    ],
)
def test_a_roll_up_is_for_its_leader_leaders_above_and_the_managers_right_below(leader, readers):
    """Toni leads, and Mia, Leo and Ada have people; of Mia's people Li has one. The role alone opens nobody else's."""
    seeing = {who for who, viewer in VIEWERS.items() if may_read_roll_up(viewer, leader, ORGANISATION, CLOSED)}
    assert seeing == readers


def test_nobody_reads_a_roll_up_of_an_open_round():
    """It is made once, when all answers are in; not even the operator sees it before."""
    assert not any(may_read_roll_up(viewer, "top@acme.example", ORGANISATION, OPEN) for viewer in VIEWERS.values())


def test_a_shared_report_is_for_leaders_above_alone():
    """Mia shares: Toni may read it, once the round is closed; her team, a leader elsewhere and an admin may not."""
    mia = "mia@acme.example"

    def seeing(round_):
        return {who for who, v in VIEWERS.items() if may_read_shared_report(v, mia, ORGANISATION, round_)}

    assert (seeing(CLOSED), seeing(OPEN)) == ({"leader above"}, set())


def test_a_report_is_shared_by_its_manager_alone():
    """Not by the operator either, and not while the round is open."""
    mia = "mia@acme.example"
    assert {who for who, v in VIEWERS.items() if may_share_report(v, mia, CLOSED)} == {"author's manager"}
    assert not any(may_share_report(v, mia, OPEN) for v in VIEWERS.values())


def test_several_rounds_are_opened_only_where_each_of_them_is_closed():
    """One that is still open keeps a person from all of them, and not the operator."""
    rounds = (CLOSED, OPEN)
    assert managers_in_rounds(OPERATOR, ORGANISATION, rounds, "top@acme.example") == BELOW_TOP
    with pytest.raises(Refused, match=f"Round {OPEN.key} is still open"):
        managers_in_rounds(person("top@acme.example"), ORGANISATION, rounds, "top@acme.example")


def test_texts_for_the_index_are_for_the_analysis_alone():
    """Nobody else has a reason to take them out."""
    assert {who for who, viewer in VIEWERS.items() if may_fill_index(viewer)} == {"analysis"}


def test_parts_follow_from_the_reporting_line_and_the_role():
    """Who has people is a manager, who has a manager is a member; the operator and strangers have no part."""
    assert {who: parts(viewer, ORGANISATION) for who, viewer in VIEWERS.items()} == {
        "author": {Part.MANAGER, Part.MEMBER},
        "author's manager": {Part.MANAGER, Part.MEMBER},
        "author's report": {Part.MEMBER},
        "leader above": {Part.LEADER, Part.MANAGER},
        "leader elsewhere": {Part.LEADER, Part.MANAGER, Part.MEMBER},
        "team mate elsewhere": {Part.MEMBER},
        "admin": {Part.ADMIN, Part.MANAGER, Part.MEMBER},
        **dict.fromkeys(("somebody unknown", "nobody", "operator", "analysis"), frozenset()),
    }


def test_a_viewer_is_called_by_email_or_capacity():
    """The reader log says who looked: a person's e-mail, or the capacity without one."""
    assert [str(v) for v in (person("li@acme.example"), OPERATOR, ANALYSIS)] == [
        "li@acme.example",
        "operator",
        "analysis",
    ]
