"""The units of systemd and the services of compose.yaml say what the app knows, and give it little."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from assistant.cli.app import app
from assistant.settings import Settings
from assistant.web.server import LATEST_SECONDS
from tests.deployment.dockerfile import stages, variables

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = sorted((REPOSITORY / "deploy").glob("*.service"))
SETTINGS = {f"VALUE_LOOP_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module")
def compose() -> dict:
    """What compose.yaml says."""
    return yaml.safe_load((REPOSITORY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def postgresql() -> dict:
    """What deploy/compose.postgresql.yaml adds."""
    return yaml.safe_load((REPOSITORY / "deploy" / "compose.postgresql.yaml").read_text())


def service(path: Path) -> dict[str, list[str]]:
    """What a unit says of its service; some words may be there more than once."""
    found: dict[str, list[str]] = {}
    text = path.read_text()
    for line in text.partition("[Service]")[2].partition("[Install]")[0].splitlines():
        name, given, value = line.partition("=")
        if given:
            found.setdefault(name, []).append(value)
    return found


def parsed(command: str) -> str:
    """The name of a command of ours; raises where its options are none."""
    name, *arguments = shlex.split(command)
    get_command(app).commands[name].make_context(name, arguments)  # type: ignore[attr-defined]
    return name


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_what_a_unit_starts_is_a_command_with_its_options(path: Path) -> None:
    """It is parsed as the command line parses it."""
    (start,) = service(path)["ExecStart"]
    program, _, command = start.partition(" ")
    assert program == "/opt/value-loop/.venv/bin/value-loop"
    assert parsed(command) in {"serve", "backup"}


def test_the_units_are_hardened_alike() -> None:
    """What one may not do, the other may not either."""
    own = {"Type", "ExecStart", "Restart", "RestartSec", "TimeoutStopSec", "ReadWritePaths", "PrivateNetwork"}
    first, *others = ({k: v for k, v in service(path).items() if k not in own} for path in SERVICES)
    assert others
    assert all(other == first for other in others)
    assert {"NoNewPrivileges", "ProtectSystem", "SystemCallFilter", "CapabilityBoundingSet"} <= {*first}


def test_units_can_be_read_and_the_timer_has_its_service() -> None:
    """Each is of sections with keys; a timer starts the service of its name."""
    for path in (REPOSITORY / "deploy").glob("value-loop*"):
        configparser.RawConfigParser(strict=False).read_string(path.read_text())
        if path.suffix == ".timer":
            assert path.with_suffix(".service") in SERVICES


def test_every_setting_that_deployment_names_exists() -> None:
    """In compose.yaml, the Dockerfile, the Caddyfile and the units."""
    files = [REPOSITORY / "compose.yaml", REPOSITORY / "Dockerfile", *(REPOSITORY / "deploy").iterdir()]
    named = {name for path in files for name in re.findall(r"VALUE_LOOP_[A-Z_]+", path.read_text())}
    assert len(named) > 5
    assert named <= SETTINGS


def test_the_app_is_reached_through_the_proxy_alone(compose: dict) -> None:
    """Only Caddy publishes ports; the app believes whom its network holds."""
    services = compose["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["caddy"]
    (network,) = compose["networks"]["front"]["ipam"]["config"]
    assert services["app"]["environment"]["VALUE_LOOP_TRUSTED_PROXIES"] == network["subnet"]


def test_no_service_can_write_to_its_image_or_gain_rights(compose: dict) -> None:
    """Read-only, without capabilities but Caddy's for its ports, and without a secret in the file."""
    for name, one in compose["services"].items():
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "caddy" else [])
        assert one["security_opt"] == ["no-new-privileges:true"]


def test_whoever_ends_the_app_waits_until_its_answers_have_ended(compose: dict) -> None:
    """As long as the app itself waits for them, and for all else after that."""
    needed = Settings.model_fields["stop_seconds"].default + LATEST_SECONDS
    (of_systemd,) = service(REPOSITORY / "deploy" / "value-loop.service")["TimeoutStopSec"]
    of_compose = compose["services"]["app"]["stop_grace_period"].removesuffix("s")
    assert min(int(of_systemd), int(of_compose)) > needed


def test_folders_that_are_kept_are_made_by_the_image_for_its_user(compose: dict) -> None:
    """A volume gets its owner from the folder in the image; keys, words and backups are volumes of their own."""
    (made,) = [step.rest for step in stages(REPOSITORY / "Dockerfile")[1] if "install -d" in step.rest]
    more = yaml.safe_load((REPOSITORY / "deploy" / "compose.workers.yaml").read_text())["services"]
    ours = [compose["services"]["app"], compose["services"]["backup"], more["worker"], more["chroma"]]
    mounts = [one.split(":") for service in ours for one in service["volumes"]]
    assert {target for _, target in mounts} == {*re.findall(r"(/\S+)", made.partition("install -d")[2])}
    assert {volume for volume, _ in mounts} <= {*compose["volumes"], "chroma"}
    settings = compose["services"]["app"]["environment"]
    targets = {target for _, target in mounts}
    assert settings["VALUE_LOOP_HOME"] in targets
    assert str(Path(settings["VALUE_LOOP_MASTER_KEY_FILE"]).parent) in targets
    assert variables(stages(REPOSITORY / "Dockerfile")[1])["VALUE_LOOP_HOME"] == settings["VALUE_LOOP_HOME"]


def test_the_backup_of_compose_is_a_command_with_its_options(compose: dict) -> None:
    """Words and keys go to folders of their own, and old backups of both are deleted."""
    (loop,) = [part for part in compose["services"]["backup"]["command"] if "value-loop" in part]
    command = re.search(r"value-loop ([^;]+);", loop)
    assert command is not None
    assert parsed(command[1]) == "backup"
    assert "--keep " in command[1]


def test_a_server_is_added_for_all_that_need_it_and_for_nobody_else(compose: dict, postgresql: dict) -> None:
    """App and backup know its address, and nothing outside of their network reaches it."""
    added = postgresql["services"]
    assert {name for name, one in added.items() if "VALUE_LOOP_DATABASE_URL" in one["environment"]} == {"app", "backup"}
    assert added["postgresql"]["networks"] == added["backup"]["networks"] == ["back"]
    assert compose["networks"]["backup"]["internal"] is True
    assert postgresql["networks"]["back"]["internal"] is True
    assert "ports" not in added["postgresql"]
    assert {*added} - {"postgresql"} <= {*compose["services"]}
