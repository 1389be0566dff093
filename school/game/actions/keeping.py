"""Keeps what a class sums up: the days of pupils and their badges, from the log, as often as one likes with the same result."""

import uuid
from datetime import date, datetime, timedelta
from typing import Protocol, cast

from sqlalchemy import Table, select

from school.core import clock
from school.core.database import db
from school.game.actions.writing import insert_into, put, put_once
from school.game.models import Badge, KeptUntil, PupilDay
from school.game.queries.earning import SETTLED, calendar_of, earned_badges, holding_of, ledger_of
from school.game.queries.playing import play_of
from school.mastery.models import JudgedAnswer

judged = cast("Table", JudgedAnswer.__table__)

OVERLAP = timedelta(minutes=15)
"""An answer is committed some time after the moment it carries; looked at twice it is kept once."""
LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class OfSchool(Protocol):
    """A school."""

    @property
    def id(self) -> int:
        """Its number."""


def keep_school(school: OfSchool) -> int:
    """Keep the days of all pupils of whom something was learnt since the last time; how many they are."""
    now = clock.now()
    kept = db.session.get(KeptUntil, school.id)
    since = kept.until - OVERLAP if kept is not None else LONG_AGO
    pupils = db.session.scalars(
        select(judged.c.pupil_id).where(judged.c.school_id == school.id, judged.c.learned_at >= since).distinct()
    ).all()
    for pupil_id in sorted(pupils):
        _keep(school.id, pupil_id)
    if pupils or kept is None:  # a school where nobody answers is not written into
        put(KeptUntil, {"school_id": school.id}, {"until": now})
    return len(pupils)


class OfPupil(Protocol):
    """A pupil of a school."""

    @property
    def school_id(self) -> int:
        """The school."""

    @property
    def id(self) -> uuid.UUID:
        """The member."""


def keep_pupil(pupil: OfPupil) -> None:
    """Keep the days and badges of one pupil. Days never fall; while the game is off nothing is kept."""
    _keep(pupil.school_id, pupil.id)


def _keep(school_id: int, pupil_id: uuid.UUID) -> None:
    play = play_of(school_id, pupil_id)
    if not play.is_on:
        return
    ledger = ledger_of(school_id, pupil_id)
    own = {"school_id": school_id, "pupil_id": pupil_id}
    before: dict[date, float] = {
        row[0]: row[1]
        for row in db.session.execute(
            select(PupilDay.on_date, PupilDay.told).where(
                PupilDay.school_id == school_id, PupilDay.pupil_id == pupil_id
            )
        )
    }
    settled = clock.today() - SETTLED
    rows = [
        {**own, "on_date": on, "told": day.told, "points": day.points, "steps": day.steps, "topics": sorted(day.won)}
        for on, day in sorted(ledger.days.items())
        if day.told > before.get(on, -1.0) and (on not in before or on >= settled)
    ]
    if rows:
        statement = insert_into(PupilDay)
        names = ("told", "points", "steps", "topics")
        higher = statement.on_conflict_do_update(
            index_elements=["school_id", "pupil_id", "on_date"],
            set_={name: statement.excluded[name] for name in names},
            where=statement.excluded.told > PupilDay.told,
        )
        db.session.execute(higher, rows)
    found, _goals = earned_badges(play, ledger, holding_of(play, ledger).useful, calendar_of(play))
    put_once(
        Badge, [{**own, "kind": kind, "thing": thing, "earned_on": on} for (kind, thing), on in sorted(found.items())]
    )
