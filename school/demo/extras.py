"""Extra lessons of the demo school: one that was held a week ago, one to which pupils are invited, a gap for which one is proposed."""

import random
import uuid
from datetime import date, time, timedelta

from sqlalchemy import func, select

from content_library.models import Topic, Unit, UnitKind, UnitTopic, UnitVersion
from school.classes.models import ExtraLesson, ExtraPlace
from school.core import clock
from school.core.database import db
from school.demo.classes import DemoCourse
from school.demo.homework import Exercise, HomeworkOfSchool
from school.demo.people import Person
from school.demo.rows import Rows

AT, LENGTH, ROOM = time(15, 35), timedelta(minutes=40), "204"
INVITED, SHARING = 7, 7
CHANCE = 35
LEARNT, SHARED = "Свойства степени", "Формулы сокращённого умножения: тренировка"
"""Units: of the lesson that was held, with answers before and after; of the gap for which a lesson is proposed."""
WORDS = "Возьмите тетрадь и цветные карандаши."


def write_extras(
    rows: Rows, courses: list[DemoCourse], building: uuid.UUID, pupil: Person, homework: HomeworkOfSchool
) -> None:
    """In the course of the demo pupil for whose subject the library has a scenario.

    All is drawn by a chance of its own, so that the rest of the demo school does not depend on it.
    """
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
    usual, rows.chance = rows.chance, random.Random(CHANCE)
    for course in courses:
        found = scenarios.get((course.subject_id, course.school_class.year_level))
        if found is not None and pupil in course.pupils:
            _fill(rows, course, building, found, pupil, homework)
            break
    rows.chance = usual


def _fill(
    rows: Rows,
    course: DemoCourse,
    building: uuid.UUID,
    scenario: tuple[int, uuid.UUID],
    pupil: Person,
    homework: HomeworkOfSchool,
) -> None:
    days = sorted({lesson.day for lesson in course.lessons})
    past = [day for day in days if timedelta(5) <= homework.today - day <= timedelta(20)]
    coming = [day for day in days if day > homework.today]
    others = [one for one in course.pupils if one is not pupil]
    exercises = {one.title: one for one in homework.exercises[course.subject_id, course.school_class.year_level]}
    learnt, shared = exercises.get(LEARNT), exercises.get(SHARED)
    if past and learnt:
        invited = rows.chance.sample(others, INVITED)
        held = clock.moscow(past[-1], AT)
        for at, knack in ((held - timedelta(days=4), 0.3), (held + timedelta(days=2), 0.7)):
            for n, one in enumerate(invited):
                homework.practise_once(one, learnt, at + timedelta(minutes=7 * n), knack)
        _write(rows, course, building, (_topic_of(learnt), None), past[-1], invited, is_over=True)
    if coming:
        _write(rows, course, building, scenario, coming[0], [pupil, *rows.chance.sample(others, INVITED - 1)])
    if shared:
        for n, one in enumerate(others[:SHARING]):
            at = clock.moscow(homework.today - timedelta(days=1), AT) + timedelta(minutes=11 * n)
            homework.practise_once(one, shared, at, 0.1)


def _topic_of(exercise: Exercise) -> int:
    """The first topic of its unit."""
    return db.session.scalars(
        select(func.min(UnitTopic.topic_id))
        .join(UnitVersion, UnitVersion.unit_id == UnitTopic.unit_id)
        .where(UnitVersion.id == exercise.version_id)
    ).one()


def _write(
    rows: Rows,
    course: DemoCourse,
    building: uuid.UUID,
    about: tuple[int, uuid.UUID | None],
    day: date,
    invited: list[Person],
    *,
    is_over: bool = False,
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
