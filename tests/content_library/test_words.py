"""Forms of one word find each other; different words do not."""

import pytest

from content_library.words import indexed, stem, wished, words_of


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("дроби", "Сложение дробей"),
        ("дробь", "дробями"),
        ("ёлка", "Елки и ёлки"),
        ("движение", "равномерного движения"),
        ("движением", "Движение"),
        ("уравнения", "Решение уравнений"),
        ("скорость", "скоростью"),
        ("скоростью", "скорости"),
        ("умножение", "умножения"),
        ("задачи", "задача"),
        ("обыкновенные", "Обыкновенная дробь"),
        ("физика", "по физике"),
        ("fractions", "Adding fraction"),
        ("Й" + "од", "йодом"),
        ("и\u0306од", "йод"),
        ("сло", "Сложение"),
        ("7", "для 7 класса"),
    ],
)
def test_forms_of_a_word_meet(typed: str, text: str) -> None:
    assert all(f" {one}" in indexed(text) for one in wished(typed))


@pytest.mark.parametrize(
    ("typed", "text"), [("дроби", "подробно"), ("кот", "скот"), ("сила", "масса"), ("скорость", "скоро")]
)
def test_other_words_do_not(typed: str, text: str) -> None:
    assert not all(f" {one}" in indexed(text) for one in wished(typed))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("сила и масса", ["сил", "масс"]),
        ("и", ["и"]),
        ("", []),
        ("100% _ %", ["100"]),
        ("a'b; DROP", ["drop"]),
        (" ".join("слово" for _ in range(20)), ["слов"] * 8),
    ],
)
def test_wished(typed: str, expected: list[str]) -> None:
    assert wished(typed) == expected


def test_words_and_stems() -> None:
    assert words_of("Ёж — это «ёж», 2×2") == ["еж", "это", "еж", "2", "2"]
    assert stem("еж") == "еж"
    assert indexed("да, Да", "нет да") == " да нет"
