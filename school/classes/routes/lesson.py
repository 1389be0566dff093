"""One lesson: what was taught, who was there, and the parts of homework and marks that other features add."""

from datetime import timedelta

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import Topic, subjects
from school.classes.actions import CannotDo, change_reason, take_presence, write_topic
from school.classes.forms import PresenceForm, TopicForm
from school.classes.hooks import parts_for, suggestion_for
from school.classes.models import AbsenceFact, AbsenceReason, LessonState
from school.classes.policy import (
    cover_span,
    cover_words,
    may_arrange_lesson,
    may_excuse,
    may_fill_lesson,
    may_take_presence,
    sees_lesson,
    sees_whole_lesson,
    substitutes,
    takes_lesson,
)
from school.classes.queries import Learner, course_staff, get_lesson, pupil_of
from school.classes.queries.names import teacher_names
from school.classes.queries.presence import own_absences, presence_list
from school.classes.routes.blueprint import blueprint
from school.classes.seen import SeenLesson
from school.classes.words import fact_words, reason_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db, new_id
from school.core.days import day_in
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb


@blueprint.get("/lessons/<uuid:lesson_id>")
@requires(sees_lesson, opens="lesson", lesson=get_lesson)
def lesson(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """The lesson as its reader may see it."""
    topics = _topics(lesson) if may_fill_lesson(actor, lesson) else None
    suggested = suggestion_for(lesson) if topics is not None and not lesson.topic and lesson.topic_id is None else None
    form = TopicForm(
        formdata=None,
        data={"topic": str(lesson.topic_id or ""), "words": lesson.topic}
        if suggested is None
        else {"topic": str(suggested.topic_id or ""), "words": suggested.words},
    )
    return _page(actor, lesson, _offered(form, topics or []), from_plan=suggested is not None)


@blueprint.post("/lessons/<uuid:lesson_id>/topic", endpoint="write_topic")
@requires(may_fill_lesson, lesson=get_lesson)
def write_topic_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """What was taught."""
    topics = _topics(lesson)
    form = _offered(TopicForm(), topics)
    if not form.validate_on_submit():
        return _page(actor, lesson, form, status=422)
    write_topic(actor, lesson, form.words.data or "", form.chosen(topics))
    toast(_("Topic saved."))
    return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id)


@blueprint.post("/lessons/<uuid:lesson_id>/presence", endpoint="take_presence")
@requires(may_take_presence, lesson=get_lesson)
def take_presence_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Everybody is here but for those named."""
    form = PresenceForm(request.form, presence_list(lesson))
    exceptions = form.exceptions()
    if not form.errors:
        try:
            take_presence(actor, lesson, exceptions)
            toast(_("Attendance saved."))
            return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id)
        except CannotDo as refusal:
            form.errors.append(("presence", refusal.why))
    topics = _topics(lesson)
    topic = TopicForm(formdata=None, data={"topic": str(lesson.topic_id or ""), "words": lesson.topic})
    return _page(actor, lesson, _offered(topic, topics), presence_form=form, status=422)


@blueprint.post("/lessons/<uuid:lesson_id>/presence/<uuid:pupil_id>/reason", endpoint="change_reason")
@requires(lambda actor, lesson, _pupil: may_excuse(actor, lesson), lesson=get_lesson, pupil=pupil_of)
def change_reason_view(actor: Actor, lesson: SeenLesson, pupil: Learner) -> ResponseReturnValue:
    """Why a pupil was absent; the fact stays."""
    reason = request.form.get("reason", "")
    if reason in set(AbsenceReason):
        try:
            change_reason(actor, lesson, pupil, AbsenceReason(reason))
            toast(_("Reason saved."))
        except CannotDo as refusal:
            toast(refusal.why)
    return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id)


def _page(
    actor: Actor,
    lesson: SeenLesson,
    form: TopicForm,
    *,
    presence_form: PresenceForm | None = None,
    from_plan: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    whole = sees_whole_lesson(actor, lesson)
    parts = parts_for(actor, lesson)
    names = teacher_names(lesson.school_id, lesson.teacher_id, lesson.substitute_id)
    staff = course_staff(lesson.school_id, lesson.course_id).get(lesson.course_id, []) if whole else []
    return page(
        "classes/lesson.html",
        status=status,
        lesson=lesson,
        course=lesson.course,
        form=form,
        fills=may_fill_lesson(actor, lesson),
        takes=may_take_presence(actor, lesson),
        excuses=may_excuse(actor, lesson),
        arranges=may_arrange_lesson(actor, lesson),
        cover_note=_cover_note(actor, lesson),
        whole=whole,
        presence=presence_list(lesson) if whole else [],
        presence_form=presence_form,
        from_plan=from_plan,
        own=[] if whole else own_absences(actor, lesson),
        teacher=names.get(lesson.teacher_id, ""),
        substitute=names.get(lesson.substitute_id, "") if lesson.substitute_id else "",
        staff=staff,
        moved_to=get_lesson(actor, lesson.moved_to_id) if lesson.moved_to_id else None,
        beside=[part for part in parts if part.beside],
        under=[part for part in parts if not part.beside],
        facts=[(one.value, fact_words(one)) for one in AbsenceFact],
        reasons=[(one.value, reason_words(one)) for one in AbsenceReason],
        fresh_id=new_id,
        where=_where(actor, lesson),
    )


def _cover_note(actor: Actor, lesson: SeenLesson) -> str:
    """To a substitute: from when until when the lesson is theirs."""
    if not substitutes(actor, lesson) or lesson.course.teaches or lesson.state != LessonState.PLANNED:
        return ""
    if not takes_lesson(actor, lesson):
        return cover_words(lesson.on_date, lesson.starts_at)
    last_day = clock.local(cover_span(lesson.on_date, lesson.starts_at)[1]).date() - timedelta(days=1)
    return str(
        _("You cover this lesson. It is yours until the end of %(day)s.", day=day_in("d MMMM", last_day, language()))
    )


def _where(actor: Actor, lesson: SeenLesson) -> tuple[Crumb, ...]:
    here = Crumb(f"{lesson.course.title}, {lesson.course.group}")
    if actor.has("teacher", "pupil"):
        return Crumb(_("Timetable"), url_for("classes.my_week", school_id=lesson.school_id, on=lesson.on_date)), here
    if may_arrange_lesson(actor, lesson):
        return Crumb(_("Timetable"), url_for("classes.day", school_id=lesson.school_id, on=lesson.on_date)), here
    return (here,)


def _topics(lesson: SeenLesson) -> list[Topic]:
    """Those taught on the lesson's day, and the one it has."""
    found = subjects.topics_of(db.session(), lesson.subject_id, lesson.course.year_level)
    return [one for one in found if one.is_valid(lesson.on_date) or one.id == lesson.topic_id]


def _offered(form: TopicForm, topics: list[Topic]) -> TopicForm:
    form.offer(topics)
    return form
