"""The real command in a process of its own, on real stores in a folder of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY / "assistant" / "example"


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """``value-loop`` with everything kept under ``home``."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which commands run."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("VALUE_LOOP_")}
        return inherited | {"VALUE_LOOP_HOME": str(self.home), "PYTHONPATH": str(REPOSITORY)}

    def __call__(self, *arguments: str | Path, answers: str = "", **settings: str) -> Outcome:
        """Run a command to its end; ``answers`` is what is typed, ``settings`` are added to the environment."""
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            env=self.environment | settings,
            cwd=self.home.parent,
            input=answers.encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: str | Path, **settings: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            env=self.environment | settings,
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture
def value_loop(tmp_path: Path) -> CommandLine:
    """The command on an installation that nobody has used yet."""
    return CommandLine(tmp_path / "home")


@pytest.fixture
def given_file(tmp_path: Path) -> Callable[[bytes | str], Path]:
    """Makes a file of bytes or text and gives its path."""

    def make(content: bytes | str) -> Path:
        path = tmp_path / "given"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture(scope="session")
def _small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    command = CommandLine(tmp_path_factory.mktemp("small") / "home")
    people = command.home.parent / "people.csv"
    people.write_text(
        "email,name,manager_email,team,role,locale\n"
        "top@acme.example,Toni Top,,Board,leader,en\n"
        "ada@acme.example,Ada Admin,top@acme.example,Board,admin,en\n"
        "mia@acme.example,Mia Maker,top@acme.example,Pricing,,en\n"
        + "".join(f"m{i}@acme.example,Member {i},mia@acme.example,Pricing,,en\n" for i in range(1, 6))
    )
    assert command("people", "import", people).status == 0
    assert command("round", "open", "2026-Q3").status == 0
    assert command("round", "close", "2026-Q3").status == 0
    assert command("round", "open", "2026-Q4").status == 0
    return command.home


@pytest.fixture
def small(_small_home: Path, tmp_path: Path) -> CommandLine:
    """Eight people, Mia leading five of them; round 2026-Q3 is closed and empty, 2026-Q4 open and empty."""
    return CommandLine(Path(shutil.copytree(_small_home, tmp_path / "home")))


@pytest.fixture(scope="session")
def _example_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    command = CommandLine(tmp_path_factory.mktemp("example") / "home")
    assert command("people", "import", EXAMPLE / "people.csv").status == 0
    assert command("round", "open", "2026-Q3").status == 0
    assert command("conversations", "import", EXAMPLE / "conversations-2026-Q3.jsonl").status == 0
    assert command("round", "close", "2026-Q3").status == 0
    analysed = command("analyse", "2026-Q3")
    assert analysed.status == 0, analysed.err
    return command.home


@pytest.fixture
def example(_example_home: Path, tmp_path: Path) -> CommandLine:
    """The example organisation after its finished round has been analysed."""
    return CommandLine(Path(shutil.copytree(_example_home, tmp_path / "home")))
