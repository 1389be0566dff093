"""Whose game is on. One "off" is enough: the class's, the family's, the school's for this pupil."""

import uuid
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, exists, not_, select

from school.classes.models import Enrolment, GroupKind, Regime, StudyGroup
from school.classes.queries import Learner, learners
from school.classes.queries.relations import SCHOOL, lasting
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.database import Id, read
from school.game.models import ClassSwitch, PupilSwitch, Side
from school.game.seen import Play, Switch
from school.people.models import Member

class_switch = cast("Table", ClassSwitch.__table__)
pupil_switch = cast("Table", PupilSwitch.__table__)
member = cast("Table", Member.__table__)
group = cast("Table", StudyGroup.__table__)
regime = cast("Table", Regime.__table__)

PUPIL = bindparam("pupil", type_=Id)
CLASS = bindparam("group", type_=Id)


def _off(side: Side, pupil: Any) -> ColumnElement[bool]:
    own = pupil_switch.alias(f"off_by_{side.value}")
    return exists().where(
        own.c.school_id == SCHOOL, own.c.pupil_id == pupil, own.c.side == side.value, own.c.is_on.is_(False)
    )


def _class_off(pupil: Any) -> ColumnElement[bool]:
    place, off = Enrolment.__table__.alias("game_place"), class_switch.alias("off_by_class")
    return exists(
        select(1)
        .select_from(place.join(off, and_(off.c.school_id == SCHOOL, off.c.group_id == place.c.group_id)))
        .where(lasting(place), place.c.pupil_id == pupil, off.c.is_on.is_(False))
    )


def is_on_for(pupil: Any) -> ColumnElement[bool]:
    """The game of ``pupil`` (a column or a value) is on; with ``:school`` and ``:today``."""
    return and_(not_(_class_off(pupil)), not_(_off(Side.FAMILY, pupil)), not_(_off(Side.SCHOOL, pupil)))


_place = Enrolment.__table__.alias("class_place")
_PLAY = (
    select(
        group.c.id, group.c.name, group.c.regime_id, regime.c.days_a_week,
        _class_off(PUPIL), _off(Side.FAMILY, PUPIL), _off(Side.SCHOOL, PUPIL),
    )
    .select_from(
        member.outerjoin(
            _place.join(
                group,
                and_(group.c.school_id == SCHOOL, group.c.id == _place.c.group_id, group.c.kind == GroupKind.CLASS.value),
            ).join(regime, and_(regime.c.school_id == SCHOOL, regime.c.id == group.c.regime_id)),
            and_(lasting(_place), _place.c.pupil_id == member.c.id),
        )
    )
    .where(member.c.school_id == SCHOOL, member.c.id == PUPIL)
    .order_by(_place.c.from_on.desc())
)  # fmt: skip


def play_of(school_id: int, pupil_id: uuid.UUID) -> Play:
    """The game of a pupil of this school. One statement."""
    row = read(_PLAY, {"school": school_id, "pupil": pupil_id, "today": clock.today()})[0]
    return Play(
        school_id, pupil_id, row[0], row[1] or "", row[2], row[3] or 5, bool(row[4]), bool(row[5]), bool(row[6])
    )


_CLASS = select(class_switch.c.is_on).where(class_switch.c.school_id == SCHOOL, class_switch.c.group_id == CLASS)
_SWITCHES = (
    select(pupil_switch.c.pupil_id, pupil_switch.c.side)
    .select_from(
        pupil_switch.join(
            _place,
            and_(lasting(_place), _place.c.group_id == CLASS, _place.c.pupil_id == pupil_switch.c.pupil_id),
        )
    )
    .where(pupil_switch.c.school_id == SCHOOL, pupil_switch.c.is_on.is_(False))
)


def is_class_on(of: SeenGroup) -> bool:
    """Whether nobody has switched the game of this class off."""
    return all(row[0] for row in read(_CLASS, {"school": of.school_id, "group": of.id}))


def switches_of(of: SeenGroup) -> list[Switch]:
    """The pupils of a class, by name, each with who has switched it off."""
    today = clock.today()
    off = {(row[0], row[1]) for row in read(_SWITCHES, {"school": of.school_id, "group": of.id, "today": today})}
    return [_switch(one, off) for one in learners(of, today)]


def _switch(one: Learner, off: set[tuple[uuid.UUID, str]]) -> Switch:
    return Switch(one.id, one.short_name, (one.id, Side.FAMILY) in off, (one.id, Side.SCHOOL) in off)
