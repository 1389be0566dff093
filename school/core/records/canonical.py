"""Values as one sequence of bytes, so that a hash of them means the same everywhere and for ever.

The form is that of RFC 8785 for what we allow: objects with text keys sorted by UTF-16 code units, no spaces, strings
escaped as ECMAScript's ``JSON.stringify`` does, UTF-8. Numbers are whole and within ±(2⁵³ - 1); floats are refused, because
a mean must not enter a record as the machine's rounding of it. Other values enter as strings, each in one form only:
UUID in lower case with dashes; date ``2026-09-01``; moment in UTC ``2026-09-01T05:30:00.000000Z``; Decimal in plain
digits without trailing zeros (``4.5``); enumerations as their value. Strings are kept as they are (no Unicode normalisation).
"""

import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

SAFE_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """A value has no canonical form; the message says which."""


def canonical(value: Any) -> str:
    """The canonical JSON text of ``value``; raises ``NotCanonical``."""
    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError as why:
        raise NotCanonical(f"half a surrogate pair in {text!r}") from why
    return text


def plain(value: Any) -> Any:
    """``value`` made of dicts in order, lists, strings, whole numbers, booleans and None only."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise NotCanonical(f"{value} is too large for a JSON number")
        return value
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _as_text(value)


def moment_text(moment: datetime) -> str:
    """A moment in UTC with microseconds, always six digits."""
    if moment.tzinfo is None:
        raise NotCanonical("a moment without a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _object(value: dict[Any, Any]) -> dict[str, Any]:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical(f"the key {key!r} is not text")
    return {str(key): plain(value[key]) for key in sorted(value, key=_utf16)}


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _as_text(value: Any) -> str:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    raise NotCanonical(f"{type(value).__name__} has no canonical form: {value!r}")
