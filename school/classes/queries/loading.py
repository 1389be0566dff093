"""One course, lesson, group or pupil of the actor's school, each by one statement that also finds the relations."""

import uuid
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, exists, select

from content_library.models import Subject
from school.classes.models import (
    Course,
    Enrolment,
    GroupKind,
    Lesson,
    PresenceTaken,
    StudyGroup,
    Substitution,
    Term,
)
from school.classes.queries.relations import (
    SCHOOL,
    follows_group,
    guards_pupil,
    lasting,
    leads_group,
    leads_pupil,
    learns_in_group,
    teaches_course,
    teaches_group,
    teaches_pupil,
)
from school.classes.seen import SeenCourse, SeenGroup, SeenLesson, SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.people.models import Member, Role, RoleKind

THING = bindparam("thing", type_=Id)

course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
lesson = cast("Table", Lesson.__table__)
term = cast("Table", Term.__table__)
member = cast("Table", Member.__table__)
substitution = cast("Table", Substitution.__table__)
taken = cast("Table", PresenceTaken.__table__)

COURSE_COLUMNS = (
    course.c.school_id,
    course.c.id,
    course.c.name,
    course.c.hours_a_week,
    course.c.subject_id,
    subject.c.name_ru,
    subject.c.name_en,
    subject.c.tint,
    group.c.id,
    group.c.name,
    group.c.kind,
    group.c.year_level,
    group.c.class_id,
    group.c.year_id,
    group.c.regime_id,
    teaches_course(course),
    leads_group(group),
    learns_in_group(group),
    follows_group(group),
)
COURSE_FROM = course.join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id)).join(
    subject, subject.c.id == course.c.subject_id
)
_COURSE = select(*COURSE_COLUMNS).select_from(COURSE_FROM).where(course.c.school_id == SCHOOL, course.c.id == THING)

_LESSON = (
    select(
        *COURSE_COLUMNS,
        lesson.c.id,
        lesson.c.term_id,
        term.c.locked_at,
        lesson.c.on_date,
        lesson.c.slot,
        lesson.c.starts_at,
        lesson.c.ends_at,
        lesson.c.room,
        lesson.c.teacher_id,
        substitution.c.teacher_id,
        lesson.c.state,
        lesson.c.moved_to_id,
        lesson.c.topic,
        lesson.c.topic_id,
        taken.c.taken_at,
    )
    .select_from(
        COURSE_FROM.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.course_id == course.c.id))
        .join(term, and_(term.c.school_id == SCHOOL, term.c.id == lesson.c.term_id))
        .outerjoin(substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id))
        .outerjoin(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))
    )
    .where(course.c.school_id == SCHOOL, lesson.c.id == THING)
)

_GROUP = select(
    group.c.school_id,
    group.c.id,
    group.c.name,
    group.c.kind,
    group.c.year_level,
    group.c.letter,
    group.c.class_id,
    group.c.year_id,
    group.c.regime_id,
    group.c.building_id,
    group.c.shift,
    teaches_group(group),
    leads_group(group),
    learns_in_group(group),
).where(group.c.school_id == SCHOOL, group.c.id == THING)

_place = Enrolment.__table__.alias("class_place")
_class = group.alias("class_now")
_IS_PUPIL = exists().where(
    Role.account_id == member.c.account_id,
    Role.school_id == SCHOOL,
    Role.member_id == member.c.id,
    Role.kind == RoleKind.PUPIL.value,
)
_PUPIL = (
    select(
        member.c.school_id,
        member.c.id,
        member.c.account_id,
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
        member.c.closed_on,
        _class.c.id,
        _class.c.name,
        _class.c.year_level,
        guards_pupil(member, with_progress=False),
        guards_pupil(member, with_progress=True),
        teaches_pupil(member),
        leads_pupil(member),
    )
    .select_from(
        member.outerjoin(
            _place.join(
                _class,
                and_(
                    _class.c.school_id == SCHOOL,
                    _class.c.id == _place.c.group_id,
                    _class.c.kind == GroupKind.CLASS.value,
                ),
            ),
            and_(lasting(_place), _place.c.pupil_id == member.c.id),
        )
    )
    .where(member.c.school_id == SCHOOL, member.c.id == THING, _IS_PUPIL)
    .order_by(_place.c.from_on.desc())
)


def get_course(actor: Actor, course_id: uuid.UUID) -> SeenCourse | None:
    """A course of the actor's school."""
    row = _one(_COURSE, actor, course_id)
    return None if row is None else seen_course(row, actor.locale)


def get_lesson(actor: Actor, lesson_id: uuid.UUID) -> SeenLesson | None:
    """A lesson of the actor's school, cancelled and moved ones too."""
    row = _one(_LESSON, actor, lesson_id)
    if row is None:
        return None
    n = len(COURSE_COLUMNS)
    return SeenLesson(row[0], row[n], seen_course(row[:n], actor.locale), *row[n + 1 :])


def get_group(actor: Actor, group_id: uuid.UUID) -> SeenGroup | None:
    """A class or group of the actor's school."""
    row = _one(_GROUP, actor, group_id)
    return None if row is None else SeenGroup(*row)


def get_pupil(actor: Actor, pupil_id: uuid.UUID) -> SeenPupil | None:
    """A pupil of the actor's school, by member id; those who have left too."""
    row = _one(_PUPIL, actor, pupil_id)
    if row is None:
        return None
    return SeenPupil(
        school_id=row[0],
        id=row[1],
        account_id=row[2],
        family_name=row[3],
        given_name=row[4],
        patronymic=row[5],
        closed_on=row[6],
        class_id=row[7],
        class_name=row[8] or "",
        year_level=row[9] or 0,
        is_self=pupil_id == actor.member_id,
        guards=row[10],
        follows=row[11],
        teaches=row[12],
        leads=row[13],
    )


def seen_course(cells: tuple[Any, ...], locale: str) -> SeenCourse:
    """A row of course columns in the reader's language."""
    school_id, course_id, name, hours, subject_id, name_ru, name_en, tint, *rest = cells
    words = name_en if locale == "en" else name_ru
    return SeenCourse(school_id, course_id, name, hours, subject_id, words, tint + 1, *rest)


def _one(statement: Select[Any], actor: Actor, thing_id: uuid.UUID) -> tuple[Any, ...] | None:
    rows = read(
        statement,
        {"school": actor.school_id, "member": actor.member_id, "today": clock.today(), "thing": thing_id},
    )
    return tuple(rows[0]) if rows else None
