"""The teacher's first page: the lesson of this hour one press from everything, today's others, works that wait; and the class teacher's morning."""

import uuid
from datetime import date
from functools import partial

from flask.typing import ResponseReturnValue

from school.classes.queries.days import DayLesson, days_of_teacher, lessons_ahead
from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.pages import page
from school.core.rows import Row
from school.core.shell import addresses_of
from school.home.queries.absences import classes_led, missing_on
from school.home.queries.debts import Debts, debts_of
from school.home.routes import blueprint
from school.home.words import tasks_words
from school.homework.queries.waiting import waiting_first


def is_teacher(actor: Actor) -> bool:
    """The rule of the teacher's pages."""
    return actor.has("teacher")


@blueprint.get("/s/<int:school_id>/teacher")
@requires(is_teacher)
def teacher(actor: Actor) -> ResponseReturnValue:
    """The day of one teacher. No pupil is named here."""
    assert actor.school_id is not None and actor.member_id is not None  # noqa: S101, PT018 - the rule has seen to it
    today, now = clock.today(), clock.now()
    lessons = _lessons(actor, today)
    coming = [one for one in lessons if one.is_held and one.ends_at > now]
    day = coming[0].on_date if coming else None
    if any(one.on_date == today for one in lessons):
        day = today
    return page(
        "home/teacher.html",
        now=now,
        today=today,
        current=coming[0] if coming else None,
        day=day,
        lessons=[one for one in lessons if one.on_date == day],
        waiting=waiting_first(actor),
        led=classes_led(actor.school_id, actor.member_id, today),
        school_id=actor.school_id,
    )


def _lessons(actor: Actor, today: date) -> list[DayLesson]:
    school_id, member_id = actor.school_id or 0, actor.member_id or uuid.UUID(int=0)

    def find(since: date, until: date) -> dict[uuid.UUID, list[DayLesson]]:
        return {member_id: days_of_teacher(school_id, member_id, since, until, actor.locale)}

    return lessons_ahead(find, today)[member_id]


@blueprint.get("/s/<int:school_id>/class")
@requires(is_teacher, opens="class_morning")
def class_teacher(actor: Actor) -> ResponseReturnValue:
    """Who is missing without a word, and who has fallen behind, in the classes this teacher leads."""
    assert actor.school_id is not None and actor.member_id is not None  # noqa: S101, PT018 - the rule has seen to it
    today = clock.today()
    led = classes_led(actor.school_id, actor.member_id, today)
    groups = [one.id for one in led]
    if groups:
        looking_at(group_id=groups[0])
    return page(
        "home/class_teacher.html",
        today=today,
        led=led,
        missing=missing_on(actor.school_id, groups, today) if groups else [],
        debts=debts_of(actor.school_id, groups, today) if groups else [],
        rows_of=partial(_rows, actor.school_id),
        school_id=actor.school_id,
    )


def _rows(school_id: int, debts: list[Debts]) -> list[Row]:
    """Pupils to talk with, each leading to how they do."""
    url_of = addresses_of("progress.pupil", "pupil_id", school_id=school_id)
    return [Row(one.name, tasks_words(one.works), url=url_of(one.id)) for one in debts]
