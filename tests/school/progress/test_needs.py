"""Who needs the teacher: reasons that are facts."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from school.progress.needs import Facts, Lever, reasons
from school.progress.trend import Change, Way
from school.progress.words import TopicShare, lever

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
        (facts(twos=2), ["2 двойки за неделю"]),
        (facts(missed_lately=1), []),
        (facts(missed_lately=2), ["2 урока пропущено за неделю"]),
        (facts(fading=((1, "Дроби"),)), ["забывается тема «Дроби»"]),
        (facts(fading=((1, "Дроби"), (2, "Углы"))), ["забывается тема «Дроби» и ещё 1"]),
    ],
)
def test_reasons(what: Facts, expected: list[str]) -> None:
    assert [one.said for one in reasons(what)] == expected


def test_there_are_at_most_three_and_what_is_new_comes_first() -> None:
    every = facts(
        twos=1, missed_lately=2, mean=210, change=FELL, owed=4, missed=9, weak=(TopicShare("Дроби", 1, 6, 5),), fading=((1, "У"),)
    )  # fmt: skip
    found = reasons(every)
    assert [one.lever for one in found] == [Lever.RETAKE, Lever.CATCH_UP, Lever.RETAKE]


def test_each_reason_has_a_lever_in_words() -> None:
    assert all(lever(one) for one in Lever)
    (weak,) = reasons(facts(weak=(TopicShare("Дроби", 1, 6, 5),)))
    assert (weak.lever, weak.topic_id) == (Lever.PRACTISE, 5), "a weak topic leads to the answers of this topic"
