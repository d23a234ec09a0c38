"""``value-loop doctor``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.cli.usage import left_in_words
from assistant.domain.errors import Broken, Busy, NoAnswer, NoDelivery, ValueLoopError

if TYPE_CHECKING:
    from assistant.bootstrap import Parts


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``says`` is how it stands, or what to do."""

    name: str
    ok: bool
    says: str


def doctor(json: AsJson = False) -> None:
    """Check the installation, and say what to do.

    Looks at settings, home folder, store, keys, knowledge, contacts, engine, index, sign-in, sending and jobs. A
    language model is tried with a real call, a mail server by signing in there.
    """
    checks = _checks()
    if json:
        typer.echo(as_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]}))
    else:
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'MEND'}  {check.name}: {check.says}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _checks() -> list[Check]:
    try:
        running = parts()
    except ValueLoopError as error:
        return [Check("settings", False, str(error))]
    settings = Check("settings", True, f"{_kept_there(running)} kept in {running.settings.home}")
    looks: dict[str, Callable[[Parts], str]] = {
        "home folder": _home,
        "store": _store,
        "keys": _keys,
        "knowledge": _knowledge,
        "contacts": _contacts,
        "engine": _engine,
        "index": _index,
        "sign-in": _sign_in,
        "sending": _sending,
        "jobs": _jobs,
    }
    return [settings, *(_look(name, look, running) for name, look in looks.items())]


def _kept_there(running: Parts) -> str:
    """What is kept in the home folder, the settings being what they are."""
    settings = running.settings
    if settings.database_url is None:
        return "everything is" if settings.keys_url is None else "everything but the keys is"
    return "keys and index are" if settings.keys_url is None else "the index is"


def _look(name: str, look: Callable[[Parts], str], running: Parts) -> Check:
    try:
        return Check(name, True, look(running))
    except ValueLoopError as error:
        return Check(name, False, str(error))


def _home(running: Parts) -> str:
    home = running.settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"written by doctor")
    except OSError as error:
        raise Broken(
            f"{home} cannot be written ({error.strerror}). Choose another folder with VALUE_LOOP_HOME, or see to it "
            "that this one can be written."
        ) from None
    return "can be written"


def _store(running: Parts) -> str:
    with running.store.work() as work:
        people = len(work.people.organisation().people)
        rounds = work.rounds.all()
    still_open = sum(round_.is_open for round_ in rounds)
    holds = f"{people:,} people, {len(rounds):,} rounds, {still_open:,} of them open"
    return f"{running.store.place} is up to date; {holds}"


def _keys(running: Parts) -> str:
    """Where the keys are; the master key beside them is in order, and worth a word."""
    keyring, home = running.keyring, running.settings.home.resolve()
    keys = len(keyring.kept())
    some, where = f"{keys:,} {'key' if keys == 1 else 'keys'} to people's words", keyring.source.where
    if running.settings.keys_url is not None:
        return f"{some} in {keyring.place}; the master key is in {where}, the same on each machine"
    says, path = f"{some}; the master key is in {where}", keyring.source.path
    if path is None or not path.resolve().is_relative_to(home):
        return says
    return (
        f"{says}, beside the data: whoever copies this folder can read everything. Keep it elsewhere with: value-loop "
        "keys rotate --to FILE, and set VALUE_LOOP_MASTER_KEY_FILE to that file"
    )


def _knowledge(running: Parts) -> str:
    knowledge = running.knowledge
    return f"{len(knowledge.behaviours):,} behaviours and {len(knowledge.practices):,} practices"


def _contacts(running: Parts) -> str:
    if running.contacts:
        return f"{len(running.contacts):,} named for people to turn to with serious matters"
    return "none named. Whoever tells of a serious matter is shown a general line; name some with VALUE_LOOP_CONTACTS"


def _engine(running: Parts) -> str:
    engine = running.engine
    if engine.sends_to is None:
        return f"{engine.name} is loaded"
    try:
        engine.try_out()
    except NoAnswer as failed:
        raise Broken(f"{engine.name} at {engine.sends_to} does not serve, the embedded engine does. {failed}") from None
    served = f"{engine.name} at {engine.sends_to} answered a trial call; the embedded engine stands in where it fails"
    return served + _budgets(running)


def _budgets(running: Parts) -> str:
    """What is left of the budget of each open round, where one is set."""
    from assistant.loop.usage import look_at_usage

    left = look_at_usage(running.store, running.prices, running.settings.budget).left
    with running.store.work() as work:
        still_open = [round_.key for round_ in work.rounds.all() if round_.is_open]
    return "".join(f"; {key} has {left_in_words(left[key], running.prices)} left" for key in still_open if key in left)


def _sign_in(running: Parts) -> str:
    provider = running.identity_provider
    return "by links" if provider is None else f"by links, and with {provider.name}: {provider.check()}"


def _sending(running: Parts) -> str:
    """Each way out, tried as far as that is possible without sending, and whether anything was given up."""
    from assistant.domain.access import OPERATOR
    from assistant.domain.notices import NoticeState
    from assistant.loop.sending import count_notices

    ways = running.carriers()
    if not ways:
        return "nothing is sent; you pass sign-in links on yourself. Set VALUE_LOOP_SMTP_HOST to have mails sent"
    try:
        stand = [way.check() for way in ways.values()]
    except NoDelivery as error:
        raise Broken(f"{error}. What is due waits and is tried again; docs/mail.md says what has to be set.") from None
    counts, _ = count_notices(running.store, OPERATOR)
    given_up = counts.number(NoticeState.FAILED)
    if given_up or counts.reminder_problems:
        some = "some reminders" if not given_up else "1 notice" if given_up == 1 else f"{given_up:,} notices"
        raise Broken(f"{'; '.join(stand)}. But {some} could not be sent. See why with: value-loop mail status")
    return "; ".join(stand)


def _jobs(running: Parts) -> str:
    """How the jobs of the workers stand; what was given up is to be mended."""
    from assistant.background import Background
    from assistant.domain.access import OPERATOR
    from assistant.loop.jobs import look_at_jobs

    if running.settings.database_url is None:
        return "done by the app, or by value-loop tick; workers need VALUE_LOOP_DATABASE_URL"
    jobs = Background(running).jobs
    now, workers = look_at_jobs(running.store, jobs, OPERATOR), jobs.workers()
    says = f"{now.waiting:,} wait for workers, {now.at_work:,} are being done, workers at work: {workers:,}"
    if now.waiting and not workers:
        raise Broken(f"{says}. Start one with: value-loop worker")
    if now.given_up:
        raise Broken(f"{says}, and {len(now.given_up):,} were given up. See why with: value-loop jobs status")
    return says


def _index(running: Parts) -> str:
    from assistant.domain.access import ANALYSIS
    from assistant.domain.indexing import Shelf

    try:
        index = running.index
    except Busy as busy:
        return f"not looked into, as another process owns it. {busy}"
    with running.store.work() as work:
        waiting = bool(work.index_queue.waiting(1, ANALYSIS))
        meant = len(work.index_queue.everything())
    held = index.count(Shelf.FINDINGS)
    if held != meant and not waiting:
        raise Broken(f"It holds {held:,} of {meant:,} entries. Make it anew with: value-loop index rebuild")
    return f"{held:,} entries" + (
        "; changes are waiting, and are followed by the next command or the app" if waiting else ""
    )
