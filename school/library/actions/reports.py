"""Errors in published units: a reader tells of one, its author answers."""

from content_library import ErrorReport, Unit, UnitVersion, reports
from content_library.reports import Found, Reported
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.actions.telling import ANSWERED, ERROR, settle_one, tell_one


def tell_of_error(actor: Actor, unit: Unit, version: UnitVersion, found: Found) -> ErrorReport:
    """Keep what a reader has found. The author is told the role of the reader and not the name."""
    role = actor.standings[0].kind if actor.standings else ""
    told = reports.tell(db.session(), unit, version, found, actor.account_id, role, clock.now())
    about = {"title": version.title, "place": told.place_title}
    tell_one(actor, unit.author_account_id, ERROR, f"error:{told.id}", unit, **about)
    return told


def accept_report(actor: Actor, reported: Reported, answer: str) -> None:
    """Agree: the next version mends it."""
    reports.accept(db.session(), reported.report, answer.strip(), actor.account_id, clock.now())
    _answered(actor, reported, is_accepted=True)


def decline_report(actor: Actor, reported: Reported, answer: str) -> None:
    """Say why nothing is wrong there."""
    reports.decline(db.session(), reported.report, answer.strip(), actor.account_id, clock.now())
    _answered(actor, reported, is_accepted=False)


def _answered(actor: Actor, reported: Reported, *, is_accepted: bool) -> None:
    report, unit = reported.report, reported.unit
    settle_one(unit.author_account_id, f"error:{report.id}")
    about = {"title": reported.title, "accepted": is_accepted}
    tell_one(actor, report.made_by, ANSWERED, f"answer:{report.id}", unit, **about)
