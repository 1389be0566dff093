"""A pupil's own pages: what was earned, the streak, badges, the class's goal, the wardrobe."""

from collections.abc import Collection
from datetime import date, timedelta

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.game import words
from school.game.actions import CannotHave, have_part, say_of_list
from school.game.forms import part_in, yes_in
from school.game.policy import may_choose, plays
from school.game.queries.earning import badges_of, calendar_of, holding_of, ledger_of, purse_of
from school.game.queries.playing import PUPIL, is_on_for, play_of
from school.game.queries.sharing import goal_of, list_of, words_of
from school.game.routes.blueprint import blueprint
from school.game.scale import Day, Feat
from school.game.seen import Play
from school.game.streak import Calendar, streak_of
from school.game.wardrobe import PARTS, Slot, dressed
from school.tracks.hooks import Door, lead_to

lead_to(Door("game.mine", "star", lambda: _("Game"), is_on_for(PUPIL)))


def own_play(actor: Actor) -> Play:
    """The game of the actor; where it is off there is no such page."""
    play = play_of(actor.school_id or 0, actor.member_id or abort(404))
    return play if play.is_on else abort(404)


@blueprint.get("/game")
@requires(plays)
def mine(actor: Actor) -> ResponseReturnValue:
    """Today, the streak, what the class does, badges; the animal beside."""
    play = own_play(actor)
    today = clock.today()
    ledger, calendar = ledger_of(play.school_id, play.pupil_id), calendar_of(play)
    holding = holding_of(play, ledger)
    purse, useful = purse_of(play, holding), holding.useful
    said = words_of(play.school_id, play.class_id) if play.class_id is not None else {}
    earned = badges_of(play, ledger, useful, calendar)
    return page(
        "game/mine.html",
        school_id=play.school_id,
        play=play,
        today=ledger.days.get(today, Day()),
        streak=streak_of(useful, calendar, today),
        week=_week(useful, calendar),
        badges=earned,
        ahead=[feat for feat in Feat if feat not in {one.feat for one in earned}],
        purse=purse,
        worn=dressed(purse.worn, purse.owned),
        goal=goal_of(play.school_id, play.class_id) if play.class_id is not None else None,
        agrees=said.get((play.pupil_id, play.pupil_id)),
        listed=list_of(play, said),
        words=words,
        where=(Crumb(_("My way"), url_for("tracks.mine", school_id=play.school_id)), Crumb(_("Game"))),
    )


@blueprint.post("/game/list")
@requires(may_choose)
def say(actor: Actor) -> ResponseReturnValue:
    """Yes or no to the list of the class."""
    play, says = own_play(actor), yes_in(request.form)
    if says is not None:
        say_of_list(actor, play, agrees=says)
        toast(_("Saved."))
    return go_to("game.mine", school_id=play.school_id)


@blueprint.get("/game/animal")
@requires(plays)
def wardrobe(actor: Actor) -> ResponseReturnValue:
    """All parts, shelf by shelf, each as the animal would look with it."""
    play = own_play(actor)
    purse = purse_of(play, holding_of(play, ledger_of(play.school_id, play.pupil_id)))
    worn = dressed(purse.worn, purse.owned)
    return page(
        "game/wardrobe.html",
        school_id=play.school_id,
        purse=purse,
        worn=worn,
        shelves=[(slot, [(part, {**worn, slot: part.code}) for part in PARTS if part.slot is slot]) for slot in Slot],
        words=words,
        where=(Crumb(_("Game"), url_for("game.mine", school_id=play.school_id)), Crumb(_("Wardrobe"))),
    )


@blueprint.post("/game/animal")
@requires(may_choose)
def choose(actor: Actor) -> ResponseReturnValue:
    """Put on a part, after giving points for it if it is new."""
    play, part = own_play(actor), part_in(request.form)
    if part is not None:
        try:
            is_new = have_part(actor, play, part)
            toast(_("It is in the wardrobe now.") if is_new else _("Chosen."))
        except CannotHave as why:
            toast(why.why)
    return go_to("game.wardrobe", school_id=play.school_id, _anchor=part.slot.value if part is not None else None)


def _week(useful: Collection[date], calendar: Calendar) -> list[tuple[date, str]]:
    """The last seven days: ``done``, ``free``, ``ahead`` (today) or ``none``."""
    today = clock.today()
    days = [today - timedelta(days=back) for back in range(6, -1, -1)]
    return [
        (day, "done" if day in useful else "free" if calendar.pauses(day) else "ahead" if day == today else "none")
        for day in days
    ]
