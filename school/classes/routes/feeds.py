"""Lessons in the calendar of one's own phone: the secret address, and what is read under it."""

from datetime import timedelta

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions.feeds import close_feed, open_feed
from school.classes.ical import Event, calendar
from school.classes.policy import has_week, may_feed
from school.classes.queries import get_pupil
from school.classes.queries.days import DayLesson, days_of_pupil, days_of_teacher
from school.classes.queries.feeds import Owner, find_feed, made_at
from school.classes.routes.blueprint import blueprint
from school.classes.seen import SeenPupil
from school.core import clock, limits
from school.core.access import Actor, public, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.rooms import room_words
from school.core.scope import hold_to
from school.core.shell import Crumb, address_of

BACK, AHEAD = timedelta(days=14), timedelta(days=60)
READS = "120 per 60 minute"
"""Of one address on the network; a family's phones ask a few times an hour."""


@blueprint.route("/timetable/feed", methods=["GET", "POST"])
@requires(has_week)
def feed(actor: Actor) -> ResponseReturnValue:
    """An address for one's own lessons."""
    back = Crumb(_("Timetable"), url_for("classes.my_week", school_id=actor.school_id))
    return _page(actor, _own(actor), url_for("classes.feed", school_id=actor.school_id), back)


@blueprint.post("/timetable/feed/end")
@requires(has_week)
def end_feed(actor: Actor) -> ResponseReturnValue:
    """The address stops working."""
    close_feed(actor, _own(actor))
    toast(_("The address no longer works."))
    return go_to("classes.feed", school_id=actor.school_id)


@blueprint.route("/pupils/<uuid:pupil_id>/feed", methods=["GET", "POST"])
@requires(may_feed, pupil=get_pupil)
def pupil_feed(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """An address for a child's lessons."""
    here = url_for("classes.pupil_feed", school_id=pupil.school_id, pupil_id=pupil.id)
    back = Crumb(pupil.given_name, address_of("gradebook.diary", school_id=pupil.school_id, pupil_id=pupil.id))
    return _page(actor, Owner(pupil.school_id, pupil.id), here, back, pupil.given_name)


@blueprint.post("/pupils/<uuid:pupil_id>/feed/end")
@requires(may_feed, pupil=get_pupil)
def end_pupil_feed(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """The address stops working."""
    close_feed(actor, Owner(pupil.school_id, pupil.id))
    toast(_("The address no longer works."))
    return go_to("classes.pupil_feed", school_id=pupil.school_id, pupil_id=pupil.id)


@blueprint.get("/calendar/<token>.ics")
@public
def read_feed(school_id: int, token: str) -> ResponseReturnValue:
    """What calendars read: lessons, hours, rooms. No marks, no homework, no family name."""
    if not limits.allow(READS, "feed", request.remote_addr or ""):
        abort(429)
    hold_to(frozenset({school_id}))
    today = clock.today()
    found = find_feed(school_id, token, today)
    if found is None:
        abort(404)
    find = days_of_teacher if found.is_teacher else days_of_pupil
    lessons = find(school_id, found.member_id, today - BACK, today + AHEAD)
    events = [_event(one, is_teacher=found.is_teacher) for one in lessons]
    body = calendar(_("Lessons: %(name)s", name=found.name), events, clock.now())
    response = Response(body, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _event(lesson: DayLesson, *, is_teacher: bool) -> Event:
    place = room_words(lesson.room) if lesson.room else ""
    title = f"{lesson.subject}, {lesson.group}" if is_teacher else lesson.subject
    if lesson.is_extra:
        title = _("Extra lesson: %(topic)s", topic=title)
    if not lesson.is_held:
        title = _("%(subject)s: no lesson", subject=title)
    words = lesson.teacher if not is_teacher or lesson.is_substituted else ""
    return Event(lesson.id, lesson.starts_at, lesson.ends_at, title, place, words, is_off=not lesson.is_held)


def _own(actor: Actor) -> Owner:
    assert actor.school_id is not None and actor.member_id is not None  # noqa: S101, PT018 - the rule has seen to it
    return Owner(actor.school_id, actor.member_id)


def _page(actor: Actor, of: Owner, here: str, back: Crumb, name: str = "") -> ResponseReturnValue:
    address = ""
    if request.method == "POST":
        token = open_feed(actor, of)
        address = url_for("classes.read_feed", school_id=of.school_id, token=token, _external=True)
    return page(
        "classes/feed.html",
        here=here,
        end=f"{here}/end",
        name=name,
        address=address,
        made_at=made_at(actor, of),
        where=(back, Crumb(_("Calendar"))),
    )
