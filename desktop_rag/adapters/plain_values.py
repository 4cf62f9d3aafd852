"""Frozen dataclasses to JSON and back, by their type hints; nothing is guessed and nothing run.

Known are dataclasses, enums of strings, tuples, paths, days, optionals, and the types of JSON.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_json(value: object) -> str:
    """The value as JSON that `from_json` reads back. Raises TypeError for what is not known."""
    return json.dumps(_plain(value), separators=(",", ":"))


def from_json(kind: type[Value], text: str) -> Value:
    """The value of type `kind` that was written.

    Raises ValueError, saying where, if a field is unknown, of another type, or missing; a field
    with a default may be missing, so that values written before it was added stay readable.
    """
    try:
        value: Value = _value(kind, json.loads(text), kind.__name__)
    except RecursionError as error:
        raise ValueError(f"{kind.__name__} is nested too deeply") from error
    return value


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, Path | date):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _value(kind: Any, plain: object, place: str) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(kind, plain, place)
    if origin in (Union, types.UnionType):
        return _optional(kind, plain, place)
    if is_dataclass(kind):
        return _dataclass(kind, plain, place)
    if kind is float and type(plain) is int:
        return float(plain)
    if kind in (bool, int, float, str):
        return _checked(kind, plain, place)
    if kind is Path:
        return Path(_checked(str, plain, place))
    if kind is date:
        return date.fromisoformat(_checked(str, plain, place))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _enum(kind, plain, place)
    raise ValueError(f"{place} has a type that has no form in JSON: {kind}")


def _dataclass(kind: Any, plain: object, place: str) -> Any:
    values = _checked(dict, plain, place)
    read_former = getattr(kind, "read_former", None)  # of one whose fields were others once
    if read_former is not None:
        values = read_former(values)
    hints = _hints(kind)
    if unknown := values.keys() - hints.keys():
        raise ValueError(f"{place} has unknown fields: {', '.join(sorted(unknown))}")
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    if missing := needed - values.keys():
        raise ValueError(f"{place} lacks fields: {', '.join(sorted(missing))}")
    return kind(**{key: _value(hints[key], one, f"{place}.{key}") for key, one in values.items()})


def _tuple(kind: Any, plain: object, place: str) -> tuple[Any, ...]:
    items, kinds = _checked(list, plain, place), get_args(kind)
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(items)
    if len(kinds) != len(items):
        raise ValueError(f"{place} has {len(items)} items, not {len(kinds)}")
    pairs = zip(kinds, items, strict=True)
    return tuple(_value(one, item, f"{place}[{i}]") for i, (one, item) in enumerate(pairs))


def _optional(kind: Any, plain: object, place: str) -> Any:
    if plain is None and type(None) in get_args(kind):
        return None
    (wanted,) = (one for one in get_args(kind) if one is not type(None))
    return _value(wanted, plain, place)


def _enum(kind: type[StrEnum], plain: object, place: str) -> StrEnum:
    try:
        return kind(_checked(str, plain, place))
    except ValueError:
        raise ValueError(f"{place} is no {kind.__name__}") from None


def _checked(kind: type, plain: object, place: str) -> Any:
    if type(plain) is not kind:
        raise ValueError(f"{place} is {type(plain).__name__}, not {kind.__name__}")
    return plain


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
