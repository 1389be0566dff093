"""The teacher sets homework from a lesson, changes it, withdraws it, and sees what a course has been given."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.models import Lesson
from school.classes.queries import Learner, get_course, get_lesson, learners
from school.classes.seen import SeenCourse, SeenLesson
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.actions import (
    CannotSet,
    Criterion,
    GivenFile,
    TestWish,
    Wish,
    change_homework,
    set_homework,
    withdraw_homework,
)
from school.homework.forms import ANOTHER_DAY, EVERYBODY, SOME, HomeworkForm, criteria_in, day_in, uuid_of, whole_number
from school.homework.models import HandInWay
from school.homework.norms import evening_norm, is_set_late, most_minutes, own_on
from school.homework.policy import may_change, may_set, sees_homework_of_course
from school.homework.queries import (
    UnitChoice,
    coming_lessons,
    evening_minutes,
    get_homework,
    homework_of_course,
    newer_choice,
    suggested_units,
    unit_choice,
    with_newer_units,
    works,
)
from school.homework.queries.evening import Evening, Planned, evening_of
from school.homework.queries.files import files_of
from school.homework.queries.norms import own_rules
from school.homework.queries.testing import DrawGroup, conditions_of, draw_groups
from school.homework.routes.beside import given_files, tokens
from school.homework.routes.blueprint import blueprint, minutes, weekday_and_day
from school.homework.seen import SeenHomework
from school.library.queries.offered import topic_near
from school.tasks.models import Layout, Shows

USUAL_MINUTES = 20


@blueprint.route("/lessons/<uuid:lesson_id>/homework/new", methods=["GET", "POST"], endpoint="set")
@requires(may_set, lesson=get_lesson)
def set_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """One form: what, until which lesson, how, for whom. Looking for units sends it too, and loses nothing."""
    course = lesson.course
    lessons = coming_lessons(course, lesson.starts_at)
    form = _offered(course, lessons)
    if request.method == "GET":
        form.client_id.data = str(new_id())
        form.due.data = str(lessons[0].id) if lessons else ANOTHER_DAY
        _choose(form, _unit(request.args.get("unit")))  # the library's pages lead here with a unit in hand
    answer, evening = _picked(form), None
    files = _files(actor, form)
    if answer is None and form.validate_on_submit():
        try:
            wish = _wish(form, course, lessons, files)
            evening = _evening(course, wish, lessons)
            if evening is None:
                set_homework(actor, course, lesson, wish, uuid_of(form.client_id.data) or new_id())
                toast(_said(_("The homework is set."), wish, lesson))
                return go_to("homework.of_course", school_id=course.school_id, course_id=course.id)
        except CannotSet as why:
            form[why.field].errors = [why.why]
    status = 422 if form.errors or evening else 200
    topic_id = lesson.topic_id or topic_near(course.school_id, course.id, lesson.on_date)
    return _form_page(form, course, topic_id, answer, status, lesson=lesson, evening=evening, files=files)


@blueprint.route("/homework/<uuid:homework_id>/edit", methods=["GET", "POST"])
@requires(may_change, homework=get_homework)
def edit(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """The same form, filled; while nobody has handed in."""
    course = homework.course
    lessons = coming_lessons(course, homework.set_at)
    form = _offered(course, lessons, homework.id)
    if request.method == "GET":
        _fill(form, homework, lessons)
    answer, evening = _picked(form), None
    files = _files(actor, form) if request.method == "POST" else _beside(homework)
    if answer is None and form.validate_on_submit():
        try:
            wish = _wish(form, course, lessons, files)
            evening = _evening(course, wish, lessons, homework.id)
            if evening is None:
                change_homework(actor, homework, wish)
                toast(_("The homework is changed."))
                return go_to("homework.of_course", school_id=course.school_id, course_id=course.id)
        except CannotSet as why:
            form[why.field].errors = [why.why]
    status = 422 if form.errors or evening else 200
    return _form_page(form, course, None, answer, status, homework=homework, evening=evening, files=files)


@blueprint.post("/homework/<uuid:homework_id>/withdraw")
@requires(may_change, homework=get_homework)
def withdraw(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """Take it back."""
    withdraw_homework(actor, homework)
    toast(_("The homework is withdrawn. Pupils no longer see it."))
    return go_to("homework.of_course", school_id=homework.school_id, course_id=homework.course.id)


@blueprint.get("/courses/<uuid:course_id>/homework")
@requires(sees_homework_of_course, course=get_course, opens="homework")
def of_course(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """What a course has been given, the latest day first."""
    until = _day(request.args.get("until"))
    lines = homework_of_course(course, until, limit=41)
    return page(
        "homework/of_course.html",
        course=course,
        lines=lines[:40],
        renewed=with_newer_units(course, [one.id for one in lines[:40]]) if course.teaches else set(),
        next_until=lines[40].due_on if len(lines) > 40 else None,
        lesson=next(iter(coming_lessons(course, clock.now(), 1)), None),
        today=clock.today(),
        where=(Crumb(f"{course.group}, {course.title}"), Crumb(_("Homework tasks"))),
    )


def _picked(form: HomeworkForm) -> str | None:
    """The block to show anew when a button of the form asks for units or picks one; None for "set it"."""
    if "find" in request.form:
        return "units"
    if "pick" in request.form:
        chosen = _unit(request.form["pick"])
        _choose(form, chosen)
        if chosen is None and form.way.data == HandInWay.TASK:
            form.way.data = HandInWay.TICK.value
        return "chosen"
    return None


def _choose(form: HomeworkForm, chosen: UnitChoice | None) -> None:
    form.unit.data = str(chosen.id) if chosen else ""
    if chosen is None:
        return
    if chosen.minutes:
        form.minutes.data, form.minutes.raw_data = chosen.minutes, None  # a number field shows what was sent
    form.way.data = HandInWay.TASK.value if chosen.has_items else form.way.data


def _form_page(
    form: HomeworkForm,
    course: SeenCourse,
    topic_id: int | None,
    block: str | None,
    status: int,
    *,
    lesson: SeenLesson | None = None,
    homework: SeenHomework | None = None,
    evening: Evening | None = None,
    files: Sequence[GivenFile] = (),
) -> ResponseReturnValue:
    chosen = _unit(form.unit.data)
    here = url_for("homework.of_course", school_id=course.school_id, course_id=course.id)
    return page(
        "homework/set.html",
        block=block,
        status=status,
        form=form,
        course=course,
        lesson=lesson,
        homework=homework,
        chosen=chosen,
        norm=_norm_words(course) if block is None else "",
        size=_size_words(lesson),
        evening=evening,
        files=tokens(files),
        names={one.id: one.short_name for one in learners(course, clock.today())} if evening else {},
        groups=(groups := draw_groups(chosen.id) if chosen is not None and chosen.has_items else []),
        asked=_asked(groups, homework),
        level_words={"easy": _("easy"), "medium": _("of medium difficulty"), "hard": _("hard")},
        newer=newer_choice(chosen) if chosen is not None else None,
        units=suggested_units(course, (form.words.data or "").strip(), topic_id) if chosen is None else [],
        where=(Crumb(f"{course.group}, {course.title}", here), Crumb(_("Homework tasks"))),
    )


def _evening(course: SeenCourse, wish: Wish, lessons: Sequence[Lesson], but: uuid.UUID | None = None) -> Evening | None:
    """What speaks against this evening, unless the teacher has seen it and sets it all the same."""
    if request.form.get("anyway"):
        return None
    pupils = [one.id for one in (wish.pupils or learners(course, clock.today()))]
    questions = sum(len(one.items) for one in draw_groups(wish.unit.id)) if wish.unit and wish.unit.has_items else 0
    planned = Planned(
        wish.minutes,
        wish.way is HandInWay.TASK,
        wish.due_on,
        wish.due_lesson is not None,
        0 if wish.test else questions,
    )
    return evening_of(course, pupils, planned, [one.on_date for one in lessons], but)


def _asked(groups: Sequence[DrawGroup], homework: SeenHomework | None) -> dict[str, str]:
    """By field: how many questions are drawn; as it was typed, or as it was set."""
    typed = {one.field: request.form.get(one.field, "") for one in groups}
    conditions = conditions_of(homework) if homework is not None and request.method == "GET" else None
    for section in (conditions.sections if conditions is not None else None) or ():
        for draw in section["draws"]:
            for one in groups:
                if set(map(str, one.items)) & set(draw["from"]):
                    typed[one.field] = str(draw["count"])
                    break
    return typed


def _offered(course: SeenCourse, lessons: list[Lesson], but: uuid.UUID | None = None) -> HomeworkForm:
    """The form with what this course has to choose from; ``but`` is the homework that is being changed."""
    pupils = learners(course, clock.today())
    is_whole = not {"find", "pick"} & set(request.form)  # else only the units are drawn anew
    days = [one.on_date for one in lessons] if is_whole else []
    set_already = evening_minutes(course.school_id, [one.id for one in pupils], days, but)
    choices = [(str(one.id), _of_lesson(one, set_already.get(one.on_date, 0))) for one in lessons]
    everybody = _("The whole group %(group)s, newcomers too", group=course.group)
    return HomeworkForm().offer(choices, [(str(one.id), one.short_name) for one in pupils], everybody)


def _of_lesson(lesson: Lesson, set_already: int) -> str:
    """«ср, 25 ноября, 2-й урок · 45 мин»: short, for a phone cuts the rest off."""
    words = _("%(day)s, lesson %(n)s", day=weekday_and_day(lesson.on_date), n=lesson.slot)
    return f"{words} · {_('%(minutes)s min', minutes=set_already)}" if set_already else words


def _norm_words(course: SeenCourse) -> str:
    """What the minutes beside the days are, and how many the rules allow."""
    today, own = clock.today(), own_rules(course.school_id)
    norm, rule = evening_norm(course.year_level, today, own), own_on(today, own)
    if norm is None:
        return ""
    said = _(
        "Beside a day stand the minutes already set for it in all subjects, for the busiest pupil. The norm for year %(year)s is %(norm)s.",
        year=course.year_level,
        norm=minutes(norm) or _("0 minutes"),
    )
    if rule is None or rule.minutes.get(course.year_level) != norm:
        return said
    return f"{said} " + _("It is the school's own: %(source)s.", source=rule.source)


def _size_words(lesson: SeenLesson | None) -> str:
    """Beside the minutes: half of the lesson's work; and that the lesson is over, if it is."""
    if lesson is None:
        return ""
    most = most_minutes(lesson.ends_at - lesson.starts_at, clock.today())
    said = [_("At most half of the lesson's work: %(time)s.", time=minutes(most))] if most is not None else []
    if is_set_late(clock.now(), lesson.ends_at, clock.today()):
        said.append(_("The lesson is over: homework is to be set while it goes on."))
    return " ".join(said)


