"""Signing in with an account elsewhere, against a provider over real HTTP that misbehaves as it is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest

from assistant.domain.access import person
from assistant.domain.accounts import LOGIN_LIFE, Login, Returned
from assistant.domain.errors import NoProvider, Refused
from assistant.domain.organisation import Person
from assistant.domain.signing_in import Lifetimes
from assistant.identity.line import Line
from assistant.identity.oidc import Client, OidcProvider
from assistant.loop.accounts import begin_login, finish_login
from assistant.stores.sql.store import SqlStore
from tests.fakes.identity_provider import CLIENT, SECRET, IdentityProvider, foreign_key, providing

MIA = "mia@acme.example"
MINE = {"email": MIA, "email_verified": True}
BACK = "https://loop.acme.example/sign-in/account/return"
BROWSER = "what lies in the cookie of the browser that began"


class _Stays(HTTPRedirectHandler):
    """Does not follow the provider's redirect, which leads to an app that is not there."""

    def redirect_request(self, *_):
        return None


class Round:
    """One installation, its provider, and a browser that goes there and comes back."""

    def __init__(self, store: SqlStore, server: IdentityProvider, secret: str | None = SECRET) -> None:
        self.store, self.server = store, server
        client = Client("Acme", server.issuer, CLIENT, secret, BACK)
        self.provider = OidcProvider(client, Line(seconds=2))

    def go(self, secret: str = BROWSER) -> str:
        """Begin; the address at the provider."""
        return begin_login(self.store, self.provider, secret, datetime.now(UTC))

    def consent(self, way: str) -> Returned:
        """Sign in at the provider; what the browser is sent back with."""
        with pytest.raises(Exception, match="302") as moved:
            build_opener(_Stays).open(way)
        sent = {k: v[0] for k, v in parse_qs(urlsplit(moved.value.headers["Location"]).query).items()}
        return Returned(sent["state"], sent["code"])

    def come_back(self, returned: Returned, secret: str = BROWSER, later: timedelta = timedelta()):
        """Come back with this."""
        now = datetime.now(UTC) + later
        return finish_login(
            self.store, self.provider, secret, returned, token_urlsafe(), now, "Firefox on Linux", Lifetimes()
        )

    def sign_in(self):
        """The whole way."""
        return self.come_back(self.consent(self.go()))

    @property
    def is_nobody_in(self) -> bool:
        """Whether no session was begun."""
        with self.store.work() as work:
            return work.sign_in.sessions() == ()


@pytest.fixture
def server() -> Iterator[IdentityProvider]:
    with providing() as running:
        running.behaviour.claims = dict(MINE)
        yield running


@pytest.fixture
def store(tmp_path) -> Iterator[SqlStore]:
    opened = SqlStore.open(tmp_path)
    with opened.work() as work:
        work.people.save([Person(MIA, "Mia", None)])
    yield opened
    opened.close()


@pytest.fixture
def way(store, server) -> Round:
    return Round(store, server)


@pytest.mark.parametrize(
    "claims",
    [
        MINE,
        MINE | {"email": "MIA@Acme.Example "},
        MINE | {"email_verified": "true"},
        MINE | {"aud": [CLIENT, "another"], "azp": CLIENT},
    ],
)
def test_whoever_the_provider_knows_by_an_email_of_the_list_is_let_in(way, server, claims) -> None:
    """Capitals do not matter; some providers write a truth as a word, and name several audiences."""
    server.behaviour.claims = claims
    assert way.sign_in() == person(MIA)


def test_a_role_in_the_token_is_no_role_here(way, server) -> None:
    """Who may do what stands in people.csv alone: a claim of that name changes nothing."""
    server.behaviour.claims = MINE | {"role": "admin", "roles": ["leader"], "groups": ["admins"]}
    assert way.sign_in() == person(MIA)
    with way.store.work() as work:
        assert work.people.organisation().person(MIA).role == ""


