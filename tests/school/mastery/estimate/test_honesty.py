"""Chances against answers, by hand-made cases."""

import math
import random

import pytest

from school.mastery.estimate.honesty import judge


def test_by_hand() -> None:
    found = judge([0, 1, 1, 0], [0.2, 0.9, 0.9, 0.9])
    assert found.auc == pytest.approx((2 + 1) / 4)
    assert found.ece == pytest.approx((0.2 + abs(2.7 - 2)) / 4)
    assert found.curve == ((0.2, 0.0, 1), (pytest.approx(0.9), pytest.approx(2 / 3), 3))


@pytest.mark.parametrize(("stretch", "alarming"), [(1.0, False), (2.0, True), (0.5, True)])
def test_too_sure_and_too_careful(stretch: float, alarming: bool) -> None:
    rng = random.Random(1)
    logits = [rng.gauss(0.3, 1) for _ in range(8000)]
    answers = [int(rng.random() < 1 / (1 + math.exp(-z))) for z in logits]
    found = judge(answers, [1 / (1 + math.exp(-stretch * z)) for z in logits])
    assert found.slope == pytest.approx(1 / stretch, rel=0.08)
    assert found.is_alarming is alarming


def test_answers_all_alike() -> None:
    found = judge([1, 1, 1], [0.5, 0.5, 0.5])
    assert math.isnan(found.auc)
    assert found.ece == pytest.approx(0.5)
    with pytest.raises(ValueError, match="no answers"):
        judge([], [])
