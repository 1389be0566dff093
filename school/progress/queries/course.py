"""A whole group in one course, for its teachers: a line a pupil in the order of the class list, and the topics of the group."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, select
from sqlalchemy.types import Date

from school.classes.models import Absence, AbsenceFact, Lesson, LessonState
from school.classes.queries import Learner, learners
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, read
from school.gradebook.models import Mark
from school.homework.models import Assignment, AssignmentState, Homework
from school.homework.seen import DONE
from school.progress.needs import Facts, reasons
from school.progress.queries.terms import Span, years_of
from school.progress.queries.topics import Answers, answers_of_group
from school.progress.trend import Change, Point, compare, mean_of, over_month
from school.progress.words import TopicShare, is_weak

mark = cast("Table", Mark.__table__)
homework = cast("Table", Homework.__table__)
assignment = cast("Table", Assignment.__table__)
lesson = cast("Table", Lesson.__table__)
absence = cast("Table", Absence.__table__)

COURSE = bindparam("course", type_=Id)
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)
LAST_SHOWN = 5
DAY = timedelta(days=1)

_MARKS = (
    select(mark.c.pupil_id, mark.c.term_id, mark.c.on_date, mark.c.value, mark.c.weight)
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.course_id == COURSE,
        mark.c.term_id.in_(bindparam("terms", expanding=True, type_=Id)),
        mark.c.value.is_not(None),
        mark.c.replaced_at.is_(None),
    )
    .order_by(mark.c.on_date, mark.c.id)
)
_WORKS = (
    select(
        homework.c.id,
        homework.c.for_all,
        homework.c.due_on,
        assignment.c.pupil_id,
        assignment.c.state,
        assignment.c.due_on,
    )
    .select_from(
        homework.outerjoin(
            assignment, and_(assignment.c.school_id == SCHOOL, assignment.c.homework_id == homework.c.id)
        )
    )
    .where(
        homework.c.school_id == SCHOOL,
        homework.c.course_id == COURSE,
        homework.c.due_on.between(SINCE, UNTIL),
        homework.c.withdrawn_at.is_(None),
    )
)
_ABSENCES = (
    select(lesson.c.id, absence.c.pupil_id)
    .select_from(
        lesson.outerjoin(
            absence,
            and_(
                absence.c.school_id == SCHOOL,
                absence.c.lesson_id == lesson.c.id,
                absence.c.fact == AbsenceFact.ABSENT.value,
            ),
        )
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id == COURSE,
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil of the group."""

    pupil: Learner
    last: tuple[Point, ...]
    mean: int | None
    mean_before: int | None
    change: Change
    owed: int
    missed: int
    weak: tuple[TopicShare, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic over the whole group."""

    title: str
    right: int
    answers: int
    pupils: int
    is_weak: bool


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """The group."""

    term: str
    term_before: str
    """Empty in the first term: then changes are over a month."""
    lines: list[Line]
    topics: list[TopicLine]
    held: int

    @property
    def needing(self) -> list[Line]:
        """Pupils with a reason, by name."""
        return [line for line in self.lines if line.reasons]


def course_progress(course: SeenCourse) -> CourseProgress:
    """The pupils of today, sorted by name. Six statements."""
    today = clock.today()
    year = years_of(course.school_id, [course.regime_id], today)[course.regime_id]
    pupils = learners(course, today)
    if year.now is None or year.starts_on is None:
        return CourseProgress("", "", [_line(one, {}, None, None, [], 0, 0, 0, today) for one in pupils], [], 0)
    terms = [term for term in (year.now, year.before) if term]
    points: dict[uuid.UUID, dict[uuid.UUID, list[Point]]] = defaultdict(lambda: defaultdict(list))
    values = {"school": course.school_id, "course": course.id, "terms": [term.id for term in terms]}
    for pupil_id, term_id, on_date, value, weight in read(_MARKS, values):
        points[pupil_id][term_id].append(Point(on_date, value, weight))
    owed = _owed(course, pupils, year.now.starts_on, today)
    held, missed = _missed(course, year.now.starts_on, today)
    answers = answers_of_group(course, year.starts_on)
    of_pupil: dict[uuid.UUID, list[Answers]] = defaultdict(list)
    for one in answers:
        of_pupil[one.pupil_id].append(one)
    lines = [
        _line(
            one,
            points[one.id],
            year.now,
            year.before,
            of_pupil[one.id],
            owed[one.id],
            missed[one.id],
            held,
            today,
        )
        for one in pupils
    ]
    return CourseProgress(year.now.name, year.before.name if year.before else "", lines, _topics(answers), held)


def _line(
    pupil: Learner,
    points: dict[uuid.UUID, list[Point]],
    term: Span | None,
    before: Span | None,
    answers: list[Answers],
    owed: int,
    missed: int,
    held: int,
    today: date,
) -> Line:
    now = points.get(term.id, []) if term else []
    was = points.get(before.id, []) if before else []
    change = compare(was, now) if before else over_month(now, today)
    weak = [TopicShare(one.title, one.right, one.answers) for one in answers if is_weak(one.right, one.answers)]
    weak.sort(key=lambda one: one.right / one.answers)
    facts = Facts(mean_of(now), len(now), change, before is not None, owed, missed, held, tuple(weak))
    last = tuple((was + now)[-LAST_SHOWN:])
    return Line(pupil, last, facts.mean, mean_of(was), change, owed, missed, facts.weak, tuple(reasons(facts)))


def _owed(course: SeenCourse, pupils: list[Learner], since: date, today: date) -> Counter[uuid.UUID]:
    """How many works each pupil has not handed in, by the same rule as the pupil's own list."""
    rows = read(_WORKS, {"school": course.school_id, "course": course.id, "since": since, "until": today - DAY})
    works: dict[uuid.UUID, tuple[bool, date]] = {}
    done: dict[tuple[uuid.UUID, uuid.UUID], tuple[str, date]] = {}
    for work_id, for_all, due_on, pupil_id, state, own_due_on in rows:
        works[work_id] = for_all, due_on
        if pupil_id is not None:
            done[work_id, pupil_id] = state, own_due_on
    counted: Counter[uuid.UUID] = Counter()
    for pupil in pupils:
        for work_id, (for_all, due_on) in works.items():
            own = done.get((work_id, pupil.id))
            if own is not None:
                state, own_due_on = own
                counted[pupil.id] += state not in DONE and state != AssignmentState.RETURNED and own_due_on < today
            else:
                counted[pupil.id] += for_all and due_on >= pupil.from_on
    return counted


def _missed(course: SeenCourse, since: date, today: date) -> tuple[int, Counter[uuid.UUID]]:
    """How many lessons were held this term, and how many of them each pupil missed."""
    values = {"school": course.school_id, "course": course.id, "since": since, "until": today}
    lessons: set[uuid.UUID] = set()
    missed: Counter[uuid.UUID] = Counter()
    for lesson_id, pupil_id in read(_ABSENCES, values):
        lessons.add(lesson_id)
        if pupil_id is not None:
            missed[pupil_id] += 1
    return len(lessons), missed


def _topics(answers: list[Answers]) -> list[TopicLine]:
    found: dict[int, list[Answers]] = {}
    for one in answers:
        found.setdefault(one.topic_id, []).append(one)
    lines = []
    for of in found.values():
        right, every = sum(one.right for one in of), sum(one.answers for one in of)
        lines.append(TopicLine(of[0].title, right, every, len(of), is_weak(right, every)))
    return lines
