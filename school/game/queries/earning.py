"""What a pupil's answers have earned, reckoned from the log of the pupil model: nothing is written when an answer is saved."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Integer, Table, and_, bindparam, func, literal, null, or_, select, union_all
from sqlalchemy import cast as cast_as
from sqlalchemy.types import Date, Double

from content_library.models import Item
from school.classes.models import Absence, AbsenceFact, AbsenceNote, AbsenceReason, Holiday, SchoolYear
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, read
from school.game.models import Avatar, Badge, BoughtPart, PupilDay
from school.game.scale import Feat, Given, Ledger, reckon
from school.game.seen import Play, Purse, SeenBadge
from school.game.streak import Calendar, day_of_rhythm
from school.mastery.models import JudgedAnswer, PupilLevel
from school.mastery.queries import topics_named
from school.tasks.kinds import BY_HAND
from school.tasks.models import Verdict
from school.tasks.seen import SeenAttempt
from school.tracks.models import Track, TrackState, TrackStep

judged = cast("Table", JudgedAnswer.__table__)
level = cast("Table", PupilLevel.__table__)
item = cast("Table", Item.__table__)
day = cast("Table", PupilDay.__table__)
badge = cast("Table", Badge.__table__)
part = cast("Table", BoughtPart.__table__)
avatar = cast("Table", Avatar.__table__)
track = cast("Table", Track.__table__)
step = cast("Table", TrackStep.__table__)
holiday = cast("Table", Holiday.__table__)
year = cast("Table", SchoolYear.__table__)
absence = cast("Table", Absence.__table__)
note = cast("Table", AbsenceNote.__table__)
verdict = cast("Table", Verdict.__table__)

PUPIL = bindparam("pupil", type_=Id)
REGIME = bindparam("regime", type_=Id)
LOG_DAYS = 400
"""How far back the log is read. A topic left longer is met anew; what was earned before is in the kept days."""
SETTLED = timedelta(days=60)
"""A kept day older than this stays as it is: answers do not come so late, and the log's beginning knows nothing of before."""
KEPT = 256
"""Ledgers kept by a process, some tens of kilobytes each."""
KNOWN = (AbsenceReason.ILLNESS, AbsenceReason.FAMILY, AbsenceReason.SCHOOL, AbsenceReason.ORDER)
"""Reasons for which a streak waits: all that are known, but truancy."""

_STAMP = select(func.sum(level.c.n), func.max(level.c.at)).where(level.c.school_id == SCHOOL, level.c.pupil_id == PUPIL)
_LOG = (
    select(
        judged.c.answer_id, judged.c.item_id, judged.c.topics, judged.c.correct, judged.c.at, judged.c.chance,
        judged.c.guess, item.c.kind,
    )
    .select_from(judged.join(item, item.c.id == judged.c.item_id))
    .where(judged.c.school_id == SCHOOL, judged.c.pupil_id == PUPIL, judged.c.at >= bindparam("since", type_=Double))
)  # fmt: skip


def day_of(at: float) -> date:
    """The day of a moment in Moscow."""
    return clock.local(datetime.fromtimestamp(at, UTC)).date()


def ledger_of(school_id: int, pupil_id: uuid.UUID) -> Ledger:
    """What the pupil's answers of ``LOG_DAYS`` have earned. One statement while nothing new was answered."""
    stamp = read(_STAMP, {"school": school_id, "pupil": pupil_id})[0]
    since = clock.today() - timedelta(days=LOG_DAYS)
    return _ledger(school_id, pupil_id, since, tuple(stamp)) if stamp[0] else Ledger()


@lru_cache(maxsize=KEPT)
def _ledger(school_id: int, pupil_id: uuid.UUID, since: date, _stamp: tuple[Any, ...]) -> Ledger:
    rows = read(_LOG, {"school": school_id, "pupil": pupil_id, "since": clock.moscow(since, time()).timestamp()})
    log = (
        Given(row[0], row[1], tuple(row[2]), bool(row[3]), row[4], row[5], row[6], row[7] in BY_HAND) for row in rows
    )
    return reckon(log, day_of)


_ANSWERS = select(verdict.c.answer_id).where(
    verdict.c.school_id == SCHOOL, verdict.c.attempt_id == bindparam("attempt", type_=Id)
)


def answers_of(attempt: SeenAttempt) -> list[uuid.UUID]:
    """The answers of a finished attempt that were judged."""
    rows = read(_ANSWERS, {"school": attempt.school_id, "attempt": attempt.id})
    return [row[0] for row in rows if row[0] is not None]


_WAITS = union_all(
    select(literal(0, Integer), holiday.c.starts_on, holiday.c.ends_on).where(
        holiday.c.school_id == SCHOOL, or_(holiday.c.regime_id.is_(None), holiday.c.regime_id == REGIME)
    ),
    select(literal(1, Integer), year.c.starts_on, year.c.ends_on).where(year.c.school_id == SCHOOL),
    select(literal(2, Integer), absence.c.on_date, absence.c.on_date).where(
        absence.c.school_id == SCHOOL,
        absence.c.pupil_id == PUPIL,
        absence.c.fact == AbsenceFact.ABSENT.value,
        absence.c.reason.in_([one.value for one in KNOWN]),
    ),
    select(literal(2, Integer), note.c.first_on, note.c.last_on).where(
        note.c.school_id == SCHOOL, note.c.pupil_id == PUPIL, note.c.slots == "", note.c.withdrawn_at.is_(None)
    ),
)


