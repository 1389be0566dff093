"""The mark of the year and of the certificate, example by example, recounted with fractions."""

from fractions import Fraction
from itertools import product
from math import floor

import pytest

from school.gradebook.scale import Rules
from school.gradebook.years import certificate_mark, mean_rounded, year_choices


@pytest.mark.parametrize(
    ("terms", "ties", "choices"),
    [
        ([5, 4, 4, 4], "up", (4,)),
        ([5, 5, 4, 4], "up", (5,)),
        ([4, 4, 5, 5], "last", (5,)),
        ([5, 5, 4, 4], "last", (4,)),
        ([5, 5, 4, 4], "decide", (5, 4)),
        ([3, 4, 3], "decide", (3,)),
        ([4, 5], "up", (5,)),
        ([5, 4], "last", (4,)),
        ([2, 3], "decide", (3, 2)),
        ([4], "up", (4,)),
        ([], "up", ()),
    ],
)
def test_the_mark_of_the_year(terms: list[int], ties: str, choices: tuple[int, ...]) -> None:
    assert year_choices(terms, ties) == choices


def test_the_year_is_the_nearest_whole_mark_by_fractions() -> None:
    for terms in product((2, 3, 4, 5), repeat=4):
        mean = Fraction(sum(terms), 4)
        nearest = floor(mean + Fraction(1, 2))
        assert mean_rounded(terms) == nearest
        assert year_choices(terms, "up") == (nearest,)
        tie = mean % 1 == Fraction(1, 2)
        assert year_choices(terms, "decide") == ((nearest, nearest - 1) if tie else (nearest,))


@pytest.mark.parametrize(
    ("level", "year", "exam", "earlier", "mark"),
    [
        (9, 4, 5, [], 5),  # 4,5 – up
        (9, 5, 4, [], 5),
        (9, 5, 3, [], 4),
        (9, 3, None, [], 3),
        (9, None, 5, [], None),
        (11, 4, None, [4, 4, 4, 5, 5, 5], 5),  # 27/6 = 4,5 – up
        (11, 4, None, [4, 4, 4, 5, 5, 4], 4),
        (11, 5, None, [], None),
        (8, 4, None, [], 4),
    ],
)
def test_the_mark_of_the_certificate(
    level: int, year: int | None, exam: int | None, earlier: list[int], mark: int | None
) -> None:
    assert certificate_mark(level, Rules(), year=year, exam=exam, earlier=earlier) == mark


def test_the_rule_of_the_exam_is_the_acts() -> None:
    assert certificate_mark(9, Rules(certificate_exam=False), year=4, exam=5, earlier=[]) == 4
