"""Questions of a class, and those that stand before one child's family."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select

from school.asks.models import Ask, AskAnswer
from school.asks.seen import Answered, AskLine, PupilAsk, SeenAsk
from school.classes.models import ClassLeadership, Enrolment, GroupKind, SchoolYear, StudyGroup
from school.classes.seen import SeenGroup, SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.scope import hold_to
from school.people.models import Member
from school.people.names import initials, polite_name

ask = cast("Table", Ask.__table__)
answer = cast("Table", AskAnswer.__table__)
group = cast("Table", StudyGroup.__table__)
year = cast("Table", SchoolYear.__table__)
place = cast("Table", Enrolment.__table__)
leadership = cast("Table", ClassLeadership.__table__)
maker = cast("Table", Member.__table__).alias("maker")
guardian = cast("Table", Member.__table__).alias("guardian")

KEPT = timedelta(days=300)
"""How long a family finds what it was asked."""


def holds(table: Table, school_id: int) -> ColumnElement[bool]:
    """A dated row of the school that holds today."""
    today = clock.today()
    ends = or_(table.c.to_on.is_(None), table.c.to_on >= today)
    return and_(table.c.school_id == school_id, table.c.from_on <= today, ends)


def _asks(school_id: int, *more: Any) -> Select[Any]:
    return (
        select(
            ask.c.school_id,
            ask.c.id,
            ask.c.group_id,
            group.c.name,
            ask.c.kind,
            ask.c.title,
            ask.c.text,
            ask.c.text_hash,
            ask.c.due_on,
            maker.c.family_name,
            maker.c.given_name,
            maker.c.patronymic,
            ask.c.made_at,
            ask.c.about,
            *more,
        )
        .select_from(
            ask.join(group, and_(group.c.school_id == school_id, group.c.id == ask.c.group_id)).join(
                maker, and_(maker.c.school_id == school_id, maker.c.id == ask.c.made_by)
            )
        )
        .where(ask.c.school_id == school_id)
    )


def _seen(row: Any) -> SeenAsk:
    made_by = initials(row[9], row[10], row[11])
    return SeenAsk(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], made_by, row[12], row[13])


def ask_of(asked: SeenGroup, ask_id: uuid.UUID) -> SeenAsk | None:
    """A question to this class."""
    row = db.session.execute(_asks(asked.school_id).where(ask.c.id == ask_id, ask.c.group_id == asked.id)).first()
    return _seen(row) if row else None


def pupil_ask_of(pupil: SeenPupil, ask_id: uuid.UUID) -> PupilAsk | None:
    """A question to the class the pupil is in today, or one the family has answered."""
    found = [one for one in asks_of_child(pupil.school_id, pupil.id, pupil.given_name) if one.ask.id == ask_id]
    return found[0] if found else None


def asks_of_child(school_id: int, pupil_id: uuid.UUID, name: str) -> list[PupilAsk]:
    """Unanswered ones first, by their last day; then the others, the latest first."""
    in_class = select(place.c.group_id).where(holds(place, school_id), place.c.pupil_id == pupil_id).scalar_subquery()
    statement = _asks(
        school_id, answer.c.answer, answer.c.at, guardian.c.given_name, guardian.c.patronymic, answer.c.event_id
    )
    statement = statement.outerjoin(
        answer,
        and_(answer.c.school_id == school_id, answer.c.ask_id == ask.c.id, answer.c.pupil_id == pupil_id),
    ).outerjoin(guardian, and_(guardian.c.school_id == school_id, guardian.c.id == answer.c.by_id))
    rows = db.session.execute(
        statement.where(
            or_(ask.c.group_id.in_(in_class), answer.c.id.is_not(None)), ask.c.made_at > clock.now() - KEPT
        ).order_by(answer.c.id.is_not(None), ask.c.due_on, ask.c.made_at.desc())
    )
    found = []
    for row in rows:
        said = Answered(row[14], row[15], polite_name(row[16], row[17]), row[18]) if row[14] else None
        found.append(PupilAsk(_seen(row), pupil_id, name, said))
    waiting = [one for one in found if one.answered is None and one.ask.due_on >= clock.today()]
    rest = [one for one in found if one not in waiting]
    return waiting + sorted(rest, key=lambda one: one.ask.made_at, reverse=True)


def classes_led(actor: Actor) -> list[tuple[int, uuid.UUID, str]]:
    """School, id and name of the classes whose families the actor may ask: one's own; for deputy and head all of this year."""
    today, found = clock.today(), {}
    for one in actor.standings:
        if one.school_id is None or one.kind not in {"teacher", "deputy", "head"}:
            continue
        hold_to(frozenset({one.school_id}))
        statement = (
            select(group.c.school_id, group.c.id, group.c.name, group.c.year_level, group.c.letter)
            .join(year, and_(year.c.school_id == one.school_id, year.c.id == group.c.year_id))
            .where(
                group.c.school_id == one.school_id,
                group.c.kind == GroupKind.CLASS.value,
                year.c.starts_on <= today,
                year.c.ends_on >= today,
            )
        )
        if one.kind == "teacher":
            statement = statement.join(
                leadership, and_(holds(leadership, one.school_id), leadership.c.class_id == group.c.id)
            ).where(leadership.c.teacher_id == one.member_id)
        for row in db.session.execute(statement):
            found[row[1]] = (row[3], row[4], (row[0], row[1], row[2]))
    return [row for *_order, row in sorted(found.values())]


def asks_of_classes(classes: Sequence[tuple[int, uuid.UUID, str]]) -> list[AskLine]:
    """What these classes were asked in the last months, with how many families have answered; the latest first."""
    found = []
    for school_id in sorted({one[0] for one in classes}):
        hold_to(frozenset({school_id}))
        said = (
            select(func.count()).where(answer.c.school_id == school_id, answer.c.ask_id == ask.c.id).scalar_subquery()
        )
        pupils = (
            select(func.count()).where(holds(place, school_id), place.c.group_id == ask.c.group_id).scalar_subquery()
        )
        rows = db.session.execute(
            _asks(school_id, pupils, said)
            .where(
                ask.c.group_id.in_([one[1] for one in classes if one[0] == school_id]),
                ask.c.made_at > clock.now() - KEPT,
            )
            .order_by(ask.c.made_at.desc())
            .limit(100)
        )
        found += [AskLine(_seen(row), row[14], row[15]) for row in rows]
    return sorted(found, key=lambda one: one.ask.made_at, reverse=True)
