"""Frameworks from files: what is read, what would change, what is left out and why."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import Subject, Topic, frameworks
from content_library.frameworks import Reason, What
from content_library.frameworks.files import MOST_ROWS
from content_library.models import TopicNeed

CSV = """Код;Тема;Класс;Опирается на;С;По
5.1;Дроби;5;;01.09.2026;
5.1.1;Сложение дробей;5;;;
5.9;Проценты;5;5.1.1, 5.8;;
5.8;Отношения;5;5.9;;2030-05-31
6.1;;6;;;
6.2;Модуль;12;;;
6.3;Координаты;6;6.9;;
6.4;Функции;6;;вчера;
5.9;Снова проценты;5;;;
"""


def plan(session: Session, name: str, text: str, subject: int | None = 1, year: int | None = None) -> frameworks.Plan:
    rows = frameworks.read_rows(name, text.encode())
    return frameworks.plan(session, rows, session.get(Subject, subject) if subject else None, year)


def test_a_table_is_looked_at_and_then_taken(session: Session) -> None:
    made = plan(session, "темы.csv", CSV)
    assert {row.key[1]: row.what for row in made.rows} == {
        "5.1": What.CHANGED,
        "5.1.1": What.SAME,
        "5.9": What.NEW,
        "5.8": What.NEW,
        "6.3": What.NEW,
    }
    said = {(one.code, one.reason) for one in made.refused}
    assert said == {
        ("6.1", Reason.NO_TITLE),
        ("6.2", Reason.NO_YEAR),
        ("6.4", Reason.BAD_DATE),
        ("5.9", Reason.TWICE),
        ("6.3", Reason.NO_NEED),
        ("5.8", Reason.CIRCLE),
    }
    assert session.scalar(select(Topic).where(Topic.code == "5.9")) is None, "nothing is changed by looking"
    frameworks.bring(session, made)
    topics = {one.code: one for one in session.scalars(select(Topic).where(Topic.subject_id == 1))}
    assert topics["5.1"].title == "Дроби" and topics["5.1"].valid_from is not None
    assert topics["5.1.1"].parent_id == topics["5.1"].id
    needs = {tuple(row) for row in session.execute(select(TopicNeed.topic_id, TopicNeed.needs_id))}
    assert needs == {(topics["5.9"].id, topics["5.1.1"].id), (topics["5.9"].id, topics["5.8"].id)}
    again = plan(session, "темы.csv", CSV)
    assert again.count(What.NEW) == 0 and {row.what for row in again.rows} == {What.SAME}


def test_a_codifier_becomes_a_tree_of_its_own(session: Session) -> None:
    rows = [("1", "Числа"), ("1.1", "Целые числа"), ("1.2", "Дроби"), ("1.10", "Модуль"), ("1.1", "Целые числа")]
    text = json.dumps({"//": "x", "mapping": [{"kes_code": a, "kes_description": b, "kos_code": "2"} for a, b in rows]})
    made = plan(session, "kes.json", text, year=11)
    assert made.count(What.NEW) == 4 and not made.refused and made.only_here == 3
    assert frameworks.bring(session, made) == 4
    found = session.scalars(select(Topic).where(Topic.code.startswith("ЕГЭ 1.")).order_by(Topic.position)).all()
    assert [one.code for one in found] == ["ЕГЭ 1.1", "ЕГЭ 1.2", "ЕГЭ 1.10"], "2.10 follows 2.9"
    assert len({one.parent_id for one in found}) == 1


def test_needs_cross_subjects(session: Session) -> None:
    toml = '[[topics]]\nsubject = "physics"\ncode = "7.2"\ntitle = "Скорость"\nyear_level = 7\nneeds = ["maths:6.1"]\n'
    frameworks.bring(session, plan(session, "f.toml", toml, subject=None))
    topic = session.scalars(select(Topic).where(Topic.code == "7.2")).one()
    assert [one.id for one in frameworks.needs_of(session, [topic.id])[topic.id]] == [11]


def test_a_file_that_would_close_a_circle_by_moving_is_refused_whole(session: Session) -> None:
    whole = session.get_one(Topic, 10)
    other = frameworks.add(session, session.get_one(Subject, 1), "Делимость", 5, code="5.7")
    frameworks.need(session, whole, other)
    made = plan(session, "f.csv", "code,title,year,parent\n5.7,Делимость,5,5.1\n")
    assert not made.rows and [one.reason for one in made.refused] == [Reason.CIRCLE]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b"{", Reason.BROKEN),
        ("a.json", b"[" * 100_000, Reason.BROKEN),
        ("a.json", b'{"topics": 5}', Reason.NO_ROWS),
        ("a.toml", b"x = ", Reason.BROKEN),
        ("a.csv", b"\xd0\xf2\xe0", Reason.NOT_TEXT),
        ("a.csv", b"", Reason.NO_ROWS),
        ("a.json", b" " * 2_000_001, Reason.TOO_LARGE),
    ],
)
def test_what_is_no_framework(name: str, data: bytes, reason: Reason) -> None:
    with pytest.raises(frameworks.Unreadable) as refusal:
        frameworks.read_rows(name, data)
    assert refusal.value.reason == reason


def test_rows_in_a_ring_and_without_end(session: Session) -> None:
    ring = "code,title,year,parent\na,A,5,b\nb,B,5,a\nc,C,5,c\nd,D,5,a\n"
    made = plan(session, "ring.csv", ring)
    assert not made.rows and {one.reason for one in made.refused} == {Reason.NO_PARENT}
    rows = frameworks.read_rows("long.csv", ("code,title,year\n" + "a,A,5\n" * (MOST_ROWS + 5)).encode())
    assert len(rows) == MOST_ROWS
