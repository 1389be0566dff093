"""The whole school on one day: every lesson, who takes it, and who could take it instead."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Select, Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from content_library.models import Subject
from content_library.subjects import kin_of
from school.classes.models import Course, Lesson, LessonState, PresenceTaken, StudyGroup, Substitution, TeachingPost
from school.classes.queries.busy import BusyExtra
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core.access import Actor
from school.core.database import db, read
from school.people.models import Member, Role, RoleKind
from school.people.names import full_name, initials

lesson = cast("Table", Lesson.__table__)
target = lesson.alias("moved_to")
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
substitution = cast("Table", Substitution.__table__)
taken = cast("Table", PresenceTaken.__table__)
usual = cast("Table", Member.__table__).alias("usual")
other = cast("Table", Member.__table__).alias("other")
member = cast("Table", Member.__table__)
post = cast("Table", TeachingPost.__table__)
course = cast("Table", Course.__table__)
role = cast("Table", Role.__table__)

ON = bindparam("on", type_=Date)


@dataclass(frozen=True, slots=True)
class GridLesson:
    """One lesson of the school's day."""

    id: uuid.UUID
    slot: int
    starts_at: datetime
    ends_at: datetime
    room: str
    state: str
    group_id: uuid.UUID
    class_id: uuid.UUID | None
    """The class the group is a part of; null for classes and groups across classes."""
    group: str
    subject_id: int
    subject: str
    tint: int
    teacher_id: uuid.UUID
    """By the timetable."""
    teacher: str
    taken_by: uuid.UUID
    """Who really takes it."""
    substitute: str
    """Empty where nobody is replaced."""
    presence_taken: bool
    moved_on: date | None
    moved_slot: int | None

    @property
    def row_id(self) -> uuid.UUID:
        """The class in whose row it stands."""
        return self.class_id or self.group_id

    @property
    def is_held(self) -> bool:
        """Whether it takes place."""
        return self.state == LessonState.PLANNED

    @property
    def differs(self) -> bool:
        """Whether the day has something here that the week has not."""
        return bool(self.substitute) or not self.is_held


_DAY: Select[tuple[object, ...]] = (
    select(
        lesson.c.id,
        lesson.c.slot,
        lesson.c.starts_at,
        lesson.c.ends_at,
        lesson.c.room,
        lesson.c.state,
        lesson.c.group_id,
        group.c.class_id,
        group.c.name.label("group_name"),
        lesson.c.subject_id,
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        lesson.c.teacher_id,
        usual.c.family_name,
        usual.c.given_name,
        usual.c.patronymic,
        other.c.id.label("other_id"),
        other.c.family_name.label("other_family"),
        other.c.given_name.label("other_given"),
        other.c.patronymic.label("other_patronymic"),
        taken.c.id.label("taken_id"),
        target.c.on_date.label("moved_on"),
        target.c.slot.label("moved_slot"),
    )
    .select_from(
        lesson.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(subject, subject.c.id == lesson.c.subject_id)
        .join(usual, and_(usual.c.school_id == SCHOOL, usual.c.id == lesson.c.teacher_id))
        .outerjoin(substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id))
        .outerjoin(other, and_(other.c.school_id == SCHOOL, other.c.id == substitution.c.teacher_id))
        .outerjoin(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))
        .outerjoin(target, and_(target.c.school_id == SCHOOL, target.c.id == lesson.c.moved_to_id))
    )
    .where(lesson.c.school_id == SCHOOL, lesson.c.on_date == ON)
    .order_by(lesson.c.slot, group.c.year_level, group.c.name)
)


