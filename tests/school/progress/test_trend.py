"""What may honestly be said of a change of marks."""

from datetime import date, timedelta

import pytest

from school.progress.trend import Point, Way, compare, mean_of, over_month, running

TODAY = date(2026, 11, 24)


def points(values: str, weight: int = 1) -> list[Point]:
    return [Point(TODAY, int(value), weight) for value in values]


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("", "", Way.FEW_NOW),
        ("444", "", Way.FEW_NOW),
        ("444", "55", Way.FEW_NOW),
        ("", "555", Way.FEW_BEFORE),
        ("22", "555", Way.FEW_BEFORE),
        ("444", "444", Way.SAME),
        ("444", "445", Way.SAME),
        ("445", "455", Way.SAME),
        ("344", "445", Way.UP),
        ("333", "555", Way.UP),
        ("555", "333", Way.DOWN),
        ("2525", "5252", Way.SAME),
        ("2323", "4545", Way.UP),
        ("4444444444", "4444444445", Way.SAME),
        ("44444444", "44455555", Way.UP),
        ("55554444", "44443333", Way.DOWN),
    ],
)
def test_a_change_is_claimed_only_when_the_marks_are_enough(before: str, after: str, way: Way) -> None:
    assert compare(points(before), points(after)).way is way


def test_means_and_numbers_of_marks_stand_beside_the_claim() -> None:
    change = compare(points("333"), points("5555"))
    assert (change.before, change.after, change.marks_before, change.marks_after) == (300, 500, 3, 4)
    assert change.is_claim


def test_one_heavy_mark_is_not_many_marks() -> None:
    """A control work of weight 9 beside two answers says little more than one mark does."""
    heavy = [Point(TODAY, 5, 9), Point(TODAY, 4, 1), Point(TODAY, 4, 1)]
    assert compare(points("444"), heavy).way is Way.UP
    assert compare(points("4455"), heavy).way is Way.SAME


def test_a_month_is_thirty_days_and_stands_beside_the_thirty_before() -> None:
    def on(days: int, value: int) -> Point:
        return Point(TODAY - timedelta(days), value)

    marks = [on(60, 2), on(59, 3), on(45, 3), on(30, 3), on(29, 5), on(10, 5), on(0, 5), on(-1, 2)]
    change = over_month(marks, TODAY)
    assert (change.marks_before, change.marks_after) == (3, 3)
    assert (change.before, change.after, change.way) == (300, 500, Way.UP)


def test_means_are_weighted_and_run() -> None:
    marks = [Point(TODAY, 5, 3), Point(TODAY, 3, 1), Point(TODAY, 2, 2)]
    assert mean_of(marks) == 367
    assert running(marks) == [500, 450, 367]
    assert mean_of([]) is None
    assert running([]) == []
