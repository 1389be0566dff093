"""Extra lessons of the demo school: one that was held a week ago, one to which pupils are invited."""

import uuid
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from content_library.models import Topic, Unit, UnitKind, UnitTopic
from school.classes.models import ExtraLesson, ExtraPlace
from school.core import clock
from school.core.database import db
from school.demo.classes import DemoCourse
from school.demo.people import Person
from school.demo.rows import Rows

AT, LENGTH, ROOM = time(15, 35), timedelta(minutes=40), "204"
INVITED = 7
WORDS = "Возьмите тетрадь и цветные карандаши."


def write_extras(rows: Rows, courses: list[DemoCourse], building: uuid.UUID, pupil: Person, now: datetime) -> None:
    """In the course of the demo pupil for whose subject the library has a scenario."""
    scenarios = {
        (subject_id, level): (topic_id, unit_id)
        for subject_id, level, topic_id, unit_id in db.session.execute(
            select(Topic.subject_id, Topic.year_level, Topic.id, Unit.id)
            .join(UnitTopic, UnitTopic.topic_id == Topic.id)
            .join(Unit, Unit.id == UnitTopic.unit_id)
            .where(Unit.kind == UnitKind.SCENARIO)
            .order_by(Unit.id.desc())
        )
    }
    today = clock.local(now).date()
    for course in courses:
        found = scenarios.get((course.subject_id, course.school_class.year_level))
        if found is None or pupil not in course.pupils:
            continue
        days = sorted({lesson.day for lesson in course.lessons})
        past = [day for day in days if timedelta(5) <= today - day <= timedelta(20)]
        coming = [day for day in days if day > today]
        if past:
            _write(rows, course, building, found, past[-1], is_over=True)
        if coming:
            _write(rows, course, building, found, coming[0], is_over=False, first=pupil)
        return


def _write(
    rows: Rows,
    course: DemoCourse,
    building: uuid.UUID,
    about: tuple[int, uuid.UUID],
    day: date,
    *,
    is_over: bool,
    first: Person | None = None,
) -> None:
    starts = clock.moscow(day, AT)
    made = starts - timedelta(days=2)
    lesson = rows.id_at(made)
    rows.add(
        ExtraLesson,
        id=lesson,
        course_id=course.id,
        teacher_id=course.teacher.member,
        topic_id=about[0],
        building_id=building,
        room=ROOM,
        on_date=day,
        starts_at=starts,
        ends_at=starts + LENGTH,
        unit_id=about[1],
        words="" if is_over else WORDS,
        from_evidence=True,
        made_at=made,
        made_by=course.teacher.account,
        held_at=starts + LENGTH if is_over else None,
    )
    others = [one for one in course.pupils if one is not first]
    invited = ([first] if first else []) + rows.chance.sample(others, INVITED - bool(first))
    for n, pupil in enumerate(invited):
        reply = "no" if n == INVITED - 1 else "yes" if is_over or n in {1, 2, 4} else ""
        rows.add(
            ExtraPlace,
            id=rows.id_at(made),
            extra_id=lesson,
            pupil_id=pupil.member,
            course_id=course.id,
            right=2 + n % 3,
            answers=8 + n % 2,
            invited_at=made,
            reply=reply,
            replied_at=made + timedelta(hours=3) if reply else None,
            by_family=bool(reply) and n % 2 == 1,
            says="Идём к врачу" if reply == "no" else "",
            came=reply == "yes" if is_over else None,
        )
