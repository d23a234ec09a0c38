"""Signing in with an account elsewhere: the way there, and back."""

from __future__ import annotations

from datetime import datetime

from assistant.domain.access import Viewer
from assistant.domain.accounts import LOGIN_LIFE, Account, Login, Returned
from assistant.domain.errors import Refused
from assistant.domain.signing_in import Lifetimes, digest
from assistant.loop.sign_in import begin_session
from assistant.ports.identity_provider import IdentityProvider
from assistant.ports.store import Store, Work

_BEGIN_AGAIN = "Begin again from the start page."


def begin_login(store: Store, provider: IdentityProvider, secret: str, now: datetime) -> str:
    """Begin an attempt under ``secret``, and say to which address the browser has to go. Raises NoProvider."""
    way = provider.way_there(Login.of(secret))
    with store.work() as work:
        work.sign_in.forget_old_logins(now)
        work.sign_in.add_login(digest(secret), now + LOGIN_LIFE)
    return way


def finish_login(
    store: Store,
    provider: IdentityProvider,
    secret: str,
    returned: Returned,
    session_secret: str,
    now: datetime,
    device: str,
    lives: Lifetimes,
) -> Viewer:
    """Take what the browser brings back, and begin a session for the person whose account it is.

    ``secret`` is what the browser was given when it left. An attempt is good once and for ten minutes, whatever comes
    of it. Raises Refused where anything does not fit, in words for the person, and NoProvider.
    """
    login = Login.of(secret)
    if not login.is_answered_by(returned):
        raise Refused(f"This answer does not belong to a sign-in that was begun in this browser. {_BEGIN_AGAIN}")
    with store.work() as work:
        if not work.sign_in.use_login(digest(secret), now):
            raise Refused(f"This sign-in has been used already, or took longer than ten minutes. {_BEGIN_AGAIN}")
    account = provider.account(returned, login, now)
    with store.work() as work:
        email = _person_of(work, account, provider.name)
        return begin_session(work, email, session_secret, device, now, lives)


def _person_of(work: Work, account: Account, provider: str) -> str:
    """The e-mail under which the owner of an account is known here; roles are those of people.csv alone."""
    if not account.is_verified:
        raise Refused(
            f"{provider} does not confirm that your e-mail is yours, so it does not count here. Have it confirmed "
            "there, or ask the person who runs your round for a sign-in link."
        )
    email = account.email.strip().lower()
    if email not in work.people.organisation().people:
        raise Refused(
            f"{provider} knows you, and nobody with your e-mail is on the list of people here. Ask the person who "
            "runs your round whether you are on it under another e-mail."
        )
    return email
