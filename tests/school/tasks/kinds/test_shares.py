"""Answers that bring a part of the points: each kind counts them by the shares that the author gave."""

from decimal import Decimal
from typing import Any

import pytest

from school.tasks.kinds import kind_of
from school.tasks.kinds.choice import option_id

from .samples import SAMPLES


def points(name: str, answer: Any) -> Decimal:
    sample = SAMPLES[name]
    kind = kind_of(sample.kind)
    return kind.grade(sample.spec, 0, kind.parse({"answer": answer})).points


def chosen(*positions: int) -> list[str]:
    return [option_id(0, position) for position in positions]


@pytest.mark.parametrize(("position", "wanted"), [(0, "1"), (1, "0.5"), (2, "0")])
def test_one_of_some(position: int, wanted: str) -> None:
    assert points("half right", chosen(position)) == Decimal(wanted)


@pytest.mark.parametrize(
    ("positions", "wanted"),
    [((0, 1), "2"), ((0,), "1.5"), ((1,), "0.5"), ((0, 1, 2), "0"), ((0, 1, 3), "2"), ((2,), "0"), ((3,), "0")],
)
def test_several(positions: tuple[int, ...], wanted: str) -> None:
    assert points("own shares", chosen(*positions)) == Decimal(wanted)


@pytest.mark.parametrize(("answer", "wanted"), [("2", "1"), ("-2", "1"), ("2,5", "0.5"), ("2,51", "0"), ("0", "0")])
def test_numbers(answer: str, wanted: str) -> None:
    assert points("a second root", answer) == Decimal(wanted)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [("Москва", "1"), ("город москва!", "1"), ("Мосва", "0"), ("Моск", "0.5"), ("Московия", "0.5")],
)
def test_words(answer: str, wanted: str) -> None:
    assert points("a pattern", answer) == Decimal(wanted)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("half right", {"shares": ["1", "1/2"]}),
        ("half right", {"shares": ["1", "2", "0"]}),
        ("half right", {"shares": ["1", 0.5, "0"]}),
        ("half right", {"shares": ["1", "1/0", "0"]}),
        ("own shares", {"credit": "partial"}),
        ("a second root", {"key": {"value": "2", "also": [{"value": "x", "share": "1"}]}}),
        ("a second root", {"key": {"value": "2", "also": [{"value": "2", "abs": "-1", "share": "1"}]}}),
        ("a pattern", {"key": {"accept": ["а"], "partly": [["б"]]}}),
        ("a pattern", {"key": {"accept": ["а"], "patterns": "yes"}}),
    ],
)
def test_mistakes_in_shares_are_named(name: str, change: dict[str, Any]) -> None:
    sample = SAMPLES[name]
    assert kind_of(sample.kind).check(sample.spec) == []
    assert kind_of(sample.kind).check(sample.spec | change)
