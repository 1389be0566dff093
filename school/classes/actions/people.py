"""Who is in a class, who teaches a course, who leads a class: dated, and ended rather than deleted."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import or_, select, update

from school.classes.errors import CannotDo
from school.classes.models import (
    ClassLeadership,
    Enrolment,
    GroupKind,
    Lesson,
    LessonState,
    SchoolYear,
    StudyGroup,
    TeachingPost,
    TimetableSlot,
)
from school.classes.seen import SeenCourse, SeenGroup, SeenPupil
from school.core import clock
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records.writing import Who
from school.people.models import Member

A_DAY = timedelta(days=1)


def enrol(_actor: Who, group: SeenGroup | StudyGroup, pupil: SeenPupil | Member, from_on: date | None = None) -> None:
    """Put a pupil into a group from a day on; one who is there already stays as they are.

    A pupil has one class at a time: moving between classes is ``move_pupil``.
    """
    since = from_on or max(clock.today(), _year(group).starts_on)
    living = _places(group.school_id, pupil.id, since)
    if any(place.group_id == group.id for place, _kind, _class in living):
        return
    if group.kind == GroupKind.CLASS and any(kind == GroupKind.CLASS for _place, kind, _class in living):
        raise CannotDo(_("This pupil is already in another class. Move them instead."))
    db.session.add(
        Enrolment(school_id=group.school_id, id=new_id(), group_id=group.id, pupil_id=pupil.id, from_on=since)
    )
    db.session.flush()


def leave(_actor: Who, group: SeenGroup | StudyGroup, pupil: SeenPupil | Member, last_day: date) -> None:
    """End a pupil's place in a group with a day; a place that had not begun goes."""
    for place, _kind, _class in _places(group.school_id, pupil.id, last_day + A_DAY):
        if place.group_id == group.id:
            _end(place, last_day)
    db.session.flush()


class Part(Protocol):
    """A part of a class: a ``StudyGroup``, or a line of the list of groups."""

    @property
    def id(self) -> uuid.UUID:
        """Its id."""

    @property
    def class_id(self) -> uuid.UUID | None:
        """The class it is a part of."""

    @property
    def name(self) -> str:
        """Its name."""


def move_pupil(_actor: Who, pupil: SeenPupil, to: SeenGroup, on: date, parts: Sequence[Part] = ()) -> None:
    """From one class of the school into another from a day on; places in parts of the old class end with it.

    ``parts`` are the halves of the new class the pupil goes to. Marks stay with the old courses; groups across classes go on.
    """
    if to.kind != GroupKind.CLASS:
        raise CannotDo(_("Choose a class for the pupil; teaching groups are chosen along with it."))
    for part in parts:
        if part.class_id != to.id:
            raise CannotDo(_("%(group)s is not part of that class.", group=part.name))
    living = _places(pupil.school_id, pupil.id, on)
    if any(place.group_id == to.id for place, _kind, _class in living):
        raise CannotDo(_("The pupil is already in this class."))
    for place, kind, _class in living:
        if kind != GroupKind.CROSS:
            _end(place, on - A_DAY)
    for group_id in [to.id, *(part.id for part in parts)]:
        db.session.add(Enrolment(school_id=to.school_id, id=new_id(), group_id=group_id, pupil_id=pupil.id, from_on=on))
    db.session.flush()


def appoint_teacher(
    _actor: Who, course: SeenCourse, teacher: Member, from_on: date | None = None, *, instead_of: Member | None = None
) -> None:
    """A teacher teaches the course from a day on; ``instead_of`` another, whose slots and lessons to come pass over."""
    since = from_on or clock.today()
    posts = list(
        db.session.scalars(
            select(TeachingPost).where(
                TeachingPost.school_id == course.school_id,
                TeachingPost.course_id == course.id,
                or_(TeachingPost.to_on.is_(None), TeachingPost.to_on >= since),
            )
        )
    )
    if instead_of is not None:
        for post in posts:
            if post.teacher_id == instead_of.id:
                _end(post, since - A_DAY)
        _hand_over(course, instead_of, teacher, since)
    if not any(post.teacher_id == teacher.id for post in posts):
        db.session.add(
            TeachingPost(
                school_id=course.school_id, id=new_id(), course_id=course.id, teacher_id=teacher.id, from_on=since
            )
        )
    db.session.flush()


