"""Making a plan and bringing it back into step with the lessons there are.

Events, ``thing_id`` = the course: ``plan.approved`` and ``plan.respread``, with the number of hours and what was given up or joined.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, delete, insert, select, update

from content_library import subjects
from school.classes.hooks import LessonWent, follow_lessons
from school.classes.models import Course
from school.classes.seen import SeenCourse
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.records import record
from school.plans.errors import CannotPlan
from school.plans.models import PlanHour, PlanTopic
from school.plans.queries import FreeLesson, PlannedHour, lessons_to_fill, plan_of
from school.plans.spreading import Hour, NotEnoughLessons, WrongOrder, check_order, spread
from school.plans.writing import Line

hour_table = cast("Table", PlanHour.__table__)
topic_table = cast("Table", PlanTopic.__table__)


@dataclass(frozen=True, slots=True)
class Moved:
    """An hour as it stands and as it is proposed; no lesson is a reserve hour given up."""

    hour: PlannedHour
    new: FreeLesson | None
    shares: bool
    """Two hours are in that lesson."""

    @property
    def differs(self) -> bool:
        """Whether the proposal changes it."""
        return self.hour.lesson_id != (self.new.id if self.new else None) or not self.hour.has_lesson


@dataclass(frozen=True, slots=True)
class Proposal:
    """All hours still to give, old beside new."""

    moves: list[Moved]

    @property
    def changes(self) -> list[Moved]:
        """Those that differ."""
        return [one for one in self.moves if one.differs and (one.new or one.hour.has_lesson or one.hour.is_lost)]

    @property
    def given_up(self) -> int:
        """Reserve hours without a lesson."""
        return sum(one.new is None for one in self.moves)

    @property
    def shared(self) -> int:
        """Lessons with two hours in them."""
        return len({one.new.id for one in self.moves if one.shares and one.new})

    @property
    def mark(self) -> str:
        """Changes with the proposal: what was confirmed is what is done."""
        text = ";".join(f"{one.hour.id}:{one.new.id if one.new else ''}" for one in self.moves)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def approve_plan(actor: Actor, course: SeenCourse, lines: Sequence[Line]) -> int:
    """Make the plan of a course out of these topics; the number of its hours.

    Topics whose hours have been given stay as they are and keep their place; the lines are those that follow. A first
    plan is laid over all lessons of the year, so that it tells also of the weeks before it. Raises ``CannotPlan``.
    """
    _lock(course)
    plan = plan_of(course)
    begun = {one.topic for one in plan.given}
    kept = [one for one in plan.hours if one.topic in begun]
    _forget_rest(course, begun)
    shift = max(begun, default=0)
    framework = {
        one.title.casefold(): one.id for one in subjects.topics_of(db.session(), course.subject_id, course.year_level)
    }
    topics, hours = [], []
    for number, line in enumerate(lines, start=shift + 1):
        topic = {
            "school_id": course.school_id,
            "id": new_id(),
            "course_id": course.id,
            "number": number,
            "title": line.title,
            "topic_id": framework.get(line.title.casefold()),
            "hours": line.hours,
            "is_control": line.is_control,
            "is_reserve": line.is_reserve,
            "needs": ",".join(map(str, sorted(line.needs))),
        }
        topics.append(topic)
        hours += [
            (topic["id"], Hour(new_id(), number, line.is_control, line.is_reserve, line.needs))
            for _n in range(line.hours)
        ]
    if not hours:
        raise CannotPlan(_("Write at least one topic."))
    pending = [one.as_hour() for one in kept if not one.is_given(plan.now)]
    lessons = lessons_to_fill(course, whole_year=not plan.given)
    ahead = [*pending, *(one for _id, one in hours)]
    places = _spread([*(one.as_hour() for one in kept if one.is_given(plan.now)), *ahead], ahead, lessons)
    db.session.execute(insert(topic_table), topics)
    of_topic = {one.id: topic_id for topic_id, one in hours}
    rows = []
    for n, (one, place) in enumerate(
        zip(ahead, places, strict=True), start=max((one.number for one in plan.given), default=0) + 1
    ):
        stands = lessons[place] if place is not None else None
        if one.id in of_topic:
            where = {"school_id": course.school_id, "id": one.id, "course_id": course.id}
            day = stands.on_date if stands else None
            lesson_id = stands.id if stands else None
            rows.append(
                {**where, "plan_topic_id": of_topic[one.id], "number": n, "planned_on": day, "lesson_id": lesson_id}
            )
        else:
            _place(course, one.id, stands, number=n)
    db.session.execute(insert(hour_table), rows)
    total = len(plan.given) + len(ahead)
    payload = {"hours": total, "topics": len(lines)}
    record(actor, "plan.approved", school_id=course.school_id, thing_id=course.id, payload=payload)
    return total


def propose(course: SeenCourse) -> Proposal:
    """The hours still to give over the lessons there still are: all hours, their order, control works alone.

    Raises ``CannotPlan`` when there are too few lessons even so.
    """
    plan = plan_of(course)
    lessons = lessons_to_fill(course)
    places = _spread([one.as_hour() for one in plan.hours], [one.as_hour() for one in plan.ahead], lessons)
    often = {place: places.count(place) for place in places}
    return Proposal(
        [
            Moved(one, None if place is None else lessons[place], place is not None and often[place] > 1)
            for one, place in zip(plan.ahead, places, strict=True)
        ]
    )


def respread(actor: Actor, course: SeenCourse, seen: str) -> Proposal:
    """Do what was proposed under the mark ``seen``; raises ``CannotPlan`` if lessons have changed since."""
    _lock(course)
    proposal = propose(course)
    if proposal.mark != seen:
        raise CannotPlan(_("The lessons have changed meanwhile. Look at the new proposal."))
    for one in proposal.changes:
        _place(course, one.hour.id, one.new)
    payload = {"changed": len(proposal.changes), "given_up": proposal.given_up, "shared": proposal.shared}
    record(actor, "plan.respread", school_id=course.school_id, thing_id=course.id, payload=payload)
    return proposal


@follow_lessons
def follow_moved_lessons(went: list[LessonWent]) -> None:
    """An hour goes with its lesson to another day."""
    for one in went:
        if one.new_id != one.lesson_id:
            db.session.execute(
                update(hour_table)
                .where(hour_table.c.school_id == one.school_id, hour_table.c.lesson_id == one.lesson_id)
                .values(lesson_id=one.new_id)
            )


def _spread(whole: Sequence[Hour], ahead: Sequence[Hour], lessons: Sequence[FreeLesson]) -> list[int | None]:
    try:
        check_order(whole)
        return spread(ahead, len(lessons))
    except WrongOrder as wrong:
        raise CannotPlan(
            _("Topic %(topic)s rests on topic %(needs)s, which comes later.", topic=wrong.topic, needs=wrong.needs)
        ) from wrong
    except NotEnoughLessons as few:
        raise CannotPlan(
            ngettext(
                "%(num)s lesson is missing even if hours share lessons. Shorten a topic, or ask the deputy head for a lesson.",
                "%(num)s lessons are missing even if hours share lessons. Shorten some topics, or ask the deputy head for lessons.",
                few.short,
            )
        ) from few


def _place(course: SeenCourse, hour: uuid.UUID, lesson: FreeLesson | None, number: int | None = None) -> None:
    values: dict[str, object] = {"lesson_id": lesson.id if lesson else None}
    if lesson is None:
        values["planned_on"] = None
    if number is not None:
        values["number"] = number
    db.session.execute(
        update(hour_table).where(hour_table.c.school_id == course.school_id, hour_table.c.id == hour).values(**values)
    )


def _forget_rest(course: SeenCourse, begun: set[int]) -> None:
    rest = select(topic_table.c.id).where(
        topic_table.c.school_id == course.school_id,
        topic_table.c.course_id == course.id,
        topic_table.c.number.not_in(begun),
    )
    gone = list(db.session.scalars(rest))
    db.session.execute(
        delete(hour_table).where(hour_table.c.school_id == course.school_id, hour_table.c.plan_topic_id.in_(gone))
    )
    db.session.execute(
        delete(topic_table).where(topic_table.c.school_id == course.school_id, topic_table.c.id.in_(gone))
    )


def _lock(course: SeenCourse) -> None:
    """Two who plan at once wait for each other."""
    db.session.execute(
        select(Course.id).where(Course.school_id == course.school_id, Course.id == course.id).with_for_update()
    )
