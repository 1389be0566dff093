"""Hours over lessons: tables, and many random plans."""

import random
from collections import Counter

import pytest

from content_library.ids import uuid7
from school.plans.spreading import Hour, NotEnoughLessons, WrongOrder, check_order, spread
from school.plans.writing import BadLine, Line, read_plan, write_plan


def hours(text: str) -> list[Hour]:
    """«1 1 2! 3r 4<2»: topic numbers; ! a control work, r a reserve, <n needs topic n."""
    found = []
    for word in text.split():
        word, _, needs = word.partition("<")
        number = int(word.rstrip("!r"))
        needed = frozenset(int(one) for one in needs.split(",") if one)
        found.append(Hour(uuid7(), number, "!" in word, "r" in word, needed))
    return found


@pytest.mark.parametrize(
    ("text", "lessons", "places"),
    [
        ("1 1 2!", 3, [0, 1, 2]),
        ("1 1 2!", 5, [0, 1, 2]),
        ("1 1 2! 3r", 3, [0, 1, 2, None]),
        ("1 1 2! 3r 3r", 4, [0, 1, 2, 3, None]),
        ("1 1 2!", 2, [0, 0, 1]),
        ("1 1 2 2 2 2 3!", 6, [0, 1, 2, 3, 4, 4, 5]),
        ("1 2 3!", 2, [0, 0, 1]),
        ("1 1 2 2 3r 4!", 3, [0, 0, 1, 1, None, 2]),
    ],
)
def test_how_hours_are_laid(text: str, lessons: int, places: list[int | None]) -> None:
    assert spread(hours(text), lessons) == places


@pytest.mark.parametrize(("text", "lessons", "short"), [("1! 2!", 1, 1), ("1 2<1", 1, 1), ("1 1 1 1 2!", 2, 1)])
def test_what_does_not_fit_is_refused_with_the_number_of_lessons(text: str, lessons: int, short: int) -> None:
    with pytest.raises(NotEnoughLessons) as refusal:
        spread(hours(text), lessons)
    assert refusal.value.short == short


def test_a_topic_stands_after_what_it_needs() -> None:
    check_order(hours("1 1 2<1 3<1,2"))
    for text in ("2<1 1", "1 2<1 1", "1 2<3"):
        with pytest.raises(WrongOrder):
            check_order(hours(text))


def test_thousands_of_plans_keep_hours_order_and_control_works() -> None:
    chance = random.Random(5)
    refused = 0
    for _n in range(2000):
        plan = []
        for topic in range(1, chance.randint(2, 9)):
            control, reserve = chance.random() < 0.2, chance.random() < 0.1
            needs = frozenset(chance.sample(range(1, topic), min(topic - 1, chance.randint(0, 2))))
            plan += [
                Hour(uuid7(), topic, control, reserve, needs) for _ in range(1 if control else chance.randint(1, 5))
            ]
        lessons = chance.randint(1, len(plan) + 2)
        try:
            places = spread(plan, lessons)
        except NotEnoughLessons as few:
            refused += 1
            spread(plan, lessons + few.short)  # that many lessons more are enough
            continue
        held = [place for place in places if place is not None]
        assert all(one.is_reserve for one, place in zip(plan, places, strict=True) if place is None)
        assert held == sorted(held), "the order stays"
        assert set(held) == set(range(len(set(held)))) and len(set(held)) <= lessons
        assert max(Counter(held).values(), default=0) <= 2
        for n in {place for place, times in Counter(held).items() if times == 2}:
            first, second = (one for one, place in zip(plan, places, strict=True) if place == n)
            assert not first.is_control and not second.is_control
            assert first.topic not in second.needs
        if lessons >= len(plan):
            assert places == list(range(len(plan)))
    assert 0 < refused < 1500


def test_a_plan_is_read_as_it_is_written() -> None:
    text = "Дроби | 4\nКонтрольная № 1 | 1 | к/р | после 1\n\nПовторение\t2\tрезерв\n"
    lines, bad = read_plan(text)
    assert bad == []
    assert lines == [
        Line("Дроби", 4),
        Line("Контрольная № 1", 1, is_control=True, needs=frozenset({1})),
        Line("Повторение", 2, is_reserve=True),
    ]
    assert read_plan(write_plan(lines)) == (lines, [])


@pytest.mark.parametrize("row", ["Дроби | много", "Дроби | 99", "Дроби | после 1", "Дроби | после 7", " | 4"])
def test_what_a_plan_cannot_say(row: str) -> None:
    _lines, bad = read_plan(row)
    assert [type(one) for one in bad] == [BadLine]
