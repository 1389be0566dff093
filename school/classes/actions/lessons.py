"""One lesson: cancelled, restored, moved, taken by somebody else, and what was taught in it."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import Row, Table, delete, insert, select, update

from content_library.models import Topic
from school.classes.actions.generating import read_calendar
from school.classes.clashes import Wish, refuse_busy_teacher, refuse_clashes
from school.classes.errors import CannotDo, Clash
from school.classes.hooks import LessonWent, tell_followers
from school.classes.models import Lesson, LessonState, SchoolYear, StudyGroup, Substitution
from school.classes.queries.busy import Busy, busy_between, extras_between
from school.classes.queries.hanging import lessons_in_use
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.people.models import Member

lesson_table = cast("Table", Lesson.__table__)
TOPIC_LENGTH = 300


def write_topic(_actor: Actor, lesson: SeenLesson, words: str, topic: Topic | None = None) -> None:
    """What the journal says was taught; ``topic`` is its node of the framework, and its title where no words were given."""
    words = " ".join(words.split())[:TOPIC_LENGTH]
    _change(lesson, topic=words or (topic.title if topic else ""), topic_id=topic.id if topic else None)


def cancel_lesson(_actor: Actor, lesson: SeenLesson) -> None:
    """The lesson does not take place; it stays in the journal, and what was due in it stays due on that day."""
    _must_be_planned(lesson)
    _change(lesson, state=LessonState.CANCELLED.value)


def restore_lesson(_actor: Actor, lesson: SeenLesson) -> None:
    """A cancelled lesson takes place after all; raises ``Clash`` where teacher, room or class are needed elsewhere by now."""
    if lesson.state != LessonState.CANCELLED:
        raise CannotDo(_("Only a cancelled lesson can be restored."))
    building_id = _group(lesson).building_id
    refuse_clashes(
        _wish(lesson, lesson.substitute_id or lesson.teacher_id, lesson.room, building_id, lesson.on_date),
        _others(lesson, lesson.starts_at, lesson.ends_at),
        extras_between(lesson.school_id, lesson.starts_at, lesson.ends_at),
    )
    _change(lesson, state=LessonState.PLANNED.value)


def move_lesson(_actor: Actor, lesson: SeenLesson, on_date: date, slot: int, room: str = "") -> uuid.UUID:
    """Hold the lesson at another day and number; the id of the new one.

    The old row stays as moved and points to the new one; topic, substitute and what hangs on it for the future follow.
    Raises ``CannotDo`` for a day without lessons or bells, ``Clash`` for a double teacher, room or class.
    """
    _must_be_planned(lesson)
    room = room.strip() or lesson.room
    group = _group(lesson)
    year = db.session.scalars(
        select(SchoolYear).where(SchoolYear.school_id == lesson.school_id, SchoolYear.id == group.year_id)
    ).one()
    calendar = read_calendar(year)
    term = calendar.term(group.regime_id, on_date)
    if term is None:
        raise CannotDo(_("There are no lessons on that day: it is a holiday or a break."))
    bells = calendar.rings((group.building_id, group.shift), on_date)
    times: tuple[time, time] | None = bells.times.get(slot) if bells else None
    if times is None:
        raise CannotDo(_("There is no lesson %(slot)s on that day: the bell times do not include it.", slot=slot))
    if (on_date, slot) == (lesson.on_date, lesson.slot):
        raise CannotDo(_("The lesson is already there."))
    starts_at, ends_at = clock.moscow(on_date, times[0]), clock.moscow(on_date, times[1])
    teacher_id = lesson.substitute_id or lesson.teacher_id
    refuse_clashes(
        _wish(lesson, teacher_id, room, group.building_id, on_date),
        _others(lesson, starts_at, ends_at),
        extras_between(lesson.school_id, starts_at, ends_at),
    )
    place = _row_at(lesson, on_date, slot)
    if place is not None and place.moved_to_id != lesson.id:
        # A cancelled lesson of the course keeps its place in the journal.
        raise Clash(_("The journal already has a lesson of this course there: restore that one instead."))
    values = {
        "term_id": term.id,
        "on_date": on_date,
        "slot": slot,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "room": room,
        "state": LessonState.PLANNED.value,
        "topic": lesson.topic,
        "topic_id": lesson.topic_id,
    }
    if place is None:
        new = _open_place(lesson, values)
        _change(lesson, state=LessonState.MOVED.value, moved_to_id=new)
    else:
        new = place.id
        _change_row(lesson.school_id, new, moved_to_id=None, **values)
    db.session.execute(
        update(Substitution)
        .where(Substitution.school_id == lesson.school_id, Substitution.lesson_id == lesson.id)
        .values(lesson_id=new)
    )
    tell_followers([LessonWent(lesson.school_id, lesson.id, new, on_date, starts_at)])
    if place is not None:
        _leave_place(lesson, new)
    return new


def _open_place(lesson: SeenLesson, values: dict[str, Any]) -> uuid.UUID:
    made = new_id()
    db.session.execute(
        insert(lesson_table).values(
            school_id=lesson.school_id,
            id=made,
            course_id=lesson.course_id,
            group_id=lesson.group_id,
            subject_id=lesson.subject_id,
            teacher_id=lesson.teacher_id,
            **values,
        )
    )
    return made


def _leave_place(lesson: SeenLesson, back_to: uuid.UUID) -> None:
    """The lesson is back where it came from: the stop between goes, unless the journal has something there."""
    if lessons_in_use(lesson.school_id, [lesson.id]):
        _change(lesson, state=LessonState.MOVED.value, moved_to_id=back_to)
    else:
        db.session.execute(
            delete(lesson_table).where(lesson_table.c.school_id == lesson.school_id, lesson_table.c.id == lesson.id)
        )


def substitute(actor: Actor, lesson: SeenLesson, teacher: Member, reason: str = "", room: str = "") -> None:
    """Another teacher takes the lesson; a second substitution replaces the first. Raises ``Clash`` when they are busy."""
    _must_be_planned(lesson)
    if teacher.id == lesson.teacher_id:
        raise CannotDo(_("This is the lesson's regular teacher. End the cover instead."))
    if teacher.closed_on is not None and teacher.closed_on < lesson.on_date:
        raise CannotDo(_("This teacher no longer works here on that day."))
    _refuse_busy(teacher.id, lesson)
    values = {"teacher_id": teacher.id, "reason": reason.strip(), "made_at": clock.now(), "made_by": actor.account_id}
    if lesson.substitute_id is None:
        where = {"school_id": lesson.school_id, "id": new_id(), "lesson_id": lesson.id}
        db.session.execute(insert(Substitution).values(**where, **values))
    else:
        db.session.execute(
            update(Substitution)
            .where(Substitution.school_id == lesson.school_id, Substitution.lesson_id == lesson.id)
            .values(**values)
        )
    if room.strip():
        _change(lesson, room=room.strip())


def end_substitution(_actor: Actor, lesson: SeenLesson) -> None:
    """The lesson's own teacher takes it after all. A lesson already held stays with whoever held it."""
    if lesson.substitute_id is None:
        raise CannotDo(_("This lesson has no cover teacher."))
    if lesson.ends_at <= clock.now():
        raise CannotDo(_("The lesson has already taken place; who taught it stays in the journal."))
    _refuse_busy(lesson.teacher_id, lesson)
    db.session.execute(
        delete(Substitution).where(Substitution.school_id == lesson.school_id, Substitution.lesson_id == lesson.id)
    )


