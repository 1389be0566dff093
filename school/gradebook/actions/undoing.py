"""Taking back one's own last steps and doing them again: each is a new step and a new event, nothing is erased."""

import uuid

from school.core.access import Actor
from school.core.languages import gettext as _
from school.gradebook.actions.marks import save_marks
from school.gradebook.actions.refusing import keep_refused
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.errors import NothingLeft
from school.gradebook.journal import Journal
from school.gradebook.models import StepKind
from school.gradebook.queries.cells import cells_at
from school.gradebook.queries.steps import MOST_UNDONE, OwnStep, own_steps
from school.gradebook.release import EMPTY, Sign
from school.gradebook.stacks import stacks


def undo(actor: Actor, journal: Journal, client_id: uuid.UUID) -> Answer:
    """Take back the actor's last step in this journal, of whichever day; raises ``NothingLeft``."""
    return _again(actor, journal, client_id, StepKind.UNDO)


def redo(actor: Actor, journal: Journal, client_id: uuid.UUID) -> Answer:
    """Do again what was taken back last; raises ``NothingLeft`` after any newer step."""
    return _again(actor, journal, client_id, StepKind.REDO)


def _again(actor: Actor, journal: Journal, client_id: uuid.UUID, kind: StepKind) -> Answer:
    steps = own_steps(actor, journal)
    done = next((one for one in steps if one.id == client_id), None)
    if done is not None:  # resent after a lost answer
        return _standing(actor, journal, done, kind)
    back, forth = stacks(steps)
    source = back[-MOST_UNDONE:] if kind is StepKind.UNDO else forth
    if not source:
        raise NothingLeft(
            _("There is nothing to take back.") if kind is StepKind.UNDO else _("There is nothing to do again.")
        )
    step = source[-1]
    expected, wanted = (step.new, step.old) if kind is StepKind.UNDO else (step.old, step.new)
    address = step.address
    cells, _known = cells_at(actor, journal, [address], [])
    cell = cells.get(address)
    stands, version = (cell.sign, cell.version) if cell else (EMPTY, 0)
    entry = _entry(step, client_id, wanted, version, kind)
    if not stands.same_mark(expected):
        refused = Answer(entry, Status.CONFLICT, stands, version, _("Somebody has changed this mark since."), cell)
        keep_refused(actor, journal, [refused])
        return refused
    [answer] = save_marks(actor, journal, [entry])
    return answer


def _entry(step: OwnStep, client_id: uuid.UUID, sign: Sign, version: int, kind: StepKind) -> Entry:
    at = step.address
    return Entry(client_id, at.lesson_id, at.column_id, at.pupil_id, sign, version, kind, step.id, at.place)


def _standing(actor: Actor, journal: Journal, done: OwnStep, kind: StepKind) -> Answer:
    cells, _known = cells_at(actor, journal, [done.address], [])
    cell = cells[done.address]
    return Answer(_entry(done, done.id, done.new, cell.version, kind), Status.SAVED, cell.sign, cell.version, cell=cell)
