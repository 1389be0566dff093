"""The pupil's first page: what is now, where, what is for tomorrow, and the newest marks."""

from datetime import timedelta
from functools import partial
from itertools import groupby

from flask.typing import ResponseReturnValue

from school.classes.queries.days import days_of_pupils, lessons_ahead
from school.core import clock
from school.core.access import Actor, requires
from school.core.pages import page
from school.home.queries.marks import newest_marks
from school.home.routes import blueprint
from school.homework.queries.lists import homework_at_hand

AHEAD = timedelta(days=9)
BEHIND = timedelta(days=14)
MOST_MARKS = 6


def is_pupil(actor: Actor) -> bool:
    """The rule of the pupil's own page."""
    return actor.has("pupil")


@blueprint.get("/s/<int:school_id>/pupil")
@requires(is_pupil)
def pupil(actor: Actor) -> ResponseReturnValue:
    """Today, and what is due next."""
    assert actor.school_id is not None and actor.member_id is not None  # noqa: S101, PT018 - the rule has seen to it
    today, now = clock.today(), clock.now()
    find = partial(days_of_pupils, actor.school_id, [actor.member_id], locale=actor.locale)
    lessons = lessons_ahead(find, today)[actor.member_id]
    coming = [one for one in lessons if one.is_held and one.ends_at > now]
    day = coming[0].on_date if coming else None
    works = homework_at_hand(actor.school_id, [actor.member_id], today - BEHIND, today + AHEAD, actor.locale)
    due = works[actor.member_id]
    ahead = [one for one in due if one.due_on > today or (one.due_on == today and not one.is_done)]
    return page(
        "home/pupil.html",
        now=now,
        today=today,
        next_lesson=coming[0] if coming else None,
        day=day,
        lessons=[one for one in lessons if one.on_date == day],
        due=[(when, list(works)) for when, works in groupby(ahead, key=lambda one: one.due_on)],
        waiting=[one for one in due if one.due_on < today and not one.is_done],
        marks=newest_marks(actor.school_id, [actor.member_id], today - BEHIND, actor.locale, MOST_MARKS),
        pupil_id=actor.member_id,
        school_id=actor.school_id,
    )