def _said(words: str, wish: Wish, lesson: SeenLesson) -> str:
    """What was done, and that it is longer than the rule has; the teacher may know why."""
    most = most_minutes(lesson.ends_at - lesson.starts_at, clock.today())
    if most is None or wish.minutes <= most:
        return words
    return f"{words} {_('It is longer than half of the lesson, %(time)s.', time=minutes(most))}"


def _fill(form: HomeworkForm, homework: SeenHomework, lessons: list[Lesson]) -> None:
    form.client_id.data = str(homework.id)
    form.text.data, form.way.data, form.minutes.data = homework.text, homework.way, homework.minutes
    form.unit.data = str(homework.unit_version_id or "")
    form.rubric.data = "\n".join(f"{one['name']} — {one['points']}" for one in homework.rubric or ())
    conditions = conditions_of(homework)
    if conditions is not None:
        form.limit.data, form.attempts.data = conditions.minutes, conditions.attempts
        form.opens.data, form.closes.data = (_as_local(one) for one in (conditions.opens_at, conditions.closes_at))
        form.shows.data, form.layout.data = conditions.shows, conditions.layout
        form.is_shuffled.data = conditions.is_shuffled
    by_lesson = homework.due_lesson_id in {one.id for one in lessons}
    form.due.data = str(homework.due_lesson_id) if by_lesson else ANOTHER_DAY
    form.due_on.data = None if by_lesson else homework.due_on
    form.whom.data = EVERYBODY if homework.for_all else SOME
    form.pupils.data = [] if homework.for_all else [str(one.pupil_id) for one in works(homework)]


