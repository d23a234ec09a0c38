"""Everything an operator can set: the only reader of the environment."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _checkout_or_package(name: str) -> Path:
    here = Path(__file__).resolve().parent
    beside = here.parent / name
    return beside if beside.is_dir() else here / name


class Settings(BaseSettings):
    """Settings from ``VALUE_LOOP_*`` in the environment or a file ``.env`` in the working folder."""

    model_config = SettingsConfigDict(env_prefix="VALUE_LOOP_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("value-loop"), description="Folder for everything that is kept."
    )
    host: str = Field(default="127.0.0.1", description="Address on which the web app listens.")
    port: int = Field(default=7860, ge=0, le=65535, description="Port of the web app; 0 takes a free one.")
    public_url: str | None = Field(
        default=None,
        description="Address under which people reach the app, for sign-in links; https makes cookies Secure.",
    )
    knowledge: Path = Field(
        default_factory=lambda: _checkout_or_package("knowledge"), description="Folder of the knowledge base."
    )
