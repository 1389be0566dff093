"""What a pupil missed, from the school's own facts: lessons of a day, their topics, the library on them, what was set there."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from content_library import Card, UnitKind
from content_library.models import Topic, UnitTopic
from school.classes.hooks import suggestion_for
from school.classes.models import Absence, AbsenceFact, Lesson
from school.classes.queries import get_lesson
from school.classes.queries.days import DayLesson, lessons_of_pupil
from school.classes.queries.relations import MEMBER, SCHOOL
from school.classes.seen import SeenPupil
from school.core.access import Actor
from school.core.database import Id, read
from school.homework.models import AssignmentState
from school.homework.queries.files import FileBeside, placed, stored
from school.homework.queries.loading import assignment, homework, version
from school.homework.seen import DONE, title_of
from school.library.queries.offered import units_on

absence = cast("Table", Absence.__table__)
lesson = cast("Table", Lesson.__table__)
topic = cast("Table", Topic.__table__)
of_unit = cast("Table", UnitTopic.__table__)
MOST_UNITS = 3
FOR_TEACHERS = frozenset({UnitKind.SCENARIO.value})


class SetThere(NamedTuple):
    """A homework that was set in a missed lesson, with where the pupil is with it."""

    lesson_id: uuid.UUID
    id: uuid.UUID
    text: str
    unit_title: str
    way: str
    minutes: int
    due_on: date
    state: str

    @property
    def title(self) -> str:
        """The teacher's first line, or the name of the unit."""
        return title_of(self.text, self.unit_title)

    @property
    def is_done(self) -> bool:
        """Nothing is asked of the pupil any more."""
        return self.state in DONE


@dataclass(frozen=True, slots=True)
class Missed:
    """One lesson that the pupil was not in."""

    lesson: DayLesson
    topic: str
    is_planned: bool
    """The journal has no topic yet: this is the one of the lesson plan."""
    units: Sequence[Card]
    """On that topic, to read and to watch."""
    homework: Sequence[SetThere]
    files: Sequence[FileBeside]
    """Beside that homework: what the teacher gave out."""
    by_homework: str
    """Neither journal nor plan has a topic of the framework: this is the one of the unit that was set."""

    @property
    def is_unknown(self) -> bool:
        """Nothing of the lesson is written down anywhere."""
        return not (self.topic or self.by_homework or self.units or self.homework)


_TOPICS = select(lesson.c.id, lesson.c.topic_id).where(
    lesson.c.school_id == SCHOOL, lesson.c.id.in_(bindparam("lessons", type_=Id, expanding=True))
)
_SET = (
    select(
        homework.c.lesson_id,
        homework.c.id,
        homework.c.text,
        func.coalesce(version.c.title, ""),
        homework.c.way,
        homework.c.minutes,
        func.coalesce(assignment.c.due_on, homework.c.due_on),
        func.coalesce(assignment.c.state, AssignmentState.GIVEN.value),
    )
    .select_from(
        homework.outerjoin(version, version.c.id == homework.c.unit_version_id).outerjoin(
            assignment,
            and_(
                assignment.c.school_id == SCHOOL,
                assignment.c.homework_id == homework.c.id,
                assignment.c.pupil_id == MEMBER,
            ),
        )
    )
    .where(
        homework.c.school_id == SCHOOL,
        homework.c.lesson_id.in_(bindparam("lessons", type_=Id, expanding=True)),
        homework.c.withdrawn_at.is_(None),
        or_(homework.c.for_all, assignment.c.id.is_not(None)),
    )
    .order_by(homework.c.set_at, homework.c.id)
)

