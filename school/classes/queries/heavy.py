"""The school's rule of heavy subjects, and the days of classes on which they meet."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import Integer, Table, and_, bindparam, or_, select

from content_library.models import Subject
from school.classes.heavy import Heavy, Meetings, meetings
from school.classes.models import Course, Enrolment, GroupKind, HeavyNorm, StudyGroup, TimetableSlot
from school.classes.queries.norms import ON
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.people.models import Member
from school.people.names import initials

norm = cast("Table", HeavyNorm.__table__)
member = cast("Table", Member.__table__)
course = cast("Table", Course.__table__)
slot = cast("Table", TimetableSlot.__table__)
place = cast("Table", Enrolment.__table__)
own_class = cast("Table", StudyGroup.__table__)
in_class = place.alias("in_class")
subject = cast("Table", Subject.__table__)

_OWN = (
    select(
        norm.c.from_on,
        norm.c.source,
        norm.c.subjects,
        norm.c.most,
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
    )
    .select_from(norm.join(member, and_(member.c.school_id == SCHOOL, member.c.id == norm.c.owner)))
    .where(norm.c.school_id == SCHOOL)
    .order_by(norm.c.from_on.desc())
)
_PLACES = (
    select(course.c.group_id, slot.c.weekday, course.c.subject_id)
    .select_from(slot.join(course, and_(course.c.school_id == SCHOOL, course.c.id == slot.c.course_id)))
    .where(
        slot.c.school_id == SCHOOL,
        slot.c.from_on <= ON,
        or_(slot.c.to_on.is_(None), slot.c.to_on >= ON),
        course.c.subject_id.in_(bindparam("subjects", type_=Integer, expanding=True)),
    )
    .distinct()
)
_LEARNING = (
    select(in_class.c.group_id, place.c.pupil_id, place.c.group_id)
    .select_from(
        place.join(in_class, and_(in_class.c.school_id == SCHOOL, in_class.c.pupil_id == place.c.pupil_id)).join(
            own_class, and_(own_class.c.school_id == SCHOOL, own_class.c.id == in_class.c.group_id)
        )
    )
    .where(
        place.c.school_id == SCHOOL,
        own_class.c.kind == GroupKind.CLASS.value,
        *(one.c.from_on <= ON for one in (place, in_class)),
        *(or_(one.c.to_on.is_(None), one.c.to_on >= ON) for one in (place, in_class)),
        place.c.group_id.in_(bindparam("groups", type_=Id, expanding=True)),
    )
)
_LEARNING_IN = _LEARNING.where(in_class.c.group_id == bindparam("class", type_=Id))
_NAMES = select(subject.c.id, subject.c.name_ru, subject.c.name_en)


def own_heavy(school_id: int) -> list[Heavy]:
    """The school's words, the newest first. One statement."""
    return [
        Heavy(from_on, source, frozenset(subjects), most, initials(*name))
        for from_on, source, subjects, most, *name in read(_OWN, {"school": school_id})
    ]


def heavy_meetings(
    school_id: int, on: date, heavy: Heavy | None, class_id: uuid.UUID | None = None
) -> dict[uuid.UUID, Meetings]:
    """Of each class (or of one) the days on which its pupils have too many heavy subjects. Two statements; none without a rule."""
    if heavy is None:
        return {}
    values = {"school": school_id, "on": on}
    places = [tuple(row) for row in read(_PLACES, {**values, "subjects": sorted(heavy.subjects)})]
    groups = {row[0] for row in places}
    if not groups:
        return {}
    values["groups"] = list(groups)
    rows = read(_LEARNING_IN, {**values, "class": class_id}) if class_id else read(_LEARNING, values)
    pupils: dict[tuple[uuid.UUID, uuid.UUID], set[uuid.UUID]] = defaultdict(set)
    for of_class, pupil_id, group_id in rows:
        pupils[of_class, pupil_id].add(group_id)
    bundles: dict[uuid.UUID, set[frozenset[uuid.UUID]]] = defaultdict(set)
    for (of_class, _pupil), learns_in in pupils.items():
        bundles[of_class].add(frozenset(learns_in))
    found = {of_class: meetings(_three(places), some, heavy) for of_class, some in bundles.items()}
    return {of_class: days for of_class, days in found.items() if days}


def subject_names(locale: str) -> dict[int, str]:
    """Names of all subjects in the reader's language."""
    return {row_id: name_en if locale == "en" else name_ru for row_id, name_ru, name_en in read(_NAMES)}


def _three(places: Iterable[tuple[object, ...]]) -> list[tuple[uuid.UUID, int, int]]:
    return cast("list[tuple[uuid.UUID, int, int]]", list(places))
