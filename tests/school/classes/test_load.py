"""The lessons a week and a day may have, year level by year level, written out from the norm."""

from datetime import date

import pytest

from school.classes.load import load_of

NORMS = [
    # year level: a week of five days, of six (None: not allowed), a day
    (1, 21, None, 5),
    (2, 23, 26, 6),
    (3, 23, 26, 6),
    (4, 23, 26, 6),
    (5, 29, 32, 6),
    (6, 30, 33, 6),
    (7, 32, 35, 7),
    (8, 33, 36, 7),
    (9, 33, 36, 7),
    (10, 34, 37, 7),
    (11, 34, 37, 7),
]
TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(("level", "five", "six", "day"), NORMS)
def test_the_most_lessons_of_a_year_level(level: int, five: int, six: int | None, day: int) -> None:
    for days, most in ((5, five), (6, six)):
        made = load_of([], level, days, TODAY)
        assert (made.most, made.most_a_day) == (most, day)
        if most is not None:
            places = [(1 + n % days, 1 + n // days) for n in range(most + 1)]
            assert not load_of(places[:-1], level, days, TODAY).is_over
            assert load_of(places, level, days, TODAY).is_over
    long = [(3, n) for n in range(1, day + 2)]
    assert load_of(long[:-1], level, 5, TODAY).long_days == []
    assert load_of(long, level, 5, TODAY).long_days == [3]


def test_halves_side_by_side_are_one_lesson_and_norms_have_their_day() -> None:
    made = load_of([(1, 1), (1, 1), (1, 2), (2, 1)], 7, 5, TODAY)
    assert (made.lessons, made.by_day) == (3, {1: 2, 2: 1})
    assert load_of([], 7, 5, date(2020, 9, 1)).most is None
    assert load_of([], 12, 5, TODAY).most is None
