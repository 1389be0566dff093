"""Numbers of questions: equal to those of published reports, and to what can be reckoned by hand."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest

from school.tasks.analysis import chosen, effective_weights, facts_of, fisher, wilson

REPORT = "1-interchange/moodle-quiz-statistics/report/statistics/tests/fixtures"
"""In the folder of other programs' files that FOREIGN_FILES names; they are no part of the project."""


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_equal_to_a_published_report() -> None:
    folder = Path(os.environ.get("FOREIGN_FILES", "nowhere")) / REPORT
    if not folder.is_dir():
        pytest.skip("FOREIGN_FILES names no folder with 1-interchange/moodle-quiz-statistics")
    results, expected = lines(folder, "results00.csv"), lines(folder, "qstats00.csv")
    drawn = [row["randqs.1"] for row in lines(folder, "steps00.csv")]
    slots = [[float(row[f"slots.{n}.mark"]) for row in results] for n in range(1, 8)]
    totals = [sum(row) for row in zip(*slots, strict=True)]
    weights = effective_weights(slots)
    compared = 0
    for row in expected:
        if row["variant"]:
            continue  # a template's numbers by variant are ours by question: too few to say anything
        points = slots[int(row["slot"]) - 1]
        pairs = list(zip(points, totals, strict=True))
        if row["subqname"]:
            pairs = [pair for pair, name in zip(pairs, drawn, strict=True) if name == row["subqname"]]
        # Of a question drawn for some, that report correlates with the whole result, the question's own points included,
        # which makes it look better than it is; ours leaves them out for every question.
        others = [whole if row["subqname"] else whole - x for x, whole in pairs]
        facts = facts_of([x for x, _ in pairs], others, float(row["maxmark"]))
        assert facts is not None and facts.n == int(row["s"])
        assert facts.facility == pytest.approx(float(row["facility"]), abs=1e-6)
        assert facts.spread == pytest.approx(float(row["sd"]), abs=1e-6)
        assert facts.discrimination == pytest.approx(float(row["discriminationindex"]) / 100, abs=1e-6)
        assert facts.efficiency == pytest.approx(float(row["discriminativeefficiency"]) / 100, abs=1e-6)
        if not row["subqname"]:
            assert weights[int(row["slot"]) - 1] == pytest.approx(float(row["effectiveweight"]) / 100, abs=1e-6)
        compared += 1
    assert compared >= 8


def test_by_hand() -> None:
    facts = facts_of([1, 1, 0, 0], [3, 2, 1, 0], 1)
    assert facts is not None
    assert (facts.n, facts.facility) == (4, 0.5)
    assert facts.spread == pytest.approx((1 / 3) ** 0.5)
    assert facts.discrimination == pytest.approx((2 / 3) / ((1 / 3) * (5 / 3)) ** 0.5)
    assert facts.efficiency == pytest.approx(1)


def test_what_cannot_be_said_is_not_said() -> None:
    assert facts_of([], [], 1) is None
    assert facts_of([0], [3], 0) is None
    one = facts_of([1], [3], 1)
    assert one is not None and one.discrimination is None and one.spread is None
    same = facts_of([1, 1, 1], [3, 2, 1], 1)
    assert same is not None and same.discrimination is None and same.efficiency is None
    assert fisher(0.5, 3) is None


@pytest.mark.parametrize(
    ("share", "n", "low", "high"), [(0.5, 10, 0.2366, 0.7634), (0, 10, 0, 0.2775), (1, 10, 0.7225, 1)]
)
def test_interval_of_a_share(share: float, n: int, low: float, high: float) -> None:
    found = wilson(share, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_interval_of_a_correlation() -> None:
    found = fisher(0.5, 28)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.1564, abs=1e-3), pytest.approx(0.7362, abs=1e-3))


def test_answers_given_the_commonest_first() -> None:
    found = chosen([("а", True, 0.9), ("б", False, 0.8), ("б", False, 0.4), ("—", False, 0.0)])
    assert [(one.given, one.count, one.correct) for one in found] == [("б", 2, False), ("а", 1, True), ("—", 1, False)]
    assert found[0].rest == pytest.approx(0.6)
