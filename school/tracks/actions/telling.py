"""Notices about tracks: to pupil and family when one is approved, to the teacher when the program has proposed some by itself."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Table, and_, or_, select

from content_library.models import Subject
from school.classes.models import Course, StudyGroup, TeachingPost
from school.core import clock
from school.core.database import db
from school.notices.actions import News, tell
from school.people.models import Guardianship, Member
from school.people.names import short_name
from school.tracks.models import Track


class OfCourse(Protocol):
    """A course, as seen by an actor or as the program itself meets it."""

    @property
    def school_id(self) -> int:
        """Its school."""

    @property
    def id(self) -> uuid.UUID:
        """Its id."""


APPROVED = "track.approved"
PROPOSED = "track.proposed"
CHECKED = "track.checked"

member = cast("Table", Member.__table__)
ward = cast("Table", Guardianship.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
post = cast("Table", TeachingPost.__table__)
subject = cast("Table", Subject.__table__)


def tell_approved(tracks: Sequence[Track]) -> None:
    """Pupils and those of their families who may see progress: where the track leads, and by when."""
    if not tracks:
        return
    school_id, pupils = tracks[0].school_id, {one.pupil_id for one in tracks}
    about_course = {one: _course(school_id, one) for one in {track.course_id for track in tracks}}
    people = {row[0]: (row[1], short_name(row[2], row[3])) for row in db.session.execute(
        select(member.c.id, member.c.account_id, member.c.family_name, member.c.given_name)
        .where(member.c.school_id == school_id, member.c.id.in_(pupils))
    )}  # fmt: skip
    families: dict[uuid.UUID, list[uuid.UUID]] = {}
    for pupil_id, account_id in db.session.execute(
        select(ward.c.pupil_id, member.c.account_id)
        .join(member, and_(member.c.school_id == school_id, member.c.id == ward.c.guardian_id))
        .where(_lasts(ward, school_id), ward.c.pupil_id.in_(pupils), ward.c.sees_progress)
    ):
        families.setdefault(pupil_id, []).append(account_id)
    for one in tracks:
        own, name = people[one.pupil_id]
        about = {**about_course[one.course_id], "goal": one.goal, "by": one.by_on, "name": name}
        key = f"track:{one.id}"
        tell([own] if own else (), News(school_id, APPROVED, key, about, one.pupil_id, one.id))
        family = families.get(one.pupil_id, ())
        tell(family, News(school_id, f"{APPROVED}.family", key, about, one.pupil_id, one.id))


def tell_proposed(of: OfCourse, pupils: Collection[uuid.UUID]) -> None:
    """The teachers of a course, once a day: so many tracks wait for their approval."""
    about = {**_course(of.school_id, of.id), "pupils": len(pupils)}
    key = f"track-proposed:{of.id}:{clock.today()}"
    tell(_teachers(of), News(of.school_id, PROPOSED, key, about, thing_id=of.id))


def tell_checked(of: OfCourse) -> None:
    """The teachers of a course, once a day however many pupils come to the end of a check: tracks follow from it."""
    key = f"track-checked:{of.id}:{clock.today()}"
    tell(_teachers(of), News(of.school_id, CHECKED, key, _course(of.school_id, of.id), thing_id=of.id))


def _teachers(of: OfCourse) -> Sequence[uuid.UUID]:
    return db.session.scalars(
        select(member.c.account_id)
        .join(post, and_(_lasts(post, of.school_id), post.c.teacher_id == member.c.id))
        .where(member.c.school_id == of.school_id, post.c.course_id == of.id, member.c.account_id.is_not(None))
    ).all()


def _course(school_id: int, course_id: uuid.UUID) -> dict[str, Any]:
    row = db.session.execute(
        select(subject.c.name_ru, subject.c.name_en, group.c.name)
        .select_from(
            course.join(subject, subject.c.id == course.c.subject_id).join(
                group, and_(group.c.school_id == school_id, group.c.id == course.c.group_id)
            )
        )
        .where(course.c.school_id == school_id, course.c.id == course_id)
    ).one()
    return {"ru": row[0], "en": row[1], "group": row[2]}


def _lasts(table: Table, school_id: int) -> Any:
    today = clock.today()
    c: Any = table.c
    return and_(c.school_id == school_id, c.from_on <= today, or_(c.to_on.is_(None), c.to_on >= today))
