"""Putting marks: one or many at once, each answered on its own, every change with its step and its event in one transaction."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.languages import gettext as _
from school.gradebook.actions.refusing import keep_refused
from school.gradebook.actions.verdicts import completed, fingerprint, verdict
from school.gradebook.actions.writing import with_columns, write
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.errors import MarkConflict, NotNow, ReasonNeeded
from school.gradebook.journal import Cell, Journal
from school.gradebook.models import MarkCorrection
from school.gradebook.queries.cells import Address, cells_at
from school.gradebook.queries.steps import Accepted, accepted_steps
from school.gradebook.release import EMPTY, Sign

MOST_AT_ONCE = 200
"""A browser sends its queue in pieces of at most so many marks."""


def put_mark(
    actor: Actor,
    journal: Journal,
    cell: Cell,
    *,
    client_id: uuid.UUID,
    value: int | None = None,
    code: str | None = None,
    comment: str = "",
    origin: str | None = None,
    due_on: date | None = None,
    seen: int | None = None,
) -> Answer:
    """Put one mark; ``seen`` is the version on the screen (by default the one of ``cell``).

    Raises ``MarkConflict`` when somebody was first, ``ReasonNeeded`` and ``NotNow`` with a sentence for the person.
    """
    version = cell.version if seen is None else seen
    sign = Sign(value, code, comment, origin, due_on)
    entry = Entry(client_id, cell.lesson_id, cell.column_id, cell.pupil_id, sign, version, place=cell.place)
    [answer] = save_marks(actor, journal, [entry])
    if answer.status is Status.CONFLICT:
        raise MarkConflict(answer.why, answer.stands, sign, answer.version)
    if answer.status is Status.REASON:
        raise ReasonNeeded(answer.why)
    if answer.status in {Status.REFUSED, Status.ASKED}:
        raise NotNow(answer.why)
    return answer


def remove_mark(
    actor: Actor, journal: Journal, cell: Cell, *, client_id: uuid.UUID, comment: str = "", seen: int | None = None
) -> Answer:
    """Take a mark out of its cell; raises as ``put_mark``."""
    return put_mark(actor, journal, cell, client_id=client_id, comment=comment, seen=seen)


def save_marks(actor: Actor, journal: Journal, entries: Sequence[Entry]) -> list[Answer]:
    """Save a queue of marks; each is answered on its own and in its place. A resent step is answered as before."""
    addresses = [address_of(one) for one in entries]
    ids = [one.client_id for one in entries]
    cells, some_known = cells_at(actor, journal, addresses, ids)
    known = accepted_steps(journal, ids) if some_known else {}
    answers: list[Answer | None] = []
    plan: list[tuple[Entry, Cell]] = []
    taken: set[Address | uuid.UUID] = set()
    for entry, address in zip(entries, addresses, strict=True):
        cell = cells.get(address)
        answer = _before_writing(actor, journal, entry, cell, known)
        if answer is None and cell is not None:
            entry = completed(journal, entry, cell)
            if address in taken or entry.client_id in taken:
                answer = _conflict(entry, cell, _("This cell was sent twice at once."))
            else:
                taken |= {address, entry.client_id}
                plan.append((entry, cell))
        if answer is not None and answer.status is Status.ASKED and cell is not None:
            _ask(actor, journal, completed(journal, entry, cell), cell)
        answers.append(answer)
    written = write(actor, journal, plan)
    fresh = _reloaded(actor, journal, plan, written) if len(written) < len(plan) else {}
    for n, entry in enumerate(entries):
        if answers[n] is None:
            answers[n] = written.get(entry.client_id) or fresh[entry.client_id]
    told = [one for one in answers if one is not None]
    keep_refused(actor, journal, told)
    return told


def address_of(entry: Entry) -> Address:
    """Where an entry is about."""
    return Address(entry.lesson_id, entry.column_id, entry.pupil_id, entry.place)


def _before_writing(
    actor: Actor, journal: Journal, entry: Entry, cell: Cell | None, known: dict[uuid.UUID, Accepted]
) -> Answer | None:
    """The answer of an entry that is not to be written; None for one that is."""
    if cell is None:
        return Answer(entry, Status.REFUSED, EMPTY, 0, _("There is no such cell any more. Reload the page."))
    before = known.get(entry.client_id)
    if before is None:
        return verdict(actor, journal, completed(journal, entry, cell), cell)
    if (before.account_id, before.payload_hash) != (actor.account_id, fingerprint(entry)):
        return _conflict(entry, cell, _("Another change was sent under the same number."))
    return Answer(entry, Status.SAVED, cell.sign, cell.version, cell=cell)


def _ask(actor: Actor, journal: Journal, entry: Entry, cell: Cell) -> None:
    """Keep the change until a second person decides; sent again it is the same, and a newer one of the cell takes its place."""
    there = select(MarkCorrection.state).where(
        MarkCorrection.school_id == journal.school_id, MarkCorrection.id == entry.client_id
    )
    if db.session.scalar(there) is not None or actor.member_id is None:
        return
    db.session.execute(
        delete(MarkCorrection).where(
            MarkCorrection.school_id == journal.school_id,
            MarkCorrection.column_id == cell.column_id,
            MarkCorrection.pupil_id == cell.pupil_id,
            MarkCorrection.place == entry.place,
            MarkCorrection.state == "open",
        )
    )
    with_columns(actor, journal, [(entry, cell)])
    sign = entry.sign
    db.session.add(
        MarkCorrection(
            school_id=journal.school_id,
            id=entry.client_id,
            course_id=journal.id,
            lesson_id=cell.lesson_id,
            column_id=cell.column_id,
            pupil_id=cell.pupil_id,
            place=entry.place,
            seen=cell.version,
            old_value=cell.sign.value,
            old_code=cell.sign.code,
            value=sign.value,
            code=sign.code,
            origin=sign.origin,
            due_on=sign.due_on,
            reason=sign.comment,
            asked_at=clock.now(),
            asked_by=actor.account_id,
            asked_member=actor.member_id,
            state="open",
        )
    )
    db.session.flush()


def _conflict(entry: Entry, cell: Cell, why: str) -> Answer:
    return Answer(entry, Status.CONFLICT, cell.sign, cell.version, why, cell)


def _reloaded(
    actor: Actor, journal: Journal, plan: list[tuple[Entry, Cell]], written: dict[uuid.UUID, Answer]
) -> dict[uuid.UUID, Answer]:
    """Answers for those who lost a race: what stands there now. The same step may have won it, sent twice at once."""
    lost = [entry for entry, _cell in plan if entry.client_id not in written]
    addresses = [address_of(one) for one in lost]
    cells, some_known = cells_at(actor, journal, addresses, [one.client_id for one in lost])
    known = accepted_steps(journal, [one.client_id for one in lost]) if some_known else {}
    found = {}
    for entry, address in zip(lost, addresses, strict=True):
        cell = cells[address]
        answer = _before_writing(actor, journal, entry, cell, known)
        found[entry.client_id] = answer or _conflict(entry, cell, _("Somebody changed this mark a moment ago."))
    return found
