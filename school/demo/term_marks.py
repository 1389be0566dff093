"""Marks of the finished terms of the demo school, as its teachers would have set them from the means."""

import uuid
from datetime import date, datetime, timedelta

from school.core import clock
from school.core.records.canonical import canonical
from school.core.records.models import RecordEvent
from school.demo.calendar import YearPlan
from school.demo.classes import DemoCourse
from school.demo.journal import QUIET, Journal
from school.demo.rows import Rows
from school.gradebook.models import TermMark
from school.gradebook.scale import Rules, hundredths, outcomes

RULES = Rules()
LEAST_MARKS = 2
GENEROUS = 0.6
"""How often a teacher who may decide gives the higher mark."""


def set_term_marks(rows: Rows, year: YearPlan, courses: list[DemoCourse], journal: Journal, today: date) -> None:
    """For each term that ended before ``today``: a mark for who has marks, «н/а» for who hardly has any."""
    over = {term: ends for terms in year.terms.values() for term, _starts, ends in terms if ends < today}
    for course in courses:
        for term in sorted({lesson.term_id for lesson in course.lessons} & over.keys()):
            _of_course(rows, course, term, over[term], journal)


def _of_course(rows: Rows, course: DemoCourse, term: uuid.UUID, ends: date, journal: Journal) -> None:
    at = clock.moscow(ends - timedelta(2), datetime.min.time().replace(hour=15, minute=30))
    for pupil in course.pupils:
        marks, weights, values = journal.totals.get((pupil.member, course.subject_id, term), (0, 0, 0))
        mean = hundredths(values, weights)
        if mean is None:
            continue
        choices = outcomes(mean, RULES)
        value = choices[0] if len(choices) == 1 or rows.chance.random() < GENEROUS else choices[1]
        code = "н/а" if marks < LEAST_MARKS and rows.chance.random() < 0.1 else None
        row = rows.add(
            TermMark,
            id=rows.id_at(at),
            pupil_id=pupil.member,
            course_id=course.id,
            term_id=term,
            value=None if code else value,
            code=code,
            proposed=choices[0] if len(choices) == 1 else None,
            reason="",
            version=1,
            released_at=at + QUIET,
            released_value=None,
            released_code=None,
            set_at=at,
            set_by=course.teacher.account,
        )
        rows.add(
            RecordEvent,
            id=rows.id_at(at),
            kind="term_mark.set",
            thing_id=row["id"],
            pupil_id=pupil.member,
            at=at,
            actor_account_id=course.teacher.account,
            actor_member_id=course.teacher.member,
            on_behalf_of=None,
            payload=canonical(
                {
                    "course": course.id,
                    "term": term,
                    "old": {"value": None, "code": None},
                    "new": {"value": row["value"], "code": code},
                    "proposed": row["proposed"],
                    "mean": mean,
                    "version": 1,
                }
            ),
        )
