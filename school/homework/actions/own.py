"""A pupil's own tasks in their list: put in, changed, ticked, taken out. Nobody else sees or marks them."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.homework.models import OwnTask

LONGEST, MOST_MINUTES, MOST_OPEN = 300, 240, 100
FARTHEST = timedelta(days=400)


class CannotKeep(Exception):
    """The wish makes no task: the field of the form and a sentence for it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class OwnWish:
    """What a pupil wants to remember."""

    text: str
    due_on: date | None
    minutes: int = 0
    """0: no idea how long."""


def add_own(actor: Actor, wish: OwnWish, client_id: uuid.UUID) -> OwnTask:
    """Put a task into the actor's own list; the same ``client_id`` again is the same task. Raises ``CannotKeep``."""
    school_id, pupil_id = actor.school_id or 0, actor.member_id or uuid.UUID(int=0)
    text, due_on = _checked(wish)
    before = db.session.get(OwnTask, (school_id, client_id))
    if before is not None:
        return _same(before, pupil_id)
    open_ones = select(func.count()).where(
        OwnTask.school_id == school_id, OwnTask.pupil_id == pupil_id, OwnTask.done_at.is_(None)
    )
    if (db.session.scalar(open_ones) or 0) >= MOST_OPEN:
        raise CannotKeep("text", _("There are 100 tasks of your own in the list. Tick or remove some first."))
    made = OwnTask(
        school_id=school_id,
        id=client_id,
        pupil_id=pupil_id,
        due_on=due_on,
        text=text,
        minutes=wish.minutes,
        made_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return _same(db.session.get_one(OwnTask, (school_id, client_id)), pupil_id)
    return made


def change_own(_actor: Actor, task: OwnTask, wish: OwnWish) -> OwnTask:
    """Other words, another day. Raises ``CannotKeep``."""
    task.text, task.due_on = _checked(wish, task.due_on)
    task.minutes = wish.minutes
    db.session.flush()
    return task


def tick_own(_actor: Actor, task: OwnTask, *, is_done: bool) -> OwnTask:
    """Done, or not done after all; the same again changes nothing."""
    if is_done != (task.done_at is not None):
        task.done_at = clock.now() if is_done else None
        db.session.flush()
    return task


def remove_own(_actor: Actor, task: OwnTask) -> None:
    """Out of the list, for good."""
    db.session.delete(task)
    db.session.flush()


def _checked(wish: OwnWish, was_on: date | None = None) -> tuple[str, date]:
    text, today = " ".join(wish.text.split()), clock.today()
    if not text:
        raise CannotKeep("text", _("Write what you want to remember."))
    if len(text) > LONGEST:
        raise CannotKeep("text", _("At most 300 characters."))
    if wish.due_on is None or (wish.due_on < today and wish.due_on != was_on) or wish.due_on > today + FARTHEST:
        raise CannotKeep("due_on", _("Choose a day that is still to come."))
    if not 0 <= wish.minutes <= MOST_MINUTES:
        raise CannotKeep("minutes", _("Minutes are a number from 0 to 240."))
    return text, wish.due_on


def _same(before: OwnTask, pupil_id: uuid.UUID) -> OwnTask:
    if before.pupil_id != pupil_id:
        raise Conflict(_("This form was already sent with other content. What was handed in first stands."))
    return before
