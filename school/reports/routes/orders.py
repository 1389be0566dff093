"""Ordering a set of papers, watching it being made, fetching it."""

from itertools import chain

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from school.classes.queries import get_group
from school.classes.seen import SeenGroup
from school.core.access import Actor, requires
from school.core.files import storage
from school.core.pages import go_to, page
from school.core.shell import Crumb
from school.reports.actions import order_class, order_school
from school.reports.models import OrderState
from school.reports.orders import OF_CLASS, SETS
from school.reports.policy import may_open_order, may_order_class, may_order_school
from school.reports.queries import get_order, period_among, periods_of_class, periods_of_school
from school.reports.routes.answering import trail
from school.reports.routes.blueprint import blueprint
from school.reports.seen import SeenOrder

LINK_SECONDS = 120


@blueprint.post("/reports/orders", endpoint="order_school")
@requires(may_order_school)
def order_school_view(actor: Actor) -> ResponseReturnValue:
    """Order a set of the whole school."""
    periods = list(chain.from_iterable(periods_of_school(actor.school_id or 0)))
    period = period_among(periods, request.form.get("period", "")) or abort(404)
    kind = request.form.get("kind", "")
    order = order_school(actor, period, kind if kind in SETS else abort(404))
    return go_to("reports.order", school_id=order.school_id, order_id=order.id)


@blueprint.post("/groups/<uuid:group_id>/reports/orders", endpoint="order_class")
@requires(may_order_class, group=get_group)
def order_class_view(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Order a set of one class."""
    period = period_among(periods_of_class(group), request.args.get("period", "")) or abort(404)
    kind = request.form.get("kind", "")
    order = order_class(actor, group, period, kind if kind in OF_CLASS else abort(404))
    return go_to("reports.order", school_id=order.school_id, order_id=order.id)


@blueprint.get("/reports/orders/<uuid:order_id>")
@requires(may_open_order, order=get_order)
def order(_actor: Actor, order: SeenOrder) -> ResponseReturnValue:
    """How far it is; the page asks again by itself until it is done."""
    row = order.row
    return page(
        "reports/order.html",
        block="state",
        order=row,
        in_work=row.state in {OrderState.WAITING, OrderState.MAKING},
        where=(*trail(row.school_id), Crumb(row.title)),
    )


@blueprint.get("/reports/orders/<uuid:order_id>/file")
@requires(may_open_order, opens="report", order=get_order)
def order_file(_actor: Actor, order: SeenOrder) -> ResponseReturnValue:
    """The file, by a link of two minutes."""
    row = order.row
    if row.state != OrderState.READY or row.file_key is None:
        abort(404)
    kind = "application/pdf" if row.file_name.endswith(".pdf") else "application/zip"
    return redirect(storage().link(row.file_key, row.file_name, kind, LINK_SECONDS, download=True), 303)
