"""Changes that wait for a second person."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select

from content_library.models import Subject
from school.classes.models import Course, StudyGroup
from school.classes.policy import runs_school
from school.classes.queries import courses_taught
from school.core.access import Actor
from school.core.database import db
from school.gradebook.journal import Journal
from school.gradebook.models import Column, MarkCorrection, PeriodCorrection
from school.gradebook.queries.drafts import names_of
from school.gradebook.release import Sign


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change with its words."""

    id: uuid.UUID
    asked_by: uuid.UUID
    course_id: uuid.UUID
    pupil: str
    asker: str
    group: str
    subject: str
    title: str
    on_date: date
    old: Sign
    new: Sign
    reason: str
    asked_at: datetime


def waiting_corrections(actor: Actor) -> list[Waiting]:
    """Open ones of the whole school for those who run it, for a teacher of the own courses; the oldest first."""
    if actor.school_id is None:
        return []
    statement = (
        select(MarkCorrection, StudyGroup.name, Subject.name_ru, Subject.name_en, Column.title, Column.on_date)
        .join(Course, and_(Course.school_id == actor.school_id, Course.id == MarkCorrection.course_id))
        .join(StudyGroup, and_(StudyGroup.school_id == actor.school_id, StudyGroup.id == Course.group_id))
        .join(Subject, Subject.id == Course.subject_id)
        .join(Column, and_(Column.school_id == actor.school_id, Column.id == MarkCorrection.column_id))
        .where(MarkCorrection.school_id == actor.school_id, MarkCorrection.state == "open")
        .order_by(MarkCorrection.asked_at)
    )
    if not runs_school(actor):
        statement = statement.where(MarkCorrection.course_id.in_([one.id for one in courses_taught(actor)]))
    rows = db.session.execute(statement).all()
    names = names_of(actor.school_id, {one[0].pupil_id for one in rows} | {one[0].asked_member for one in rows})
    return [
        Waiting(
            one.id,
            one.asked_by,
            one.course_id,
            names.get(one.pupil_id, ""),
            names.get(one.asked_member, ""),
            group,
            name_en if actor.locale == "en" else name_ru,
            title,
            on_date,
            Sign(one.old_value, one.old_code),
            Sign(one.value, one.code),
            one.reason,
            one.asked_at,
        )
        for one, group, name_ru, name_en, title, on_date in rows
    ]


def count_waiting(school_id: int) -> int:
    """How many wait in the whole school, of lessons, terms and years; one statement."""
    marks = select(func.count()).where(MarkCorrection.school_id == school_id, MarkCorrection.state == "open")
    periods = select(func.count()).where(PeriodCorrection.school_id == school_id, PeriodCorrection.state == "open")
    return db.session.scalar(select(marks.scalar_subquery() + periods.scalar_subquery())) or 0


def correction_of(journal: Journal, correction_id: uuid.UUID) -> MarkCorrection | None:
    """An open correction of this journal."""
    found = db.session.scalars(
        select(MarkCorrection).where(
            MarkCorrection.school_id == journal.school_id,
            MarkCorrection.course_id == journal.id,
            MarkCorrection.id == correction_id,
            MarkCorrection.state == "open",
        )
    )
    return found.first()