def _as_local(moment: datetime | None) -> datetime | None:
    return None if moment is None else clock.local(moment).replace(tzinfo=None)


def _files(actor: Actor, form: HomeworkForm) -> list[GivenFile]:
    """What goes with it; a file that can't be taken is said at its field."""
    try:
        return given_files(actor)
    except CannotSet as why:
        form.refused = why.why
        return []


def _beside(homework: SeenHomework) -> list[GivenFile]:
    """What goes with it already."""
    return [GivenFile(*one) for one in files_of(homework.school_id, homework.id)]


def _wish(form: HomeworkForm, course: SeenCourse, lessons: list[Lesson], files: Sequence[GivenFile]) -> Wish:
    """What the form says. Raises ``CannotSet`` where it says nothing that this course has."""
    due_lesson = next((one for one in lessons if str(one.id) == form.due.data), None)
    due_on = due_lesson.on_date if due_lesson else day_in(form.due_on.data)
    if due_on is None:
        raise CannotSet("due_on", _("Choose a lesson or a day."))
    return Wish(
        text=form.text.data or "",
        way=HandInWay(form.way.data),
        minutes=form.minutes.data if form.minutes.data is not None else USUAL_MINUTES,
        due_on=due_on,
        due_lesson=due_lesson,
        unit=_unit(form.unit.data),
        files=tuple(files),
        test=_test(form),
        rubric=tuple(Criterion(*one) for one in criteria_in(form.rubric.data or "")),
        pupils=_chosen_pupils(form, course) if form.whom.data == SOME else (),
    )


