"""Marks of the finished terms of the demo school, as its teachers would have set them from the means."""

import uuid
from datetime import date, datetime, timedelta

from school.core import clock
from school.core.records.canonical import canonical
from school.core.records.models import RecordEvent
from school.demo.calendar import YearPlan
from school.demo.classes import DemoCourse
from school.demo.journal import QUIET, UNMARKED, Journal
from school.demo.people import Person
from school.demo.rows import Rows
from school.gradebook.models import TermMark, YearMark
from school.gradebook.scale import Rules, hundredths, outcomes

RULES = Rules()
LEAST_MARKS = 2
GENEROUS = 0.6
"""How often a teacher who may decide gives the higher mark."""
EXAMINED, ENOUGH = 9, 3
"""A year with exams, and the least mark with which a pupil is let to them."""
EXAMS = ("russian", "algebra")
CHOSEN = {
    "society": 0,
    "informatics": 0,
    "physics": 1,
    "geography": 1,
    "biology": 2,
    "chemistry": 2,
    "english": 3,
    "history": 3,
}
"""Exams by choice: each pupil takes two of these, by a number of their own; the fifth number takes the two obligatory ones only."""


def set_term_marks(rows: Rows, year: YearPlan, courses: list[DemoCourse], journal: Journal, today: date) -> None:
    """For each term that ended before ``today``: a mark for who has marks, «н/а» for who hardly has any.

    Terms before the first lesson that the demo remembers have marks too, as of a year that moved in from paper. A year that is
    over has its mark; in year 9 exams and marks of the certificate.
    """
    for course in courses:
        if course.subject in UNMARKED:
            continue
        values: dict[uuid.UUID, list[int]] = {pupil.member: [] for pupil in course.pupils}
        terms = year.terms[course.school_class.regime]
        for term, _starts, ends in terms:
            if ends < today:
                _of_course(rows, course, term, ends, journal, values)
        if year.ends_on < today:
            _of_year(rows, course, year.ends_on, len(terms), values, journal)


def _of_course(
    rows: Rows, course: DemoCourse, term: uuid.UUID, ends: date, journal: Journal, earlier: dict[uuid.UUID, list[int]]
) -> None:
    at = _afternoon(ends - timedelta(2))
    is_remembered = any(lesson.term_id == term for lesson in course.lessons)
    for pupil in course.pupils:
        marks, weights, values = journal.totals.get((pupil.member, course.subject_id, term), (0, 0, 0))
        mean = hundredths(values, weights)
        if mean is None and is_remembered:
            continue
        if mean is None:
            value = max(3, journal.talent.value(pupil, course.subject, 0, is_control=False))
            choices: tuple[int, ...] = (value,)
            code = None
        else:
            choices = outcomes(mean, RULES)
            value = choices[0] if len(choices) == 1 or rows.chance.random() < GENEROUS else choices[1]
            code = "н/а" if marks < LEAST_MARKS and rows.chance.random() < 0.1 else None
        if code is None:
            earlier[pupil.member].append(value)
        proposed = choices[0] if len(choices) == 1 else None
        row = _add(rows, course, pupil, TermMark, {"term_id": term}, (None if code else value, code), proposed, at)
        seen: dict[str, object] = {"course": course.id, "term": term}
        _tell(rows, course, pupil, "term_mark.set", row, seen, at, {"mean": mean} if mean is not None else {})


def _of_year(
    rows: Rows, course: DemoCourse, ends: date, terms: int, values: dict[uuid.UUID, list[int]], journal: Journal
) -> None:
    """The mean of the terms; exams of year 9: Russian, maths, and two subjects that a pupil has chosen."""
    at, level = _afternoon(ends - timedelta(1)), course.school_class.year_level
    for pupil in course.pupils:
        own = values[pupil.member]
        if len(own) < terms:
            continue
        of_year = _half_up(own)
        put: list[tuple[str, int, int | None]] = [("year", of_year, of_year)]
        exam = None
        if level == EXAMINED and of_year >= ENOUGH:
            if course.subject in EXAMS or pupil.member.int % 5 == CHOSEN.get(course.subject):
                exam = max(3, journal.talent.value(pupil, course.subject, 1, is_control=True))
                put.append(("exam", exam, None))
            final = of_year if exam is None else _half_up([of_year, exam])
            put.append(("final", final, final))
        for kind, value, proposed in put:
            row = _add(rows, course, pupil, YearMark, {"kind": kind}, (value, None), proposed, at)
            _tell(rows, course, pupil, "year_mark.set", row, {"course": course.id, "kind": kind}, at, {})


def _half_up(marks: list[int]) -> int:
    """The mean to a whole mark, as the act rounds the year and the certificate."""
    return (2 * sum(marks) + len(marks)) // (2 * len(marks))


def _afternoon(day: date) -> datetime:
    return clock.moscow(day, datetime.min.time().replace(hour=15, minute=30))


def _add(
    rows: Rows,
    course: DemoCourse,
    pupil: Person,
    model: type[TermMark | YearMark],
    of: dict[str, object],
    sign: tuple[int | None, str | None],
    proposed: int | None,
    at: datetime,
) -> dict[str, object]:
    return rows.add(
        model,
        id=rows.id_at(at),
        pupil_id=pupil.member,
        course_id=course.id,
        **of,
        value=sign[0],
        code=sign[1],
        proposed=proposed,
        reason="",
        version=1,
        released_at=at + QUIET,
        released_value=None,
        released_code=None,
        set_at=at,
        set_by=course.teacher.account,
    )


def _tell(
    rows: Rows,
    course: DemoCourse,
    pupil: Person,
    kind: str,
    row: dict[str, object],
    of: dict[str, object],
    at: datetime,
    more: dict[str, object],
) -> None:
    """The event of the record that every decision leaves."""
    told = {"old": {"value": None, "code": None}, "new": {"value": row["value"], "code": row["code"]}}
    rows.add(
        RecordEvent,
        id=rows.id_at(at),
        kind=kind,
        thing_id=row["id"],
        pupil_id=pupil.member,
        at=at,
        actor_account_id=course.teacher.account,
        actor_member_id=course.teacher.member,
        on_behalf_of=None,
        payload=canonical({**of, **told, "proposed": row["proposed"], **more, "version": 1}),
    )
