"""A pupil or a parent says yes or no to the list by points of the class. Event: ``game.list_word``."""

from school.core import clock
from school.core.access import Actor
from school.core.records import record
from school.game.actions.writing import put
from school.game.models import ListWord
from school.game.seen import Play

SAID = "game.list_word"


def say_of_list(actor: Actor, play: Play, *, agrees: bool) -> None:
    """The last word of each counts; one "no" hides the list at once. Of a pupil without a class nothing is kept."""
    if play.class_id is None or actor.member_id is None:
        return
    key = {
        "school_id": play.school_id,
        "group_id": play.class_id,
        "pupil_id": play.pupil_id,
        "by_id": actor.member_id,
    }
    put(ListWord, key, {"agrees": agrees, "said_at": clock.now()})
    payload = {"class": play.class_id, "agrees": agrees}
    record(actor, SAID, school_id=play.school_id, thing_id=play.pupil_id, pupil_id=play.pupil_id, payload=payload)
