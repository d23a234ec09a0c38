"""Serves the real app on the home that VALUE_LOOP_HOME names, and prints its address; ``demo`` gives it a tour.

``--port=N`` asks for a port.
"""

import sys

from assistant.bootstrap import Parts
from assistant.domain.errors import ValueLoopError
from assistant.loop.example import Guide, Tour
from assistant.settings import Settings
from assistant.web.server import run

MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"


def tour() -> Tour:
    """Three ways in, each with something to look at."""
    guides = [Guide(email, email.partition("@")[0].title(), "Look at this.") for email in (MANAGER, MEMBER, LEADER)]
    return Tour(*guides, ("Which managers do more good than they give themselves credit for?",))


def port() -> int:
    """The port that was asked for, or a free one."""
    return int(next((word.removeprefix("--port=") for word in sys.argv if word.startswith("--port=")), "0"))


def say_address(address: str) -> None:
    """Tell the tests where the app is."""
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        run(
            Parts(Settings()),
            host="127.0.0.1",
            port=port(),
            tour=tour() if "demo" in sys.argv else None,
            on_ready=say_address,
        )
    except ValueLoopError as error:
        sys.exit(f"{type(error).__name__}: {error}")
