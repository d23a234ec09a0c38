"""Metrics, traces and logs of a real process: what an operator sees, with nobody's words, name or address in it."""

import json
import re
import signal
from collections.abc import Iterator

import httpx
import pytest

from assistant.bootstrap import Parts
from assistant.loop.example import fill
from assistant.ports.telemetry import Asked, CallEnd, Outcome, Step
from assistant.settings import Settings
from tests.fakes.collector import Collector
from tests.traces import found_in
from tests.web.conftest import App, arriving, running
from tests.web.test_attacks import call, results, said, told

MEMBER = "joaquim@threeherons.example"
TOKEN = "of-our-own-0123456789"  # noqa: S105 -- of this test alone
BEARER = {"authorization": f"Bearer {TOKEN}"}
SAID, STRANGE, GUESSED = "quokkaline", "tangerinian", "vortextual"
PEOPLE = ("joaquim", "Joaquim", "priyanka", "Priyanka", "threeherons")
CANARIES = (SAID, STRANGE, GUESSED, *PEOPLE)
SAMPLE = re.compile(r"^(\w+)(?:\{([^}]*)\})? \S+$", re.MULTILINE)


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    """Somebody who takes the traces."""
    with Collector() as serving:
        yield serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> Iterator[App]:
    """An app with everything on."""
    home = tmp_path_factory.mktemp("home")
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    app = running(home, VALUE_LOOP_LOG="json", VALUE_LOOP_METRICS_TOKEN=TOKEN, VALUE_LOOP_TRACES=collector.address)
    yield app
    app.process.kill()
    app.process.communicate()


def metrics(app: App) -> str:
    """The metrics as they stand."""
    answer = httpx.get(f"{app.address}/metrics", headers={**BEARER, "host": "app.internal:7860"})
    assert answer.status_code == 200
    return answer.text


def value(text: str, name: str) -> float:
    """The value of one sample."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_metrics_are_for_whoever_brings_the_token(served, app) -> None:
    """Without it they are refused; an app for which no token is set has none."""
    address = f"{served.address}/metrics"
    for brought in ({}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}, {"authorization": "Bearer é"}):
        encoded = {name: text.encode() for name, text in brought.items()}
        assert httpx.get(address, headers=encoded).status_code == 401
    assert httpx.get(f"{app.address}/metrics", headers=BEARER).status_code == 404


def test_steps_are_counted_by_kind_and_outcome(served) -> None:
    """One page more is one page more, and a refused sign-in is a refused one."""
    page, refused = (
        'value_loop_steps_total{outcome="done",step="page"}',
        ('value_loop_steps_total{outcome="refused",step="sign_in"}'),
    )
    before = metrics(served)
    httpx.get(served.address)
    httpx.post(f"{served.address}/sign-in", data={"token": "guessed"})
    after = metrics(served)
    assert value(after, page) == value(before, page) + 1
    assert value(after, refused) == value(before, refused) + 1
    assert value(after, 'value_loop_step_seconds_count{step="transaction"}') > 0
    assert value(after, 'value_loop_step_last_done_timestamp_seconds{step="upkeep"}') > 1.7e9
    assert (value(after, "value_loop_ending"), value(after, "value_loop_under_way")) == (0, 0)


def test_labels_are_from_closed_sets(served) -> None:
    """So no label can hold a person, a word, an address, or which room somebody was in."""
    allowed = {"step": {*map(str, Step)}, "outcome": {*map(str, (*Outcome, *CallEnd))}, "purpose": {*map(str, Asked)}}
    seen = set()
    for name, labels in SAMPLE.findall(metrics(served)):
        for label, held in re.findall(r'(\w+)="([^"]*)"', labels or ""):
            if name.startswith(("value_loop_step", "value_loop_model")):
                seen.add(label)
                assert label == "le" or held in allowed[label], (name, label, held)
    assert seen == {"step", "outcome", "le"}


def test_what_people_say_comes_out_nowhere(served, collector) -> None:
    """A talk, a call that fails, a strange address, a guessed link: it is seen that something was done, and no more."""
    with httpx.Client(base_url=served.address) as stranger:
        assert stranger.get(f"/{STRANGE}?who={MEMBER}").status_code == 404
        assert stranger.post("/sign-in", data={"token": GUESSED}).status_code == 403
    client = arriving(served, MEMBER)
    _say(client)
    client.close()
    counted = metrics(served)
    served.process.send_signal(signal.SIGTERM)
    _, logged = served.process.communicate(timeout=60)
    assert served.process.returncode == 0

    events = [json.loads(line) for line in logged.splitlines()]
    assert [one["event"] for one in events if one["level"] == "info"] == ["started", "stopping", "stopped"]
    assert {"page_failed"} == {one["event"] for one in events if one["level"] == "error"}
    assert {span.name for span in collector.spans} >= {"page", "question", "answer", "sign_in", "transaction", "upkeep"}
    assert any(span.parent_span_id for span in collector.spans if span.name == "transaction")
    for seen in (counted.encode(), collector.raw, logged.encode()):
        assert found_in(seen, CANARIES) == set()


def _say(client: httpx.Client) -> None:
    """Say something in a conversation, as its page does; and once more, in a form that nobody can read."""
    named = {one["api_name"]: one["id"] for one in client.get("/team/config").json()["dependencies"]}
    statement, words = told(client, "open", named["_on_load"]), f"She explains the {SAID} plan."
    shown = [said("assistant", "What did they bring?")]
    client.post(**call("/team", "said", named["_on_say"], [None, statement, shown, words]))
    assert SAID in results(client, "/team", "said")
    client.post(**call("/team", "broken", named["_on_say"], [None, statement, [words], [words]]))
    assert SAID not in results(client, "/team", "broken")


def test_a_collector_that_is_away_holds_up_nobody(tmp_path) -> None:
    """People are served, the log says that something could not be sent, and the process ends as it is asked to."""
    app = running(tmp_path / "home", VALUE_LOOP_TRACES="http://127.0.0.1:1")
    assert httpx.get(app.address).status_code == 200
    app.process.send_signal(signal.SIGTERM)
    _, logged = app.process.communicate(timeout=60)
    assert app.process.returncode == 0
    assert "started" in logged
    assert found_in(logged.encode(), ("Traceback",)) == set()
