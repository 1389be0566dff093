"""A few thousand of the random gradebooks that ``make check-marks`` tries by the hundred thousand."""

import pytest

from benchmarks import gradebooks


def test_shares_sum_and_ways_are_shortest() -> None:
    assert gradebooks.check(1500) == []


def test_the_check_finds_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arithmetic that rounds down must be noticed, or the check checks nothing."""
    monkeypatch.setattr(gradebooks, "rounded", lambda mean: 100 * mean.numerator // mean.denominator)
    assert any("rounding" in fault for fault in gradebooks.check(200))
