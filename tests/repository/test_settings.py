"""Settings, the page about them, and the example file."""

import re

from pydantic import SecretStr

from assistant.settings import Settings

ROW = re.compile(r"^\| `((?:VALUE_LOOP|OPENAI)_[A-Z_]+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
LINE = re.compile(r"^# ((?:VALUE_LOOP|OPENAI)_[A-Z_]+)=(.+)$", re.MULTILINE)


def _known() -> dict[str, str | None]:
    return {_in_environment(name): field.description for name, field in Settings.model_fields.items()}


def _in_environment(name: str) -> str:
    """What a setting is called there: that of another program's keeps its name."""
    return str(Settings.model_fields[name].validation_alias or f"VALUE_LOOP_{name.upper()}")


def test_the_page_explains_every_setting_and_no_other(repository) -> None:
    """Names and words of the table are those of assistant/settings/settings.py."""
    page = (repository / "docs" / "settings.md").read_text(encoding="utf-8")
    assert {name: what.strip() for name, what in ROW.findall(page)} == _known()


def test_the_example_file_has_every_setting_and_no_other(repository) -> None:
    """Each setting has one line that is commented out."""
    lines = LINE.findall((repository / ".env.example").read_text(encoding="utf-8"))
    assert sorted(name for name, _ in lines) == sorted(_known())


def test_the_example_file_changes_nothing_as_it_comes(repository, tmp_path) -> None:
    """Copied and left alone, it gives the same settings as no file at all."""
    plain = (repository / ".env.example").read_text(encoding="utf-8")
    copied = tmp_path / ".env"
    copied.write_text(plain, encoding="utf-8")
    assert Settings(_env_file=copied) == Settings(_env_file=None)


def test_every_line_of_the_example_file_can_be_used(repository, tmp_path) -> None:
    """With the comment signs taken away it is read without a complaint, and is what it says."""
    lines = LINE.findall((repository / ".env.example").read_text(encoding="utf-8"))
    copied = tmp_path / ".env"
    copied.write_text("".join(f"{name}={value}\n" for name, value in lines), encoding="utf-8")
    used = Settings(_env_file=copied)
    assert {_in_environment(name): _plain(getattr(used, name)) for name in Settings.model_fields} == dict(lines)


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def test_no_page_speaks_of_a_setting_that_is_not_there(pages) -> None:
    """Every VALUE_LOOP_ or OPENAI_ name in a page is one of the settings."""
    named = {
        name for text in pages.values() for name in re.findall(r"\b(?:VALUE_LOOP|OPENAI)_[A-Z]+(?:_[A-Z]+)*", text)
    }
    assert named <= set(_known())
