"""Offering an extra lesson: the topic, then who, when and by which scenario on one page."""

import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from content_library import subjects
from school.classes.queries import course_staff, get_course
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.extra import words
from school.extra.actions import Offer, offer_extra
from school.extra.errors import CannotOffer
from school.extra.forms import NO_SCENARIO, OfferForm
from school.extra.policy import may_offer
from school.extra.queries import MOST, Gap, Scenario, gap_of, gaps_of, hours_for, parallels_of, scenarios_on, together
from school.extra.routes.blueprint import blueprint
from school.extra.routes.hours import asked_after, best_of, not_free
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
    parallels = parallels_of(actor, course)
    gap = _with_others(gap, parallels)
    chosen = _chosen(gap)
    hours = hours_for(course, teacher_id, chosen, asked_after())
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
    looking_at(group_id=course.group_id, and_groups=[one.group_id for one in gap.others])
    return _page(gap, parallels, form, hours, chosen, 422 if request.method == "POST" and not again else 200)


def _page(
    gap: Gap,
    parallels: list[SeenCourse],
    form: OfferForm,
    hours: list[Hour],
    chosen: list[uuid.UUID],
    status: int,
) -> Response:
    course = gap.course
    topics_url = url_for("extra.topics", school_id=course.school_id, course_id=course.id)
    return page(
        "extra/offer.html",
        block="hours",
        status=status,
        course=course,
        gap=gap,
        own=partial(_address, gap, [one.id for one in gap.others]),
        toggles=_toggles(gap, parallels),
        form=form,
        hours=hours,
        chosen=set(chosen),
        most=MOST,
        after=asked_after() if "after" in request.args else None,
        not_free=not_free(hours, {one.id: one.name for one in gap.pupils}),
        later=(hours[-1].starts_at if hours else clock.now() + timedelta(days=14)),
        words=words,
        where=(*_trail(course), Crumb(_("Extra lesson"), topics_url), Crumb(gap.title)),
    )


def _address(gap: Gap, also: list[uuid.UUID], **more: Any) -> str:
    course = gap.course
    return url_for(
        "extra.offer", school_id=course.school_id, course_id=course.id, gap_id=gap.topic_id, also=also or None, **more
    )


def _toggles(gap: Gap, parallels: list[SeenCourse]) -> list[tuple[SeenCourse, bool, str]]:
    """Each parallel course, whether its pupils stand here, and the address with it added or taken away."""
    now = [one.id for one in gap.others]
    return [
        (one, one.id in now, _address(gap, [x for x in now if x != one.id] if one.id in now else [*now, one.id]))
        for one in parallels
    ]


def _with_others(gap: Gap, parallels: list[SeenCourse]) -> Gap:
    """The gap over the parallel courses that the address names."""
    asked = set(request.args.getlist("also"))
    others = [gap_of(one, gap.topic_id) for one in parallels if str(one.id) in asked]
    return together([gap, *(one for one in others if one is not None)])


def _form(gap: Gap, chosen: list[uuid.UUID], hours: list[Hour], scenarios: list[Scenario]) -> OfferForm:
    first = str(scenarios[0].unit_id) if scenarios else NO_SCENARIO
    form = OfferForm(data={"pupils": [str(one) for one in chosen], "hour": best_of(hours), "scenario": first})
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


def _teacher(actor: Actor, course: SeenCourse) -> uuid.UUID | None:
    """Who would give it: the actor, or the teacher of the course for whom the deputy head offers it."""
    if course.teaches:
        return actor.member_id
    staff = course_staff(course.school_id, course.id).get(course.id, [])
    return staff[0].id if staff else None


def _trail(course: SeenCourse) -> tuple[Crumb, ...]:
    progress = address_of("progress.course", school_id=course.school_id, course_id=course.id)
    return (Crumb(f"{course.title}, {course.group}", progress),)
