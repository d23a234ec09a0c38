"""Numbers that pages promise, compared with the code."""

import re

import pytest

from assistant.cli.failures import MOST_PROBLEMS_SHOWN
from assistant.coaching.suggestions import MOST_SUGGESTIONS
from assistant.domain.attempts import MOST_FAILED
from assistant.domain.conversation import LONGEST_MESSAGE
from assistant.domain.rounds import DEFAULT_FLOOR, LOWEST_FLOOR
from assistant.domain.signing_in import IDLE_LIFE, LINK_LIFE, MOST_SESSIONS, SESSION_LIFE
from assistant.loop import conversations_file, people_file, scenario_files
from assistant.loop.questions import LONGEST_QUESTION
from assistant.web.intake import BODY_SECONDS, LARGEST_CALL, LARGEST_FORM
from assistant.web.keeper import EVERY_SECONDS
from assistant.web.server import LATEST_SECONDS, UNFINISHED_HEADERS

HOUR = 3600
PROMISED = [
    ("docs/bad-input.md", f"more than {people_file.LARGEST_FILE // 10**6} MB of people"),
    ("docs/bad-input.md", f"or {conversations_file.LARGEST_FILE // 10**6} MB of conversations"),
    ("docs/bad-input.md", f"a line of more than {people_file.LONGEST_LINE:,} characters"),
    ("docs/bad-input.md", f"a name, team or e-mail of more than {people_file.LONGEST_VALUE}"),
    ("docs/bad-input.md", f"more than {conversations_file.MOST_MESSAGES:,} messages"),
    ("docs/bad-input.md", f"a message of more than {conversations_file.LONGEST_IMPORTED_MESSAGE:,} characters"),
    ("docs/bad-input.md", f"or has more than {scenario_files.LARGEST_FILE // 10**6} MB"),
    ("docs/bad-input.md", f"At most {MOST_PROBLEMS_SHOWN} are shown"),
    ("docs/bad-input.md", f"an empty question, or one of more than {LONGEST_QUESTION:,} characters"),
    ("docs/bad-input.md", f"an empty message, or one of more than {LONGEST_MESSAGE:,} characters"),
    ("docs/bad-input.md", f"after {MOST_FAILED} failures within a minute"),
    ("docs/bad-input.md", f"a form of more than {LARGEST_FORM:,} bytes"),
    ("docs/bad-input.md", f"a call of a page of more than {LARGEST_CALL:,}"),
    ("docs/bad-input.md", f"within {BODY_SECONDS:.0f} seconds"),
    ("docs/bad-input.md", f"for more than {UNFINISHED_HEADERS:,} bytes"),
    ("docs/bad-input.md", f"a floor below {LOWEST_FLOOR}"),
    ("docs/privacy.md", f"{DEFAULT_FLOOR} unless it was opened with another one, never below {LOWEST_FLOOR}"),
    ("docs/privacy.md", f"works once, for {LINK_LIFE.total_seconds() / HOUR:.0f} hours"),
    ("docs/privacy.md", f"a session lasts {SESSION_LIFE.total_seconds() / HOUR:.0f} hours"),
    ("docs/privacy.md", f"or {IDLE_LIFE.total_seconds() / HOUR:.0f} hours without use"),
    ("docs/first-round.md", f"or {IDLE_LIFE.total_seconds() / HOUR:.0f} hours without use"),
    ("docs/bad-input.md", f"signs in more than {MOST_SESSIONS} times within a minute"),
    ("docs/first-round.md", f"stays so for {SESSION_LIFE.total_seconds() / HOUR:.0f} hours"),
    ("docs/architecture.md", f"follows the queue every {EVERY_SECONDS:.0f} seconds"),
    ("docs/operating.md", f"within {LATEST_SECONDS:.0f} more"),
    ("README.md", f"up to {['none', 'one', 'two', 'three'][MOST_SUGGESTIONS]} small steps"),
]


@pytest.mark.parametrize(("page", "promise"), PROMISED)
def test_a_page_promises_what_the_code_does(repository, page, promise) -> None:
    """The sentence stands in the page with the number that the code has."""
    text = (repository / page).read_text(encoding="utf-8")
    assert promise in re.sub(r"\s+", " ", text)
