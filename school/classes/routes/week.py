"""One's own week: what is now, what is next, and what is different from usual."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.policy import has_week
from school.classes.queries.calendar import free_days, next_day_with_lessons
from school.classes.queries.days import DayLesson, days_of_pupil, days_of_teacher
from school.classes.routes.blueprint import blueprint
from school.core import clock
from school.core.access import Actor, requires
from school.core.days import week_of
from school.core.pages import page
from school.core.shell import address_of

SCHOOL_DAYS = 6
"""Sunday is drawn only when it has a lesson."""
A_WEEK = timedelta(days=7)


@blueprint.get("/timetable")
@requires(has_week)
def my_week(actor: Actor) -> ResponseReturnValue:
    """The actor's own lessons of a week, as a teacher or a pupil."""
    assert actor.school_id is not None and actor.member_id is not None  # noqa: S101, PT018 - the rule has seen to it
    today, on = clock.today(), asked_day()
    monday, sunday = week_of(on)
    find = days_of_teacher if actor.has("teacher") else days_of_pupil
    lessons = find(actor.school_id, actor.member_id, monday, sunday, actor.locale)
    return page(
        "classes/my_week.html",
        monday=monday,
        sunday=sunday,
        today=today,
        now=clock.now(),
        days=_by_day(lessons, monday),
        lessons=lessons,
        near=_now_and_next(lessons) if monday <= today <= sunday else {},
        free=free_days(actor.school_id, monday, sunday),
        resumes_on=None if lessons else next_day_with_lessons(actor, sunday),
        is_teacher=actor.has("teacher"),
        member_id=actor.member_id,
        before=monday - A_WEEK,
        after=monday + A_WEEK,
        extra_of=_extra_address(actor),
        school_id=actor.school_id,
    )


def _extra_address(actor: Actor) -> Callable[[DayLesson], str | None]:
    """Where an extra lesson of the week is looked at."""
    if actor.has("teacher"):
        return lambda one: address_of("extra.lesson", school_id=actor.school_id, extra_id=one.id)
    return lambda one: address_of(
        "extra.invitation", school_id=actor.school_id, pupil_id=actor.member_id, extra_id=one.id
    )


def asked_day() -> date:
    """The day of ``?on=2026-11-24``; today without one or with something that is no day."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today()


def _by_day(lessons: list[DayLesson], monday: date) -> list[tuple[date, list[DayLesson]]]:
    days = [(monday + timedelta(days=n), [one for one in lessons if one.on_date.weekday() == n]) for n in range(7)]
    last = max((n for n, (_day, found) in enumerate(days) if found), default=4)
    return days[: max(last + 1, SCHOOL_DAYS - 1)]


def _now_and_next(lessons: list[DayLesson]) -> dict[object, str]:
    """Lesson id -> ``now`` or ``next``, of today's."""
    now, today = clock.now(), clock.today()
    held = [one for one in lessons if one.is_held and one.on_date == today and one.ends_at > now]
    found: dict[object, str] = {one.id: "now" for one in held if one.starts_at <= now}
    coming = [one for one in held if one.starts_at > now]
    if coming:
        found[coming[0].id] = "next"
    return found
