"""Who needs the teacher this week, over all courses."""

import uuid
from collections.abc import Mapping

from flask.typing import ResponseReturnValue

from school.classes.queries import courses_taught
from school.core.access import Actor, looking_at, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.progress import words
from school.progress.policy import is_teacher
from school.progress.queries import CourseProgress, progress_of
from school.progress.routes.blueprint import blueprint
from school.progress.routes.pupils import lever_address
from school.tracks.queries.walking import proposed_in

UUIDs = Mapping[uuid.UUID, uuid.UUID]


@blueprint.get("/needs-me")
@requires(is_teacher, opens="progress")
def needing(actor: Actor) -> ResponseReturnValue:
    """By course, pupils by name: at most three reasons for each, and what can be done about each."""
    courses = courses_taught(actor)
    found = progress_of(courses)
    waiting = {course_id: _of_today(tracks, found[course_id]) for course_id, tracks in proposed_in(courses).items()}
    shown = [(one, found[one.id].needing, lever_address(one)) for one in courses if found[one.id].needing or waiting.get(one.id)]  # fmt: skip
    if shown:
        first, *others = dict.fromkeys(course.group_id for course, _lines, _lever in shown)
        looking_at(group_id=first, and_groups=others)
    return page(
        "progress/needing.html",
        shown=shown,
        courses=courses,
        waiting=waiting,
        pupils=len({line.pupil.id for _course, lines, _lever in shown for line in lines}),
        words=words,
        where=(Crumb(_("Who needs me this week")),),
    )


def _of_today(tracks: UUIDs, found: CourseProgress) -> list[uuid.UUID]:
    """Those of pupils who are in the group today."""
    return [tracks[line.pupil.id] for line in found.lines if line.pupil.id in tracks]
