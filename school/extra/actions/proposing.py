"""Looking for gaps that enough pupils share, school by school at night, and telling the teachers."""

import uuid
from collections import defaultdict
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, select

from content_library.models import Item, Topic, UnitVersion
from school.classes.models import Enrolment, StudyGroup, TeachingPost
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, seen_course
from school.classes.queries.relations import SCHOOL, lasting
from school.core import clock
from school.core.database import Moment, db, new_id, read
from school.core.jobs import enqueue, every, handler
from school.extra.actions.telling import tell_proposed
from school.extra.queries import buildings_of, gaps_of, proposals_among
from school.people.models import Member, Role, RoleKind, School
from school.progress.queries.topics import TOPIC_OF_ITEM
from school.tasks.models import Attempt, Verdict

attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)
version = cast("Table", UnitVersion.__table__)
topic = cast("Table", Topic.__table__)
place = cast("Table", Enrolment.__table__)
post = cast("Table", TeachingPost.__table__)
member = cast("Table", Member.__table__)
role = cast("Table", Role.__table__)
group = cast("Table", StudyGroup.__table__)

A_DAY = 24 * 3600.0
LOOK = "extra.look"
LATELY = timedelta(days=3)
"""Courses without an answer so long have no new gap."""

_ANSWERED = (
    select(place.c.group_id, group.c.year_level, topic.c.subject_id)
    .select_from(
        attempt.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(version, version.c.id == item.c.version_id)
        .join(topic, topic.c.id == TOPIC_OF_ITEM)
        .join(place, and_(lasting(place), place.c.pupil_id == attempt.c.pupil_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == place.c.group_id))
    )
    .where(attempt.c.school_id == SCHOOL, attempt.c.finished_at >= bindparam("since", type_=Moment))
    .distinct()
)
_COURSES = select(*COURSE_COLUMNS).select_from(COURSE_FROM).where(course.c.school_id == SCHOOL)
_TEACHERS = (
    select(post.c.course_id, member.c.account_id)
    .select_from(post.join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id)))
    .where(lasting(post), member.c.account_id.is_not(None))
)

_DEPUTIES = (
    select(role.c.account_id)
    .where(lasting(role), role.c.kind == RoleKind.DEPUTY.value)
    .order_by(role.c.account_id)
    .distinct()
)


@every(A_DAY, "extra.look", lease=600)
def look_in_all_schools() -> None:
    """A job a school."""
    today = clock.today()
    for school_id in db.session.scalars(select(School.id)).all():
        enqueue(LOOK, {"school_id": school_id}, key=f"{LOOK}:{school_id}:{today}")


@handler(LOOK, lease=600, lane="slow")
def look_in_school(payload: dict[str, Any]) -> None:
    """Tell the teachers of one school."""
    school = db.session.get(School, payload["school_id"])
    if school is not None:
        propose_extras(school)


def propose_extras(school: School) -> int:
    """Tell each teacher of the gaps for which a lesson is proposed, and the deputies of those that only classes of several
    teachers share together; answers how many were told."""
    values = {"school": school.id, "today": clock.today(), "member": new_id(), "since": clock.now() - LATELY}
    answered = set(read(_ANSWERED, values))
    levels = {(level, subject_id) for _group_id, level, subject_id in answered}
    courses = [seen_course(tuple(row), "ru") for row in read(_COURSES, values)] if answered else []
    courses = [one for one in courses if (one.year_level, one.subject_id) in levels]
    gaps = [gap for one in courses for gap in gaps_of(one)]
    buildings = buildings_of(school.id, courses)
    own: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for course_id, account_id in read(_TEACHERS, values):
        own[account_id].add(course_id)
    told, known = 0, set()
    for account_id, taught in own.items():
        for gap in proposals_among([one for one in gaps if one.course.id in taught], buildings):
            told += tell_proposed(gap, [account_id])
            known |= {(gap.topic_id, one.id) for one in gap.courses}
    deputies = [row[0] for row in read(_DEPUTIES, values)]
    for gap in proposals_among([one for one in gaps if (one.topic_id, one.course.id) not in known], buildings):
        told += tell_proposed(gap, deputies)
    return told
