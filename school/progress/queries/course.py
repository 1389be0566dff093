"""A whole group in one course, for its teachers: a line a pupil in the order of the class list, and the topics of the group."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
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
from school.mastery.estimate.standing import Standing
from school.mastery.queries import grid_of
from school.progress.needs import Facts, Reason, reasons
from school.progress.queries.mistakes import Mistake, mistakes_of_group
from school.progress.queries.terms import Span, years_of
from school.progress.queries.topics import Answers, answers_of_group
from school.progress.scale import is_weak
from school.progress.trend import Change, Point, compare, mean_of, over_month
from school.progress.words import TopicShare

mark = cast("Table", Mark.__table__)
homework = cast("Table", Homework.__table__)
assignment = cast("Table", Assignment.__table__)
lesson = cast("Table", Lesson.__table__)
absence = cast("Table", Absence.__table__)

COURSE = bindparam("course", type_=Id)
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)
LAST_SHOWN = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TWO = 2

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
    select(lesson.c.id, lesson.c.on_date, absence.c.pupil_id)
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
    reasons: tuple[Reason, ...]
    """At most three, with what can be done about each."""


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic over the whole group."""

    id: int
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
    mistakes: list[Mistake]

    @property
    def needing(self) -> list[Line]:
        """Pupils with a reason, by name."""
        return [line for line in self.lines if line.reasons]


def course_progress(course: SeenCourse) -> CourseProgress:
    """The pupils of today, sorted by name. Nine statements while nobody of them has answered since the last look."""
    today = clock.today()
    year = years_of(course.school_id, [course.regime_id], today)[course.regime_id]
    pupils = learners(course, today)
    if year.now is None or year.starts_on is None:
        return CourseProgress("", "", [_line(one, {}, Term(), NOTHING, today) for one in pupils], [], 0, [])
    terms = [term for term in (year.now, year.before) if term]
    points: dict[uuid.UUID, dict[uuid.UUID, list[Point]]] = defaultdict(lambda: defaultdict(list))
    values = {"school": course.school_id, "course": course.id, "terms": [term.id for term in terms]}
    for pupil_id, term_id, on_date, value, weight in read(_MARKS, values):
        points[pupil_id][term_id].append(Point(on_date, value, weight))
    owed = _owed(course, pupils, year.now.starts_on, today)
    held, missed, lately = _missed(course, year.now.starts_on, today)
    answers = answers_of_group(course, year.starts_on)
    of_pupil: dict[uuid.UUID, list[Answers]] = defaultdict(list)
    for answer in answers:
        of_pupil[answer.pupil_id].append(answer)
    grid = grid_of(course.school_id, course.subject_id, [one.id for one in pupils], clock.now())
    lines = []
    for one in pupils:
        fading = tuple(
            (topic.id, topic.title) for topic, seen in grid.of_pupil(one.id) if seen.standing is Standing.FADING
        )
        told = Told(of_pupil[one.id], owed[one.id], missed[one.id], lately[one.id], fading)
        lines.append(_line(one, points[one.id], Term(year.now, year.before, held), told, today))
    before = year.before.name if year.before else ""
    mistakes = mistakes_of_group(course, pupils, today)
    return CourseProgress(year.now.name, before, lines, _topics(answers), held, mistakes)


@dataclass(frozen=True, slots=True)
class Term:
    """The running term, the one before it, and how many lessons it had."""

    now: Span | None = None
    before: Span | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a pupil beside the marks."""

    answers: Sequence[Answers]
    owed: int
    missed: int
    missed_lately: int
    fading: tuple[tuple[int, str], ...]


NOTHING = Told((), 0, 0, 0, ())


def _line(pupil: Learner, points: dict[uuid.UUID, list[Point]], term: Term, told: Told, today: date) -> Line:
    now = points.get(term.now.id, []) if term.now else []
    was = points.get(term.before.id, []) if term.before else []
    change = compare(was, now) if term.before else over_month(now, today)
    weak = [
        TopicShare(one.title, one.right, one.answers, one.topic_id)
        for one in told.answers
        if is_weak(one.right, one.answers)
    ]
    weak.sort(key=lambda one: one.right / one.answers)
    facts = Facts(
        mean_of(now),
        len(now),
        change,
        term.before is not None,
        told.owed,
        told.missed,
        term.held,
        tuple(weak),
        sum(one.value <= TWO and one.on_date > today - WEEK for one in now),
        told.missed_lately,
        told.fading,
    )
    last = tuple((was + now)[-LAST_SHOWN:])
    return Line(
        pupil, last, facts.mean, mean_of(was), change, told.owed, told.missed, facts.weak, tuple(reasons(facts))
    )


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


def _missed(course: SeenCourse, since: date, today: date) -> tuple[int, Counter[uuid.UUID], Counter[uuid.UUID]]:
    """How many lessons were held this term, how many of them each pupil missed, and how many in the last seven days."""
    values = {"school": course.school_id, "course": course.id, "since": since, "until": today}
    lessons: set[uuid.UUID] = set()
    missed: Counter[uuid.UUID] = Counter()
    lately: Counter[uuid.UUID] = Counter()
    for lesson_id, on_date, pupil_id in read(_ABSENCES, values):
        lessons.add(lesson_id)
        if pupil_id is not None:
            missed[pupil_id] += 1
            lately[pupil_id] += on_date > today - WEEK
    return len(lessons), missed, lately


def _topics(answers: list[Answers]) -> list[TopicLine]:
    found: dict[int, list[Answers]] = {}
    for one in answers:
        found.setdefault(one.topic_id, []).append(one)
    lines = []
    for of in found.values():
        right, every = sum(one.right for one in of), sum(one.answers for one in of)
        lines.append(TopicLine(of[0].topic_id, of[0].title, right, every, len(of), is_weak(right, every)))
    return lines
