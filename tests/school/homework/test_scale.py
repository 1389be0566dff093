"""Which mark a share of points suggests."""

import pytest

from school.homework.scale import Thresholds, proposal


@pytest.mark.parametrize(
    ("points", "max_points", "mark"),
    [
        (8, 8, 5),
        (17, 20, 5),
        (16.99, 20, 4),
        (13, 20, 4),
        (12.99, 20, 3),
        (9, 20, 3),
        (8.99, 20, 2),
        (0, 20, 2),
        (0, 0, None),
        (2.55, 3, 5),
    ],
)
def test_usual_table(points: float, max_points: float, mark: int | None) -> None:
    assert proposal(points, max_points) == mark


def test_own_table() -> None:
    strict = Thresholds(five=95, four=80, three=60)
    assert [proposal(share, 100, strict) for share in (95, 94, 80, 79, 60, 59)] == [5, 4, 4, 3, 3, 2]
