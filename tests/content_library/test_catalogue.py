"""Searching: words in any form, filters, counts, pages; nothing that is not published."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content_library import FileRole, PlacedFile, StoredFile, UnitKind, WrittenItem, catalogue
from tests.content_library.conftest import MORNING
from tests.content_library.writing import fill_shelf, published


@pytest.fixture
def shelves(session: Session) -> Session:
    textbook = {
        "title": "Равномерное движение",
        "summary": "Скорость, а не дроби",
        "body_markdown": "Скорость равна пути, делённому на время.",
    }
    fill_shelf(session, textbook=textbook, english="Fractions")
    return session


def titles(page: catalogue.CataloguePage) -> Sequence[str]:
    return [card.title for card in page.cards]


@pytest.mark.parametrize(
    ("words", "filters", "expected"),
    [
        ("", {}, ["Fractions", "Равномерное движение", "Отрицательные числа", "Ёлка из дробей", "Сложение дробей"]),
        ("дробь", {"subject": 1, "language": "ru"}, ["Ёлка из дробей", "Сложение дробей"]),
        ("ДРОБИ", {"language": "ru"}, ["Ёлка из дробей", "Сложение дробей", "Равномерное движение"]),
        ("елка", {}, ["Ёлка из дробей"]),
        ("ёлки дробями", {}, ["Ёлка из дробей"]),
        ("скоростью пути", {}, ["Равномерное движение"]),
        ("знаменат", {}, ["Сложение дробей"]),
        ("петрова", {"kind": UnitKind.TEXTBOOK}, ["Равномерное движение"]),
        ("%", {"subject": 2}, ["Равномерное движение"]),
        ("зельеварение", {}, []),
        ("", {"year_level": 8}, ["Равномерное движение"]),
        ("", {"year_level": 5}, ["Fractions", "Ёлка из дробей", "Сложение дробей"]),
        ("", {"topic": 10}, ["Fractions", "Ёлка из дробей", "Сложение дробей"]),
        ("", {"topic": 12, "kind": UnitKind.ASSIGNMENT}, ["Ёлка из дробей"]),
        ("", {"topic": 20}, ["Равномерное движение"]),
        ("fraction", {}, ["Fractions"]),
    ],
)
def test_search(shelves: Session, words: str, filters: dict[str, Any], expected: list[str]) -> None:
    page = catalogue.search(shelves, words, **filters)
    assert titles(page) == expected
    assert page.total == len(expected)


def test_counts_tell_what_another_choice_would_give(shelves: Session) -> None:
    page = catalogue.search(shelves, "дроби", subject=1, kind=UnitKind.TEST, language="ru")
    assert titles(page) == ["Сложение дробей"]
    assert page.by_kind == {UnitKind.TEST: 1, UnitKind.ASSIGNMENT: 1}
    assert page.by_subject == {1: 1}
    assert page.by_year_level == {5: 1, 6: 1}
    # The English unit hangs on a topic whose title has the word.
    assert page.by_language == {"ru": 1, "en": 1}
    assert all(type(kind) is UnitKind for kind in page.by_kind)


def test_pages_follow_each_other_without_gap_or_repeat(shelves: Session) -> None:
    for number in range(7):
        published(shelves, title=f"Задача {number}", summary="Про дроби")
    whole = titles(catalogue.search(shelves, "дроби"))
    assert len(whole) == 11
    seen: list[str] = []
    after = None
    for _ in range(4):
        page = catalogue.search(shelves, "дроби", after=after, limit=3)
        assert page.total == 11
        seen += titles(page)
        after = page.after
    assert after is None
    assert seen == whole
    assert titles(catalogue.search(shelves, "дроби", after="nonsense", limit=3)) == whole[:3]


def test_keys_are_never_found(session: Session) -> None:
    published(session, items=[WrittenItem(kind="text", spec={"text": "Столица?", "key": "Секретоград"})])
    assert catalogue.search(session, "секретоград").total == 0
    assert catalogue.search(session, "столица").total == 0


def test_card_has_its_subject_and_poster(session: Session) -> None:
    for letter in "cde":
        session.add(StoredFile(sha256=letter * 64, size=1, content_type="image/png", created_at=MORNING))
    session.flush()
    files = [
        PlacedFile(sha256=letter * 64, name="a.png", role=role, alt="Рисунок")
        for letter, role in (("c", FileRole.ATTACHMENT), ("d", FileRole.PICTURE), ("e", FileRole.POSTER))
    ]
    published(session, title="Без картинки")
    published(session, title="С картинкой", files=files[:2])
    published(session, title="С обложкой", files=files)
    cards = catalogue.search(session).cards
    assert [card.poster for card in cards] == ["e" * 64, "d" * 64, None]
    assert (cards[0].subject_name_ru, cards[0].subject_name_en, cards[0].tint) == ("Математика", "Maths", 0)
    assert (cards[0].kind, cards[0].author_name, cards[0].licence) == (UnitKind.TEST, "Анна Петрова", "CC-BY-4.0")


def test_units_for_a_topic(shelves: Session) -> None:
    assert [card.title for card in catalogue.units_for_topic(shelves, 10, limit=2)] == ["Fractions", "Ёлка из дробей"]
    assert [card.title for card in catalogue.units_for_topic(shelves, 20)] == ["Равномерное движение"]
    assert catalogue.units_for_topic(shelves, 999) == []