def lessons_on(actor: Actor, on: date) -> list[GridLesson]:
    """Every lesson of the school on a day, by number and class. One statement."""
    found = []
    for row in db.session.execute(_DAY, {"school": actor.school_id, "on": on}).mappings():
        names = row["other_family"], row["other_given"], row["other_patronymic"]
        found.append(
            GridLesson(
                id=row["id"],
                slot=row["slot"],
                starts_at=row["starts_at"],
                ends_at=row["ends_at"],
                room=row["room"],
                state=row["state"],
                group_id=row["group_id"],
                class_id=row["class_id"],
                group=row["group_name"],
                subject_id=row["subject_id"],
                subject=row["name_en"] if actor.locale == "en" else row["name_ru"],
                tint=row["tint"] + 1,
                teacher_id=row["teacher_id"],
                teacher=initials(row["family_name"], row["given_name"], row["patronymic"]),
                taken_by=row["other_id"] or row["teacher_id"],
                substitute=initials(*names) if row["other_id"] else "",
                presence_taken=row["taken_id"] is not None,
                moved_on=row["moved_on"],
                moved_slot=row["moved_slot"],
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Cover:
    """A teacher who is free at the time of a lesson, with what speaks for asking them."""

    id: uuid.UUID
    name: str
    same_subject: bool
    kin_subject: bool
    """…teaches another subject of the same area: physics beside chemistry."""
    knows_group: bool
    lessons_that_day: int

    @property
    def fit(self) -> int:
        """0 teaches the subject, 1 one of its area, 2 the class, 3 is free and nothing more."""
        return 0 if self.same_subject else 1 if self.kin_subject else 2 if self.knows_group else 3


_TEACHERS = (
    select(member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(role.join(member, and_(member.c.school_id == SCHOOL, member.c.id == role.c.member_id)))
    .where(
        role.c.school_id == SCHOOL,
        role.c.kind == RoleKind.TEACHER.value,
        role.c.from_on <= TODAY,
        or_(role.c.to_on.is_(None), role.c.to_on >= TODAY),
        or_(member.c.closed_on.is_(None), member.c.closed_on >= TODAY),
    )
    .distinct()
    .order_by(member.c.family_name, member.c.given_name, member.c.id)
)
_POSTS = (
    select(post.c.teacher_id, course.c.subject_id, func.coalesce(group.c.class_id, group.c.id))
    .select_from(
        post.join(course, and_(course.c.school_id == SCHOOL, course.c.id == post.c.course_id)).join(
            group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id)
        )
    )
    .where(lasting(post))
)


@dataclass(frozen=True, slots=True)
class Staff:
    """The teachers of a school on a day: names, what they teach and to whom."""

    names: dict[uuid.UUID, str]
    """Full names, in the order of the alphabet."""
    initials: dict[uuid.UUID, str]
    """As in a timetable."""
    subjects: dict[uuid.UUID, set[int]]
    classes: dict[uuid.UUID, set[uuid.UUID]]


def staff_on(school_id: int, on: date) -> Staff:
    """Who teaches in the school on a day. Two statements."""
    values = {"school": school_id, "today": on}
    names, short = {}, {}
    for row_id, *name in read(_TEACHERS, values):
        names[row_id], short[row_id] = full_name(*name), initials(*name)
    subjects: dict[uuid.UUID, set[int]] = {}
    classes: dict[uuid.UUID, set[uuid.UUID]] = {}
    for teacher_id, subject_id, class_id in read(_POSTS, values):
        subjects.setdefault(teacher_id, set()).add(subject_id)
        classes.setdefault(teacher_id, set()).add(class_id)
    return Staff(names, short, subjects, classes)


def covers_for(
    wanted: GridLesson, day: Iterable[GridLesson], staff: Staff, extras: Iterable[BusyExtra] = ()
) -> list[Cover]:
    """Teachers free while ``wanted`` lasts: of the same subject, of its area, who know the class, the rest.

    Among alike those who know the class, then those who are at school that day anyway, then those with fewer lessons.
    """
    kin = kin_of(wanted.subject_id)
    held = [one for one in day if one.is_held]
    busy = {
        one.taken_by
        for one in held
        if one.id != wanted.id and one.starts_at < wanted.ends_at and one.ends_at > wanted.starts_at
    }
    busy |= {one.teacher_id for one in extras if one.starts_at < wanted.ends_at and one.ends_at > wanted.starts_at}
    load = Counter(one.taken_by for one in held)
    free = [
        Cover(
            row_id,
            name,
            wanted.subject_id in staff.subjects.get(row_id, ()),
            not kin.isdisjoint(staff.subjects.get(row_id, ())),
            wanted.row_id in staff.classes.get(row_id, ()),
            load[row_id],
        )
        for row_id, name in staff.names.items()
        if row_id not in busy and row_id != wanted.teacher_id
    ]
    return sorted(free, key=_order)


def _order(one: Cover) -> tuple[int, bool, bool, int, str]:
    return one.fit, not one.knows_group, not one.lessons_that_day, one.lessons_that_day, one.name
