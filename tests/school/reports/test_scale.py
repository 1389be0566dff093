"""The arithmetic of reports, by examples that a deputy head can check on paper."""

from fractions import Fraction

import pytest

from school.gradebook.scale import outcome_of
from school.reports.scale import Standing, Tally, decimal, one_short, percent, share, standing, year_mean

N = "н/а"

EXAMPLES = [
    # 5, 4, 3, 2, н/а: pass rate, quality, СОУ in per cent with one digit
    ((10, 0, 0, 0, 0), "100.0", "100.0", "100.0"),
    ((0, 10, 0, 0, 0), "100.0", "100.0", "64.0"),
    ((0, 0, 10, 0, 0), "100.0", "0.0", "36.0"),
    ((0, 0, 0, 10, 0), "0.0", "0.0", "16.0"),
    ((0, 0, 0, 0, 10), "0.0", "0.0", "7.0"),
    ((5, 10, 8, 2, 0), "92.0", "60.0", "58.4"),
    ((8, 12, 5, 0, 0), "100.0", "80.0", "69.9"),
    ((1, 1, 1, 1, 1), "60.0", "40.0", "44.6"),
    ((4, 11, 9, 1, 1), "92.3", "57.7", "55.8"),
    ((3, 9, 14, 1, 0), "96.3", "44.4", "51.7"),
    ((0, 1, 2, 0, 0), "100.0", "33.3", "45.3"),
    ((0, 2, 1, 0, 0), "100.0", "66.7", "54.7"),
    ((1, 0, 0, 7, 0), "12.5", "12.5", "26.5"),
]


@pytest.mark.parametrize(("counts", "passing", "quality", "learnedness"), EXAMPLES)
def test_shares_of_a_class(counts: tuple[int, ...], passing: str, quality: str, learnedness: str) -> None:
    tally = Tally(*counts)
    shares = (tally.passing, tally.quality, tally.learnedness)
    assert [percent(one) for one in shares if one is not None] == [passing, quality, learnedness]


@pytest.mark.parametrize("counts", [one[0] for one in EXAMPLES])
def test_the_journal_says_the_same_in_whole_per_cent(counts: tuple[int, ...]) -> None:
    tally = Tally(*counts)
    outcome = outcome_of(dict(zip((5, 4, 3, 2, N), counts, strict=True)))
    shown = [percent(one, 0) for one in (tally.passing, tally.quality, tally.learnedness) if one is not None]
    assert shown == [str(outcome.success), str(outcome.quality), str(outcome.learnedness)]


def test_nobody_has_no_share() -> None:
    empty = Tally()
    assert (empty.passing, empty.quality, empty.learnedness, empty.mean) == (None,) * 4
    assert share(0, 0) is None


def test_exempt_and_unmarked_pupils_are_not_counted_and_not_attested_ones_are() -> None:
    assert Tally.of([5, 4, None, "осв", "зч", N, 2]) == Tally(1, 1, 0, 1, 1)
    assert Tally(1, 1, 0, 1, 1).everybody == 4
    assert Tally(1, 1, 0, 1, 1).mean == Fraction(11, 3)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([5, 5, 5], Standing.EXCELLENT),
        ([5, 4, None], Standing.GOOD),
        ([5, 5, 3], Standing.PASSING),
        ([5, 5, 2], Standing.FAILING),
        ([5, 5, N], Standing.FAILING),
        (["осв", None], Standing.NONE),
        ([], Standing.NONE),
        (["осв", 5], Standing.EXCELLENT),
    ],
)
def test_standing(results: list[int | str | None], expected: Standing) -> None:
    assert standing(results) is expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([5, 4, 5], (4, 1)),
        ([5, 4, 4], None),
        ([5, 3, 4], (3, 1)),
        ([3, 5, 3], None),
        ([3, 4, 4, 5], (3, 0)),
        ([2, 3, 4], (2, 0)),
        ([2, 2, 5], None),
        ([2, 5, 5], (2, 0)),
        ([4, 5, N], None),
        ([5, None, "осв", 4], (4, 3)),
        ([5, 5, 5], None),
        ([4], None),
        ([], None),
    ],
)
def test_one_mark_short(results: list[int | str | None], expected: tuple[int, int] | None) -> None:
    assert one_short(results) == expected


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (Fraction(35, 8), 2, "4.38"),
        (Fraction(40, 9), 2, "4.44"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(5), 2, "5.00"),
    ],
)
def test_means_are_rounded_half_up(number: Fraction, digits: int, text: str) -> None:
    assert decimal(number, digits) == text


def test_the_mean_of_a_year() -> None:
    assert year_mean([5, 4, 4, 4]) == Fraction(17, 4)
    assert year_mean([]) is None
