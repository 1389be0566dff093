"""Numbers judged: tolerance, units, what is refused without penalty."""

from typing import Any

import pytest

from school.tasks.kinds.contract import Unreadable
from school.tasks.kinds.number import NUMBER
from school.tasks.kinds.units import known_unit

from .samples import SAMPLES


def _is_right(spec: dict[str, Any], text: str) -> bool:
    return NUMBER.grade(spec, 0, NUMBER.parse({"answer": text})).correct


def _spec(**fields: Any) -> dict[str, Any]:
    return {"version": 1, "prompt": "Сколько?", **fields}


@pytest.mark.parametrize(
    ("spec", "text", "right"),
    [
        (_spec(key={"value": "3/4"}), "0,75", True),
        (_spec(key={"value": "3/4"}), "6/8", True),
        (_spec(key={"value": "3/4"}), "0,7", False),
        (_spec(key={"value": "1/3"}), "0,33", False),
        (_spec(key={"value": "1/3"}), "0,(3)", True),
        (_spec(key={"value": "1/3"}, abs="0.01"), "0,33", True),
        (_spec(key={"value": 0.1}), "0,1", True),
        (_spec(key={"value": -5}), "x = −5", True),
        (_spec(key={"value": -5}), "х=-5", True),
        (_spec(key={"value": 100}, rel="0.05"), "105", True),
        (_spec(key={"value": 100}, rel="0.05"), "95", True),
        (_spec(key={"value": 100}, rel="0.05"), "105,1", False),
        (_spec(key={"value": -100}, rel="0.05"), "−104", True),
        (_spec(key={"value": 20}, unit="м/с"), "20", True),
        (_spec(key={"value": 20}, unit="м/с"), "20 м/с", True),
        (_spec(key={"value": 20}, unit="м/с"), "72 км/ч", True),
        (_spec(key={"value": 20}, unit="м/с"), "20 км/ч", False),
        (_spec(key={"value": 20}, unit="м/с"), "20 кг", False),
        (_spec(key={"value": "1.2"}, unit="м"), "120см", True),
        (_spec(key={"value": "1.2"}, unit="м"), "1200 мм.", True),
        (_spec(key={"value": 25}, unit="%"), "25%", True),
        (_spec(key={"value": 25}, unit="%"), "25 процентов", True),
        (_spec(key={"value": 60}, unit="°"), "60°", True),
        (_spec(key={"value": 60}, unit="°"), "60 градусов", True),
        (_spec(key={"value": 1000}, unit="кг/м³"), "1 г/см3", True),
        (_spec(key={"value": 1000}, unit="кг/м³"), "1·10^3 кг/м^3", True),
        (_spec(key={"value": 8}, unit="см²"), "8 кв", False),
        (_spec(key={"value": 350}, unit="р."), "350 руб.", True),
        (_spec(key={"value": 2}, unit="кПа"), "2e3 Па", True),
    ],
)
def test_judged(spec: dict[str, Any], text: str, right: bool) -> None:
    assert NUMBER.check(spec) == []
    if text.endswith("кв"):
        with pytest.raises(Unreadable):
            _is_right(spec, text)
    else:
        assert _is_right(spec, text) is right


@pytest.mark.parametrize("text", ["", "  ", "пять", "5 или 6", "5 яблок и 3 груши", "1 23", "12;", "?" * 301])
def test_refused_by_reading(text: str) -> None:
    spec = _spec(key={"value": 5}, unit="м")
    with pytest.raises(Unreadable):
        _is_right(spec, text)


def test_a_unit_where_none_is_asked_is_refused_without_penalty() -> None:
    with pytest.raises(Unreadable):
        _is_right(_spec(key={"value": 5}), "5 яблок")


def test_the_unit_is_asked_again_when_it_is_part_of_the_task() -> None:
    spec = SAMPLES["a force with its unit"].spec
    assert NUMBER.prepare(spec, 0)["unit"] == ""
    with pytest.raises(Unreadable):
        _is_right(spec, "30")
    assert _is_right(spec, "0,03 кН")


def test_feedback_names_a_lost_sign_and_a_strange_unit() -> None:
    lost = NUMBER.grade(_spec(key={"value": -5}), 0, NUMBER.parse({"answer": "5"}))
    assert [str(phrase) for phrase in lost.feedback] == ["The sign is different."]
    strange = NUMBER.grade(_spec(key={"value": 5}, unit="Н"), 0, NUMBER.parse({"answer": "5 кг"}))
    assert [str(phrase) for phrase in strange.feedback] == ["This unit measures another quantity."]


def test_the_right_answer_is_shown_as_in_a_textbook() -> None:
    spec = _spec(key={"value": "-0.5"}, unit="м")
    answer = NUMBER.parse({"answer": "2"})
    assert NUMBER.present(spec, 0, answer, NUMBER.grade(spec, 0, answer)).right == "−0,5 м"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"key": {"value": "много"}}, "key"),
        ({"key": {"value": True}}, "key"),
        ({"key": {"value": 5, "abs": 1}}, "key"),
        ({"key": {"value": 5}, "abs": -1}, "abs"),
        ({"key": {"value": 5}, "abs": 1, "rel": "0.1"}, "abs"),
        ({"key": {"value": 5}, "rel": "чуть"}, "rel"),
        ({"key": {"value": 5}, "unit": "попугай"}, "unit"),
        ({"key": {"value": 5}, "unit": "кг/м3"}, "unit"),
        ({"key": {"value": 5}, "ask_unit": True}, "ask_unit"),
    ],
)
def test_slips_of_the_author(fields: dict[str, Any], where: str) -> None:
    assert where in {fault.where for fault in NUMBER.check(_spec(**fields))}


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("МВт", "МВт"),
        ("мВт", "мВт"),
        ("мвт", None),
        ("КМ/Ч", "км/ч"),
        ("н", "Н"),
        ("руб", "р."),
        ("кг/м^3", "кг/м³"),
        ("Н*м", "Н·м"),
        ("сек.", "с"),
        ("мин.", "мин"),
        ("шт", "шт."),
        ("парсек", None),
        ("", None),
    ],
)
def test_units_as_they_are_written(written: str, unit: str | None) -> None:
    assert known_unit(written) == unit
