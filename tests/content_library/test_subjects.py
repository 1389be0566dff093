"""The reference list of subjects and the tree of topics."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from content_library import Subject, Topic, subjects


@pytest.fixture
def empty(session: Session) -> Session:
    session.execute(delete(Topic))
    session.execute(delete(Subject))
    return session


def test_list_is_sound() -> None:
    rows = subjects.SUBJECTS
    for values in zip(*[(row.id, row.code, row.name_ru, row.name_en, row.short_ru) for row in rows], strict=True):
        assert len(set(values)) == len(rows)
    assert all(0 <= row.tint <= 11 and len(row.short_ru) <= 16 for row in rows)


def test_ensure_is_repeatable_and_renames(empty: Session) -> None:
    subjects.ensure_subjects(empty)
    maths = subjects.find_subject(empty, "maths")
    assert maths is not None
    maths.name_ru = "Арифметика"
    empty.flush()
    subjects.ensure_subjects(empty)
    assert maths.name_ru == "Математика"
    assert [subject.code for subject in subjects.all_subjects(empty)] == [row.code for row in subjects.SUBJECTS]
    assert subjects.get_subject(empty, maths.id) is maths


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("математика", "maths"),
        (" Физическая  культура ", "sport"),
        ("Матем.", "maths"),
        ("Physics", "physics"),
        ("Зельеварение", None),
    ],
)
def test_find(empty: Session, name: str, code: str | None) -> None:
    subjects.ensure_subjects(empty)
    found = subjects.find_subject(empty, name)
    assert (found.code if found else None) == code


def test_topics_stand_in_order(session: Session) -> None:
    maths = session.get_one(Subject, 1)
    parent = session.get_one(Topic, 10)
    first = subjects.add_topic(session, maths, "5.1.2", "Вычитание дробей", 5, parent)
    second = subjects.add_topic(session, maths, "5.1.3", "Умножение дробей", 5, parent)
    assert (first.position, second.position) == (1, 2)
    again = subjects.add_topic(session, maths, "5.1.2", "Разность дробей", 5, parent)
    assert again is first
    assert [topic.title for topic in subjects.topics_of(session, 1, 5)] == [
        "Обыкновенные дроби",
        "Сложение дробей",
        "Разность дробей",
        "Умножение дробей",
    ]
    assert {topic.subject_id for topic in subjects.topics_of(session, 2)} == {2}
