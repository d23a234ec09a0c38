"""Prices as an operator writes them."""

from pathlib import Path

import pytest

from assistant.domain.errors import Broken
from assistant.domain.usage import Price, Prices
from assistant.stores.price_list import load_prices

EXAMPLE = Path(__file__).parents[3] / "docs" / "prices.example.toml"


def test_the_example_in_the_docs_can_be_used():
    """Two models, with and without the prefix that settings have."""
    prices = load_prices(str(EXAMPLE))
    assert prices.currency == "EUR"
    assert {*prices.models} == {"gpt-5-mini", "gpt-5"}


def test_json_is_read_from_a_file_or_from_the_setting_itself(tmp_path):
    """The same words mean the same."""
    given = '{"currency": "USD", "models": {"openai:small": {"in": 1, "out": 2}}}'
    path = tmp_path / "prices.json"
    path.write_text(given)
    assert load_prices(given) == load_prices(str(path)) == Prices("USD", {"small": Price(1.0, 2.0)})


def test_nothing_given_is_no_prices():
    """Tokens are counted all the same."""
    assert load_prices(None) == load_prices("") == Prices()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("/nowhere/prices.toml", "cannot be read"),
        ("{", "neither TOML nor JSON"),
        ('{"currency": "EUR", "models": {"small": {"in": -1, "out": 2}}}', "models.small.in"),
        ('{"currency": "EUR", "models": {"small": {"in": 1}}}', "models.small.out"),
        ('{"models": {}}', "currency"),
    ],
)
def test_prices_that_cannot_be_used_are_named(given, says):
    """With the setting and the place."""
    with pytest.raises(Broken, match="VALUE_LOOP_PRICES") as failed:
        load_prices(given)
    assert says in str(failed.value)
