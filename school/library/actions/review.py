"""From the author to the schools: review with its remarks, publishing, retiring, and the next version."""

from content_library import Criterion, ReviewRemark, Unit, WrongState, publishing, reports, reviewing
from content_library.reviewing import Remark
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.library.actions.telling import MENDED, PUBLISHED, RETURNED, tell_one
from school.library.actions.writing import author_of, lock
from school.library.queries.drafts import Readiness, readiness_of
from school.library.seen import Draft


class NotReady(Exception):
    """Something is to be mended first; ``readiness`` says all of it."""

    def __init__(self, readiness: Readiness) -> None:
        super().__init__("not ready")
        self.readiness = readiness


class RemarksOpen(Exception):
    """Remarks wait: they are mended, or their readers take them back."""


def send_for_review(actor: Actor, draft: Draft) -> None:
    """Hand the version in. Raises ``NotReady``."""
    _ready(draft)
    publishing.send_for_review(db.session(), draft.unit, clock.now())


def appeal(actor: Actor, draft: Draft, words: str) -> None:
    """The author does not agree: the version goes to another reader. Raises ``NotReady`` and ``Conflict``."""
    _ready(draft)
    try:
        publishing.appeal(db.session(), draft.unit, words.strip(), clock.now())
    except WrongState as why:
        raise Conflict(_("There is nothing to appeal against now.")) from why


def take_back(actor: Actor, draft: Draft) -> None:
    """The author wants to write on; nobody has asked for anything, so there is no note."""
    lock(draft)
    if draft.is_under_review:
        publishing.send_back(db.session(), draft.unit, "", clock.now())


def send_back(actor: Actor, draft: Draft, note: str) -> None:
    """Return a version to its author, saying what to mend. Raises ``Conflict`` when it was taken back meanwhile."""
    lock(draft)
    try:
        publishing.send_back(db.session(), draft.unit, note.strip(), clock.now(), author_of(actor))
    except WrongState as why:
        raise Conflict(str(why)) from why
    key = f"returned:{draft.version.id}:{clock.now():%Y%m%d%H%M%S}"
    tell_one(actor, draft.unit.author_account_id, RETURNED, key, draft.unit, title=draft.version.title)


def ask_second_reader(actor: Actor, draft: Draft, words: str) -> None:
    """Leave the decision to another methodologist. Raises ``Conflict`` when it was taken back meanwhile."""
    lock(draft)
    try:
        reviewing.ask_second(db.session(), draft.version, author_of(actor), words.strip())
    except WrongState as why:
        raise Conflict(str(why)) from why


def tick_criterion(actor: Actor, draft: Draft, criterion: Criterion) -> None:
    """Say that a criterion is met, or take that back."""
    lock(draft)
    reviewing.tick(db.session(), draft.version, criterion, clock.now())


def remark(actor: Actor, draft: Draft, said: Remark) -> None:
    """Ask to mend something at a place."""
    lock(draft)
    reviewing.remark(db.session(), draft.version, said, author_of(actor), clock.now())


def settle_remark(actor: Actor, draft: Draft, remark: ReviewRemark, answer: str, *, is_settled: bool) -> None:
    """Say that a remark is dealt with, or that it is not after all."""
    reviewing.settle(db.session(), remark, answer.strip(), clock.now() if is_settled else None)


def publish(actor: Actor, draft: Draft) -> None:
    """Let schools see the version; from now on it is fixed. Raises ``NotReady`` and ``RemarksOpen``."""
    _ready(draft)
    if any(one.settled_at is None for one in reviewing.remarks_of(db.session(), draft.version)):
        raise RemarksOpen
    mended = reports.accepted_on(db.session(), draft.unit)
    publishing.publish(db.session(), draft.unit, clock.now(), author_of(actor))
    unit, title = draft.unit, draft.version.title
    tell_one(actor, unit.author_account_id, PUBLISHED, f"published:{draft.version.id}", unit, title=title)
    for one in mended:
        tell_one(actor, one.made_by, MENDED, f"mended:{one.id}", unit, title=title)


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
