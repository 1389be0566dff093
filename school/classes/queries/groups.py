"""Classes and groups of a year with their counts and class teachers."""

import uuid
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select

from school.classes.models import Building, ClassLeadership, Enrolment, GroupKind, StudyGroup
from school.classes.queries.relations import MEMBER, SCHOOL, TODAY, lasting, leads_group, teaches_group
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.people.models import Member
from school.people.names import full_name

group = cast("Table", StudyGroup.__table__)
place = cast("Table", Enrolment.__table__)
led = cast("Table", ClassLeadership.__table__)
member = cast("Table", Member.__table__)
building = cast("Table", Building.__table__)

YEAR = bindparam("year", type_=Id)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A class or group in a list."""

    id: uuid.UUID
    name: str
    kind: str
    year_level: int
    letter: str
    class_id: uuid.UUID | None
    shift: int
    building: str
    pupils: int
    teaches: bool
    leads: bool
    leader: str
    """The class teacher's full name."""

    @property
    def is_class(self) -> bool:
        """Whether it is a class, not a part or a group across classes."""
        return self.kind == GroupKind.CLASS


_pupils = (
    select(func.count())
    .select_from(place)
    .where(lasting(place), place.c.group_id == group.c.id)
    .correlate(group)
    .scalar_subquery()
)
_LINES = (
    select(
        group.c.id,
        group.c.name,
        group.c.kind,
        group.c.year_level,
        group.c.letter,
        group.c.class_id,
        group.c.shift,
        building.c.name,
        _pupils,
        teaches_group(group),
        leads_group(group),
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
    )
    .select_from(
        group.join(building, and_(building.c.school_id == SCHOOL, building.c.id == group.c.building_id))
        .outerjoin(led, and_(lasting(led), led.c.class_id == group.c.id))
        .outerjoin(member, and_(member.c.school_id == SCHOOL, member.c.id == led.c.teacher_id))
    )
    .where(group.c.school_id == SCHOOL, group.c.year_id == YEAR)
    .order_by(group.c.year_level, group.c.letter, group.c.kind, group.c.name)
)


def groups_of_year(actor: Actor, year_id: uuid.UUID) -> list[GroupLine]:
    """All classes and groups of a year, by year level and letter; one line each."""
    rows = read(
        _LINES,
        {SCHOOL.key: actor.school_id, MEMBER.key: actor.member_id, TODAY.key: clock.today(), YEAR.key: year_id},
    )
    found: dict[uuid.UUID, GroupLine] = {}
    for row in rows:
        cells: tuple[Any, ...] = tuple(row)
        fields = [*cells[:11], full_name(*cells[11:]) if cells[11] else ""]
        found[cells[0]] = GroupLine(*fields)
    return list(found.values())


def leader_of(of: SeenGroup) -> Member | None:
    """The class teacher of a class, or of the class a group is a part of."""
    today = clock.today()
    return db.session.scalars(
        select(Member)
        .join(
            ClassLeadership,
            and_(ClassLeadership.school_id == Member.school_id, ClassLeadership.teacher_id == Member.id),
        )
        .where(
            Member.school_id == of.school_id,
            ClassLeadership.school_id == of.school_id,
            ClassLeadership.class_id == (of.class_id or of.id),
            ClassLeadership.from_on <= today,
            (ClassLeadership.to_on.is_(None)) | (ClassLeadership.to_on >= today),
        )
        .order_by(ClassLeadership.from_on.desc())
    ).first()


def parts_of(of: SeenGroup) -> list[StudyGroup]:
    """The parts of a class, by name."""
    return list(
        db.session.scalars(
            select(StudyGroup)
            .where(StudyGroup.school_id == of.school_id, StudyGroup.class_id == of.id)
            .order_by(StudyGroup.name)
        )
    )


def building_name(of: SeenGroup) -> str:
    """The name of the building a group learns in."""
    return db.session.scalars(
        select(Building.name).where(Building.school_id == of.school_id, Building.id == of.building_id)
    ).one()
