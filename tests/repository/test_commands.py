"""The page of commands, and commands in examples."""

import re
import shlex
import subprocess
import sys

import pytest

PROMPT = re.compile(r"^(?:\.venv/bin/)?(value-loop .*)$", re.MULTILINE)


def test_the_page_says_what_every_command_says_to_help(repository, commands_script) -> None:
    """Writing the page again changes nothing; if this fails, run docs/commands.py."""
    assert (repository / "docs" / "commands.md").read_text(encoding="utf-8") == commands_script.page()


def test_the_page_has_what_the_real_command_prints(repository, tmp_path) -> None:
    """A process of its own prints a part of the page word by word."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "report", "--help"],
        env={"PATH": "", "PYTHONPATH": str(repository), "VALUE_LOOP_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"```text\n{done.stdout.strip()}\n```" in (repository / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_command_in_an_example_exists_with_its_options(pages, commands_script) -> None:
    """Each line of a shell example is looked up among the commands: name, options and number of arguments."""
    known = {context.command_path: command for command, context in commands_script.all_commands()}
    examples = [(path.name, line) for path, text in pages.items() for line in PROMPT.findall(_shell(text))]
    assert examples
    assert [(page, line) for page, line in examples if not _is_right(line, known)] == []


@pytest.mark.parametrize(
    "line", ["value-loop dance", "value-loop people import", "value-loop report a@b.example --loud", "value-loop round"]
)
def test_a_wrong_example_would_be_found(line, commands_script) -> None:
    """An unknown command or option, or a missing argument, does not pass."""
    assert not _is_right(line, {context.command_path: command for command, context in commands_script.all_commands()})


def _shell(text: str) -> str:
    return "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


def _is_right(line: str, known: dict) -> bool:
    parts = shlex.split(line, comments=True)
    path = next((" ".join(parts[:n]) for n in (3, 2, 1) if " ".join(parts[:n]) in known), "")
    command = known.get(path)
    if command is None or getattr(command, "commands", None):
        return False
    left = parts[len(path.split()) :]
    options = {name: param for param in command.params for name in param.opts if name.startswith("--")}
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    given = 0
    while left:
        part = left.pop(0)
        if not part.startswith("--"):
            given += 1
        elif part not in options and part != "--help":
            return False
        elif part in options and not options[part].is_flag:
            left = left[1:]
    return sum(param.required for param in arguments) <= given <= len(arguments)
