"""Logistic regression with a Gaussian prior, by Newton steps, over a log of at most some ten thousand rows."""

from collections.abc import Sequence
from math import exp, log
from operator import mul

Row = Sequence[float]
MOST_CURVATURE = 12_000
"""Rows the curvature is measured on: it only steers the steps, the slope is measured on all rows."""


def fit(
    rows: Sequence[Row],
    answers: Sequence[int],
    start: Sequence[float],
    prior: Sequence[float],
    precision: Sequence[float],
    steps: int = 5,
) -> list[float]:
    """Weights that make ``answers`` likely. ``prior`` is what they are without evidence, held with ``precision``.

    Deterministic: same rows, same bits.
    """
    n = len(rows)
    columns = [list(column) for column in zip(*rows, strict=True)]
    size = len(columns)
    w = list(start)
    every = max(1, n // MOST_CURVATURE)
    thin = [column[::every] for column in columns]
    scale = n / len(thin[0])
    y = list(answers)
    best, best_loss = w, _loss(columns, y, w, prior, precision)
    for _step in range(steps):
        p = _chances(columns, w)
        errors = [a - b for a, b in zip(y, p, strict=True)]
        slope = [
            sum(map(mul, column, errors)) - k * (v - v0)
            for column, k, v, v0 in zip(columns, precision, w, prior, strict=True)
        ]
        curve = [q * (1.0 - q) * scale + 1e-9 for q in p[::every]]
        matrix = [[0.0] * size for _ in range(size)]
        for i in range(size):
            weighed = list(map(mul, thin[i], curve))
            for j in range(i + 1):
                matrix[i][j] = matrix[j][i] = sum(map(mul, weighed, thin[j]))
            matrix[i][i] += precision[i] + 1e-6
        step = solve(matrix, slope)
        w, loss = _walk(columns, y, best, step, prior, precision, best_loss)
        gain, best, best_loss = best_loss - loss, w, loss
        if gain < 1e-5 * n:
            break
    return best


def _walk(
    columns: Sequence[Row],
    y: Sequence[float],
    w: Sequence[float],
    step: Sequence[float],
    prior: Sequence[float],
    precision: Sequence[float],
    before: float,
) -> tuple[list[float], float]:
    """The step, halved until it helps."""
    share = 1.0
    for _try in range(6):
        tried = [a + share * b for a, b in zip(w, step, strict=True)]
        loss = _loss(columns, y, tried, prior, precision)
        if loss < before:
            return tried, loss
        share /= 2.0
    return list(w), before


def _scores(columns: Sequence[Row], w: Sequence[float]) -> list[float]:
    total = [0.0] * len(columns[0])
    for column, weight in zip(columns, w, strict=True):
        if weight:
            total = [a + weight * b for a, b in zip(total, column, strict=True)]
    return total


def _chances(columns: Sequence[Row], w: Sequence[float]) -> list[float]:
    return [1.0 / (1.0 + exp(-max(-30.0, min(30.0, z)))) for z in _scores(columns, w)]


def _loss(
    columns: Sequence[Row], y: Sequence[float], w: Sequence[float], prior: Sequence[float], precision: Sequence[float]
) -> float:
    fit = sum(
        log(1.0 + exp(-max(-30.0, min(30.0, z if a > 0.5 else -z))))
        for z, a in zip(_scores(columns, w), y, strict=True)
    )
    return fit + 0.5 * sum(k * (a - b) ** 2 for k, a, b in zip(precision, w, prior, strict=True))


def solve(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """x of matrix . x = right, for a symmetric positive matrix (Cholesky)."""
    size = len(right)
    low: list[list[float]] = []
    for i in range(size):
        row: list[float] = []
        for j in range(i):
            row.append((matrix[i][j] - sum(map(mul, row, low[j]))) / low[j][j])
        row.append(max(1e-12, matrix[i][i] - sum(map(mul, row, row))) ** 0.5)
        low.append(row)
    down: list[float] = []
    for i in range(size):
        down.append((right[i] - sum(map(mul, low[i], down))) / low[i][i])
    x = [0.0] * size
    for i in reversed(range(size)):
        x[i] = (down[i] - sum(low[k][i] * x[k] for k in range(i + 1, size))) / low[i][i]
    return x
