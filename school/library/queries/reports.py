"""Lists of reported errors: one's own, those of one's units, all that nobody has answered."""

import uuid

from content_library import ErrorReport, Unit, quality, reports
from content_library.reports import Reported
from school.core.access import Actor
from school.core.database import db

PAGE = 40


def get_report(_actor: Actor, report_id: uuid.UUID) -> Reported | None:
    """A report by its address, with its unit."""
    return reports.get_reported(db.session(), report_id)


def reported(actor: Actor, which: str, after: uuid.UUID | None) -> tuple[list[Reported], uuid.UUID | None]:
    """A page of reports: ``sent`` by this person, of ``mine`` units, or ``all`` that wait; and the mark of the next page."""
    if which == "all":
        rows = reports.all_open(db.session(), after, PAGE + 1)
    elif which == "mine":
        rows = reports.about_author(db.session(), actor.account_id, after, PAGE + 1)
    else:
        rows = reports.told_by(db.session(), actor.account_id, after, PAGE + 1)
    return rows[:PAGE], rows[PAGE - 1].report.id if len(rows) > PAGE else None


def own_reports(actor: Actor, unit: Unit) -> list[ErrorReport]:
    """What this person has reported of a unit; nothing while one looks on another's behalf."""
    return [] if actor.on_behalf_of is not None else list(reports.own_on(db.session(), unit, actor.account_id))


def own_work(actor: Actor) -> quality.OwnWork | None:
    """What the actor has in the library and what came of it; None for who has written nothing."""
    found = quality.own_work(db.session(), actor.account_id)
    return found if found.published or found.begun else None


def reports_waiting(actor: Actor) -> int:
    """Reports of one's units without an answer."""
    return reports.waiting_for_author(db.session(), actor.account_id)
