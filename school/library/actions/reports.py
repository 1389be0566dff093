"""Errors in published units: a reader tells of one, its author answers."""

from content_library import ErrorReport, Unit, UnitVersion, reports
from content_library.reports import Found
from school.core import clock
from school.core.access import Actor
from school.core.database import db


def tell_of_error(actor: Actor, unit: Unit, version: UnitVersion, found: Found) -> ErrorReport:
    """Keep what a reader has found. The author is told the role of the reader and not the name."""
    role = actor.standings[0].kind if actor.standings else ""
    return reports.tell(db.session(), unit, version, found, actor.account_id, role, clock.now())


def accept_report(actor: Actor, report: ErrorReport, answer: str) -> None:
    """Agree: the next version mends it."""
    reports.accept(db.session(), report, answer.strip(), actor.account_id, clock.now())


def decline_report(actor: Actor, report: ErrorReport, answer: str) -> None:
    """Say why nothing is wrong there."""
    reports.decline(db.session(), report, answer.strip(), actor.account_id, clock.now())
