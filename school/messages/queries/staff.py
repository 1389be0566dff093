"""Who teaches and leads one pupil today."""

import uuid
from dataclasses import replace
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, null, or_, select, union_all

from content_library.models import Subject
from school.classes.models import ClassLeadership, Course, Enrolment, TeachingPost
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.database import db
from school.core.languages import language
from school.messages.seen import Staff
from school.people.models import Member

member = cast("Table", Member.__table__)
post = cast("Table", TeachingPost.__table__)
course = cast("Table", Course.__table__)
place = cast("Table", Enrolment.__table__)
leadership = cast("Table", ClassLeadership.__table__)
subject = cast("Table", Subject.__table__)

NAMES = (member.c.id, member.c.account_id, member.c.family_name, member.c.given_name, member.c.patronymic)


def staff_of_pupil(pupil: SeenPupil) -> list[Staff]:
    """The class teacher first, then those who teach, by name; each once with all their subjects."""
    today, school_id = clock.today(), pupil.school_id

    def holds(table: Table) -> ColumnElement[bool]:
        ends = or_(table.c.to_on.is_(None), table.c.to_on >= today)
        return and_(table.c.school_id == school_id, table.c.from_on <= today, ends)

    learns = and_(holds(place), place.c.pupil_id == pupil.id)
    name = subject.c.name_ru if language() == "ru" else subject.c.name_en
    teachers = (
        select(*NAMES, name.label("subject"), member.c.sort_name)
        .select_from(
            place.join(course, and_(course.c.school_id == school_id, course.c.group_id == place.c.group_id))
            .join(subject, subject.c.id == course.c.subject_id)
            .join(post, and_(holds(post), post.c.course_id == course.c.id))
            .join(member, and_(member.c.school_id == school_id, member.c.id == post.c.teacher_id))
        )
        .where(learns, member.c.closed_on.is_(None))
    )
    leaders = (
        select(*NAMES, null().label("subject"), member.c.sort_name)
        .select_from(
            place.join(leadership, and_(holds(leadership), leadership.c.class_id == place.c.group_id)).join(
                member, and_(member.c.school_id == school_id, member.c.id == leadership.c.teacher_id)
            )
        )
        .where(learns, member.c.closed_on.is_(None))
    )
    both = union_all(teachers, leaders).subquery()
    rows = db.session.execute(select(both).order_by(both.c.sort_name, both.c.subject)).all()
    found: dict[uuid.UUID, Staff] = {}
    for row in rows:
        what = row[5]
        one = found.get(row[0]) or Staff(*row[:5])
        subjects = one.subjects if what is None or what in one.subjects else (*one.subjects, what)
        found[one.id] = replace(one, subjects=subjects, leads=one.leads or what is None)
    return sorted(found.values(), key=lambda one: not one.leads)


def get_staff(school_id: int, member_id: uuid.UUID) -> Staff | None:
    """Somebody of the school who is nothing to the pupil today."""
    row = db.session.execute(select(*NAMES).where(member.c.school_id == school_id, member.c.id == member_id)).first()
    return Staff(*row) if row else None