def _test(form: HomeworkForm) -> TestWish | None:
    """The conditions that the form states; None when they are the usual ones and all questions are asked."""
    chosen = _unit(form.unit.data)
    if form.way.data != HandInWay.TASK or chosen is None:
        return None
    sections = _sections(chosen.id)
    if not sections and not form.is_test:
        return None
    return TestWish(
        opens_at=clock.from_local(form.opens.data),
        closes_at=clock.from_local(form.closes.data),
        minutes=form.limit.data,
        attempts=form.attempts.data if form.attempts.data is not None else 1,
        shows=Shows(form.shows.data),
        layout=Layout(form.layout.data),
        is_shuffled=bool(form.is_shuffled.data),
        sections=tuple(sections),
    )


def _sections(version_id: uuid.UUID) -> list[dict[str, Any]]:
    """A section a topic, with the numbers that the form asks of each difficulty; nothing where it asks for no number."""
    groups = draw_groups(version_id)
    asked = {one.field: whole_number(request.form.get(one.field), 0) for one in groups}
    if not any(asked.values()):
        return []
    short = next((one for one in groups if asked[one.field] > len(one.items)), None)
    if short is not None:
        why = _(
            "More questions are asked for than there are: %(n)s of %(all)s.", n=asked[short.field], all=len(short.items)
        )
        raise CannotSet("draws", why)
    sections: dict[int, dict[str, Any]] = {}
    for one in groups:
        if asked[one.field]:
            section = sections.setdefault(one.topic_id, {"title": one.title, "draws": []})
            section["draws"].append({"count": asked[one.field], "from": [str(item) for item in one.items]})
    if len(sections) == 1:
        next(iter(sections.values()))["title"] = ""
    return list(sections.values())


def _chosen_pupils(form: HomeworkForm, course: SeenCourse) -> tuple[Learner, ...]:
    wanted = set(form.pupils.data or ())
    chosen = tuple(one for one in learners(course, clock.today()) if str(one.id) in wanted)
    if not chosen:
        raise CannotSet("pupils", _("Choose at least one pupil."))
    return chosen


def _unit(version: str | None) -> UnitChoice | None:
    version_id: uuid.UUID | None = uuid_of(version)
    return unit_choice(version_id) if version_id is not None else None


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return date.max
