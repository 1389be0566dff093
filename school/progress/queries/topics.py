"""Topics met: in lessons, and in questions answered on the screen."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, case, func, or_, select
from sqlalchemy.types import Date, Integer

from content_library.models import Item, Topic, UnitTopic, UnitVersion
from school.classes.models import Absence, AbsenceFact, Enrolment, Lesson, LessonState
from school.classes.queries.relations import SCHOOL, lasting
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, Moment, db, read
from school.progress.seen import SeenSubject
from school.tasks.models import Attempt, Verdict
from school.tasks.queries.sealed import NOT_SEALED

lesson = cast("Table", Lesson.__table__)
absence = cast("Table", Absence.__table__)
place = cast("Table", Enrolment.__table__)
attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)
version = cast("Table", UnitVersion.__table__)
topic = cast("Table", Topic.__table__)
unit_topic = cast("Table", UnitTopic.__table__)

PUPIL = bindparam("pupil", type_=Id)
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)

# A question may name its topic; one that does not belongs to the first topic of its unit.
TOPIC_OF_ITEM = func.coalesce(
    item.c.topic_id,
    select(func.min(unit_topic.c.topic_id))
    .where(unit_topic.c.unit_id == version.c.unit_id)
    .correlate(version)
    .scalar_subquery(),
)


def _answers(source: Any, whose: Any) -> Select[Any]:
    """Right answers and answers by pupil and topic, of attempts finished since a moment."""
    return (
        select(
            attempt.c.pupil_id,
            topic.c.id,
            topic.c.title,
            func.sum(case((verdict.c.correct, 1), else_=0)),
            func.count(),
        )
        .select_from(
            source.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
            .join(item, item.c.id == verdict.c.item_id)
            .join(version, version.c.id == item.c.version_id)
            .join(topic, topic.c.id == TOPIC_OF_ITEM)
        )
        .where(
            attempt.c.school_id == SCHOOL,
            whose,
            attempt.c.finished_at >= bindparam("since", type_=Moment),
            verdict.c.waits.is_(False),
            NOT_SEALED,
        )
        .group_by(attempt.c.pupil_id, topic.c.id, topic.c.title)
        .order_by(topic.c.year_level, topic.c.position, topic.c.id)
        .group_by(topic.c.year_level, topic.c.position)
    )


_ANSWERS_OF_PUPIL = _answers(attempt, attempt.c.pupil_id == PUPIL).where(
    topic.c.subject_id == bindparam("subject", type_=Integer)
)
_ANSWERS_OF_GROUPS = (
    _answers(
        attempt.join(place, and_(place.c.school_id == SCHOOL, place.c.pupil_id == attempt.c.pupil_id)),
        and_(lasting(place), place.c.group_id.in_(bindparam("groups", type_=Id, expanding=True))),
    )
    .where(topic.c.subject_id.in_(bindparam("subjects", type_=Integer, expanding=True)))
    .add_columns(place.c.group_id, topic.c.subject_id)
    .group_by(place.c.group_id, topic.c.subject_id)
)

_LESSONS = (
    select(lesson.c.on_date, lesson.c.topic, lesson.c.topic_id, topic.c.title, absence.c.id.is_not(None))
    .select_from(
        lesson.join(
            place,
            and_(
                place.c.school_id == SCHOOL,
                place.c.pupil_id == PUPIL,
                place.c.group_id == lesson.c.group_id,
                place.c.from_on <= lesson.c.on_date,
                or_(place.c.to_on.is_(None), place.c.to_on >= lesson.c.on_date),
            ),
        )
        .outerjoin(topic, topic.c.id == lesson.c.topic_id)
        .outerjoin(
            absence,
            and_(
                absence.c.school_id == SCHOOL,
                absence.c.lesson_id == lesson.c.id,
                absence.c.pupil_id == PUPIL,
                absence.c.fact == AbsenceFact.ABSENT.value,
            ),
        )
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id.in_(bindparam("courses", expanding=True, type_=Id)),
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .order_by(lesson.c.on_date, lesson.c.slot)
)


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers of one pupil to questions of one topic were right."""

    pupil_id: uuid.UUID
    topic_id: int
    title: str
    right: int
    answers: int


@dataclass(slots=True)
class Met:
    """A topic of one pupil: when it was taught, and how the questions went."""

    title: str
    lessons: int = 0
    missed: int = 0
    last_on: date | None = None
    right: int = 0
    answers: int = 0


def answers_of_pupil(subject: SeenSubject, since: date) -> list[Answers]:
    """By topic, in the order of the programme. One statement."""
    values = {"pupil": subject.pupil_id, "subject": subject.id, "school": subject.school_id}
    return _read(_ANSWERS_OF_PUPIL, since, values)


def answers_of_groups(courses: Sequence[SeenCourse], since: date) -> dict[tuple[uuid.UUID, int], list[Answers]]:
    """By group and subject, then by topic and pupil, of those who learn in these courses of a school today. One statement."""
    asked = {
        "school": courses[0].school_id,
        "groups": sorted({one.group_id for one in courses}),
        "subjects": sorted({one.subject_id for one in courses}),
        "today": clock.today(),
        "since": clock.moscow(since, time()),
    }
    found: dict[tuple[uuid.UUID, int], list[Answers]] = {}
    for *cells, group_id, subject_id in read(_ANSWERS_OF_GROUPS, asked):
        found.setdefault((group_id, subject_id), []).append(Answers(*cells))
    return found


def topics_met(
    subject: SeenSubject, since: date, until: date, answers: Iterable[Answers]
) -> tuple[list[Met], int, int]:
    """The topics, the last taught first; then how many lessons were held for the pupil, and how many were missed."""
    rows = read(
        _LESSONS,
        {
            "school": subject.school_id,
            "pupil": subject.pupil_id,
            "courses": list(subject.course_ids),
            "since": since,
            "until": until,
        },
    )
    found: dict[int | str, Met] = {}
    for on_date, words, topic_id, title, missed in rows:
        if not (words or title):
            continue
        met = found.setdefault(topic_id or words, Met(title or words))
        met.lessons += 1
        met.missed += bool(missed)
        met.last_on = on_date
    for one in answers:
        met = found.setdefault(one.topic_id, Met(one.title))
        met.right, met.answers = one.right, one.answers
    in_order = sorted(found.values(), key=lambda met: (met.last_on is not None, met.last_on or date.min), reverse=True)
    return in_order, len(rows), sum(bool(row[4]) for row in rows)


def _read(statement: Select[Any], since: date, values: dict[str, Any]) -> list[Answers]:
    begin: datetime = clock.moscow(since, time())
    return [Answers(*row) for row in db.session.execute(statement, {**values, "since": begin})]
