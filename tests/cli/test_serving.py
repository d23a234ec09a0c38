"""``value-loop serve`` and ``value-loop demo``."""

import re
import resource
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

COMPUTES_AT_MOST = 60


def seconds_computed() -> float:
    """The processor time of all processes that were started here and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def address(process: subprocess.Popen[str]) -> str:
    """The address that a server prints once it is ready."""
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, line
    return found.group()


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """Ask a process to end and wait until it has; one that does not within a minute is killed, and is a failure."""
    process.send_signal(how)
    try:
        process.communicate(timeout=60)
    finally:
        process.kill()


def temporary_homes(folder: Path) -> list[Path]:
    """The folders that demos have made."""
    return list(folder.glob("value-loop-demo-*"))


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_is_ready_soon_and_leaves_nothing_behind(value_loop, tmp_path, ending) -> None:
    """It takes a free port, shows its guests, keeps off the real home, and is gone with its folder when it ends.

    Processor seconds of its whole life are counted, as seconds on the wall depend on what else the machine does: a
    guard against work that does not belong into a start.
    """
    before = seconds_computed()
    process = value_loop.start("demo", TMPDIR=str(tmp_path))
    try:
        with urllib.request.urlopen(address(process)) as page:  # noqa: S310 -- an address of our own
            words = page.read().decode()
        assert "Henrike Osterloh" in words
        assert len(temporary_homes(tmp_path)) == 1
    finally:
        end(process, ending)
    assert process.returncode == 0
    assert seconds_computed() - before < COMPUTES_AT_MOST
    assert temporary_homes(tmp_path) == []
    assert not value_loop.home.exists()


def test_a_demo_that_is_ended_while_it_prepares_leaves_nothing_behind(value_loop, tmp_path) -> None:
    """The folder goes whenever the process is asked to end."""
    process = value_loop.start("demo", TMPDIR=str(tmp_path))
    while not temporary_homes(tmp_path):
        time.sleep(0.01)
    end(process, signal.SIGTERM)
    assert temporary_homes(tmp_path) == []


def test_commands_work_beside_the_running_app(example) -> None:
    """The app owns the index: others say so, leave it to the app, or do without it; doctor is content."""
    server = example.start("serve", "--port", "0")
    try:
        address(server)
        assert "by itself" in example("analyse", "2026-Q3").out
        assert example("ask", "Where are changes not explained?", "--as", "solveig@threeherons.example").status == 0
        assert example("doctor").status == 0
        second = example("index", "rebuild")
        assert second.status == 1
        assert str(server.pid) in second.err
        assert example("serve", "--port", "0").status == 1
    finally:
        end(server, signal.SIGTERM)
