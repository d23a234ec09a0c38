"""The steps of the Dockerfile, taken in their order in a folder: what comes out of them is the app, and it runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import site
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployment.dockerfile import Step, stages, variables

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD, IMAGE = stages(REPOSITORY / "Dockerfile")
PLACES = re.compile(r"(?<![\w/])/(opt/value-loop|wheels|var/lib/value-loop)(?![\w-])")


def inside(text: str, root: Path) -> str:
    """The same with the folders of the image below ``root``."""
    return PLACES.sub(lambda place: str(root / place[1]), text)


def take(step: Step, root: Path) -> None:
    """Do what one step of the first stage does."""
    source = root / "src"
    if step.word == "COPY":
        *names, target = step.rest.split()
        for name in names:
            _copy(REPOSITORY / name, source / target)
    elif step.word == "RUN":
        environment = os.environ | {"PATH": f"{root / 'builder' / 'bin'}:{os.environ['PATH']}"}
        command = ["sh", "-euc", inside(step.rest, root)]
        done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{step.rest}\n{done.stderr}"
        if "-m venv" in step.rest:
            _have_downloads_at_hand(root)


def _copy(origin: Path, target: Path) -> None:
    """As COPY does: a folder's content into the target, a file into a target that ends in a stroke."""
    target.mkdir(parents=True, exist_ok=True)
    if origin.is_dir():
        shutil.copytree(origin, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    else:
        shutil.copy(origin, target)


def _have_downloads_at_hand(root: Path) -> None:
    """The packages that these tests run on are the locked ones, so pip finds them there and loads none."""
    (packages,) = [Path(path) for path in site.getsitepackages() if path.endswith("site-packages")]
    links = root / "links"
    links.mkdir()
    for path in packages.iterdir():
        if not path.name.startswith(("value_loop", "_editable", "__pycache__")):
            (links / path.name).symlink_to(path)
    (theirs,) = (root / "opt" / "value-loop" / "lib").glob("python*/site-packages")
    (theirs / "links.pth").write_text(f"{links}\n")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the steps of the first stage were taken."""
    root = tmp_path_factory.mktemp("image")
    subprocess.run([sys.executable, "-m", "venv", root / "builder"], check=True)
    (root / "src").mkdir()
    for step in BUILD[1:]:
        take(step, root)
    return root


@pytest.fixture(scope="module")
def environment(image: Path) -> dict[str, str]:
    """What the image sets, and nothing else that tells the app where to look."""
    given = {name: inside(value, image) for name, value in variables(IMAGE).items()}
    home = Path(given["VALUE_LOOP_HOME"])
    home.mkdir(parents=True)
    return given | {
        "PATH": given["PATH"].replace("$PATH", os.environ["PATH"]),
        "VALUE_LOOP_PORT": "0",
        "HOME": str(home),
    }


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command of the image, and the address at which it answers."""
    (command,) = [json.loads(step.rest) for step in IMAGE if step.word == "CMD"]
    home = environment["VALUE_LOOP_HOME"]
    app = subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    ready = re.search(r":(\d+) ", app.stdout.readline())
    assert ready is not None
    yield app, f"http://127.0.0.1:{ready[1]}"
    app.kill()
    app.communicate()


def test_the_image_holds_the_package_and_all_it_needs(image: Path, environment: dict[str, str]) -> None:
    """What is imported there comes from the wheel, knowledge and prompts included; pip stays behind."""
    ask = "import assistant, pathlib; print(pathlib.Path(assistant.__file__).parent)"
    python = image / "opt" / "value-loop" / "bin" / "python"
    told = subprocess.run([python, "-c", ask], cwd=image, env=environment, capture_output=True, text=True, check=True)
    package = Path(told.stdout.strip())
    assert package.is_relative_to(image / "opt" / "value-loop")
    assert (package / "knowledge" / "behaviours.yaml").is_file()
    assert any((package / "prompts").iterdir())
    assert not (image / "opt" / "value-loop" / "bin" / "pip").exists()


def test_the_app_starts_answers_and_stops_as_the_image_says(running, environment: dict[str, str]) -> None:
    """With the command and the settings of the image, and in the time that compose.yaml gives it."""
    app, address = running
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
        assert answer.status == 200
    assert (Path(environment["VALUE_LOOP_HOME"]) / "index").is_dir()
    app.send_signal(signal.SIGTERM)
    assert app.wait(timeout=30) == 0


def test_the_app_is_nobody_of_importance_and_is_asked_how_it_is() -> None:
    """It runs as a user of its own, by number, and its health is looked at where it answers."""
    said = {step.word: step.rest for step in IMAGE}
    assert said["USER"] == "10001:10001"
    assert "http://127.0.0.1:7860/healthz" in said["HEALTHCHECK"]


def test_only_what_the_image_is_built_from_gets_near_it() -> None:
    """Everything is left out but the sources of COPY, so neither data nor settings nor history come along."""
    ignored = [line for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line[:1] not in {"", "#"}]
    copied = {name for step in BUILD if step.word == "COPY" for name in step.rest.split()[:-1]}
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
