"""A whole group in one course, for its teachers: a line a pupil in the order of the class list, and the topics of the group."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, select
from sqlalchemy.types import Date

from school.classes.models import Absence, AbsenceFact, Lesson, LessonState
from school.classes.queries import Learner
from school.classes.queries.pupils import learners_of_groups
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
from school.progress.queries.terms import Span, Year, years_of
from school.progress.queries.topics import Answers, answers_of_groups
from school.progress.scale import is_weak
from school.progress.trend import Change, Point, compare, mean_of, over_month
from school.progress.words import TopicShare

mark = cast("Table", Mark.__table__)
homework = cast("Table", Homework.__table__)
assignment = cast("Table", Assignment.__table__)
lesson = cast("Table", Lesson.__table__)
absence = cast("Table", Absence.__table__)

COURSES = bindparam("courses", type_=Id, expanding=True)
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)
LAST_SHOWN = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TWO = 2

_MARKS = (
    select(mark.c.course_id, mark.c.pupil_id, mark.c.term_id, mark.c.on_date, mark.c.value, mark.c.weight)
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.course_id.in_(COURSES),
        mark.c.term_id.in_(bindparam("terms", expanding=True, type_=Id)),
        mark.c.value.is_not(None),
        mark.c.replaced_at.is_(None),
    )
    .order_by(mark.c.on_date, mark.c.id)
)
_WORKS = (
    select(
        homework.c.course_id,
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
        homework.c.course_id.in_(COURSES),
        homework.c.due_on.between(SINCE, UNTIL),
        homework.c.withdrawn_at.is_(None),
    )
)
_ABSENCES = (
    select(lesson.c.course_id, lesson.c.id, lesson.c.on_date, absence.c.pupil_id)
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
        lesson.c.course_id.in_(COURSES),
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
    found = progress_of([course])[course.id]
    if not found.term:
        return found
    mistakes = mistakes_of_group(course, [line.pupil for line in found.lines], clock.today())
    return replace(found, mistakes=mistakes)


def progress_of(courses: Sequence[SeenCourse]) -> dict[uuid.UUID, CourseProgress]:
    """Several courses of one school at once, without their misconceptions: six statements, and one or two a course for its topics."""
    if not courses:
        return {}
    today, school_id = clock.today(), courses[0].school_id
    years = years_of(school_id, [one.regime_id for one in courses], today)
    groups = learners_of_groups(school_id, {one.group_id for one in courses}, today)
    begun = [year for year in years.values() if year.now and year.starts_on]
    facts = _Facts(school_id, courses, begun, today) if begun else None
    return {one.id: _progress(one, years[one.regime_id], groups[one.group_id], facts, today) for one in courses}


def _progress(
    course: SeenCourse, year: Year, pupils: list[Learner], facts: "_Facts | None", today: date
) -> CourseProgress:
    if facts is None or year.now is None or year.starts_on is None:
        return CourseProgress("", "", [_line(one, {}, Term(), NOTHING, today) for one in pupils], [], 0, [])
    owed = _owed(facts.works.get(course.id, ()), pupils, year.now.starts_on, today)
    held, missed, lately = _missed(facts.absences.get(course.id, ()), year.now.starts_on, today)
    answers = facts.answers.get((course.group_id, course.subject_id), [])
    of_pupil: dict[uuid.UUID, list[Answers]] = defaultdict(list)
    for answer in answers:
        of_pupil[answer.pupil_id].append(answer)
    points = facts.points.get(course.id, {})
    grid = grid_of(course.school_id, course.subject_id, [one.id for one in pupils], clock.now())
    lines = []
    for one in pupils:
        fading = tuple(
            (topic.id, topic.title) for topic, seen in grid.of_pupil(one.id) if seen.standing is Standing.FADING
        )
        told = Told(of_pupil[one.id], owed[one.id], missed[one.id], lately[one.id], fading)
        lines.append(_line(one, points.get(one.id, {}), Term(year.now, year.before, held), told, today))
    before = year.before.name if year.before else ""
    return CourseProgress(year.now.name, before, lines, _topics(answers), held, [])


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


class _Facts:
    """What is known of several courses of one school, each kind by one statement."""

    def __init__(self, school_id: int, courses: Sequence[SeenCourse], years: Sequence[Year], today: date) -> None:
        terms = [(term, year.now.starts_on) for year in years if year.now for term in (year.now, year.before) if term]
        asked = {"school": school_id, "courses": [one.id for one in courses], "until": today}
        since = min(starts_on for _term, starts_on in terms)
        self.points: dict[uuid.UUID, dict[uuid.UUID, dict[uuid.UUID, list[Point]]]] = {}
        for course_id, pupil_id, term_id, on_date, value, weight in read(
            _MARKS, {"school": school_id, "courses": asked["courses"], "terms": [term.id for term, _ in terms]}
        ):
            of_pupil = self.points.setdefault(course_id, {}).setdefault(pupil_id, {})
            of_pupil.setdefault(term_id, []).append(Point(on_date, value, weight))
        self.works = _by_course(read(_WORKS, {**asked, "since": since, "until": today - DAY}))
        self.absences = _by_course(read(_ABSENCES, {**asked, "since": since}))
        self.answers = answers_of_groups(courses, min(year.starts_on for year in years if year.starts_on))


def _by_course(rows: Iterable[tuple[Any, ...]]) -> dict[uuid.UUID, list[tuple[Any, ...]]]:
    found: dict[uuid.UUID, list[tuple[Any, ...]]] = {}
    for course_id, *cells in rows:
        found.setdefault(course_id, []).append(tuple(cells))
    return found


def _owed(rows: Iterable[tuple[Any, ...]], pupils: list[Learner], since: date, today: date) -> Counter[uuid.UUID]:
    """How many works each pupil has not handed in, by the same rule as the pupil's own list."""
    works: dict[uuid.UUID, tuple[bool, date]] = {}
    done: dict[tuple[uuid.UUID, uuid.UUID], tuple[str, date]] = {}
    for work_id, for_all, due_on, pupil_id, state, own_due_on in rows:
        if due_on < since:
            continue
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


def _missed(
    rows: Iterable[tuple[Any, ...]], since: date, today: date
) -> tuple[int, Counter[uuid.UUID], Counter[uuid.UUID]]:
    """How many lessons were held this term, how many of them each pupil missed, and how many in the last seven days."""
    lessons: set[uuid.UUID] = set()
    missed: Counter[uuid.UUID] = Counter()
    lately: Counter[uuid.UUID] = Counter()
    for lesson_id, on_date, pupil_id in rows:
        if on_date < since:
            continue
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
