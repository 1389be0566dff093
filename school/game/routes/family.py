"""What the game is, for a representative: the switch of the child, and the word about the list of the class."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.game.actions import say_of_list, switch_pupil
from school.game.forms import yes_in
from school.game.models import Side
from school.game.policy import may_see_family_page
from school.game.queries.playing import play_of
from school.game.queries.sharing import words_of
from school.game.routes.blueprint import blueprint


@blueprint.get("/pupils/<uuid:pupil_id>/game")
@requires(may_see_family_page, pupil=get_pupil)
def of_child(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """In plain words what it does and does not do, and one press to switch it off."""
    play = play_of(pupil.school_id, pupil.id)
    said = words_of(play.school_id, play.class_id) if play.class_id is not None else {}
    progress = address_of("progress.pupil", school_id=pupil.school_id, pupil_id=pupil.id)
    return page(
        "game/of_child.html",
        pupil=pupil,
        play=play,
        agrees=said.get((pupil.id, actor.member_id)) if actor.member_id is not None else None,
        url=url_for("game.switch_child", school_id=pupil.school_id, pupil_id=pupil.id),
        where=(Crumb(pupil.given_name, progress), Crumb(_("Game"))),
    )


@blueprint.post("/pupils/<uuid:pupil_id>/game")
@requires(may_see_family_page, pupil=get_pupil)
def switch_child(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """On or off for this child; or the word about the list."""
    says = yes_in(request.form)
    if says is not None and request.form.get("what") == "list":
        say_of_list(actor, play_of(pupil.school_id, pupil.id), agrees=says)
        toast(_("Saved."))
    elif says is not None:
        switch_pupil(actor, pupil, Side.FAMILY, is_on=says)
        toast(_("The game is on.") if says else _("The game is off: nothing of it is shown any more."))
    return go_to("game.of_child", school_id=pupil.school_id, pupil_id=pupil.id)
