"""Where every lesson to come stands, and who learns with whom: what a move of many lessons is held against."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, and_, func, or_, select

from content_library.models import Subject
from school.classes.meetings import Note, Place, Stand, Together
from school.classes.models import (
    Course,
    Enrolment,
    ExtraLesson,
    ExtraPlace,
    Lesson,
    LessonState,
    Reply,
    StudyGroup,
    Substitution,
)
from school.core import clock
from school.core.database import db
from school.core.languages import language
from school.people.models import Member
from school.people.names import initials, short_name

lesson = cast("Table", Lesson.__table__)
group = cast("Table", StudyGroup.__table__)
course = cast("Table", Course.__table__)
subject = cast("Table", Subject.__table__)
member = cast("Table", Member.__table__)
substitution = cast("Table", Substitution.__table__)
place = cast("Table", Enrolment.__table__)
extra = cast("Table", ExtraLesson.__table__)
extra_place = cast("Table", ExtraPlace.__table__)


def stands_to_come(school_id: int) -> dict[object, Stand]:
    """The lessons and extra lessons of the school that have not begun and take place, by their ids."""
    rows = db.session.execute(
        select(
            lesson.c.id,
            lesson.c.course_id,
            lesson.c.group_id,
            lesson.c.subject_id,
            func.coalesce(substitution.c.teacher_id, lesson.c.teacher_id),
            lesson.c.room,
            group.c.building_id,
            lesson.c.on_date,
            lesson.c.slot,
            lesson.c.starts_at,
            lesson.c.ends_at,
            substitution.c.id,
            lesson.c.timetable_slot_id,
        )
        .select_from(
            lesson.join(group, and_(group.c.school_id == school_id, group.c.id == lesson.c.group_id)).outerjoin(
                substitution, and_(substitution.c.school_id == school_id, substitution.c.lesson_id == lesson.c.id)
            )
        )
        .where(
            lesson.c.school_id == school_id,
            lesson.c.state == LessonState.PLANNED.value,
            lesson.c.ends_at > clock.now(),
        )
    )
    found: dict[object, Stand] = {}
    for *cells, cover, slot_id in rows:
        note = Note.COVER if cover else Note.ONCE if slot_id is None else Note.NONE
        stand: list[Any] = [*cells, note]
        found[cells[0]] = Stand(*stand)
    return {**found, **_extras(school_id)}


def _extras(school_id: int) -> dict[object, Stand]:
    rows = db.session.execute(
        select(
            extra.c.id,
            extra.c.course_id,
            course.c.group_id,
            course.c.subject_id,
            extra.c.teacher_id,
            extra.c.room,
            extra.c.building_id,
            extra.c.on_date,
            extra.c.starts_at,
            extra.c.ends_at,
        )
        .select_from(extra.join(course, and_(course.c.school_id == school_id, course.c.id == extra.c.course_id)))
        .where(extra.c.school_id == school_id, extra.c.cancelled_at.is_(None), extra.c.ends_at > clock.now())
    ).all()
    if not rows:
        return {}
    invited: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for extra_id, pupil_id in db.session.execute(
        select(extra_place.c.extra_id, extra_place.c.pupil_id).where(
            extra_place.c.school_id == school_id,
            extra_place.c.extra_id.in_([row[0] for row in rows]),
            extra_place.c.reply != Reply.NO.value,
        )
    ):
        invited[extra_id].add(pupil_id)
    found: dict[object, Stand] = {}
    for row in rows:
        stand: list[Any] = [*row[:8], 0, *row[8:], Note.EXTRA, frozenset(invited[row[0]])]
        found[row[0]] = Stand(*stand)
    return found


def together_in(school_id: int) -> Together:
    """Who learns in which group from today on."""
    class_of = select(group.c.id, group.c.class_id).where(group.c.school_id == school_id)
    places = select(place.c.group_id, place.c.pupil_id, place.c.from_on, place.c.to_on).where(
        place.c.school_id == school_id, or_(place.c.to_on.is_(None), place.c.to_on >= clock.today())
    )
    return Together(
        dict(map(tuple, db.session.execute(class_of))),
        (Place(*row) for row in db.session.execute(places)),
    )


def houses_of(school_id: int, groups: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The building of each group, as it is in this transaction."""
    rows = db.session.execute(
        select(group.c.id, group.c.building_id).where(group.c.school_id == school_id, group.c.id.in_(list(groups)))
    )
    return dict(map(tuple, rows))


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called, in the reader's language."""

    groups: dict[uuid.UUID, str]
    subjects: dict[int, str]
    teachers: dict[uuid.UUID, str]
    """As in a timetable."""
    pupils: dict[uuid.UUID, str]


def names_for(school_id: int, stands: Iterable[Stand], pupils: Iterable[uuid.UUID] = ()) -> Names:
    """Groups, subjects and teachers of some lessons, and some pupils. Three statements."""
    some = list(stands)
    groups = db.session.execute(
        select(group.c.id, group.c.name).where(
            group.c.school_id == school_id, group.c.id.in_({one.group_id for one in some})
        )
    )
    subjects = db.session.execute(
        select(subject.c.id, subject.c.name_en if language() == "en" else subject.c.name_ru).where(
            subject.c.id.in_({one.subject_id for one in some})
        )
    )
    pupil_ids = set(pupils)
    people = db.session.execute(
        select(member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic).where(
            member.c.school_id == school_id, member.c.id.in_({one.teacher_id for one in some} | pupil_ids)
        )
    ).all()
    return Names(
        dict(map(tuple, groups)),
        dict(map(tuple, subjects)),
        {row[0]: initials(*row[1:]) for row in people},
        {row[0]: short_name(row[1], row[2]) for row in people if row[0] in pupil_ids},
    )