def test_a_provider_that_keeps_the_email_out_of_the_token_is_asked_for_it(way, server) -> None:
    """The e-mail and whether it is confirmed come from the same answer, of the same account."""
    server.behaviour.claims, server.behaviour.userinfo = {}, MINE | {"sub": "7"}
    assert way.sign_in() == person(MIA)
    server.behaviour.userinfo = MINE | {"sub": "8"}
    with pytest.raises(Refused, match="belongs to another one"):
        way.sign_in()


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        (MINE | {"email": "eve@acme.example"}, "nobody with your e-mail is on the list"),
        (MINE | {"email_verified": False}, "does not confirm"),
        (MINE | {"email_verified": "yes"}, "does not confirm"),
        ({"email": MIA}, "does not confirm"),
        ({"email_verified": True}, "does not tell your e-mail"),
        (MINE | {"email": ["mia@acme.example"]}, "does not tell your e-mail"),
        (MINE | {"nonce": "of another sign-in"}, "it belongs to another sign-in"),
        (MINE | {"nonce": None}, "it belongs to another sign-in"),
        (MINE | {"iss": "https://evil.example"}, "it comes from another provider"),
        (MINE | {"aud": "another"}, "it is meant for another application"),
        (MINE | {"aud": [CLIENT, "another"]}, "it is meant for another application"),
        (MINE | {"aud": [CLIENT, "another"], "azp": "another"}, "it is meant for another application"),
        (MINE | {"exp": 1_700_000_000}, "it has expired"),
        (MINE | {"iat": 4_000_000_000}, "its time lies in the future"),
        (MINE | {"sub": None}, "something in it is missing"),
        (MINE | {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "it belongs to another sign-in"),
    ],
)
def test_what_does_not_fit_lets_nobody_in_and_says_why(way, server, claims, says) -> None:
    """Unknown, unconfirmed, foreign, expired: each has its own words, without anything that was sent."""
    server.behaviour.claims = claims
    with pytest.raises(Refused, match=says) as refused:
        way.sign_in()
    assert "evil" not in str(refused.value)
    assert way.is_nobody_in


def test_a_token_that_somebody_else_signed_is_not_trusted(way, server) -> None:
    """Not with another key of the same name, not with no signature, not with a signature of the known secret."""
    server.behaviour.signs_with = foreign_key()
    with pytest.raises(Refused, match="not signed with the provider's key"):
        way.sign_in()
    server.behaviour.algorithm = "none"
    with pytest.raises(Refused, match="not signed with the provider's key"):
        way.sign_in()
    assert way.is_nobody_in


def test_a_code_opens_the_door_once(way) -> None:
    """Neither the same browser nor another one gets in with what was used before."""
    returned = way.consent(way.go())
    assert way.come_back(returned) == person(MIA)
    with pytest.raises(Refused, match="used already"):
        way.come_back(returned)
    way.go("the cookie of another browser")
    with pytest.raises(Refused, match="begun in this browser"):
        way.come_back(returned, "the cookie of another browser")


def test_of_two_returns_at_the_same_time_one_is_let_in(way, server) -> None:
    """Even where the provider takes a code twice."""
    server.behaviour.takes_codes_twice = True
    returned = way.consent(way.go())

    def come_back(_: int) -> bool:
        try:
            way.come_back(returned)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(come_back, range(4))) == [False, False, False, True]


def test_a_code_that_was_meant_for_another_attempt_is_not_taken(way) -> None:
    """PKCE: a stolen code, brought back with a right state, does not prove what the provider asks for."""
    stolen = way.consent(way.go("the cookie of the victim"))
    own = way.consent(way.go())
    with pytest.raises(Refused, match="does not know this sign-in any more"):
        way.come_back(Returned(own.state, stolen.code))
    assert way.is_nobody_in


@pytest.mark.parametrize("state", ["", "made up", "ünïcode"])
def test_a_state_that_was_not_given_to_this_browser_is_refused(way, state) -> None:
    """A link to the way back that somebody else sends opens nothing, and does not end the attempt in progress."""
    returned = way.consent(way.go())
    with pytest.raises(Refused, match="begun in this browser"):
        way.come_back(Returned(state, returned.code))
    assert way.come_back(returned) == person(MIA)


def test_whoever_never_began_cannot_come_back(way) -> None:
    """Without a cookie there is a state that anybody can work out, and no attempt that belongs to it."""
    returned = way.consent(way.provider.way_there(Login.of("")))
    with pytest.raises(Refused, match="used already"):
        way.come_back(returned, "")


