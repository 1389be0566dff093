"""Groups for the coming lesson by who lacks what, and what the coming topics rest on."""

from flask.typing import ResponseReturnValue

from school.classes.queries import get_course, learners
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.mastery.queries import needs_of, standing_of, topics_named
from school.tracks import grouping
from school.tracks.policy import may_see_tracks
from school.tracks.routes.blueprint import blueprint
from school.tracks.routes.making import near_topics, trail


@blueprint.get("/courses/<uuid:course_id>/tracks/groups", endpoint="groups")
@requires(may_see_tracks, opens="tracks", course=get_course)
def groups_of_course(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Each pupil in the group of what they lack first; beside it how the class stands at each of the topics."""
    near = near_topics(course)
    needs = needs_of(near, depth=2)
    every = topics_named({*near, *needs, *(one for below in needs.values() for one in below)})
    topics = sorted(every.values(), key=lambda one: (one.id in near, one.year_level, one.position, one.id))
    pupils = learners(course, clock.today())
    ids = [one.id for one in pupils]
    known = standing_of(course.school_id, ids, list(every), clock.now())
    return page(
        "tracks/groups.html",
        course=course,
        near=[every[one] for one in near if one in every],
        groups=grouping.groups(ids, topics, known),
        bases=grouping.bases(ids, topics, known),
        names={one.id: one.short_name for one in pupils},
        where=(*trail(course), Crumb(_("Groups for the lesson"))),
    )
