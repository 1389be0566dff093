"""The map of a group's topics, its file, the answers behind a cell, and the teacher's word on it."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import get_course
from school.classes.seen import SeenCourse
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.sheets import attached, to_xlsx
from school.core.shell import Crumb, address_of
from school.mastery.actions import lift_override, override_topic
from school.progress import words
from school.progress.drawing import drawn, tone
from school.progress.policy import may_say_of_topic, may_see_cell, may_see_course_progress
from school.progress.queries.topic_map import behind, cell_of, topic_map, topic_of
from school.progress.routes.blueprint import blueprint
from school.progress.seen import SeenCell, SeenTopic
from school.progress.sheets import of_topics

LONGEST_REASON = 300


@blueprint.get("/courses/<uuid:course_id>/topics")
@requires(may_see_course_progress, opens="progress", course=get_course)
def topics(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """The group at its topics; ``?as=xlsx`` as a file."""
    found = topic_map(course)
    title = f"{course.title}, {course.group}"
    if request.args.get("as") == "xlsx":
        return attached(to_xlsx(title, of_topics(found)), f"{_('Topics')} {title}")
    return page(
        "progress/topics.html",
        course=course,
        found=found,
        body=drawn(found),
        words=words,
        where=(*_trail(course), Crumb(_("Map of topics"))),
    )


@blueprint.get("/courses/<uuid:course_id>/topics/<int:topic_id>/pupils/<uuid:pupil_id>")
@requires(may_see_cell, opens="progress", course=get_course, topic=topic_of, pupil=cell_of)
def evidence(actor: Actor, course: SeenCourse, topic: SeenTopic, pupil: SeenCell) -> ResponseReturnValue:
    """Every answer behind one cell, and the teacher's word."""
    seen, answers = behind(pupil)
    return page(
        "progress/evidence.html",
        cell=pupil,
        seen=seen,
        tone=tone(seen) if seen else "none",
        answers=answers,
        may_say=may_say_of_topic(actor, course, topic, pupil),
        words=words,
        where=(
            *_trail(course),
            Crumb(_("Map of topics"), url_for("progress.topics", school_id=course.school_id, course_id=course.id)),
            Crumb(pupil.pupil.short_name),
        ),
    )


@blueprint.post("/courses/<uuid:course_id>/topics/<int:topic_id>/pupils/<uuid:pupil_id>")
@requires(may_say_of_topic, course=get_course, topic=topic_of, pupil=cell_of)
def say(actor: Actor, course: SeenCourse, topic: SeenTopic, pupil: SeenCell) -> ResponseReturnValue:
    """The teacher's word stands before the estimate until it is taken back."""
    said = request.form.get("says")
    if said == "lift":
        lift_override(actor, pupil.pupil, topic.topic)
    else:
        reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
        override_topic(actor, pupil.pupil, topic.topic, mastered=said == "can", reason=reason)
    toast(_("Saved. The estimate goes on by itself beside it."))
    return go_to(
        "progress.evidence",
        school_id=course.school_id,
        course_id=course.id,
        topic_id=topic.topic.id,
        pupil_id=pupil.pupil.id,
    )


def _trail(course: SeenCourse) -> tuple[Crumb, ...]:
    journal = address_of("gradebook.grid", school_id=course.school_id, course_id=course.id)
    own = url_for("progress.course", school_id=course.school_id, course_id=course.id)
    return Crumb(f"{course.title}, {course.group}", journal), Crumb(_("Progress"), own)
