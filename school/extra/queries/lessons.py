"""Extra lessons: one, those of a teacher or of the school, the places of one, a pupil's invitations."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Select, Table, and_, bindparam, case, func, select

from content_library.models import Subject, Topic, Unit, UnitVersion
from school.classes.models import Course, ExtraLesson, ExtraPlace, Reply, StudyGroup
from school.classes.queries import get_course
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenPupil
from school.core.access import Actor
from school.core.database import Id, read
from school.core.languages import language
from school.extra.seen import SeenExtra, SeenInvitation
from school.people.models import Member
from school.people.names import initials, polite_name, short_name

extra = cast("Table", ExtraLesson.__table__)
place = cast("Table", ExtraPlace.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
topic = cast("Table", Topic.__table__)
member = cast("Table", Member.__table__)
unit = cast("Table", Unit.__table__)
version = cast("Table", UnitVersion.__table__)

EXTRA = bindparam("extra", type_=Id)
MOST: Final = 200
"""Lines of a list."""

_WITH_TEACHER = extra.join(member, and_(member.c.school_id == SCHOOL, member.c.id == extra.c.teacher_id)).join(
    topic, topic.c.id == extra.c.topic_id
)
_ONE = (
    select(
        extra.c.course_id, extra.c.id, extra.c.teacher_id, member.c.given_name, member.c.patronymic, topic.c.id,
        topic.c.title, extra.c.room, extra.c.starts_at, extra.c.ends_at, extra.c.unit_id, version.c.title, extra.c.words,
        extra.c.from_evidence, extra.c.held_at, extra.c.cancelled_at, extra.c.cancelled_why,
    )
    .select_from(
        _WITH_TEACHER.outerjoin(unit, unit.c.id == extra.c.unit_id).outerjoin(
            version, version.c.id == unit.c.published_version_id
        )
    )
    .where(extra.c.school_id == SCHOOL, extra.c.id == EXTRA)
)  # fmt: skip
_PLACES = (
    select(
        place.c.id, member.c.id, member.c.family_name, member.c.given_name, place.c.right, place.c.answers,
        place.c.reply, place.c.by_family, place.c.says, place.c.came, place.c.course_id, group.c.name,
    )
    .select_from(
        place.join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == place.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
    )
    .where(place.c.school_id == SCHOOL, place.c.extra_id == EXTRA)
    .order_by(member.c.sort_name, member.c.id)
)  # fmt: skip
_LINES = (
    select(
        extra.c.id, extra.c.starts_at, extra.c.ends_at, extra.c.room, topic.c.title, subject.c.name_ru,
        subject.c.name_en, subject.c.tint, group.c.name, member.c.family_name, member.c.given_name, member.c.patronymic,
        extra.c.held_at, extra.c.cancelled_at,
        func.count(place.c.id),
        func.count(case((place.c.reply == Reply.YES.value, 1))),
        func.count(case((place.c.reply == Reply.NO.value, 1))),
        func.count(case((place.c.came.is_(True), 1))),
    )
    .select_from(
        _WITH_TEACHER.join(course, and_(course.c.school_id == SCHOOL, course.c.id == extra.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
        .outerjoin(place, and_(place.c.school_id == SCHOOL, place.c.extra_id == extra.c.id))
    )
    .where(extra.c.school_id == SCHOOL)
    .group_by(
        extra.c.school_id, extra.c.id, topic.c.title, subject.c.name_ru, subject.c.name_en, subject.c.tint, group.c.name,
        member.c.family_name, member.c.given_name, member.c.patronymic,
    )
    .order_by(extra.c.starts_at.desc(), extra.c.id)
    .limit(MOST)
)  # fmt: skip
_OTHERS = select(place.c.course_id).where(place.c.school_id == SCHOOL, place.c.extra_id == EXTRA).distinct()
_OTHER_GROUPS = (
    select(place.c.extra_id, group.c.name)
    .select_from(
        place.join(extra, and_(extra.c.school_id == SCHOOL, extra.c.id == place.c.extra_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == place.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
    )
    .where(
        place.c.school_id == SCHOOL,
        place.c.extra_id.in_(bindparam("extras", type_=Id, expanding=True)),
        place.c.course_id != extra.c.course_id,
    )
    .order_by(group.c.name)
    .distinct()
)
_OF_TEACHER = _LINES.where(extra.c.teacher_id == bindparam("member", type_=Id))
_INVITATIONS = (
    select(
        place.c.id, extra.c.id, extra.c.teacher_id, member.c.given_name, member.c.patronymic, subject.c.name_ru,
        subject.c.name_en, subject.c.tint, topic.c.title, extra.c.room, extra.c.starts_at, extra.c.ends_at,
        extra.c.words, extra.c.cancelled_at, extra.c.cancelled_why, place.c.reply, place.c.by_family, place.c.says,
        place.c.came,
    )
    .select_from(
        place.join(extra, and_(extra.c.school_id == SCHOOL, extra.c.id == place.c.extra_id))
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == extra.c.teacher_id))
        .join(topic, topic.c.id == extra.c.topic_id)
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == extra.c.course_id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(place.c.school_id == SCHOOL, place.c.pupil_id == bindparam("pupil", type_=Id))
    .order_by(extra.c.starts_at.desc())
)  # fmt: skip
_INVITATION = _INVITATIONS.where(extra.c.id == EXTRA)


@dataclass(frozen=True, slots=True)
class Place:
    """A pupil at an extra lesson."""

    id: uuid.UUID
    pupil_id: uuid.UUID
    name: str
    right: int
    answers: int
    reply: str
    by_family: bool
    says: str
    came: bool | None
    course_id: uuid.UUID
    group: str

    @property
    def is_expected(self) -> bool:
        """Unless somebody has said no."""
        return self.reply != Reply.NO


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """An extra lesson in a list."""

    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    room: str
    topic: str
    subject: str
    tint: int
    group: str
    teacher: str
    held_at: datetime | None
    cancelled_at: datetime | None
    invited: int
    yes: int
    no: int
    came: int

    def is_over(self, now: datetime) -> bool:
        """Whether its hour has passed."""
        return self.ends_at <= now


def get_extra(actor: Actor, extra_id: uuid.UUID) -> SeenExtra | None:
    """An extra lesson of the actor's school. Three statements, and one for each parallel course."""
    rows = read(_ONE, {"school": actor.school_id, "extra": extra_id})
    if not rows:
        return None
    course_id, *rest = rows[0]
    of_course = get_course(actor, course_id)
    if of_course is None:
        return None
    others = [row[0] for row in read(_OTHERS, {"school": actor.school_id, "extra": extra_id}) if row[0] != course_id]
    seen = [found for one in others if (found := get_course(actor, one)) is not None]
    id_, teacher_id, given, patronymic = rest[:4]
    fields: list[Any] = [id_, of_course, teacher_id, polite_name(given, patronymic), *rest[4:10], rest[10] or ""]
    fields += [*rest[11:], tuple(sorted(seen, key=lambda one: one.group))]
    return SeenExtra(*fields)


