"""The demo school's own rules of homework: subjects that are heavy, and shorter evenings of the oldest."""

from datetime import date

from sqlalchemy import select

from content_library.models import Subject
from school.classes.models import HeavyNorm
from school.core.database import db
from school.demo.people import Person
from school.demo.rows import Rows
from school.homework.models import HomeworkNorm

SUBJECTS = ("algebra", "russian", "english", "physics")
MOST = 2
DOCUMENT = "Положение о домашних заданиях, приказ № 40"
EVENING_MINUTES = {"9": 180, "10": 180, "11": 180}


def write_heavy(rows: Rows, deputy: Person, from_on: date) -> None:
    """By the school's own order: no more than two of four on one day, and half an hour less for the oldest."""
    ids = db.session.scalars(select(Subject.id).where(Subject.code.in_(SUBJECTS)).order_by(Subject.id)).all()
    rows.add(
        HeavyNorm,
        id=rows.id_at(from_on),
        from_on=from_on,
        source=DOCUMENT,
        subjects=list(ids),
        most=MOST,
        owner=deputy.member,
    )
    rows.add(
        HomeworkNorm,
        id=rows.id_at(from_on),
        from_on=from_on,
        source=DOCUMENT,
        minutes=EVENING_MINUTES,
        weekends_to=None,
        owner=deputy.member,
    )
