"""The school's norms of load, and the weeks of its classes beside them."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Date, Table, and_, bindparam, func, or_, select

from school.classes.load import Load, Norms, load_of
from school.classes.models import Course, GroupKind, LoadNorm, Regime, SchoolYear, StudyGroup, TimetableSlot
from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.people.models import Member
from school.people.names import initials

norm = cast("Table", LoadNorm.__table__)
member = cast("Table", Member.__table__)
group = cast("Table", StudyGroup.__table__)
part = group.alias("part")
year = cast("Table", SchoolYear.__table__)
regime = cast("Table", Regime.__table__)
course = cast("Table", Course.__table__)
slot = cast("Table", TimetableSlot.__table__)
ON = bindparam("on", type_=Date)

_OWN = (
    select(norm.c.from_on, norm.c.source, norm.c.norms, member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(norm.join(member, and_(member.c.school_id == SCHOOL, member.c.id == norm.c.owner)))
    .where(norm.c.school_id == SCHOOL)
    .order_by(norm.c.from_on.desc())
)
_CLASSES = (
    select(group.c.id, group.c.name, group.c.year_level, regime.c.days_a_week)
    .select_from(
        group.join(year, and_(year.c.school_id == SCHOOL, year.c.id == group.c.year_id)).join(
            regime, and_(regime.c.school_id == SCHOOL, regime.c.id == group.c.regime_id)
        )
    )
    .where(
        group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value, year.c.starts_on <= ON, year.c.ends_on >= ON
    )
    .order_by(group.c.year_level, group.c.letter, group.c.name)
)
_PLACES = (
    select(func.coalesce(part.c.class_id, part.c.id), slot.c.weekday, slot.c.slot)
    .select_from(
        slot.join(course, and_(course.c.school_id == SCHOOL, course.c.id == slot.c.course_id)).join(
            part, and_(part.c.school_id == SCHOOL, part.c.id == course.c.group_id)
        )
    )
    .where(
        slot.c.school_id == SCHOOL,
        slot.c.from_on <= ON,
        or_(slot.c.to_on.is_(None), slot.c.to_on >= ON),
    )
)


@dataclass(frozen=True, slots=True)
class ClassLoad:
    """A class and its week."""

    id: uuid.UUID
    name: str
    year_level: int
    days_a_week: int
    load: Load


def own_norms(school_id: int) -> list[Norms]:
    """The school's own, the newest first. One statement."""
    return [
        Norms(from_on, source, Norms.levels(data), initials(*name))
        for from_on, source, data, *name in read(_OWN, {"school": school_id})
    ]


def loads_of_classes(school_id: int, on: date, own: list[Norms]) -> list[ClassLoad]:
    """Every class of the running year with its parts, as its week is on a day. Two statements."""
    values = {"school": school_id, "on": on}
    places: dict[uuid.UUID, list[tuple[int, int]]] = defaultdict(list)
    for group_id, weekday, number in read(_PLACES, values):
        places[group_id].append((weekday, number))
    return [
        ClassLoad(row_id, name, level, days, load_of(places[row_id], level, days, on, own))
        for row_id, name, level, days in read(_CLASSES, values)
    ]
