"""Each night: who is due is drawn, sets that are due are given, and the guard-rails are looked at. Event ``pilot.alert``."""

import uuid
from typing import cast

from sqlalchemy import Table, and_, bindparam, or_, select
from sqlalchemy.types import Date

from school.classes.queries.recipients import family_accounts
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, new_id, read
from school.core.languages import gettext as _
from school.core.records import PROGRAM, record
from school.notices.actions import News, settle, tell
from school.people.models import Member, Role, School
from school.pilots.actions.drawing import draw_pilot
from school.pilots.actions.giving import give_due
from school.pilots.actions.telling import ALERT, BEGUN, TEST, names_of_subject, test_key
from school.pilots.errors import CannotPilot
from school.pilots.guards import Rang, watch
from school.pilots.models import Pilot, PilotAlert, PilotSitting, Sitting
from school.pilots.queries import alerts_of, consents_of, facts_of, harmed_of, leaks_of, places_of, seen_pilot, tests_of
from school.pilots.seen import SeenPilot, times_of
from school.pilots.times import SITS, Stage

member = cast("Table", Member.__table__)
sitting = cast("Table", PilotSitting.__table__)
_HEADS = select(Role.account_id).where(
    Role.school_id == SCHOOL,
    Role.kind.in_(("head", "deputy")),
    Role.from_on <= bindparam("today", type_=Date),
    or_(Role.to_on.is_(None), Role.to_on >= bindparam("today", type_=Date)),
)
_ACCOUNTS = select(member.c.account_id).where(
    and_(
        member.c.school_id == SCHOOL,
        member.c.id.in_(bindparam("pupils", type_=Id, expanding=True)),
        member.c.account_id.is_not(None),
    )
)
_SAT = select(sitting.c.pupil_id).where(sitting.c.school_id == SCHOOL, sitting.c.test_id == bindparam("test", type_=Id))


def look_after(school: School) -> int:
    """All pilots of a school that go on; how many alarms rang."""
    rows = db.session.scalars(
        select(Pilot).where(Pilot.school_id == school.id, Pilot.registered_at.is_not(None), Pilot.stopped_at.is_(None))
    ).all()
    rang = 0
    for row in rows:
        if times_of(row).stage(clock.today()) is not Stage.OVER:
            rang += look_after_pilot(seen_pilot(row))
    return rang


def look_after_pilot(pilot: SeenPilot) -> int:
    """Draw, give, tell of a test that has opened, ring; how many alarms rang."""
    today = clock.today()
    if pilot.stage(today) is Stage.PRACTICE:
        try:
            draw_pilot(None, pilot)
        except CannotPilot:
            return 0  # nobody agreed: the page says so
        _tell_of_beginning(pilot)
        give_due(pilot)
    _tell_of_test(pilot)
    if pilot.row.drawn_at is None:
        return 0
    harm = harmed_of(pilot) if pilot.is_told(Sitting.POST, today) else ()
    found = watch(facts_of(pilot), pilot.row.most_minutes, pilot.row.most_lost, harm=harm, leaks=leaks_of(pilot))
    return sum(_ring(pilot, one) for one in found)


def answer_alert(actor: Actor, pilot: SeenPilot, alert: PilotAlert, words: str) -> None:
    """Say why it goes on all the same. Raises ``CannotPilot`` without a reason."""
    words = words.strip()
    if not words:
        raise CannotPilot(_("Say why it goes on."))
    if alert.answered_at is not None:
        return
    alert.answer, alert.answered_at, alert.answered_by = words[:500], clock.now(), actor.account_id
    db.session.flush()
    settle(pilot.school_id, [_key(alert)])
    record(
        actor, "pilot.alert.answered", school_id=pilot.school_id, thing_id=alert.id, payload={"pilot": str(pilot.id)}
    )


def _ring(pilot: SeenPilot, one: Rang) -> bool:
    """Once for a kind and an arm until a person has answered, then again at most once a week."""
    week = pilot.times.week(clock.today())
    same = [a for a in alerts_of(pilot) if (a.kind, a.arm) == (one.alarm.value, one.arm)]
    if any(a.answered_at is None or a.week == week for a in same):
        return False
    made = PilotAlert(
        school_id=pilot.school_id,
        id=new_id(),
        pilot_id=pilot.id,
        kind=one.alarm.value,
        arm=one.arm,
        week=week,
        about=one.about,
        rang_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    payload = {"pilot": str(pilot.id), "kind": made.kind, "arm": made.arm, "about": made.about}
    record(PROGRAM, ALERT, school_id=pilot.school_id, thing_id=made.id, payload=payload)
    about = {"title": pilot.row.title, "kind": made.kind, "arm": made.arm, **one.about}
    tell(_heads(pilot), News(pilot.school_id, ALERT, _key(made), about, thing_id=pilot.id))
    return True


def _heads(pilot: SeenPilot) -> list[uuid.UUID]:
    """Accounts of head and deputies today."""
    return [row[0] for row in read(_HEADS, {"school": pilot.school_id, "today": clock.today()})]


def _key(alert: PilotAlert) -> str:
    return f"pilot:{alert.id}"


def _tell_of_test(pilot: SeenPilot) -> None:
    """The pupils who are to sit the test that is open now, once."""
    stage = pilot.stage(clock.today())
    kind = SITS.get(stage) if stage is not None else None
    test = tests_of(pilot.school_id, pilot.id).get(kind.value) if kind is not None else None
    if kind is None or test is None:
        return
    sat = {row[0] for row in read(_SAT, {"school": pilot.school_id, "test": test.id})}
    pupils = [one for one in expected_at(pilot, kind) if one not in sat]
    about = {
        **names_of_subject(pilot),
        "kind": kind.value,
        "until": pilot.times.window(kind)[1],
        "minutes": test.minutes,
    }
    for pupil_id in pupils:
        accounts = [row[0] for row in read(_ACCOUNTS, {"school": pilot.school_id, "pupils": [pupil_id]})]
        key = test_key(test, pupil_id)
        tell(accounts, News(pilot.school_id, TEST, key, about, pupil_id=pupil_id, thing_id=pilot.id))


def _tell_of_beginning(pilot: SeenPilot) -> None:
    """Pupils and families, once: that it begins, and where the way out is. No arm."""
    about = {**names_of_subject(pilot), "until": pilot.times.ends_on}
    for pupil_id in expected_at(pilot, Sitting.POST):
        own = [row[0] for row in read(_ACCOUNTS, {"school": pilot.school_id, "pupils": [pupil_id]})]
        family = [one for one in family_accounts(pilot.school_id, pupil_id, clock.today()) if one is not None]
        key = f"pilot:{pilot.id}:{pupil_id}:begun"
        tell({*own, *family}, News(pilot.school_id, BEGUN, key, about, pupil_id=pupil_id, thing_id=pilot.id))


def expected_at(pilot: SeenPilot, kind: Sitting) -> list[uuid.UUID]:
    """Who is to sit a test: before the draw all who agreed, after it all who were drawn and stayed."""
    if kind is Sitting.PRE and pilot.row.drawn_at is None:
        return [pupil.id for one in consents_of(pilot) for pupil in one.agreed]
    return [one.pupil_id for one in places_of(pilot.school_id, pilot.id) if one.arm is not None and one.left_at is None]
