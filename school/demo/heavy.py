"""The demo school's rule of subjects with heavy homework."""

from datetime import date

from sqlalchemy import select

from content_library.models import Subject
from school.classes.models import HeavyNorm
from school.core.database import db
from school.demo.people import Person
from school.demo.rows import Rows

SUBJECTS = ("algebra", "russian", "english", "physics")
MOST = 2


def write_heavy(rows: Rows, deputy: Person, from_on: date) -> None:
    """No more than two of four on one day, by the school's own order."""
    ids = db.session.scalars(select(Subject.id).where(Subject.code.in_(SUBJECTS)).order_by(Subject.id)).all()
    rows.add(
        HeavyNorm,
        id=rows.id_at(from_on),
        from_on=from_on,
        source="Положение о домашних заданиях, приказ № 40",
        subjects=list(ids),
        most=MOST,
        owner=deputy.member,
    )
