"""Marking homework: the work is accepted and the mark is put in one act. What the machine proposes waits for a person."""

import uuid

from school.core.access import Actor
from school.core.database import new_id
from school.core.languages import gettext as _
from school.gradebook.actions.acts import act_for
from school.gradebook.actions.columns import add_column
from school.gradebook.actions.marks import put_mark, save_marks
from school.gradebook.actions.verdicts import MOST_WORDS
from school.gradebook.entries import Answer, Entry
from school.gradebook.errors import NotNow
from school.gradebook.journal import Journal
from school.gradebook.models import Column
from school.gradebook.queries.cells import Address, cells_at
from school.gradebook.queries.works import column_of_homework, lesson_to_mark, marks_in
from school.gradebook.release import Sign
from school.homework.actions import accept_work
from school.homework.models import AssignmentState
from school.homework.queries import proposals, works
from school.homework.seen import SeenHomework, SeenWork

WORK = "Домашняя работа"
"""The line of the act for homework, by its usual name; an act without it gives the weight of an answer."""
MOST_TITLE = 80


def mark_work(
    actor: Actor,
    journal: Journal,
    homework: SeenHomework,
    work: SeenWork,
    sign: Sign,
    *,
    version: int,
    client_id: uuid.UUID,
) -> Answer:
    """Accept a work with the words of ``sign`` and put its mark. ``version`` is that of the work on the teacher's screen.

    Raises ``Conflict`` when the work or the mark has changed since, ``NotNow`` where no mark can be put.
    """
    column = _column(actor, journal, homework)
    address = Address(column.lesson_id, column.id, work.pupil_id)
    cell = cells_at(actor, journal, [address], [])[0].get(address)
    if cell is None:
        raise NotNow(_("This pupil is not in the group."))
    accept_work(actor, work, sign.comment, version=version)
    words = sign.comment[:MOST_WORDS]
    return put_mark(actor, journal, cell, client_id=client_id, value=sign.value, code=sign.code, comment=words)


def confirm_proposed(actor: Actor, journal: Journal, homework: SeenHomework) -> list[Answer]:
    """Put the marks that the machine's points suggest, for all works that have none yet, and accept those works."""
    found = proposals(homework)
    waiting = {one.pupil_id: one for one in works(homework) if one.state.state == AssignmentState.HANDED_IN}
    marked = marks_in(column_of_homework(homework))
    wanted = {
        pupil_id: result.proposed
        for pupil_id, result in found.items()
        if result.proposed and pupil_id in waiting and pupil_id not in marked
    }
    if not wanted:
        return []
    column = _column(actor, journal, homework)
    entries = [
        Entry(new_id(), column.lesson_id, column.id, pupil_id, Sign(value), 0) for pupil_id, value in wanted.items()
    ]
    for pupil_id in wanted:
        work = waiting[pupil_id]
        accept_work(actor, work, work.state.comment, version=work.state.version)
    return save_marks(actor, journal, entries)


def _column(actor: Actor, journal: Journal, homework: SeenHomework) -> Column:
    there = column_of_homework(homework)
    if there is not None:
        return there
    lesson = lesson_to_mark(homework)
    if lesson is None:
        raise NotNow(_("There was no lesson yet to put this mark in."))
    act = act_for(actor, journal, lesson.on_date)
    work = next((one for one in act.works if one.name == WORK), act.answers)
    # The id follows from the homework's, so that two tabs never make two columns.
    made = uuid.uuid5(homework.id, "marks of the homework")
    title = homework.unit_title or homework.text.strip().split("\n", 1)[0]
    return add_column(actor, journal, lesson, work, client_id=made, title=title[:MOST_TITLE], homework=homework)