def test_whoever_takes_too_long_begins_again(way) -> None:
    """An attempt lasts ten minutes, by the clock of the server."""
    returned = way.consent(way.go())
    with pytest.raises(Refused, match="longer than ten minutes"):
        way.come_back(returned, later=LOGIN_LIFE)


@pytest.mark.parametrize(
    ("returned", "says"),
    [
        ({"error": "access_denied"}, "did not let you in"),
        ({"error": "<script>"}, "did not let you in"),
        ({}, "did not let you in"),
        ({"code": "x", "issuer": "https://evil.example"}, "does not come from your organisation's provider"),
    ],
)
def test_an_answer_that_is_none_is_told_in_words_of_our_own(way, returned, says) -> None:
    """Somebody who turned back, and an answer that another provider sent (RFC 9207)."""
    state = way.consent(way.go()).state
    with pytest.raises(Refused, match=says) as refused:
        way.come_back(Returned(state, **returned))
    assert "script" not in str(refused.value)


def test_a_provider_that_promises_to_name_itself_has_to(way, server) -> None:
    """Where the document says that answers name their issuer, one without is not taken."""
    server.behaviour.document = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(Refused, match="does not come from your organisation's provider"):
        way.sign_in()


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"issuer": "https://evil.example"}, "set VALUE_LOOP_OIDC_ISSUER to exactly that"),
        ({"token_endpoint": "http://evil.example/token"}, "token_endpoint"),
        ({"jwks_uri": None}, "jwks_uri"),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "RS256 is the usual"),
    ],
)
def test_a_document_that_cannot_be_used_is_named(way, server, document, says) -> None:
    """With the field, or what to set."""
    server.behaviour.document = document
    with pytest.raises(NoProvider, match=says):
        way.go()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, None),
        (302, None),
        (404, None),
        (200, b"<html>"),
        (200, b"[" * 100_000),
        (200, b"[]"),
        (200, b" " * 2_000_000),
    ],
    ids=["fault", "redirect", "missing", "html", "nested", "list", "large"],
)
def test_a_provider_that_answers_with_something_else_is_out_of_order(way, server, status, body) -> None:
    """A page, a redirect, endless or deeply nested data: the same error, and nothing is taken in beyond its limit."""
    server.behaviour.answers_with, server.behaviour.body = status, body
    with pytest.raises(NoProvider):
        way.go()


def test_a_provider_that_is_not_there_is_out_of_order(store) -> None:
    """Before anybody is sent there."""
    with providing() as gone:
        way = Round(store, gone)
    with pytest.raises(NoProvider, match="cannot be reached"):
        way.go()


def test_a_provider_that_goes_away_on_the_way_lets_nobody_in(store, server) -> None:
    """The attempt is used up, nobody is in, and the next one may work."""
    way = Round(store, server)
    returned = way.consent(way.go())
    server.behaviour.body = b"not json"
    with pytest.raises(NoProvider):
        way.come_back(returned)
    assert way.is_nobody_in


def test_a_wrong_secret_is_for_the_operator_to_mend(store, server) -> None:
    """The person can do nothing about it, so it is no refusal."""
    with pytest.raises(NoProvider, match="id or secret"):
        Round(store, server, "wrong").sign_in()


def test_a_provider_that_takes_the_secret_in_the_form_gets_it_there(way, server) -> None:
    """Where the header is not among what it offers."""
    server.behaviour.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert way.sign_in() == person(MIA)


def test_what_the_provider_says_of_itself_is_kept_and_its_keys_are_not(way, server) -> None:
    """Two sign-ins: one look at the document, two at the keys."""
    way.sign_in()
    way.sign_in()
    assert server.asked.count("/.well-known/openid-configuration") == 1
    assert server.asked.count("/keys") == 2


def test_the_check_says_what_to_register(way, server) -> None:
    """The address to which people come back; keys that cannot be read are found."""
    assert BACK in way.provider.check()
    server.behaviour.document = {"jwks_uri": f"{server.issuer}/nothing"}
    with pytest.raises(NoProvider, match="keys cannot be read"):
        way.provider.check()
