import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from school.core.records.canonical import NotCanonical, canonical


class Code(StrEnum):
    EXEMPT = "осв"


ID = uuid.UUID("01990000-0000-7000-8000-00000000ABCD")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (5, "5"),
        (-(2**53) + 1, "-9007199254740991"),
        ("ё", '"ё"'),
        ('"\\\b\f\n\r\t\x0f\x7f/', '"\\"\\\\\\b\\f\\n\\r\\t\\u000f\x7f/"'),
        (Code.EXEMPT, '"осв"'),
        (ID, '"01990000-0000-7000-8000-00000000abcd"'),
        (date(2026, 9, 1), '"2026-09-01"'),
        (datetime(2026, 9, 1, 8, 30, tzinfo=timezone(timedelta(hours=3))), '"2026-09-01T05:30:00.000000Z"'),
        (datetime(2026, 9, 1, 5, 30, 0, 7, UTC), '"2026-09-01T05:30:00.000007Z"'),
        (Decimal("4.50"), '"4.5"'),
        (Decimal("1E+2"), '"100"'),
        (Decimal("-0.00"), '"0"'),
        ([1, (2, "3")], '[1,[2,"3"]]'),
        ({"б": 1, "a": {"d": 1, "c": 2}}, '{"a":{"c":2,"d":1},"б":1}'),
        # RFC 8785, section 3.2.3: by UTF-16 code units, so the emoji (D83D…) stands before U+FB33.
        ({"\ufb33": 1, "😀": 2, "ö": 3, "1": 4, "\r": 5}, '{"\\r":5,"1":4,"ö":3,"😀":2,"\ufb33":1}'),
    ],
)
def test_each_value_has_one_form(value: Any, text: str) -> None:
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value",
    [4.5, 2**53, {1: 2}, b"x", {1, 2}, object(), datetime(2026, 9, 1), Decimal("NaN"), "\ud83d"],  # noqa: DTZ001
)
def test_values_without_one_form_are_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@given(
    some.recursive(
        some.none() | some.booleans() | some.integers(-(2**53) + 1, 2**53 - 1) | some.text(),
        lambda inside: some.lists(inside) | some.dictionaries(some.text(), inside),
        max_leaves=20,
    )
)
def test_what_is_read_back_is_the_same_and_has_the_same_form(value: Any) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text
