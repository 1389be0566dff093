"""One press: a fitting set for each pupil, seen and changed in a table before anybody gets it."""

import uuid
from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.models import Lesson
from school.classes.queries import Learner, get_lesson, learners
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.actions import CannotSet, Wish, set_homework
from school.homework.fit import OLD, Place, Plan, as_text, from_text, shortage
from school.homework.forms import uuid_of, whole_number
from school.homework.models import HandInWay
from school.homework.policy import may_set
from school.homework.queries import coming_lessons, unit_choice
from school.homework.queries.evening import Evening, Planned, evening_of
from school.homework.queries.fitting import (
    OnOffer,
    main_version,
    on_offer,
    plan_for,
    same_for_all,
    swapped,
    topics_on_offer,
)
from school.homework.routes.blueprint import blueprint, weekday_and_day
from school.library.queries.offered import topic_near
from school.tasks.sheets import gathered

USUAL_MINUTES, FEWEST, MOST = 20, 5, 90
Offer = dict[uuid.UUID, OnOffer]


@blueprint.get("/lessons/<uuid:lesson_id>/homework/fitting")
@requires(may_set, lesson=get_lesson)
def fitting(_actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Topic and minutes; with both, the table of who would get what and why."""
    topics = topics_on_offer(lesson.course)
    near = lesson.topic_id or topic_near(lesson.school_id, lesson.course_id, lesson.on_date)
    known = {topic_id for topic_id, _title in topics}
    topic_id = whole_number(request.args.get("topic"), 0)
    minutes = min(MOST, max(FEWEST, whole_number(request.args.get("minutes"), USUAL_MINUTES)))
    if topic_id not in known:
        return _page(lesson, topics, near if near in known else None, minutes)
    offer, pupils = on_offer(lesson.course, topic_id), learners(lesson.course, clock.today())
    plan = plan_for(pupils, lesson.course, offer, (topic_id, minutes), clock.now()) if pupils else None
    return _page(lesson, topics, topic_id, minutes, (plan, offer, pupils))


@blueprint.post("/lessons/<uuid:lesson_id>/homework/fitting")
@requires(may_set, lesson=get_lesson)
def change_fitting(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Swap one question, make the rest anew, the same for all, or set it."""
    pupils = learners(lesson.course, clock.today())
    topic_id = whole_number(request.form.get("topic"), 0)
    offer = on_offer(lesson.course, topic_id)
    plan = from_text(request.form.get("plan", ""), {one.id for one in pupils}, offer)
    topics = topics_on_offer(lesson.course)
    if plan is None or plan.topic_id != topic_id:
        toast(_("The questions on offer have changed meanwhile. Look at the new table."))
        return go_to("homework.fitting", school_id=lesson.school_id, lesson_id=lesson.id)
    plan = _pinned(plan)
    verb, _colon, place = request.form.get("verb", "").partition(":")
    why, evening = "", None
    if verb == "set":
        try:
            wish = _wish(lesson, plan, offer)
            evening = _evening(lesson, plan, wish)
            if evening is None:
                return _set(actor, lesson, wish)
        except CannotSet as found:
            why = found.why
    elif verb == "swap":
        pupil_id, _colon, item_id = place.partition(":")
        other = swapped(
            lesson.course, offer, plan, (uuid_of(pupil_id) or new_id(), uuid_of(item_id) or new_id()), clock.now()
        )
        why = "" if other is not None else _("There is no other question left for this place.")
        plan = other or plan
    elif verb == "same":
        plan = same_for_all(lesson.course, offer, plan, clock.now())
    elif verb == "anew":
        plan = plan_for(pupils, lesson.course, offer, (plan.topic_id, plan.minutes), clock.now(), plan)
    return _page(lesson, topics, topic_id, plan.minutes, (plan, offer, pupils), why, evening)


def _pinned(plan: Plan) -> Plan:
    """With the pins as they stand in the form."""
    pins = set(request.form.getlist("pin"))
    for one in plan.pupils:
        places = tuple(Place(p.item_id, p.chance, p.why, f"{one.pupil_id}:{p.item_id}" in pins) for p in one.places)
        same = plan.is_same
        plan = plan.with_pupil(type(one)(one.pupil_id, one.seed, places, one.gone))
        plan = Plan(plan.topic_id, plan.minutes, plan.count, plan.round, plan.pupils, same)
    return plan


def _set(actor: Actor, lesson: SeenLesson, wish: Wish) -> ResponseReturnValue:
    set_homework(actor, lesson.course, lesson, wish, uuid_of(request.form.get("client_id")) or new_id())
    toast(_("The homework is set."))
    return go_to("homework.of_course", school_id=lesson.school_id, course_id=lesson.course_id)


def _evening(lesson: SeenLesson, plan: Plan, wish: Wish) -> Evening | None:
    """What speaks against this evening, unless the teacher has seen it and sets it all the same."""
    if request.form.get("anyway"):
        return None
    planned = Planned(plan.minutes, True, wish.due_on, wish.due_lesson is not None, plan.count)
    return evening_of(lesson.course, list(wish.own), planned, [one.on_date for one in _after(lesson)])


def _foreseen(lesson: SeenLesson, plan: Plan, offer: Offer) -> Evening | None:
    """The same for the table, before anybody presses."""
    try:
        return _evening(lesson, plan, _wish(lesson, plan, offer))
    except CannotSet:
        return None


def _wish(lesson: SeenLesson, plan: Plan, offer: Offer) -> Wish:
    """The sets as homework. Raises ``CannotSet`` where there is nothing to give."""
    lessons = _after(lesson)
    first = lessons[0] if lessons and request.method == "GET" else None  # what the form has chosen when it is shown
    due = next((one for one in lessons if str(one.id) == request.form.get("due")), first)
    unit = unit_choice(main_version(offer, plan)) if any(one.places for one in plan.pupils) else None
    if unit is None:
        raise CannotSet("unit", _("There are no questions on this topic yet."))
    title = _("%(topic)s: a set of one's own", topic=_title(plan, offer))
    middle = sorted(plan.pupils, key=lambda one: one.chance)[len(plan.pupils) // 2]
    return Wish(
        text=(request.form.get("text") or "").strip()[:300] or title,
        way=HandInWay.TASK,
        minutes=plan.minutes,
        due_on=due.on_date if due is not None else clock.today() + timedelta(days=1),
        due_lesson=due,
        unit=unit,
        sheet=gathered(title, middle.items),
        own={
            one.pupil_id: gathered(
                title,
                one.items,
                seed=one.seed,
                why={str(p.item_id): p.why for p in one.places},
                chance={str(p.item_id): round(p.chance, 3) for p in one.places},
            )
            for one in plan.pupils
            if one.places
        },
    )


def _after(lesson: SeenLesson) -> list[Lesson]:
    return coming_lessons(lesson.course, lesson.starts_at)


def _title(plan: Plan, offer: Offer) -> str:
    return next((one.topic for one in offer.values() if one.topic_id == plan.topic_id), "")


def _page(
    lesson: SeenLesson,
    topics: list[tuple[int, str]],
    topic_id: int | None,
    minutes: int,
    made: tuple[Plan | None, Offer, list[Learner]] | None = None,
    why: str = "",
    evening: Evening | None = None,
) -> ResponseReturnValue:
    here = url_for("homework.of_course", school_id=lesson.school_id, course_id=lesson.course_id)
    plan, offer, pupils = made or (None, {}, [])
    context: dict[str, Any] = {}
    if plan is not None:
        fresh = sum(one.topic_id == plan.topic_id for one in offer.values())
        context = {
            "text": as_text(plan),
            "title": _title(plan, offer),
            "lessons": [
                (str(one.id), _("%(day)s, lesson %(n)s", day=weekday_and_day(one.on_date), n=one.slot))
                for one in _after(lesson)
            ],
            "client_id": request.form.get("client_id") or new_id(),
            "short": shortage(plan, fresh),
            "fresh": fresh,
        }
    return page(
        "homework/fitting.html",
        block="table",
        status=422 if why or evening else 200,
        evening=evening or (_foreseen(lesson, plan, offer) if plan is not None else None),
        asks=evening is not None,
        lesson=lesson,
        course=lesson.course,
        topics=topics,
        topic_id=topic_id,
        minutes_wished=minutes,
        plan=plan,
        offer=offer,
        names={one.id: one.short_name for one in pupils},
        why=why,
        OLD=OLD,
        due=request.form.get("due"),
        typed=request.form.get("text"),
        where=(Crumb(f"{lesson.course.group}, {lesson.course.title}", here), Crumb(_("A set for each pupil"))),
        **context,
    )
