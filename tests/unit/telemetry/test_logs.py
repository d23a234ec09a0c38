"""How logs are written, in a process of its own, as they are set up for a whole process."""

import json
import subprocess
import sys

import pytest

LOGGING = """
import logging, sys, structlog
from assistant.telemetry.log_form import LogForm
from assistant.telemetry.logs import set_up
set_up(LogForm(sys.argv[1]))
structlog.get_logger().warning("searched_without_index", error="NoIndex")
try:
    raise ValueError("quokkaline")
except ValueError:
    logging.getLogger("somebody.else").exception("could not read %s", "quokkaline")
logging.getLogger("somebody.else").info("quokkaline")
"""


def logged(form: str) -> tuple[str, str]:
    """What is written on stdout and stderr."""
    done = subprocess.run([sys.executable, "-c", LOGGING, form], capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_programs_read_an_event_a_line() -> None:
    """With its time and level, on stderr alone; of a library it is told where it complains, and of what kind."""
    out, err = logged("json")
    ours, other = (json.loads(line) for line in err.splitlines())
    assert out == ""
    assert (ours["event"], ours["level"], ours["error"]) == ("searched_without_index", "warning", "NoIndex")
    assert ours["timestamp"].endswith("Z")
    assert (other["event"], other["library"], other["error"]) == ("library_complains", "somebody.else", "ValueError")
    assert other["at"].endswith(":10")


@pytest.mark.parametrize("form", ["json", "text"])
def test_what_a_library_says_is_not_written_down(form) -> None:
    """It may quote what somebody wrote, in its message or in the text of an error."""
    assert "quokkaline" not in logged(form)[1]
    assert "somebody.else" in logged(form)[1]
