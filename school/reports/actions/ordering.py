"""Asking for a set of papers."""

import uuid

from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.jobs import enqueue
from school.core.records import record
from school.reports.actions.making import KIND
from school.reports.models import ReportOrder
from school.reports.orders import set_name
from school.reports.seen import Period


def order_class(actor: Actor, group: SeenGroup, period: Period, kind: str) -> ReportOrder:
    """A set of one class."""
    return _order(actor, period, kind, f"{set_name(kind)}, {group.name}, {period.name}", group.id)


def order_school(actor: Actor, period: Period, kind: str) -> ReportOrder:
    """A set of the whole school."""
    return _order(actor, period, kind, f"{set_name(kind)}, {period.name}", None)


def _order(actor: Actor, period: Period, kind: str, title: str, of: uuid.UUID | None) -> ReportOrder:
    order = ReportOrder(
        school_id=actor.school_id,
        id=new_id(),
        asked_by=actor.member_id,
        asked_at=clock.now(),
        kind=kind,
        locale=actor.locale,
        class_id=of,
        term_ids=[str(one.id) for one in period.terms],
        is_year=period.is_year,
        title=title,
    )
    db.session.add(order)
    db.session.flush()
    payload = {"kind": kind, "class": of, "terms": [one.id for one in period.terms]}
    record(actor, "report.ordered", school_id=order.school_id, thing_id=order.id, payload=payload)
    enqueue(KIND, {"school_id": order.school_id, "order_id": order.id}, key=f"{KIND}:{order.id}")
    return order