def places_of(of: SeenExtra) -> list[Place]:
    """The invited by name."""
    rows = read(_PLACES, {"school": of.school_id, "extra": of.id})
    return [Place(row[0], row[1], short_name(row[2], row[3]), *row[4:]) for row in rows]


def place_of(of: SeenExtra, place_id: uuid.UUID) -> Place | None:
    """One of the invited."""
    return next((one for one in places_of(of) if one.id == place_id), None)


def extras_of(actor: Actor, *, whole_school: bool) -> list[ExtraLine]:
    """Those of the school, or those the actor gives; the latest first."""
    statement: Select[Any] = _LINES if whole_school else _OF_TEACHER
    rows = read(statement, {"school": actor.school_id, "member": actor.member_id})
    groups: dict[uuid.UUID, list[str]] = {}
    ids = [row[0] for row in rows]
    for extra_id, name in read(_OTHER_GROUPS, {"school": actor.school_id, "extras": ids}) if ids else ():
        groups.setdefault(extra_id, []).append(name)
    return [_line(row, actor.locale, groups.get(row[0], [])) for row in rows]


def _line(row: tuple[Any, ...], locale: str, others: list[str]) -> ExtraLine:
    words = row[6] if locale == "en" else row[5]
    groups = ", ".join([row[8], *others])
    fields: list[Any] = [*row[:5], words, row[7] + 1, groups, initials(*row[9:12]), *row[12:]]
    return ExtraLine(*fields)


def invitations_of(pupil: SeenPupil) -> list[SeenInvitation]:
    """The pupil's own, the latest first."""
    return [_invitation(pupil, row) for row in read(_INVITATIONS, {"school": pupil.school_id, "pupil": pupil.id})]


def invitation_of(pupil: SeenPupil, extra_id: uuid.UUID) -> SeenInvitation | None:
    """The pupil's invitation to one lesson."""
    rows = read(_INVITATION, {"school": pupil.school_id, "pupil": pupil.id, "extra": extra_id})
    return _invitation(pupil, rows[0]) if rows else None


def _invitation(pupil: SeenPupil, row: tuple[Any, ...]) -> SeenInvitation:
    words = row[6] if language() == "en" else row[5]
    fields: list[Any] = [*row[:3], polite_name(row[3], row[4]), words, row[7] + 1, *row[8:]]
    return SeenInvitation(pupil, *fields)
