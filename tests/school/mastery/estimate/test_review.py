"""Forgetting: reviews hold longer after a gap, shorter after a mistake."""

import pytest

from school.mastery.estimate import review
from school.mastery.estimate.state import SkillState
from tests.school.mastery.answers import DAY


@pytest.mark.parametrize(
    ("n", "stability", "gap", "correct", "expected"),
    [
        (0, 0.0, 0.0, 1, 3.0),
        (0, 0.0, 0.0, 0, 1.0),
        (2, 3.0, 0.01, 1, 3.24),
        (2, 3.0, 0.01, 0, 2.4),
        (2, 3.0, 3.0, 1, 3.0 * (1 + 12 * 0.1) + 0.5),
        (2, 3.0, 3.0, 0, 1.5),
        (2, 1.2, 3.0, 0, 1.0),
        (9, 40.0, 40.0, 1, 40 * (1 + 0.5 * 12 * 0.1) + 0.5),
    ],
)
def test_stability(n: int, stability: float, gap: float, correct: int, expected: float) -> None:
    state = SkillState(n=n, stability=stability, at=5 * DAY)
    assert review.next_stability(state, correct, (5 + gap) * DAY) == pytest.approx(expected)


def test_due_when_a_tenth_is_forgotten() -> None:
    state = SkillState(n=1, stability=3.0, at=2 * DAY)
    assert review.retention(state, 2 * DAY) == 1.0
    assert review.retention(state, review.due_at(state)) == pytest.approx(0.9)
    assert review.due_at(state) == pytest.approx(5 * DAY)
