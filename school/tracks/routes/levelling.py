"""Three levels of one lesson: the teacher's page, the part of the lesson's page, and the pupil's two buttons."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.hooks import LessonPart, on_lesson_page
from school.classes.queries import get_lesson, learners
from school.classes.seen import SeenLesson
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.mastery.queries import topics_named
from school.tasks.queries import own_member
from school.tracks.actions.levelling import LEVELS, begin_level, make_levels, set_levels
from school.tracks.errors import CannotTrack
from school.tracks.forms import number_of
from school.tracks.policy import may_level, may_work_in
from school.tracks.queries.levels import levels_of, own_work, work_of
from school.tracks.queries.materials import questions_on, topics_with_questions
from school.tracks.queries.planning import coming_topics
from school.tracks.routes.blueprint import blueprint


@blueprint.get("/lessons/<uuid:lesson_id>/levels")
@requires(may_level, opens="tracks", lesson=get_lesson)
def levels(_actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Choose the topic; then who works with which set, to be changed at any time."""
    work = work_of(lesson)
    questions = {str(one.id): one for one in questions_on([work.topic_id])} if work is not None else {}
    course = lesson.course
    return page(
        "tracks/levels.html",
        lesson=lesson,
        course=course,
        work=work,
        counts=[sum(one in questions for one in ones) for ones in work.sets] if work is not None else [],
        topics=topics_with_questions(course.subject_id, course.year_level),
        topic=work.topic_id if work is not None else lesson.topic_id or next(iter(coming_topics(course)), None),
        pupils=learners(course, lesson.on_date),
        levels=levels_of(work) if work is not None else {},
        options=[(1, _("with support")), (2, _("main")), (3, _("with a challenge"))],
        where=(
            Crumb(
                f"{course.group}, {course.title}",
                url_for("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id),
            ),
            Crumb(_("Three levels")),
        ),
    )


@blueprint.post("/lessons/<uuid:lesson_id>/levels")
@requires(may_level, lesson=get_lesson)
def change_levels(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Make the sets; or say who works with which."""
    work = work_of(lesson)
    try:
        if request.form.get("verb") == "make" or work is None:
            topic = number_of(request.form.get("topic"))
            known = {one for one, _title in topics_with_questions(lesson.course.subject_id, lesson.course.year_level)}
            if topic not in known:
                raise CannotTrack(_("Choose a topic first."))
            make_levels(actor, lesson, topics_named([topic])[topic])
        else:
            pupils = learners(lesson.course, lesson.on_date)
            set_levels(actor, work, {one.id: number_of(request.form.get(f"level-{one.id}")) for one in pupils})
            toast(_("Saved. Pupils see their own set and no level."))
    except CannotTrack as why:
        toast(why.why)
    return go_to("tracks.levels", school_id=lesson.school_id, lesson_id=lesson.id)


@blueprint.post("/lessons/<uuid:lesson_id>/levels/own")
@requires(may_work_in, lesson=get_lesson)
def own_level(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """The pupil begins, or takes an easier or a harder set: nobody asks why."""
    work, pupil = work_of(lesson), own_member(actor)
    own = own_work(lesson, pupil.id) if work is not None else None
    verb = request.form.get("verb")
    if work is None or own is None:
        return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id)
    if verb in {"easier", "harder"}:
        level = own.level + (1 if verb == "harder" else -1)
        if level in LEVELS:
            set_levels(actor, work, {pupil.id: level})
        return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id)
    made = begin_level(actor, work, pupil)
    return go_to("tasks.attempt", school_id=made.school_id, attempt_id=made.id)


@on_lesson_page
def work_of_lesson(actor: Actor, lesson: SeenLesson) -> LessonPart | None:
    """For the teacher the way to sets, groups and tracks; for a pupil their own set."""
    if may_level(actor, lesson):
        return LessonPart("tracks/_of_lesson.html", {"lesson": lesson, "own": None, "teaches": lesson.course.teaches})
    own = own_work(lesson, actor.member_id) if lesson.course.learns and actor.member_id is not None else None
    if own is None:
        return None
    return LessonPart("tracks/_of_lesson.html", {"lesson": lesson, "own": own, "does": may_work_in(actor, lesson)})