def calendar_of(play: Play) -> Calendar:
    """When nothing is expected of a pupil: weekends, holidays, summer, illness. One statement."""
    spans: dict[int, set[tuple[date, date]]] = defaultdict(set)
    values = {"school": play.school_id, "pupil": play.pupil_id, "regime": play.regime_id or uuid.UUID(int=0)}
    for kind, first, last in read(_WAITS, values):
        spans[kind].add((first, last))
    return Calendar(play.days_a_week, *(tuple(sorted(spans[kind])) for kind in (0, 1, 2)))


_HELD = union_all(
    select(day.c.on_date, day.c.points, day.c.steps, literal("", part.c.part.type)).where(
        day.c.school_id == SCHOOL, day.c.pupil_id == PUPIL
    ),
    select(cast_as(null(), Date), part.c.price, literal(0, Integer), part.c.part).where(
        part.c.school_id == SCHOOL, part.c.pupil_id == PUPIL
    ),
)
_WORN = select(avatar.c.worn).where(avatar.c.school_id == SCHOOL, avatar.c.pupil_id == PUPIL)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the log and the kept days come to, and what was bought."""

    points: int
    useful: frozenset[date]
    """Days with a useful step."""
    bought: dict[str, int]


def holding_of(play: Play, ledger: Ledger) -> Holding:
    """One statement. Of each day the better of log and kept row counts: an answer that came late takes nothing away, and the
    days of a former school, whose log stayed there, are kept rows.
    """
    points = {on: day.points for on, day in ledger.days.items()}
    useful = set(ledger.useful_days)
    bought, settled = {}, clock.today() - SETTLED
    for on, number, steps, code in read(_HELD, {"school": play.school_id, "pupil": play.pupil_id}):
        if code:
            bought[code] = number
            continue
        points[on] = number if on < settled else max(points.get(on, 0), number)
        if steps:
            useful.add(on)
    return Holding(sum(points.values()), frozenset(useful), bought)


def purse_of(play: Play, holding: Holding) -> Purse:
    """What there is to spend, and the wardrobe. One statement."""
    worn = read(_WORN, {"school": play.school_id, "pupil": play.pupil_id})
    bought = holding.bought
    return Purse(holding.points, sum(bought.values()), frozenset(bought), dict(worn[0][0]) if worn else {})


_WAYS = (
    select(track.c.id, track.c.goal, func.max(step.c.done_at))
    .select_from(track.join(step, and_(step.c.school_id == SCHOOL, step.c.track_id == track.c.id)))
    .where(track.c.school_id == SCHOOL, track.c.pupil_id == PUPIL, track.c.state != TrackState.PROPOSED.value)
    .group_by(track.c.id, track.c.goal)
    .having(func.count(step.c.id) == func.count(step.c.done_at))
)
_BADGES = select(badge.c.kind, badge.c.thing, badge.c.earned_on).where(
    badge.c.school_id == SCHOOL, badge.c.pupil_id == PUPIL
)
Earning = dict[tuple[str, str], date]
"""By kind and thing: the day."""


def earned_badges(
    play: Play, ledger: Ledger, useful: frozenset[date], calendar: Calendar
) -> tuple[Earning, dict[str, str]]:
    """What the facts give now, and the goals of finished tracks in words. One statement."""
    found: Earning = {(feat.value, str(topic) if topic else ""): on for (feat, topic), on in ledger.feats.items()}
    rhythm = day_of_rhythm(useful, calendar, clock.today())
    if rhythm is not None:
        found[Feat.RHYTHM.value, ""] = rhythm
    goals = {}
    for track_id, goal, done_at in read(_WAYS, {"school": play.school_id, "pupil": play.pupil_id}):
        goals[str(track_id)] = goal
        found[Feat.WAY.value, str(track_id)] = clock.local(done_at).date()
    return found, goals


def badges_of(play: Play, ledger: Ledger, useful: frozenset[date], calendar: Calendar) -> list[SeenBadge]:
    """Badges in the order of ``Feat``, kept ones and new ones. Three statements."""
    found, goals = earned_badges(play, ledger, useful, calendar)
    for kind, thing, on in read(_BADGES, {"school": play.school_id, "pupil": play.pupil_id}):
        found[kind, thing] = min(on, found.get((kind, thing), on))
    titles = topics_named([int(thing) for _kind, thing in found if thing.isdecimal()])
    badges = []
    for feat in Feat:
        own = sorted(((on, thing) for (kind, thing), on in found.items() if kind == feat), reverse=True)
        words = [titles[int(thing)].title if thing.isdecimal() and int(thing) in titles else goals.get(thing, "") for _on, thing in own]  # fmt: skip
        if own:
            badges.append(SeenBadge(feat, tuple(dict.fromkeys(one for one in words if one)), len(own), own[0][0]))
    return badges