_FILES = (
    select(homework.c.lesson_id, homework.c.id, stored.c.sha256, stored.c.size, stored.c.content_type, placed.c.name)
    .select_from(
        homework.join(placed, and_(placed.c.school_id == SCHOOL, placed.c.homework_id == homework.c.id)).join(
            stored, stored.c.sha256 == placed.c.sha256
        )
    )
    .where(homework.c.school_id == SCHOOL, homework.c.id.in_(bindparam("works", type_=Id, expanding=True)))
    .order_by(homework.c.set_at, homework.c.id, placed.c.position)
)
_TOPICS_SET = (
    select(homework.c.lesson_id, topic.c.id, topic.c.title)
    .select_from(
        homework.join(version, version.c.id == homework.c.unit_version_id)
        .join(of_unit, of_unit.c.unit_id == version.c.unit_id)
        .join(topic, topic.c.id == of_unit.c.topic_id)
    )
    .where(homework.c.school_id == SCHOOL, homework.c.id.in_(bindparam("works", type_=Id, expanding=True)))
    .order_by(homework.c.set_at.desc(), topic.c.id.desc())
)


def missed_on(actor: Actor, pupil: SeenPupil, on: date) -> list[Missed]:
    """The lessons of a day that the pupil was absent from, in the order of the bells."""
    day = lessons_of_pupil(pupil.school_id, pupil.id, on, on, actor.locale)
    there = [one for one in day if one.is_held and one.absence_fact == AbsenceFact.ABSENT]
    if not there:
        return []
    asked = {"school": pupil.school_id, "member": pupil.id, "lessons": [one.id for one in there]}
    topics = {row[0]: row[1] for row in read(_TOPICS, asked)}
    given: dict[uuid.UUID, list[SetThere]] = {}
    for row in read(_SET, asked):
        given.setdefault(row[0], []).append(SetThere(*row))
    works = {"school": pupil.school_id, "works": [one.id for some in given.values() for one in some]}
    files: dict[uuid.UUID, list[FileBeside]] = {}
    for lesson_id, _work, *file in read(_FILES, works) if given else ():
        files.setdefault(lesson_id, []).append(FileBeside(*file))
    about = {row[0]: (row[1], row[2]) for row in read(_TOPICS_SET, works)} if given else {}
    return [
        _missed(actor, one, topics.get(one.id), given.get(one.id, []), files.get(one.id, []), about.get(one.id))
        for one in there
    ]


def _missed(
    actor: Actor,
    there: DayLesson,
    topic_id: int | None,
    given: Sequence[SetThere],
    files: Sequence[FileBeside],
    about: tuple[int, str] | None,
) -> Missed:
    words, is_planned = there.topic, False
    if not words and topic_id is None:
        seen = get_lesson(actor, there.id)
        planned = suggestion_for(seen) if seen is not None else None
        if planned is not None:
            words, topic_id, is_planned = planned.words, planned.topic_id, True
    by_homework = ""
    if topic_id is None and about is not None:
        topic_id, by_homework = about
    found = units_on(topic_id, MOST_UNITS + 2)[0] if topic_id is not None else ()
    units = [one for one in found if one.kind not in FOR_TEACHERS][:MOST_UNITS]
    return Missed(there, words, is_planned, units, given, files, by_homework)


_DAYS = (
    select(absence.c.on_date, func.count())
    .where(
        absence.c.school_id == SCHOOL,
        absence.c.pupil_id == MEMBER,
        absence.c.fact == AbsenceFact.ABSENT.value,
        absence.c.on_date >= bindparam("since", type_=Date),
    )
    .group_by(absence.c.on_date)
    .order_by(absence.c.on_date.desc())
)


def missed_days(school_id: int, pupil_id: uuid.UUID, since: date) -> list[tuple[date, int]]:
    """Days from ``since`` on with lessons that the pupil was not in, and how many; the latest first. One statement."""
    return [(row[0], row[1]) for row in read(_DAYS, {"school": school_id, "member": pupil_id, "since": since})]


_AWAY = (
    select(absence.c.pupil_id)
    .where(
        absence.c.school_id == SCHOOL,
        absence.c.on_date == bindparam("on", type_=Date),
        absence.c.fact == AbsenceFact.ABSENT.value,
    )
    .distinct()
)


def away_on(school_id: int, on: date) -> Collection[uuid.UUID]:
    """Pupils of a school who missed a lesson that day."""
    return [row[0] for row in read(_AWAY, {"school": school_id, "on": on})]
