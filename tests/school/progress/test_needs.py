"""Who needs the teacher: reasons that are facts."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from school.progress.needs import Facts, reasons
from school.progress.trend import Change, Way
from school.progress.words import TopicShare

FINE = Change(Way.SAME, 400, 400, 5, 5)
FELL = Change(Way.DOWN, 450, 350, 5, 5)


@pytest.fixture(autouse=True)
def request_context(the_app: Flask) -> Iterator[None]:
    with the_app.test_request_context():
        yield


def facts(**values: Any) -> Facts:
    default = {
        "mean": 400,
        "marks": 5,
        "change": FINE,
        "is_since_term": True,
        "owed": 0,
        "missed": 0,
        "held": 14,
        "weak": (),
    }
    return Facts(**{**default, **values})


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (facts(), []),
        (facts(mean=None, marks=0), []),
        (facts(mean=200, marks=2), []),
        (facts(mean=299, marks=3), ["средний балл 2,99 (3 отметки)"]),
        (facts(change=FELL), ["средний балл ниже прошлого периода: 3,5, был 4,5"]),
        (facts(change=FELL, is_since_term=False), ["средний балл ниже, чем месяц назад: 3,5, был 4,5"]),
        (facts(change=Change(Way.DOWN, 450, 401, 5, 5)), []),
        (facts(owed=2), []),
        (facts(owed=3), ["3 работы не сданы"]),
        (facts(missed=3, held=40), []),
        (facts(missed=2, held=4), []),
        (facts(missed=5, held=14), ["пропущено 5 уроков из 14"]),
        (facts(weak=(TopicShare("Дроби", 1, 6), TopicShare("Углы", 3, 5))), ["тема «Дроби»: верно 1 из 6"]),
        (facts(owed=5, missed=7), ["5 работ не сданы", "пропущено 7 уроков из 14"]),
    ],
)
def test_reasons(what: Facts, expected: list[str]) -> None:
    assert reasons(what) == expected
