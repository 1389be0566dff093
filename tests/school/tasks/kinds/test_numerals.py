"""Numbers as pupils write them."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.tasks.kinds.numerals import NotANumber, read_number, write_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("+5", 5),
        ("-5", -5),
        ("−5", -5),
        ("–5", -5),
        ("— 5", -5),
        ("0,5", "1/2"),
        ("0.5", "1/2"),
        (",5", "1/2"),
        ("5,", 5),
        ("1 200", 1200),
        ("1\u00a0200\u202f300,5", "2400601/2"),
        ("3/4", "3/4"),
        ("3 / 4", "3/4"),
        ("−3/4", "-3/4"),
        ("1 3/4", "7/4"),
        ("-1 3/4", "-7/4"),
        ("1¾", "7/4"),
        ("½", "1/2"),
        ("3⁄4", "3/4"),
        ("6/4", "3/2"),
        ("0,(3)", "1/3"),
        ("0,1(6)", "1/6"),
        ("1,(9)", 2),
        ("1,2·10^3", 1200),
        ("1,2 · 10³", 1200),
        ("1.2*10^3", 1200),
        ("1,2×10⁻³", "3/2500"),
        ("1,2х10^-3", "3/2500"),
        ("3·10^(-2)", "3/100"),
        ("2e3", 2000),
        ("2E-3", "1/500"),
        ("10^4", 10000),
        ("−10⁻¹", "-1/10"),
        ("007", 7),
        ("0", 0),
    ],
)
def test_readable(text: str, value: int | str) -> None:
    assert read_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", ",", "двенадцать", "1 23", "12 34", "1,234,5", "1.234,5", "1/0", "3/4/5", "3//4", "--5", "5-3", "5+3",
        "1,5/2", "0,()", "(3)", "5 000 00", "1 1/2 1/2", "2e", "·10^3", "10^99999", "2e61", "9" * 65, "٣", "１２", "1_000",
        "nan", "inf", "0x10", "3:4",
    ],
)  # fmt: skip
def test_unreadable(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


def _grouped(digits: str, space: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    return space.join(groups + [digits[i : i + 3] for i in range(head, len(digits), 3)])


@given(
    whole=st.integers(0, 10**12),
    part=st.text("0123456789", max_size=6),
    minus=st.sampled_from(["", "-", "−", "–", "— "]),
    comma=st.sampled_from([",", "."]),
    space=st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"]),
    edge=st.sampled_from(["", " ", "\t", "\u00a0"]),
)
def test_any_way_to_write_a_decimal_reads_back(
    whole: int, part: str, minus: str, comma: str, space: str, edge: str
) -> None:
    written = f"{edge}{minus}{_grouped(str(whole), space)}{comma + part if part else ''}{edge}"
    value = whole + Fraction(int(part or 0), 10 ** len(part))
    assert read_number(written) == (-value if minus else value)


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6))
def test_what_we_write_reads_back(value: Fraction) -> None:
    assert read_number(write_number(value)) == value


@given(
    st.integers(-999, 999), st.integers(-20, 20), st.sampled_from(["·10^{}", "*10^{}", "e{}", " × 10^{}", "х10^({})"])
)
def test_scientific_reads_back(head: int, power: int, form: str) -> None:
    assert read_number(f"{head}{form.format(power)}") == head * Fraction(10) ** power


@given(st.text(max_size=70))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    with contextlib.suppress(NotANumber):
        assert isinstance(read_number(text), Fraction)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7/4", "1,75"),
        ("1/3", "1/3"),
        ("-7/3", "−2 1/3"),
        ("1200", "1200"),
        ("-1/2", "−0,5"),
        ("10", "10"),
        ("100/10", "10"),
    ],
)
def test_written_as_in_school(value: str, text: str) -> None:
    assert write_number(Fraction(value)) == text