def _must_be_planned(lesson: SeenLesson) -> None:
    if lesson.state == LessonState.CANCELLED:
        raise CannotDo(_("This lesson is cancelled."))
    if lesson.state == LessonState.MOVED:
        raise CannotDo(_("This lesson has already been moved."))


def _row_at(lesson: SeenLesson, on_date: date, slot: int) -> Row[Any, Any] | None:
    return db.session.execute(
        select(lesson_table.c.id, lesson_table.c.moved_to_id).where(
            lesson_table.c.school_id == lesson.school_id,
            lesson_table.c.course_id == lesson.course_id,
            lesson_table.c.on_date == on_date,
            lesson_table.c.slot == slot,
        )
    ).first()


def _change(lesson: SeenLesson, **values: Any) -> None:
    _change_row(lesson.school_id, lesson.id, **values)


def _change_row(school_id: int, row_id: uuid.UUID, **values: Any) -> None:
    db.session.execute(
        update(lesson_table).where(lesson_table.c.school_id == school_id, lesson_table.c.id == row_id).values(**values)
    )


def _group(lesson: SeenLesson) -> StudyGroup:
    return db.session.scalars(
        select(StudyGroup).where(StudyGroup.school_id == lesson.school_id, StudyGroup.id == lesson.group_id)
    ).one()


def _others(lesson: SeenLesson, starts_at: datetime, ends_at: datetime) -> Iterable[Busy]:
    return [one for one in busy_between(lesson.school_id, starts_at, ends_at) if one.id != lesson.id]


def _refuse_busy(teacher_id: uuid.UUID, lesson: SeenLesson) -> None:
    refuse_busy_teacher(
        teacher_id,
        _others(lesson, lesson.starts_at, lesson.ends_at),
        extras_between(lesson.school_id, lesson.starts_at, lesson.ends_at),
    )


def _wish(lesson: SeenLesson, teacher_id: uuid.UUID, room: str, building_id: uuid.UUID, on: date) -> Wish:
    class_id = None if lesson.course.class_id == lesson.group_id else lesson.course.class_id
    return Wish(lesson.school_id, teacher_id, room, building_id, lesson.group_id, class_id, on)
