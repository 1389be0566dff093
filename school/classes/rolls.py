"""What ``people`` asks about classes, which lie above it: the answers to ``school.people.hooks.Rolls``."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, or_, select, update

from school.classes.models import ClassLeadership, Enrolment, GroupKind, SchoolYear, StudyGroup, TeachingPost
from school.classes.queries import get_group, get_pupil
from school.classes.queries.excuses import received_about
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.people.hooks import KnownClass, OutsideWord, Stay

__all__ = ["class_names", "classes", "get_group", "get_pupil", "leave", "outside_words", "pupil_ids", "stays_of"]

_place = cast("Table", Enrolment.__table__)
_group = cast("Table", StudyGroup.__table__)
_year = cast("Table", SchoolYear.__table__)


def pupil_ids(group: KnownClass) -> list[uuid.UUID]:
    """The pupils who are in the group today."""
    today = clock.today()
    rows = db.session.scalars(
        select(_place.c.pupil_id)
        .where(
            _place.c.school_id == group.school_id,
            _place.c.group_id == group.id,
            _place.c.from_on <= today,
            or_(_place.c.to_on.is_(None), _place.c.to_on >= today),
        )
        .distinct()
    )
    return list(rows)


def classes(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """The classes of this school year, by year level and letter."""
    today = clock.today()
    rows = db.session.execute(
        select(_group.c.id, _group.c.name)
        .join(_year, and_(_year.c.school_id == actor.school_id, _year.c.id == _group.c.year_id))
        .where(
            _group.c.school_id == actor.school_id,
            _group.c.kind == GroupKind.CLASS.value,
            _year.c.starts_on <= today,
            _year.c.ends_on >= today,
        )
        .order_by(_group.c.year_level, _group.c.letter, _group.c.name)
    )
    return [(group_id, name) for group_id, name in rows]


def class_names(actor: Actor, pupil_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The class of each of these pupils today."""
    if not pupil_ids:
        return {}
    today = clock.today()
    rows = db.session.execute(
        select(_place.c.pupil_id, _group.c.name)
        .join(_group, and_(_group.c.school_id == actor.school_id, _group.c.id == _place.c.group_id))
        .where(
            _place.c.school_id == actor.school_id,
            _place.c.pupil_id.in_(pupil_ids),
            _group.c.kind == GroupKind.CLASS.value,
            _place.c.from_on <= today,
            or_(_place.c.to_on.is_(None), _place.c.to_on >= today),
        )
    )
    return {row[0]: row[1] for row in rows}


def stays_of(actor: Actor, pupil_id: uuid.UUID) -> list[Stay]:
    """All groups the pupil is or was in, with days."""
    rows = db.session.execute(
        select(_place.c.group_id, _place.c.from_on, _place.c.to_on).where(
            _place.c.school_id == actor.school_id, _place.c.pupil_id == pupil_id
        )
    )
    return [Stay(*row) for row in rows]


def outside_words(actor: Actor, pupil_id: uuid.UUID) -> list[OutsideWord]:
    """Excuses that a sender outside the school has given the pupil."""
    assert actor.school_id is not None  # noqa: S101 - pages of a pupil are a school's
    return [
        OutsideWord(one.at, one.sender, one.first_on, one.last_on) for one in received_about(actor.school_id, pupil_id)
    ]


def leave(school_id: int, member_id: uuid.UUID, last_day: date) -> None:
    """Who leaves the school leaves its groups, courses and classes with the same last day."""
    for model, who in (
        (Enrolment, Enrolment.pupil_id),
        (TeachingPost, TeachingPost.teacher_id),
        (ClassLeadership, ClassLeadership.teacher_id),
    ):
        table = cast("Table", model.__table__)
        db.session.execute(
            update(table)
            .where(
                table.c.school_id == school_id,
                table.c[who.key] == member_id,
                or_(table.c.to_on.is_(None), table.c.to_on > last_day),
            )
            .values(to_on=last_day)
        )
