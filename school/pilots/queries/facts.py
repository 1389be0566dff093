"""What each arm has been through: sets, work, time, marks, who left; and whether a test's questions were met outside of it."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Date, Float, Integer

from content_library import holding
from content_library.models import Item, UnitVersion
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, Moment, db, read
from school.gradebook.models import Mark
from school.mastery.models import JudgedAnswer
from school.pilots.guards import ArmFacts
from school.pilots.queries.pilots import places_of, rounds_of, tests_of
from school.pilots.seen import SeenPilot
from school.tasks.models import Answer, Attempt, Verdict
from school.tracks.models import Practice

attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
answer = cast("Table", Answer.__table__)
judged = cast("Table", JudgedAnswer.__table__)
practice = cast("Table", Practice.__table__)
mark = cast("Table", Mark.__table__)
item = cast("Table", Item.__table__)

LONGEST = 60.0
"""Minutes; who left a page open overnight did not work all night."""
HARD = 0.4
_WORKS = bindparam("works", type_=Id, expanding=True)
_PUPILS = bindparam("pupils", type_=Id, expanding=True)
_SINCE = bindparam("since", type_=Moment)

DONE = (
    select(attempt.c.pupil_id, attempt.c.id, attempt.c.started_at, attempt.c.finished_at, func.count(verdict.c.answer_id))
    .select_from(attempt.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id)))
    .where(
        attempt.c.school_id == SCHOOL,
        attempt.c.given_for.in_(_WORKS),
        attempt.c.finished_at.is_not(None),
        attempt.c.corrects_id.is_(None),
    )
    .group_by(attempt.c.pupil_id, attempt.c.id, attempt.c.started_at, attempt.c.finished_at)
)  # fmt: skip
_FORETOLD = (
    select(attempt.c.pupil_id, judged.c.chance)
    .select_from(
        attempt.join(answer, and_(answer.c.school_id == SCHOOL, answer.c.attempt_id == attempt.c.id))
        .join(judged, and_(judged.c.school_id == SCHOOL, judged.c.answer_id == answer.c.id))
    )
    .where(attempt.c.school_id == SCHOOL, attempt.c.given_for.in_(_WORKS))
)  # fmt: skip
OWN = (
    select(attempt.c.pupil_id, func.count(verdict.c.answer_id))
    .select_from(
        practice.join(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == practice.c.attempt_id))
        .join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
    )
    .where(
        practice.c.school_id == SCHOOL,
        practice.c.pupil_id.in_(_PUPILS),
        practice.c.subject_id == bindparam("subject", type_=Integer),
        practice.c.made_at >= _SINCE,
    )
    .group_by(attempt.c.pupil_id)
)  # fmt: skip
_MARKS = (
    select(mark.c.pupil_id, func.avg(mark.c.value, type_=Float))
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.pupil_id.in_(_PUPILS),
        mark.c.subject_id == bindparam("subject", type_=Integer),
        mark.c.on_date >= bindparam("day", type_=Date),
        mark.c.value.is_not(None),
    )
    .group_by(mark.c.pupil_id)
)
_OUTSIDE = (
    select(func.count())
    .select_from(
        answer.join(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == answer.c.attempt_id)).join(
            item, item.c.id == answer.c.item_id
        )
    )
    .where(
        answer.c.school_id == SCHOOL,
        item.c.version_id.in_(bindparam("versions", type_=Id, expanding=True)),
        attempt.c.given_for.is_(None) | attempt.c.given_for.not_in(bindparam("tests", type_=Id, expanding=True)),
    )
)


def facts_of(pilot: SeenPilot) -> list[ArmFacts]:
    """Arm by arm, in the protocol's order. Six statements."""
    drawn = [one for one in places_of(pilot.school_id, pilot.id) if one.arm is not None]
    arm_of: Mapping[uuid.UUID, str] = {one.pupil_id: one.arm or "" for one in drawn}
    rounds = rounds_of(pilot.school_id, pilot.id)
    begun = clock.moscow(pilot.row.starts_on, time())
    values: dict[str, Any] = {
        "school": pilot.school_id,
        "works": [one.homework_id for one in rounds],
        "pupils": list(arm_of),
        "subject": pilot.row.subject_id,
        "since": begun,
        "day": pilot.row.starts_on,
    }
    weeks = max(1, pilot.times.week(min(clock.today(), pilot.times.ends_on)))
    given, sets, done, answers, hard, own = (defaultdict[str, int](int) for _n in range(6))
    minutes: dict[str, float] = defaultdict(float)
    marks: dict[str, list[float]] = defaultdict(list)
    for one in rounds:
        for arm, (pupils, tasks) in one.counts.items():
            sets[arm] += pupils
            given[arm] += tasks
    for pupil_id, _attempt, started, finished, count in read(DONE, values):
        arm = arm_of.get(pupil_id, "")
        done[arm] += count
        minutes[arm] += spent(started, finished)
    for pupil_id, chance in read(_FORETOLD, values):
        answers[arm_of.get(pupil_id, "")] += 1
        hard[arm_of.get(pupil_id, "")] += chance < HARD
    for pupil_id, count in read(OWN, values):
        own[arm_of.get(pupil_id, "")] += count
    for pupil_id, value in read(_MARKS, values):
        marks[arm_of.get(pupil_id, "")].append(float(value))
    found = []
    for arm in pilot.arms:
        mine = [one for one in drawn if one.arm == arm]
        lost = sum(one.left_at is not None for one in mine)
        each = minutes[arm] / len(mine) / weeks if mine else 0.0
        found.append(
            ArmFacts(arm.value, len(mine), lost, given[arm], done[arm], each, answers[arm], hard[arm], own[arm], sets[arm], tuple(marks[arm]))
        )  # fmt: skip
    return found


def leaks_of(pilot: SeenPilot) -> int:
    """Answers to questions of its tests outside of them, and published questions that say the same."""
    tests = tests_of(pilot.school_id, pilot.id)
    met = answered_outside(
        pilot.school_id, [one.unit_version_id for one in tests.values()], [one.id for one in tests.values()]
    )
    return met + sum(len(twins(one.unit_version_id)) for one in tests.values())


def answered_outside(school_id: int, versions: Collection[uuid.UUID], tests: Collection[uuid.UUID] = ()) -> int:
    """Answers of the school to questions of these versions, other than in these tests."""
    asked = {"school": school_id, "versions": list(versions), "tests": list(tests) or [uuid.UUID(int=0)]}
    return int(read(_OUTSIDE, asked)[0][0])


def twins(version_id: uuid.UUID) -> list[str]:
    """Titles of published units that hold a question of a test."""
    version = db.session.get_one(UnitVersion, version_id)
    return sorted({title for _item, title in holding.twins_of(db.session(), version)})


def spent(started: datetime, finished: datetime) -> float:
    """Minutes of a work."""
    return min(LONGEST, (finished - started).total_seconds() / 60)
