"""Offering an extra lesson: the topic, then who, when and by which scenario on one page."""

import uuid
from datetime import date, timedelta

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from content_library import subjects
from school.classes.queries import course_staff, get_course
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.extra import words
from school.extra.actions import Offer, offer_extra
from school.extra.errors import CannotOffer
from school.extra.forms import NO_SCENARIO, OfferForm
from school.extra.policy import may_offer
from school.extra.queries import MOST, Gap, Scenario, gap_of, gaps_of, hours_for, scenarios_on
from school.extra.routes.blueprint import blueprint
from school.extra.times import Hour


@blueprint.get("/courses/<uuid:course_id>/extra")
@requires(may_offer, opens="extra", course=get_course)
def topics(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """About what: the gaps that pupils share, then all other topics of the year."""
    found = gaps_of(course)
    shared = {one.topic_id for one in found if one.sharing}
    framework = subjects.topics_of(db.session(), course.subject_id, course.year_level, on=clock.today())
    return page(
        "extra/topics.html",
        course=course,
        gaps=[one for one in found if one.sharing],
        others=[(one.id, one.title) for one in framework if one.id not in shared],
        words=words,
        where=(*_trail(course), Crumb(_("Extra lesson"))),
    )


@blueprint.get("/courses/<uuid:course_id>/extra/topic")
@requires(may_offer, course=get_course)
def to_topic(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """A topic chosen from the list, for which there is no evidence."""
    topic = request.args.get("topic", "")
    if not topic.isdecimal():
        return go_to("extra.topics", school_id=course.school_id, course_id=course.id)
    return go_to("extra.offer", school_id=course.school_id, course_id=course.id, gap_id=int(topic))


@blueprint.route("/courses/<uuid:course_id>/extra/<int:gap_id>", methods=["GET", "POST"])
@requires(may_offer, opens="extra", course=get_course, gap=gap_of)
def offer(actor: Actor, course: SeenCourse, gap: Gap) -> ResponseReturnValue:
    """The form, filled in: one press offers the lesson."""
    teacher_id = _teacher(actor, course)
    if teacher_id is None:
        toast(_("Nobody teaches this course today."))
        return go_to("extra.topics", school_id=course.school_id, course_id=course.id)
    chosen = _chosen(gap)
    hours = hours_for(course, teacher_id, chosen, _after())
    scenarios = scenarios_on(gap.topic_id)
    form = _form(gap, chosen, hours, scenarios)
    again = "again" in request.form
    if not again and form.validate_on_submit():
        try:
            made = offer_extra(actor, gap, _offer(form, gap, teacher_id, hours, scenarios))
            toast(_("The lesson is offered. Pupils and families have been told."))
            return go_to("extra.lesson", school_id=course.school_id, extra_id=made.id)
        except CannotOffer as refusal:
            form.form_errors.append(refusal.why)
    return _page(course, gap, form, hours, chosen, 422 if request.method == "POST" and not again else 200)


def _page(
    course: SeenCourse, gap: Gap, form: OfferForm, hours: list[Hour], chosen: list[uuid.UUID], status: int
) -> Response:
    names = {one.id: one.name for one in gap.pupils}
    return page(
        "extra/offer.html",
        block="hours",
        status=status,
        course=course,
        gap=gap,
        form=form,
        hours=hours,
        chosen=set(chosen),
        most=MOST,
        after=_after() if "after" in request.args else None,
        not_free={one.key: ", ".join(names[pupil] for pupil in one.cannot) for one in hours},
        later=(hours[-1].starts_at if hours else clock.now() + timedelta(days=14)),
        words=words,
        where=(
            *_trail(course),
            Crumb(_("Extra lesson"), url_for("extra.topics", school_id=course.school_id, course_id=course.id)),
            Crumb(gap.title),
        ),
    )


def _form(gap: Gap, chosen: list[uuid.UUID], hours: list[Hour], scenarios: list[Scenario]) -> OfferForm:
    first = str(scenarios[0].unit_id) if scenarios else NO_SCENARIO
    best = min(hours, key=lambda one: (len(one.cannot), one.starts_at)).key if hours else ""
    form = OfferForm(data={"pupils": [str(one) for one in chosen], "hour": best, "scenario": first})
    form.pupils.choices = [(str(one.id), one.name) for one in gap.pupils]
    form.hour.choices = [(one.key, words.hour_words(one)) for one in hours]
    form.scenario.choices = [
        *((str(one.unit_id), one.title) for one in scenarios),
        (NO_SCENARIO, _("Without a scenario")),
    ]
    return form


def _offer(form: OfferForm, gap: Gap, teacher_id: uuid.UUID, hours: list[Hour], scenarios: list[Scenario]) -> Offer:
    return Offer(
        teacher_id,
        tuple(one for one in gap.pupils if str(one.id) in form.pupils.data),
        next(one for one in hours if one.key == form.hour.data),
        next((one for one in scenarios if str(one.unit_id) == form.scenario.data), None),
        (form.words.data or "").strip(),
    )


def _chosen(gap: Gap) -> list[uuid.UUID]:
    """Those ticked; at first those who share the gap, the largest first."""
    ticked = set(request.values.getlist("pupils"))
    if ticked or request.method == "POST" or "chosen" in request.args:
        return [one.id for one in gap.pupils if str(one.id) in ticked]
    return [one.id for one in gap.to_invite]


def _after() -> date:
    """Hours are looked for after this day; the form sends it back with the hours it showed."""
    try:
        return max(clock.today(), date.fromisoformat(request.args.get("after", "")))
    except ValueError:
        return clock.today()


def _teacher(actor: Actor, course: SeenCourse) -> uuid.UUID | None:
    """Who would give it: the actor, or the teacher of the course for whom the deputy head offers it."""
    if course.teaches:
        return actor.member_id
    staff = course_staff(course.school_id, course.id).get(course.id, [])
    return staff[0].id if staff else None


def _trail(course: SeenCourse) -> tuple[Crumb, ...]:
    progress = address_of("progress.course", school_id=course.school_id, course_id=course.id)
    return (Crumb(f"{course.title}, {course.group}", progress),)
