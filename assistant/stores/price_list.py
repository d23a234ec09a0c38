"""Prices of language models, from a small TOML or JSON file, or from the setting itself."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.errors import Broken
from assistant.domain.usage import Price, Prices

Money = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Price(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    tokens_in: Money = Field(alias="in")
    tokens_out: Money = Field(alias="out")
    cached_in: Money | None = None


class _PriceList(BaseModel):
    model_config = ConfigDict(extra="forbid")

    currency: Annotated[str, Field(min_length=1, max_length=12)]
    models: dict[str, _Price]


def load_prices(given: str | None) -> Prices:
    """The prices that a setting names: JSON, or the path of a file; none where nothing is given.

    Raises Broken, saying what and where, where they cannot be read.
    """
    if not given:
        return Prices()
    try:
        listed = _PriceList.model_validate(_values(given))
    except OSError as error:
        raise _unusable(f"The file {given} cannot be read: {error.strerror}.") from None
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unusable(f"It is neither TOML nor JSON: {error}.") from None
    except ValidationError as error:
        one = error.errors()[0]
        raise _unusable(f"{'.'.join(map(str, one['loc'])) or 'All of it'}: {one['msg']}.") from None
    models = {
        name.removeprefix("openai:"): Price(price.tokens_in, price.tokens_out, price.cached_in)
        for name, price in listed.models.items()
    }
    return Prices(listed.currency, models)


def _values(given: str) -> Any:
    if given.lstrip().startswith("{"):
        return json.loads(given)
    path = Path(given).expanduser()
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)


def _unusable(why: str) -> Broken:
    return Broken(f"The prices in VALUE_LOOP_PRICES cannot be used. {why} docs/prices.example.toml shows the form.")
