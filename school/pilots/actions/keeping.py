"""Keeping units back for common tests, and giving them back."""

from sqlalchemy import select

from content_library import Author, NotReady, Unit, WrongState, holding
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.languages import gettext as _
from school.core.scope import hold_to
from school.pilots.errors import CannotPilot
from school.pilots.models import Pilot, PilotTest, SharedPilot
from school.pilots.queries.pool import PoolUnit, own_pool
from school.pilots.seen import times_of


def hold_unit(actor: Actor, unit: Unit) -> None:
    """Nobody meets its questions from now on. Raises ``CannotPilot``."""
    line = _line(actor, unit)
    if line is None or not line.can_be_held:
        raise CannotPilot(
            _("Only a draft whose questions the machine judges can be kept back: what was published has been seen.")
        )
    try:
        holding.hold(db.session(), unit, clock.now(), Author(actor.account_id, unit.author_name))
    except (WrongState, NotReady) as why:
        raise CannotPilot(_("This unit is not ready: open it and finish it first.")) from why


def let_unit_go(actor: Actor, unit: Unit) -> None:
    """It may be read again. Raises ``CannotPilot`` while a pilot that goes on needs it."""
    for school_id in sorted({one.school_id for one in actor.standings if one.school_id is not None}):
        hold_to(frozenset({school_id}))
        needs = db.session.scalars(
            select(Pilot)
            .join(PilotTest, (PilotTest.school_id == Pilot.school_id) & (PilotTest.pilot_id == Pilot.id))
            .where(
                Pilot.school_id == school_id,
                PilotTest.school_id == school_id,
                PilotTest.unit_version_id == unit.published_version_id,
                Pilot.registered_at.is_not(None),
                Pilot.stopped_at.is_(None),
            )
        )
        if any(clock.today() < times_of(one).over_on for one in needs):
            raise CannotPilot(_("A pilot needs this test until its last day."))
    for shared in db.session.scalars(select(SharedPilot)):
        is_needed = shared.closed_at is None or (shared.needed_until or clock.today()) > clock.today()
        if is_needed and str(unit.published_version_id) in shared.tests.values():
            raise CannotPilot(_("A protocol of the city needs this test."))
    holding.let_go(db.session(), unit)


def _line(actor: Actor, unit: Unit) -> PoolUnit | None:
    return next((one for one in own_pool(actor) if one.unit_id == unit.id), None)
