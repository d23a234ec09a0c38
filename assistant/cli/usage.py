"""``value-loop usage``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts

if TYPE_CHECKING:
    from assistant.domain.usage import Budget, Prices, Sums, Used
    from assistant.loop.usage import UsageSeen

Key = Annotated[
    str | None,
    typer.Option("--round", metavar="KEY", help="Only this round; everything if left out.", show_default=False),
]
NO_PRICES = "Prices are not set, so there are tokens only. VALUE_LOOP_PRICES takes them."
_DIGITS = 6


def usage(round_: Key = None, json: AsJson = False) -> None:
    """Show what calls to a language model used.

    Calls, tokens and cost by purpose and prompt, and what is left of each round's budget.
    """
    from assistant.loop.usage import look_at_usage

    running = parts()
    seen = look_at_usage(running.store, running.prices, running.settings.budget, round_)
    typer.echo(as_json(_as_dict(seen)) if json else _in_words(seen))


def sums_as_list(sums: Sums, prices: Prices) -> list[dict[str, Any]]:
    """Sums as plain values, a kind of call each; ``cost`` is None where there is no price."""
    return [
        {
            "round": kind.round_key,
            "purpose": kind.purpose.value,
            "prompt": kind.prompt,
            "model": kind.model,
            **asdict(used),
            "cost": rounded(prices.cost({kind: used})),
        }
        for kind, used in sums.items()
    ]


def total_as_dict(sums: Sums, prices: Prices) -> dict[str, Any]:
    """All together as plain values."""
    from assistant.domain.usage import total

    return {**asdict(total(sums.values())), "cost": rounded(prices.cost(sums))}


def table(sums: Sums, prices: Prices) -> str:
    """Sums as lines: purpose, prompt and model, calls, tokens in and out, cost."""
    from assistant.domain.usage import total

    rows = [
        _row(f"{kind.purpose.value}  {kind.prompt}  {kind.model}", used, prices.cost({kind: used}), prices)
        for kind, used in sums.items()
    ]
    head = f"{'purpose, prompt and model':<58} {'calls':>7} {'tokens in':>12} {'tokens out':>12} {'cost':>14}"
    return "\n".join([head, *rows, _row("all together", total(sums.values()), prices.cost(sums), prices)])


def rounded(money: float | None) -> float | None:
    """Money for machines."""
    return None if money is None else round(money, _DIGITS)


def left_in_words(left: Budget, prices: Prices) -> str:
    """What is left of a budget, such as ``1,200 tokens and 3.50 EUR``."""
    parts_left = [f"{left.tokens:,} tokens"] if left.tokens is not None else []
    if left.money is not None:
        parts_left.append(_money(left.money, prices))
    return " and ".join(parts_left)


def _as_dict(seen: UsageSeen) -> dict[str, Any]:
    return {
        "round": seen.round_key,
        "currency": seen.prices.currency or None,
        "usage": sums_as_list(seen.sums, seen.prices),
        "total": total_as_dict(seen.sums, seen.prices),
        "left": {key: {"tokens": left.tokens, "money": rounded(left.money)} for key, left in seen.left.items()},
    }


def _in_words(seen: UsageSeen) -> str:
    from assistant.domain.usage import total

    if not seen.sums:
        return "\n".join(["No language model has been called so far.", *_left(seen)])
    whole = total(seen.sums.values())
    lines = [table(seen.sums, seen.prices)]
    if whole.stand_ins:
        lines.append(f"The embedded engine stood in {whole.stand_ins:,} times.")
    if whole.kept_back:
        lines.append(f"{whole.kept_back:,} calls were not made, because a round had used its budget.")
    if not seen.prices.models:
        lines.append(NO_PRICES)
    return "\n".join([*lines, *_left(seen)])


def _left(seen: UsageSeen) -> list[str]:
    return [f"Left of the budget of {key}: {left_in_words(left, seen.prices)}." for key, left in seen.left.items()]


def _row(name: str, used: Used, cost: float | None, prices: Prices) -> str:
    money = "" if cost is None else _money(cost, prices)
    return f"{name:<58} {used.calls:>7,} {used.tokens_in:>12,} {used.tokens_out:>12,} {money:>14}"


def _money(amount: float, prices: Prices) -> str:
    return f"{amount:,.4f} {prices.currency}"
