"""A pupil takes a part of the wardrobe for points, once, and dresses the animal."""

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.languages import gettext as _
from school.game.actions.writing import put, put_once
from school.game.models import Avatar, BoughtPart
from school.game.queries.earning import holding_of, ledger_of, purse_of
from school.game.seen import Play, Purse
from school.game.wardrobe import Part
from school.people.models import Member


class CannotHave(Exception):
    """Not now; ``why`` is for the pupil."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def have_part(_actor: Actor, play: Play, part: Part) -> bool:
    """Give points for a part and put it on; whether it is new. Pressed twice it is paid once.

    Raises ``CannotHave`` when the points do not reach.
    """
    _hold(play)
    purse = _purse(play)
    is_new = bool(part.price) and part.code not in purse.owned
    if is_new and purse.left < part.price:
        raise CannotHave(_("There are not enough points for this yet. Nothing has changed."))
    if is_new:
        own = {"school_id": play.school_id, "pupil_id": play.pupil_id}
        put_once(BoughtPart, [{**own, "part": part.code, "price": part.price, "bought_at": clock.now()}])
    _put_on(play, {**purse.worn, part.slot.value: part.code})
    return is_new


def wear(_actor: Actor, play: Play, part: Part) -> None:
    """Put on something that the pupil has. Raises ``CannotHave`` for the rest."""
    _hold(play)
    purse = _purse(play)
    if part.price and part.code not in purse.owned:
        raise CannotHave(_("This is not in the wardrobe yet."))
    _put_on(play, {**purse.worn, part.slot.value: part.code})


def _purse(play: Play) -> Purse:
    return purse_of(play, holding_of(play, ledger_of(play.school_id, play.pupil_id)))


def _hold(play: Play) -> None:
    """Two presses at once wait for each other."""
    db.session.scalars(
        select(Member.id).where(Member.school_id == play.school_id, Member.id == play.pupil_id).with_for_update()
    ).one()


def _put_on(play: Play, worn: dict[str, str]) -> None:
    put(Avatar, {"school_id": play.school_id, "pupil_id": play.pupil_id}, {"worn": worn})