def lead_class(_actor: Who, group: SeenGroup | StudyGroup, teacher: Member, from_on: date | None = None) -> None:
    """A teacher leads the class from a day on; who led it before ends the day before."""
    if group.kind != GroupKind.CLASS:
        raise CannotDo(_("Only a class has a class teacher."))
    since = from_on or clock.today()
    living = db.session.scalars(
        select(ClassLeadership).where(
            ClassLeadership.school_id == group.school_id,
            ClassLeadership.class_id == group.id,
            or_(ClassLeadership.to_on.is_(None), ClassLeadership.to_on >= since),
        )
    ).all()
    if any(one.teacher_id == teacher.id for one in living):
        return
    for one in living:
        _end(one, since - A_DAY)
    db.session.add(
        ClassLeadership(school_id=group.school_id, id=new_id(), class_id=group.id, teacher_id=teacher.id, from_on=since)
    )
    db.session.flush()


def _end(row: Any, last_day: date) -> None:
    """The row's last day; a row that had not begun by then never was."""
    if row.from_on > last_day:
        db.session.delete(row)
    elif row.to_on is None or row.to_on > last_day:
        row.to_on = last_day


def _hand_over(course: SeenCourse, old: Member, new: Member, since: date) -> None:
    slots = db.session.scalars(
        select(TimetableSlot).where(
            TimetableSlot.school_id == course.school_id,
            TimetableSlot.course_id == course.id,
            TimetableSlot.teacher_id == old.id,
            or_(TimetableSlot.to_on.is_(None), TimetableSlot.to_on >= since),
        )
    ).all()
    heirs: dict[uuid.UUID, uuid.UUID] = {}
    for slot in slots:
        if slot.from_on >= since:
            slot.teacher_id = new.id
            continue
        heirs[slot.id] = new_id()
        db.session.add(
            TimetableSlot(
                school_id=slot.school_id,
                id=heirs[slot.id],
                course_id=slot.course_id,
                weekday=slot.weekday,
                slot=slot.slot,
                room=slot.room,
                teacher_id=new.id,
                from_on=since,
                to_on=slot.to_on,
            )
        )
        slot.to_on = since - A_DAY
    db.session.flush()
    to_come = (
        Lesson.school_id == course.school_id,
        Lesson.course_id == course.id,
        Lesson.teacher_id == old.id,
        Lesson.on_date >= since,
        Lesson.starts_at > clock.now(),
        Lesson.state != LessonState.MOVED,
    )
    db.session.execute(update(Lesson).where(*to_come).values(teacher_id=new.id))
    for old_slot, heir in heirs.items():
        db.session.execute(
            update(Lesson)
            .where(
                Lesson.school_id == course.school_id,
                Lesson.timetable_slot_id == old_slot,
                Lesson.on_date >= since,
                Lesson.starts_at > clock.now(),
            )
            .values(timetable_slot_id=heir)
        )


def _places(school_id: int, pupil_id: uuid.UUID, since: date) -> list[tuple[Enrolment, str, uuid.UUID | None]]:
    """A pupil's places that hold on or after a day, with the kind of their groups."""
    rows = db.session.execute(
        select(Enrolment, StudyGroup.kind, StudyGroup.class_id)
        .join(
            StudyGroup,
            (StudyGroup.school_id == Enrolment.school_id) & (StudyGroup.id == Enrolment.group_id),
        )
        .where(
            Enrolment.school_id == school_id,
            StudyGroup.school_id == school_id,
            Enrolment.pupil_id == pupil_id,
            or_(Enrolment.to_on.is_(None), Enrolment.to_on >= since),
        )
    )
    return [(place, kind, class_id) for place, kind, class_id in rows]


def _year(group: SeenGroup | StudyGroup) -> SchoolYear:
    return db.session.scalars(
        select(SchoolYear).where(SchoolYear.school_id == group.school_id, SchoolYear.id == group.year_id)
    ).one()
