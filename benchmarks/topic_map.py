"""Sixty topics that each of the thirty pupils of the benchmark's journal has answered to."""

import random

from sqlalchemy import select

from benchmarks.journal import COLUMNS, Journal
from content_library.models import Item, Topic
from school.classes.models import Course, Enrolment
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.demo.building import SCHOOL_ID
from school.mastery.actions import InSubject, Told, learn_answers

TWICE = 2
DAY = 86_400.0


def widen_topics(journal: Journal) -> None:
    """Two answers of every pupil to every topic, a topic a day."""
    chance = random.Random(7)
    with unit_of_work():
        course = db.session.get(Course, (SCHOOL_ID, journal.course_id))
        assert course is not None
        topics = [Topic(subject_id=course.subject_id, code=f"b.{n}", title=f"Тема {n}", year_level=7) for n in range(COLUMNS)]  # fmt: skip
        db.session.add_all(topics)
        db.session.flush()
        items = db.session.scalars(select(Item.id).order_by(Item.id).limit(TWICE * COLUMNS)).all()
        pupils = db.session.scalars(
            select(Enrolment.pupil_id).where(Enrolment.school_id == SCHOOL_ID, Enrolment.group_id == course.group_id)
        ).all()
        start = clock.now().timestamp() - TWICE * COLUMNS * DAY
        for pupil in pupils:
            told = [
                Told(new_id(), item, (topics[n % COLUMNS].id,), chance.random() < 0.7, start + n * DAY)
                for n, item in enumerate(items)
            ]
            learn_answers(None, InSubject(SCHOOL_ID, pupil, course.subject_id), told)
