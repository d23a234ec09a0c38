"""Frozen values of the domain as JSON text, and back: what comes out equals what went in."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")

_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def to_json(value: object) -> str:
    """A frozen dataclass, with all it holds, as JSON text."""
    return _adapter(type(value)).dump_json(value).decode()


def from_json(kind: type[Value], text: str) -> Value:
    """The value of this kind that :func:`to_json` wrote; fields it did not know get their defaults."""
    value: Value = _adapter(kind).validate_json(text)
    return value


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
