"""The game goes off and on. Events: ``game.class_switched``, ``game.pupil_switched``."""

from typing import Protocol
from uuid import UUID

from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.records import record
from school.game.actions.writing import put
from school.game.models import ClassSwitch, PupilSwitch, Side

CLASS_SWITCHED, PUPIL_SWITCHED = "game.class_switched", "game.pupil_switched"


class OfPupil(Protocol):
    """Whoever is a pupil of a school."""

    @property
    def school_id(self) -> int:
        """The school."""

    @property
    def id(self) -> UUID:
        """The member."""


def switch_class(actor: Actor, group: SeenGroup, *, is_on: bool) -> None:
    """For the whole class. What was earned stays for when it is switched on again."""
    values = {"is_on": is_on, "set_at": clock.now(), "set_by": actor.account_id}
    put(ClassSwitch, {"school_id": group.school_id, "group_id": group.id}, values)
    record(actor, CLASS_SWITCHED, school_id=group.school_id, thing_id=group.id, payload={"on": is_on})


def switch_pupil(actor: Actor, pupil: OfPupil, side: Side, *, is_on: bool) -> None:
    """For one child; the family's "off" and the school's stand side by side, and one is enough."""
    values = {"is_on": is_on, "set_at": clock.now(), "set_by": actor.account_id}
    put(PupilSwitch, {"school_id": pupil.school_id, "pupil_id": pupil.id, "side": side.value}, values)
    payload = {"on": is_on, "side": side.value}
    record(actor, PUPIL_SWITCHED, school_id=pupil.school_id, thing_id=pupil.id, pupil_id=pupil.id, payload=payload)
