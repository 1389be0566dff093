"""A pupil with the subjects of the year, one of them, and one mark: the loaders of the pages."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, false, select

from content_library.models import Subject
from school.classes.models import Course, Enrolment, GroupKind, SchoolYear, StudyGroup
from school.classes.queries import get_pupil
from school.classes.queries.relations import SCHOOL, TODAY, lasting, teaches_course
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.gradebook.models import Column, Mark, WorkType
from school.people.models import Member
from school.progress.seen import SeenLearning, SeenMark, SeenSubject

course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
place = cast("Table", Enrolment.__table__)
year = cast("Table", SchoolYear.__table__)
member = cast("Table", Member.__table__)
mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)

PUPIL = bindparam("pupil", type_=Id)

_THIS_YEAR = (
    select(year.c.id)
    .where(year.c.school_id == SCHOOL, year.c.starts_on <= TODAY)
    .order_by(year.c.starts_on.desc())
    .limit(1)
    .scalar_subquery()
)
_COLUMNS = (
    subject.c.id,
    subject.c.name_ru,
    subject.c.name_en,
    subject.c.tint,
    group.c.regime_id,
    course.c.id,
)
_OF_YEAR = (
    select(*_COLUMNS)
    .select_from(
        place.join(group, and_(group.c.school_id == SCHOOL, group.c.id == place.c.group_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.group_id == group.c.id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(
        place.c.school_id == SCHOOL,
        place.c.pupil_id == PUPIL,
        place.c.from_on <= TODAY,
        group.c.year_id == _THIS_YEAR,
    )
    .order_by(subject.c.sort, subject.c.id, place.c.from_on, course.c.id)
)

_SUBJECTS = _OF_YEAR.add_columns(and_(lasting(place), teaches_course(course)))
_OWN = _OF_YEAR.add_columns(
    false(),
    group.c.kind,
    lasting(place),
    member.c.account_id,
    member.c.family_name,
    member.c.given_name,
    member.c.patronymic,
    member.c.closed_on,
    group.c.id,
    group.c.name,
    group.c.year_level,
).join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id))

_MARK = (
    select(
        mark.c.id,
        mark.c.subject_id,
        mark.c.on_date,
        work.c.name,
        column.c.title,
        mark.c.value,
        mark.c.code,
        mark.c.released_at,
        mark.c.released_value,
        mark.c.released_code,
    )
    .select_from(
        mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id)).join(
            work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id)
        )
    )
    .where(mark.c.school_id == SCHOOL, mark.c.pupil_id == PUPIL, mark.c.id == bindparam("thing", type_=Id))
)


def get_learning(actor: Actor, pupil_id: uuid.UUID) -> SeenLearning | None:
    """A pupil of the actor's school with the subjects of the year that has begun last. Two statements."""
    pupil = get_pupil(actor, pupil_id)
    if pupil is None:
        return None
    rows = read(
        _SUBJECTS,
        {"school": actor.school_id, "member": actor.member_id, "pupil": pupil_id, "today": clock.today()},
    )
    return SeenLearning(pupil, _subjects(actor, pupil_id, rows))


def _subjects(actor: Actor, pupil_id: uuid.UUID, rows: Sequence[tuple[Any, ...]]) -> tuple[SeenSubject, ...]:
    found: dict[int, SeenSubject] = {}
    for subject_id, name_ru, name_en, tint, regime_id, course_id, is_taught, *_of_pupil in rows:
        known = found.get(subject_id)
        found[subject_id] = SeenSubject(
            actor.school_id or 0,
            pupil_id,
            subject_id,
            name_en if actor.locale == "en" else name_ru,
            tint + 1,
            regime_id,
            (*(known.course_ids if known else ()), course_id),
            bool(is_taught) or (known is not None and known.is_taught),
        )
    return tuple(found.values())


def own_learning(actor: Actor) -> SeenLearning | None:
    """The actor's own, for a pupil. One statement for who has lessons in a class, as nearly all have."""
    if actor.member_id is None:
        return None
    asked = {"school": actor.school_id, "member": actor.member_id, "pupil": actor.member_id, "today": clock.today()}
    rows = read(_OWN, asked)
    own = next((row[9:] for row in rows if row[7] == GroupKind.CLASS.value and row[8]), None)
    if own is None:
        return get_learning(actor, actor.member_id)
    ties = (True, False, False, False, False)  # the pupil's own: nobody guards, teaches or leads themselves
    pupil = SeenPupil(*(actor.school_id or 0, actor.member_id, *own, *ties))
    return SeenLearning(pupil, _subjects(actor, actor.member_id, rows))


def subject_of(learning: SeenLearning, subject_id: int) -> SeenSubject | None:
    """For addresses below a pupil: a subject the pupil learns this year."""
    return next((one for one in learning.subjects if one.id == subject_id), None)


def mark_of(learning: SeenLearning, mark_id: uuid.UUID) -> SeenMark | None:
    """For addresses below a pupil: a mark of this year. A family finds none that it has never been shown."""
    row = db.session.execute(_MARK, {"school": learning.school_id, "pupil": learning.id, "thing": mark_id}).first()
    if row is None:
        return None
    cells: tuple[Any, ...] = tuple(row)
    found_id, subject_id, on_date, work_name, title, value, code, released_at, released_value, released_code = cells
    of_subject = subject_of(learning, subject_id)
    is_quiet = released_at > clock.now()
    if of_subject is None:
        return None
    if is_quiet and not learning.as_staff:
        value, code = released_value, released_code
        if value is None and code is None:
            return None
    text = str(value) if value is not None else code or ""
    return SeenMark(
        learning.school_id, found_id, learning.id, of_subject, on_date, work_name, title, text, is_quiet, released_at
    )
