"""What stands in a table that is taken away."""

import pytest

from school.core.sheets import plain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Алгебра", "Алгебра"),
        ("+1,9 п. п.", "+1,9 п. п."),
        ("-17", "-17"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+7(495)", "'+7(495)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
    ],
)
def test_no_text_is_taken_for_a_formula(text: str, kept: str) -> None:
    assert plain(text) == kept
