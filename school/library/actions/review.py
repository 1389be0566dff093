"""From the author to the schools: review, publishing, retiring, and the next version."""

from content_library import Unit, WrongState, publishing
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.errors import Conflict
from school.library.actions.writing import author_of, lock
from school.library.queries.drafts import Readiness, readiness_of
from school.library.seen import Draft


class NotReady(Exception):
    """Something is to be mended first; ``readiness`` says all of it."""

    def __init__(self, readiness: Readiness) -> None:
        super().__init__("not ready")
        self.readiness = readiness


def send_for_review(actor: Actor, draft: Draft) -> None:
    """Hand the version in. Raises ``NotReady``."""
    _ready(draft)
    publishing.send_for_review(db.session(), draft.unit, clock.now())


def take_back(actor: Actor, draft: Draft) -> None:
    """The author wants to write on; nobody has asked for anything, so there is no note."""
    lock(draft)
    if draft.is_under_review:
        publishing.send_back(db.session(), draft.unit, "")


def send_back(actor: Actor, draft: Draft, note: str) -> None:
    """Return a version to its author, saying what to mend. Raises ``Conflict`` when it was taken back meanwhile."""
    lock(draft)
    try:
        publishing.send_back(db.session(), draft.unit, note.strip())
    except WrongState as why:
        raise Conflict(str(why)) from why


def publish(actor: Actor, draft: Draft) -> None:
    """Let schools see the version; from now on it is fixed. Raises ``NotReady``."""
    _ready(draft)
    publishing.publish(db.session(), draft.unit, clock.now())


def retire(actor: Actor, unit: Unit) -> None:
    """Take a unit out of the catalogue; homework that uses it keeps it."""
    publishing.retire(db.session(), unit)


def begin_next_version(actor: Actor, unit: Unit) -> None:
    """Open the next version as a copy of the published one. Nothing happens when it is open already."""
    db.session.refresh(unit, with_for_update=True)
    try:
        publishing.new_version(db.session(), unit, author_of(actor), clock.now())
    except WrongState:
        return


def _ready(draft: Draft) -> None:
    lock(draft)
    readiness = readiness_of(draft)
    if not readiness.is_ready:
        raise NotReady(readiness)
