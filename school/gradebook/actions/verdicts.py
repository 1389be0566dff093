"""Whether an entry may be written, and if not, why: in words for the person."""

import hashlib
from datetime import timedelta

from school.core import clock
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.core.records.canonical import canonical
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.journal import Cell, Journal
from school.gradebook.models import MarkCode, StepKind
from school.gradebook.policy import may_mark, needs_reason
from school.gradebook.queries.acts import find_act
from school.gradebook.release import Sign
from school.gradebook.scale import VALUES, Rules

MOST_WORDS = 300
"""Characters of a comment."""
_CODES = frozenset(code.value for code in MarkCode)


def fingerprint(entry: Entry) -> str:
    """The hash by which the same content under the same id is known again."""
    sign = entry.sign
    content = [entry.lesson_id, entry.column_id, entry.pupil_id, sign.value, sign.code, sign.comment]
    return hashlib.sha256(canonical([*content, entry.seen, entry.kind, entry.of_step]).encode()).hexdigest()


def verdict(actor: Actor, journal: Journal, entry: Entry, cell: Cell) -> Answer | None:
    """The answer of an entry that can't be written, or changes nothing; None for one that can."""

    def no(status: Status, why: str) -> Answer:
        return Answer(entry, status, cell.sign, cell.version, why, cell)

    allowed = may_mark(actor, journal, cell)
    if not allowed:
        return no(Status.REFUSED, allowed.why if isinstance(allowed, Refused) else _("This mark is not yours."))
    if not cell.is_held:
        return no(Status.REFUSED, _("This lesson does not take place."))
    if cell.on_date > clock.today():
        return no(Status.REFUSED, _("This lesson is still to come."))
    if not is_sign(entry.sign):
        return no(Status.REFUSED, _("There is no such mark."))
    if entry.seen != cell.version:
        return no(Status.CONFLICT, _("Somebody changed this mark before you."))
    if entry.sign == cell.sign:
        return Answer(entry, Status.SAVED, cell.sign, cell.version, cell=cell)
    if not entry.sign.comment and entry.kind is StepKind.SET and _must_explain(actor, journal, cell):
        return no(Status.REASON, _("Say in a few words why this mark changes: the family will read it."))
    return None


def is_sign(sign: Sign) -> bool:
    """A number of the scale, a code of the list, or neither; never both."""
    if len(sign.comment) > MOST_WORDS:
        return False
    if sign.value is not None:
        return sign.code is None and sign.value in VALUES
    return sign.code is None or sign.code in _CODES


def _must_explain(actor: Actor, journal: Journal, cell: Cell) -> bool:
    if needs_reason(actor, journal, cell):
        return True
    days = clock.today() - cell.on_date
    if cell.sign.is_empty or days <= timedelta(days=1):
        return False  # a first mark, or a lesson of yesterday: no act asks, so none is read
    act = find_act(journal.school_id, cell.term_starts_on)
    return days > timedelta(days=(act.rules if act else Rules()).edit_days)
