"""A letter as a mail: plain text and HTML of the same words, with the headers that mail programs look for."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from assistant.delivery.words import words_of
from assistant.domain.notices import Letter

_SEVEN_BIT = SMTP.clone(cte_type="7bit")
"""So that every server takes it, also one that knows no 8BITMIME."""
_ADDRESSES_WHOLE = _SEVEN_BIT.clone(max_line_length=990)
"""RFC 5322 allows lines of 998 characters; folded, the address in a header would be encoded, and lead nowhere."""


def mail(letter: Letter, sender: str) -> bytes:
    """The mail to the person of a letter, as it is sent.

    Its ``Message-ID`` follows from the notice, so whatever the mail passes can tell the same one. Where it can be ended
    with one click, the headers of RFC 8058 say how; they ask for https.
    """
    words = words_of(letter)
    made = EmailMessage(policy=_SEVEN_BIT)
    made["From"] = sender
    made["To"] = letter.notice.person
    made["Subject"] = words.subject
    made["Date"] = letter.made_at
    made["Message-ID"] = f"<{letter.notice.id}@{sender.rpartition('@')[2].strip('> ')}>"
    made["Auto-Submitted"] = "auto-generated"
    if words.can_stop:
        made["List-Unsubscribe"] = f"<{letter.stop_link}>"
        if letter.stop_link.startswith("https://"):
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_rendered("letter.txt", letter))
    made.add_alternative(_rendered("letter.html", letter), subtype="html")
    return made.as_bytes(policy=_ADDRESSES_WHOLE)


def _rendered(template: str, letter: Letter) -> str:
    return _templates().get_template(template).render(letter=letter, words=words_of(letter))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("assistant.delivery"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
