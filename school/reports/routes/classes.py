"""Reports of one class, and a pupil's report card."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import get_group, get_pupil
from school.classes.seen import SeenGroup, SeenPupil
from school.core.access import Actor, requires
from school.core.shell import Crumb, address_of
from school.reports.orders import OF_CLASS, set_name
from school.reports.papers import CLASS_PAPERS, card, paper_name
from school.reports.policy import may_report_class, may_see_card
from school.reports.queries import class_book, final_terms, period_among, periods_of_class
from school.reports.routes.answering import answer, trail
from school.reports.routes.blueprint import blueprint


@blueprint.get("/groups/<uuid:group_id>/reports/<kind>", endpoint="of_class")
@requires(may_report_class, opens="report", group=get_group)
def of_class(actor: Actor, group: SeenGroup, kind: str) -> ResponseReturnValue:
    """One of the class's papers for a period."""
    if kind not in CLASS_PAPERS:
        abort(404)
    periods = periods_of_class(group)
    word = request.args.get("period") or ("year" if kind in {"year", "cards"} else None)
    period = period_among(periods, word) or abort(404)
    paper = CLASS_PAPERS[kind](class_book(group, period, actor.locale))
    others = [
        (
            paper_name(name),
            url_for("reports.of_class", school_id=group.school_id, group_id=group.id, kind=name),
            name == kind,
        )
        for name in CLASS_PAPERS
    ]
    sets = [(name, set_name(name)) for name in OF_CLASS] if kind == "cards" else []
    return answer(
        paper,
        periods=[one for one in periods if one.is_year] if kind == "year" else periods,
        period=period,
        where=trail(group.school_id),
        others=others,
        sets=sets,
        order_url=url_for("reports.order_class", school_id=group.school_id, group_id=group.id, period=period.word),
    )


@blueprint.get("/pupils/<uuid:pupil_id>/report-card")
@requires(may_see_card, opens="report card", pupil=get_pupil)
def report_card(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """A pupil's card of the year so far, or of one term."""
    group = get_group(actor, pupil.class_id) if pupil.class_id else None
    if group is None:
        abort(404)
    periods = periods_of_class(group)
    period = period_among(periods, request.args.get("period") or "year") or abort(404)
    book = class_book(group, period, actor.locale)
    one = next((found for found in book.pupils if found.id == pupil.id), None) or abort(404)
    diary = address_of("progress.mine", school_id=pupil.school_id)
    if not pupil.is_self:
        diary = address_of("progress.pupil", school_id=pupil.school_id, pupil_id=pupil.id)
    return answer(
        card(book, one, final_terms(book, [one])),
        periods=periods,
        period=period,
        where=(Crumb(pupil.short_name, diary),),
    )
