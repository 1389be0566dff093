"""Marks become news once their quiet window is over: to the pupil first, never a slip, each once."""

from datetime import timedelta

from sqlalchemy import select

from school.core.database import db
from school.core.records import seal
from school.core.transactions import unit_of_work
from school.gradebook.actions.news import CHANGED, NEW, REMOVED, has_news, tell_of_marks
from school.notices.models import Notice
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room


def told(at: Room, member: Member) -> list[str]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Notice.kind)
            .where(Notice.school_id == at.course.school_id, Notice.account_id == member.account_id)
            .order_by(Notice.made_at, Notice.id)
        )
    )


def read_record() -> None:
    db.session.rollback()
    with unit_of_work():
        seal()
    tell_of_marks()
    db.session.rollback()


def test_a_mark_is_news_after_its_window(make: Make, client: SchoolClient) -> None:
    at = room(make)
    parent = make.parent(make.school_of(at.course), at.pupils[0])
    at.save(at.entry(3, pupil=1))
    read_record()  # the school begins at its present end
    at.save(at.entry(4))
    read_record()
    assert told(at, at.pupils[0]) == []
    with later(minutes=11):
        read_record()
        read_record()
        assert told(at, at.pupils[0]) == told(at, parent) == [NEW]
        assert told(at, at.pupils[1]) == told(at, at.pupils[2]) == []
        [mine, parents] = db.session.scalars(
            select(Notice).where(Notice.school_id == at.course.school_id).order_by(Notice.ready_at)
        ).all()
        assert (mine.account_id, parents.account_id) == (at.pupils[0].account_id, parent.account_id)
        assert parents.ready_at - mine.ready_at == timedelta(minutes=60)
        assert set(mine.about) == {"pupil", "version", "subject_ru", "subject_en", "lesson_on"}, "never the mark itself"
        assert not has_news()
        client.sign_in(make.account_of(parent))
        assert "Новая отметка" in client.get("/notices").text


def test_a_slip_is_no_news_a_change_of_what_was_seen_is(make: Make) -> None:
    at = room(make)
    read_record()
    at.save(at.entry(2))
    read_record()
    at.save(at.entry(None, seen=1))
    with later(minutes=5):
        at.save(at.entry(5, seen=2))
    with later(minutes=12):
        read_record()
        assert told(at, at.pupils[0]) == [], "the window of the last change is open"
    with later(minutes=16):
        read_record()
        assert told(at, at.pupils[0]) == [NEW], "the 2 never was"
        at.save(at.entry(4, seen=3))
    with later(minutes=30):
        read_record()
        assert told(at, at.pupils[0]) == [NEW, CHANGED]
        at.save(at.entry(None, seen=4))
    with later(minutes=50):
        read_record()
        assert told(at, at.pupils[0]) == [NEW, CHANGED, REMOVED]


def test_marks_that_were_chained_long_after_are_no_news(make: Make) -> None:
    at = room(make)
    read_record()
    at.save(at.entry(4))
    with later(days=4):
        read_record()
        assert told(at, at.pupils[0]) == []
        assert not has_news()
