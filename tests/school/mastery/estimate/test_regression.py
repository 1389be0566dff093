"""The fit finds the weights that made the answers, and keeps to the prior without them."""

import math
import random

import pytest

from school.mastery.estimate.regression import fit, solve


def test_it_finds_the_weights() -> None:
    rng, true = random.Random(2), (0.3, -1.2, 0.8)
    rows = [(1.0, rng.gauss(0, 1), rng.gauss(0, 1)) for _ in range(20_000)]
    answers = [
        int(rng.random() < 1 / (1 + math.exp(-sum(a * b for a, b in zip(true, row, strict=True))))) for row in rows
    ]
    assert fit(rows, answers, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.1, 1.0, 1.0)) == pytest.approx(true, abs=0.06)


def test_without_evidence_it_stays_where_it_was() -> None:
    rows = [(1.0, 0.0)] * 50
    assert fit(rows, [1, 0] * 25, (0.0, 0.7), (0.0, 0.7), (0.1, 20.0)) == pytest.approx([0.0, 0.7])


def test_answers_all_the_same_do_not_break_it() -> None:
    found = fit([(1.0, 0.5)] * 300, [1] * 300, (0.0, 1.0), (0.0, 1.0), (0.1, 20.0))
    assert all(math.isfinite(one) for one in found)
    assert found[0] > 1


def test_solving() -> None:
    assert solve([[4.0, 2.0], [2.0, 3.0]], [2.0, 5.0]) == pytest.approx([-0.5, 2.0])
