"""What a class does together, and the list by points that appears only when everybody agrees."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from school.classes.models import Enrolment
from school.classes.queries.relations import SCHOOL, lasting
from school.core import clock
from school.core.database import read
from school.core.days import week_of
from school.game.models import ClassGoal, GoalKind, ListWord, PupilDay
from school.game.queries.playing import CLASS, is_on_for
from school.game.seen import Play, SeenGoal
from school.people.models import Guardianship, Member
from school.people.names import short_name

goal = cast("Table", ClassGoal.__table__)
day = cast("Table", PupilDay.__table__)
word = cast("Table", ListWord.__table__)
member = cast("Table", Member.__table__)
tie = cast("Table", Guardianship.__table__)
place = cast("Table", Enrolment.__table__)

SINCE, UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)

_GOAL = (
    select(goal.c.id, goal.c.kind, goal.c.target, goal.c.starts_on, goal.c.ends_on)
    .where(
        goal.c.school_id == SCHOOL,
        goal.c.group_id == CLASS,
        goal.c.dropped_at.is_(None),
        goal.c.starts_on <= UNTIL,
        goal.c.ends_on >= UNTIL,
    )
    .order_by(goal.c.made_at.desc())
    .limit(1)
)
_DAYS = (
    select(day.c.pupil_id, day.c.steps, day.c.topics)
    .select_from(
        day.join(
            place,
            and_(
                place.c.school_id == SCHOOL,
                place.c.group_id == CLASS,
                place.c.pupil_id == day.c.pupil_id,
                place.c.from_on <= day.c.on_date,
                or_(place.c.to_on.is_(None), place.c.to_on >= day.c.on_date),
            ),
        )
    )
    .where(day.c.school_id == SCHOOL, day.c.on_date >= SINCE, day.c.on_date <= UNTIL, day.c.steps > 0)
)


def goal_of(school_id: int, class_id: uuid.UUID) -> SeenGoal | None:
    """The goal of a class that runs today, with what the class has done for it. Two statements, one where there is none.

    A day counts for the class the pupil was in, and stays counted when the game is switched off or the pupil leaves: nothing
    done together is lost, and else the sum before less the sum after would be what that one child had added. While the game is off no day is kept.
    """
    today = clock.today()
    rows = read(_GOAL, {"school": school_id, "group": class_id, "until": today})
    if not rows:
        return None
    id_, kind, target, since, until = rows[0]
    days = read(_DAYS, {"school": school_id, "group": class_id, "since": since, "until": until})
    topics = {(pupil_id, topic) for pupil_id, _steps, won in days for topic in won}
    done = len(topics) if kind == GoalKind.TOPICS else len(days)
    return SeenGoal(id_, GoalKind(kind), target, since, until, done, len({row[0] for row in days}))


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    name: str
    points: int
    is_self: bool


_PUPILS = (
    select(
        member.c.id,
        member.c.family_name,
        member.c.given_name,
        is_on_for(member.c.id),
        select(func.coalesce(func.sum(day.c.points), 0))
        .where(day.c.school_id == SCHOOL, day.c.pupil_id == member.c.id, day.c.on_date >= SINCE, day.c.on_date <= UNTIL)
        .correlate(member)
        .scalar_subquery(),
    )
    .select_from(member.join(place, and_(lasting(place), place.c.group_id == CLASS, place.c.pupil_id == member.c.id)))
    .where(member.c.school_id == SCHOOL)
    .order_by(member.c.sort_name, member.c.id)
)
_GUARDIANS = (
    select(tie.c.pupil_id, tie.c.guardian_id)
    .select_from(tie.join(place, and_(lasting(place), place.c.group_id == CLASS, place.c.pupil_id == tie.c.pupil_id)))
    .where(lasting(tie))
)
_WORDS = select(word.c.pupil_id, word.c.by_id, word.c.agrees).where(
    word.c.school_id == SCHOOL, word.c.group_id == CLASS
)


def words_of(school_id: int, class_id: uuid.UUID) -> dict[tuple[uuid.UUID, uuid.UUID], bool]:
    """Who agrees to the list of a class, by pupil and speaker."""
    return {(row[0], row[1]): bool(row[2]) for row in read(_WORDS, {"school": school_id, "group": class_id})}


def all_agree(
    pupils: Collection[uuid.UUID],
    guardians: Mapping[uuid.UUID, Collection[uuid.UUID]],
    words: Mapping[tuple[uuid.UUID, uuid.UUID], bool],
) -> bool:
    """Every pupil says yes, and of each at least one representative says yes and none says no. Nobody: no."""
    for pupil in pupils:
        said = [words.get((pupil, one)) for one in guardians.get(pupil, ())]
        if not words.get((pupil, pupil)) or True not in said or False in said:
            return False
    return bool(pupils)


def list_of(play: Play, words: Mapping[tuple[uuid.UUID, uuid.UUID], bool]) -> list[Listed] | None:
    """The class by this week's points; None unless everybody agrees now. No statement while the pupil does not agree."""
    if play.class_id is None or not words.get((play.pupil_id, play.pupil_id)):
        return None
    today = clock.today()
    since, until = week_of(today)
    values = {"school": play.school_id, "group": play.class_id, "today": today}
    pupils = read(_PUPILS, {**values, "since": since, "until": until})
    guardians: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for pupil_id, guardian_id in read(_GUARDIANS, values):
        guardians[pupil_id].append(guardian_id)
    if not all(row[3] for row in pupils) or not all_agree([row[0] for row in pupils], guardians, words):
        return None
    lines = [Listed(short_name(row[1], row[2]), int(row[4]), row[0] == play.pupil_id) for row in pupils]
    return sorted(lines, key=lambda one: -one.points)


def span_of_week(today: date) -> tuple[date, date]:
    """Today and the Sunday of this week; from Friday on, of the next: a goal needs days."""
    _monday, sunday = week_of(today)
    return (today, sunday) if today.weekday() < 4 else (today, week_of(date.fromordinal(sunday.toordinal() + 1))[1])
