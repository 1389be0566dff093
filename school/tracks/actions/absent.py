"""Who missed many lessons of a course in a row finds a track proposed: what was taught meanwhile."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from school.classes.models import Course, SchoolYear, StudyGroup
from school.core import clock
from school.core.database import db
from school.people.models import School
from school.tracks.actions.making import Wish, propose_tracks
from school.tracks.actions.telling import tell_proposed
from school.tracks.models import Source, Track
from school.tracks.queries.planning import held_days, missed_lessons

LONG = 4
"""Lessons of one course missed in a row."""
LOOKED_BACK = timedelta(28)
FOUR_WEEKS = timedelta(28)


class _Pupil:
    def __init__(self, pupil_id: uuid.UUID) -> None:
        self.id = pupil_id


def propose_to_absent(school: School) -> int:
    """Look through the courses of the year; how many tracks were proposed. One absence makes one track."""
    today = clock.today()
    courses = db.session.scalars(
        select(Course)
        .join(StudyGroup, (StudyGroup.school_id == Course.school_id) & (StudyGroup.id == Course.group_id))
        .join(SchoolYear, (SchoolYear.school_id == StudyGroup.school_id) & (SchoolYear.id == StudyGroup.year_id))
        .where(
            Course.school_id == school.id,
            StudyGroup.school_id == school.id,
            SchoolYear.school_id == school.id,
            SchoolYear.starts_on <= today,
            SchoolYear.ends_on >= today,
        )
    ).all()
    return sum(_course(one, today) for one in courses)


def _course(course: Course, today: date) -> int:
    since = today - LOOKED_BACK
    days = held_days(course.school_id, course.id, since, today)
    if len(days) < LONG:
        return 0
    absences = missed_lessons(course.school_id, course.id, since, today)
    away = {pupil: found for pupil, ones in absences.items() if (found := longest_run(days, [day for day, _t in ones]))}
    if not away:
        return 0
    have = set(
        db.session.execute(
            select(Track.pupil_id).where(
                Track.school_id == course.school_id,
                Track.course_id == course.id,
                Track.source == Source.ABSENCE.value,
                Track.made_at >= clock.now() - LOOKED_BACK,
            )
        ).scalars()
    )
    made: list[Track] = []
    for pupil_id, run in away.items():
        topics = list(dict.fromkeys(topic for day, topic in absences[pupil_id] if topic and day in run))
        if topics and pupil_id not in have:
            wish = Wish(topics=tuple(topics), by_on=today + FOUR_WEEKS, source=Source.ABSENCE)
            made += propose_tracks(None, course, [_Pupil(pupil_id)], wish, {pupil_id: topics})
    if made:
        tell_proposed(course, {one.pupil_id for one in made})
    return len(made)


def longest_run(held: Sequence[date], missed: Sequence[date]) -> frozenset[date]:
    """Days of the longest run of lessons missed one after another, when it is long; else none."""
    gone, best, run = set(missed), [], []  # type: set[date], list[date], list[date]
    for day in held:
        run = [*run, day] if day in gone else []
        if len(run) > len(best):
            best = run
    return frozenset(best) if len(best) >= LONG else frozenset()
