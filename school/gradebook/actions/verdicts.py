"""Whether an entry may be written, and if not, why: in words for the person."""

import hashlib
from dataclasses import replace
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
from school.gradebook.scale import LAST_UNMARKED_LEVEL, RETAKES_FROM, VALUES, Rules
from school.gradebook.systems import value_of

MOST_WORDS = 300
"""Characters of a comment."""
MOST_PLACES = 6
"""A double mark and four retakes."""
_CODES = frozenset(code.value for code in MarkCode)


def fingerprint(entry: Entry) -> str:
    """The hash by which the same content under the same id is known again."""
    sign = entry.sent or entry.sign
    content = [entry.lesson_id, entry.column_id, entry.pupil_id, sign.value, sign.code, sign.comment]
    if entry.place or sign.origin or sign.due_on:
        content += [entry.place, sign.origin, sign.due_on.isoformat() if sign.due_on else None]
    return hashlib.sha256(canonical([*content, entry.seen, entry.kind, entry.of_step]).encode()).hexdigest()


def verdict(actor: Actor, journal: Journal, entry: Entry, cell: Cell) -> Answer | None:
    """The answer of an entry that can't be written, or changes nothing; None for one that can."""

    def no(status: Status, why: str) -> Answer:
        return Answer(entry, status, cell.sign, cell.version, why, cell)

    found = _impossible(actor, journal, entry, cell)
    if found is None and entry.seen != cell.version:
        found = Status.CONFLICT, _("Somebody changed this mark before you.")
    if found is None and entry.sign == cell.sign:
        return Answer(entry, Status.SAVED, cell.sign, cell.version, cell=cell)
    if found is None and entry.asked_by is None:
        found = _asked_for(actor, journal, entry, cell)
    return no(*found) if found else None


def _impossible(actor: Actor, journal: Journal, entry: Entry, cell: Cell) -> tuple[Status, str] | None:
    """Whose the mark is, what can stand there, and where."""
    allowed = may_mark(actor, journal, cell)
    if not allowed and entry.asked_by is None:
        return Status.REFUSED, allowed.why if isinstance(allowed, Refused) else _("This mark is not yours.")
    if not cell.is_held:
        return Status.REFUSED, _("This lesson does not take place.")
    if cell.on_date > clock.today():
        return Status.REFUSED, _("This lesson is still to come.")
    if not is_sign(entry.sign) or (entry.sign.value is not None and bool(cell.system) != bool(entry.sign.origin)):
        return Status.REFUSED, _("There is no such mark.")
    why = _out_of_place(entry, cell) or _unmarked(journal, entry, cell)
    return (Status.REFUSED, why) if why else None


def _asked_for(actor: Actor, journal: Journal, entry: Entry, cell: Cell) -> tuple[Status, str] | None:
    """Whether a reason is needed, and a second person."""
    late = _is_late(actor, journal, cell)
    if late and entry.kind is not StepKind.SET:
        return Status.REFUSED, _("Its window is over: put the mark anew, with the reason.")
    if not entry.sign.comment and entry.kind is StepKind.SET and (late or needs_reason(actor, journal, cell)):
        return Status.REASON, _("Say in a few words why this mark changes: the family will read it.")
    if late:
        return Status.ASKED, _("It is sent to the deputy head: the mark changes when a second person agrees.")
    return None


def is_sign(sign: Sign) -> bool:
    """A number of the scale, a code of the list, or neither; never both."""
    if len(sign.comment) > MOST_WORDS:
        return False
    if sign.due_on is not None and sign.due_on < clock.today():
        return False
    if sign.value is not None:
        return sign.code is None and sign.value in VALUES
    return sign.origin is None and (sign.code is None or sign.code in _CODES)


def completed(journal: Journal, entry: Entry, cell: Cell) -> Entry:
    """The entry with what the act makes of it: a mark of five from another system, the day by which a dot is owed."""
    sign = entry.sign
    if cell.system and sign.origin and entry.kind is StepKind.SET:
        table = rules_for(journal, cell).systems[cell.system]
        value = value_of(cell.system, sign.origin, table, cell.criteria)
        return replace(entry, sign=replace(sign, value=value, code=None, due_on=None), sent=entry.sent or sign)
    if sign.is_dot and sign.due_on is None:
        due_on = clock.today() + timedelta(days=rules_for(journal, cell).dot_days)
        return replace(entry, sign=replace(sign, due_on=due_on), sent=entry.sent or sign)
    return entry


def rules_for(journal: Journal, cell: Cell) -> Rules:
    """The rules of the act in force for the cell's term."""
    act = find_act(journal.school_id, cell.term_starts_on)
    return act.rules if act else Rules()


def _out_of_place(entry: Entry, cell: Cell) -> str:
    """Second marks and retakes stand beside a mark, which does not go before them."""
    there = cell.signs.keys() - {entry.place}
    if entry.place == 0:
        return _("Take the marks beside it away first.") if entry.sign.is_empty and there else ""
    if entry.sign.is_empty:
        return _("Take the later retake away first.") if any(one > entry.place for one in there) else ""
    if not MOST_PLACES > entry.place > 0 or 0 not in there or cell.signs[0].is_dot:
        return _("There is no mark here yet to stand beside.")
    if entry.place == 1:
        return "" if not cell.system else _("A double mark is put in marks of five.")
    return "" if entry.place == RETAKES_FROM or entry.place - 1 in there else _("Put the earlier retake first.")


def is_unmarked(journal: Journal, cell: Cell) -> bool:
    """Whether the act puts no marks there. The level is asked first: in all later years the act need not be read."""
    level = journal.course.year_level
    return level <= LAST_UNMARKED_LEVEL and rules_for(journal, cell).is_unmarked(level, cell.term_number)


def _unmarked(journal: Journal, entry: Entry, cell: Cell) -> str:
    """Youngest pupils get no marks."""
    is_mark = entry.sign.value is not None or entry.sign.code in {MarkCode.NOT_ATTESTED, MarkCode.DOT}
    if not is_mark or not is_unmarked(journal, cell):
        return ""
    return str(_("In this year pupils get no marks yet: so says the school's act."))


def _is_late(actor: Actor, journal: Journal, cell: Cell) -> bool:
    """Whether a change needs a second person: in a closed term, and of a mark whose window is over. Domain 1.5, rule 11."""
    if cell.is_locked:
        return True
    days = clock.today() - cell.on_date
    if cell.sign.is_empty or cell.sign.is_dot or days <= timedelta(days=1):
        return False  # a first mark, or a lesson of yesterday: no act asks, so none is read
    if _is_slip(actor, cell):
        return False
    return days > timedelta(days=rules_for(journal, cell).edit_days)


def _is_slip(actor: Actor, cell: Cell) -> bool:
    """Whether the actor put this mark first and just now: nobody has seen it, and waiting for a second person would show it."""
    mark = cell.mark
    return (
        mark is not None
        and mark.set_by == actor.account_id
        and mark.released.is_empty
        and mark.released_at > clock.now()
    )
