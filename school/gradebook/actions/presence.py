"""Presence typed into the grid: one letter for one pupil in one lesson; the presence itself is kept by ``classes``."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from school.classes.actions.presence import Exceptional, clear_presence, set_presence
from school.classes.errors import CannotDo
from school.classes.policy import may_take_presence
from school.classes.queries import get_lesson, pupil_of
from school.classes.seen import SeenLesson
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.gradebook.entries import Status
from school.gradebook.journal import Journal
from school.gradebook.presence import LETTERS


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """н, б, п, о; or nothing, for a pupil who was there after all. Setting the same again changes nothing."""

    client_id: uuid.UUID
    lesson_id: uuid.UUID
    pupil_id: uuid.UUID
    letter: str


@dataclass(frozen=True, slots=True)
class LetterAnswer:
    """What became of it."""

    entry: LetterEntry
    status: Status
    why: str = ""


def set_letters(actor: Actor, journal: Journal, entries: Sequence[LetterEntry]) -> list[LetterAnswer]:
    """Note presence pupil by pupil, each answered on its own."""
    lessons: dict[uuid.UUID, SeenLesson | None] = {}
    answers = []
    for entry in entries:
        if entry.lesson_id not in lessons:
            found = get_lesson(actor, entry.lesson_id)
            lessons[entry.lesson_id] = found if found and found.course_id == journal.id else None
        answers.append(_set(actor, lessons[entry.lesson_id], entry))
    return answers


def _set(actor: Actor, lesson: SeenLesson | None, entry: LetterEntry) -> LetterAnswer:
    pupil = pupil_of(lesson, entry.pupil_id) if lesson else None
    if lesson is None or pupil is None or (entry.letter and entry.letter not in LETTERS):
        return LetterAnswer(entry, Status.REFUSED, _("There is no such cell any more. Reload the page."))
    allowed = may_take_presence(actor, lesson)
    if not allowed:
        why = allowed.why if isinstance(allowed, Refused) else _("Presence in this lesson is taken by its teacher.")
        return LetterAnswer(entry, Status.REFUSED, why)
    try:
        if entry.letter:
            fact, reason = LETTERS[entry.letter]
            set_presence(actor, lesson, Exceptional(pupil.id, fact, None, reason, entry.client_id))
        else:
            clear_presence(actor, lesson, pupil)
    except CannotDo as why_not:
        return LetterAnswer(entry, Status.REFUSED, why_not.why)
    return LetterAnswer(entry, Status.SAVED)
