"""``value-loop link`` and ``value-loop sessions``."""

import pytest

from assistant.bootstrap import Parts
from assistant.loop.sign_in import sign_in
from assistant.settings import Settings

MIA = "mia@acme.example"


@pytest.fixture
def use():
    """Signs somebody in with the secret of a link, as the app would."""

    def use_link(home, link):
        parts = Parts(Settings(home=home, _env_file=None))
        return sign_in(
            parts.store,
            link.partition("token=")[2],
            parts.new_secret(),
            parts.now(),
            "Firefox on Linux",
            parts.settings.lives,
        )

    return use_link


def test_a_link_opens_the_door_for_its_person(small, use) -> None:
    """Under the public address where one is set, whatever the capitals of the e-mail."""
    outcome = small("link", "MIA@acme.example", "--json", VALUE_LOOP_PUBLIC_URL="https://loop.acme.example/")
    assert outcome.json["email"] == MIA
    assert outcome.json["link"].startswith("https://loop.acme.example/sign-in?token=")
    assert use(small.home, outcome.json["link"]).email == MIA


def test_a_second_link_takes_the_place_of_the_first(small, use) -> None:
    """The older one is worthless, and nobody is told more than that it is used or too old."""
    first, second = (small("link", MIA).out.strip() for _ in range(2))
    with pytest.raises(Exception, match="used or is too old"):
        use(small.home, first)
    assert use(small.home, second).email == MIA


@pytest.mark.parametrize("hours", ["0", "169", "soon"])
def test_a_life_that_makes_no_sense_is_refused(small, hours) -> None:
    """The setting is named; exit 2."""
    outcome = small("link", MIA, VALUE_LOOP_LINK_HOURS=hours)
    assert outcome.status == 2
    assert "VALUE_LOOP_LINK_HOURS" in outcome.err


@pytest.mark.parametrize("proxies", ["*", "0.0.0.0/0", "127.0.0.1, ::/0", "the proxy"])
def test_not_everybody_can_be_a_proxy(small, proxies) -> None:
    """Anybody could then name somebody else as the sender; exit 2."""
    outcome = small("link", MIA, VALUE_LOOP_TRUSTED_PROXIES=proxies)
    assert outcome.status == 2
    assert "VALUE_LOOP_TRUSTED_PROXIES" in outcome.err


def test_the_operator_sees_who_is_signed_in_and_signs_them_out(small, use) -> None:
    """Without any secret; by one command all sessions of a person and their unused link end."""
    assert small("sessions").out == "Nobody is signed in.\n"
    use(small.home, small("link", MIA).out.strip())
    (held,) = small("sessions", "--json").json
    assert sorted(held) == ["device", "email", "expires_at", "last_seen_at", "started_at"]
    assert (held["email"], held["device"]) == (MIA, "Firefox on Linux")
    assert "Firefox on Linux" in small("sessions", MIA).out
    unused = small("link", MIA).out.strip()
    assert small("sessions", MIA, "--end-all").out == "1 session ended, and unused links are worthless.\n"
    assert small("sessions", MIA).out == "This person is not signed in.\n"
    with pytest.raises(Exception, match="used or is too old"):
        use(small.home, unused)


def test_ending_sessions_needs_to_be_told_whose(small) -> None:
    """Nobody is signed out by a forgotten word; an unknown person is named. Exit 2."""
    assert small("sessions", "--end-all").status == 2
    assert "nobody@acme.example" in small("sessions", "nobody@acme.example").err
