"""The game of a class: its switch, its common goal, and for the class teacher the switches of pupils."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import Learner, get_group, pupil_of
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.game import words
from school.game.actions import drop_goal, set_goal, switch_class, switch_pupil
from school.game.forms import goal_in, yes_in
from school.game.models import GoalKind, Side
from school.game.policy import may_run_class_game, may_switch_pupil, sees_switches
from school.game.queries.playing import is_class_on, switches_of
from school.game.queries.sharing import goal_of, span_of_week
from school.game.routes.blueprint import blueprint

EACH = 2
"""Topics that a pupil wins in a usual week: what a new goal is begun with."""


@blueprint.get("/classes/<uuid:group_id>/game")
@requires(may_run_class_game, opens="game", group=get_group)
def of_class(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """What the class has set itself and how far it is; never who did how much."""
    is_on = is_class_on(group)
    switches = switches_of(group) if is_on and sees_switches(actor, group) else []
    return page(
        "game/of_class.html",
        group=group,
        is_on=is_on,
        goal=goal_of(group.school_id, group.id) if is_on else None,
        until=span_of_week(clock.today())[1],
        usual=EACH * (len(switches) or 25),
        kinds=[
            (GoalKind.TOPICS.value, _("topics won or kept")),
            (GoalKind.DAYS.value, _("days with a useful step")),
        ],
        switches=switches,
        words=words,
        where=(
            Crumb(group.name, address_of("classes.group", school_id=group.school_id, group_id=group.id)),
            Crumb(_("Game")),
        ),
        url=url_for("game.change_class", school_id=group.school_id, group_id=group.id),
    )


@blueprint.post("/classes/<uuid:group_id>/game")
@requires(may_run_class_game, group=get_group)
def change_class(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """The switch, a new goal, or the end of one."""
    what, says, goal = request.form.get("what"), yes_in(request.form), goal_in(request.form)
    if what == "switch" and says is not None:
        switch_class(actor, group, is_on=says)
        toast(_("The game is on.") if says else _("The game is off: nothing of it is shown any more."))
    elif what == "drop":
        drop_goal(actor, group)
        toast(_("The goal is taken back. What was earned stays."))
    elif what == "goal" and goal is not None:
        set_goal(actor, group, *goal, *span_of_week(clock.today()))
        toast(_("The class sees its goal now."))
    elif what == "goal":
        toast(_("Say the goal as a whole number, for example 60."))
    return go_to("game.of_class", school_id=group.school_id, group_id=group.id)


@blueprint.post("/classes/<uuid:group_id>/game/pupils/<uuid:pupil_id>")
@requires(may_switch_pupil, group=get_group, pupil=pupil_of)
def switch_one(actor: Actor, group: SeenGroup, pupil: Learner) -> ResponseReturnValue:
    """The school's side of one pupil."""
    says = yes_in(request.form)
    if says is not None:
        switch_pupil(actor, pupil, Side.SCHOOL, is_on=says)
        toast(_("Saved."))
    return go_to("game.of_class", school_id=group.school_id, group_id=group.id)
