"""Marks for answers on a lesson's own page, beside its attendance: one field a pupil, saved together."""

import uuid
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.hooks import LessonPart, on_lesson_page
from school.classes.models import LessonState
from school.classes.policy import cover_words, runs_school, sees_whole_lesson, substitutes, takes_lesson
from school.classes.queries import get_lesson, learners
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor, Refused, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, toast
from school.gradebook.actions import save_marks
from school.gradebook.actions.verdicts import is_unmarked
from school.gradebook.entries import Entry, Status
from school.gradebook.forms import read_sign
from school.gradebook.models import answer_column_id
from school.gradebook.policy import may_mark, may_write_journal
from school.gradebook.queries import Address, cells_at, get_journal
from school.gradebook.routes.blueprint import blueprint

DIGITS = {"", "2", "3", "4", "5"}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A pupil's mark for answers; ``is_plain`` when a digit or nothing stands there, else the journal is the place."""

    pupil_id: uuid.UUID
    name: str
    text: str
    version: int
    is_plain: bool


def may_mark_lesson(actor: Actor, lesson: SeenLesson) -> bool | Refused:
    """Whoever writes the journal of the course, once the day has come; each cell is asked again when it is saved."""
    if substitutes(actor, lesson) and not takes_lesson(actor, lesson) and not runs_school(actor):
        return Refused(cover_words(lesson.on_date, lesson.starts_at))
    journal = get_journal(actor, lesson.course_id) if sees_whole_lesson(actor, lesson) else None
    if journal is None:
        return False
    if lesson.state != LessonState.PLANNED or lesson.on_date > clock.today():
        return Refused(_("Marks of this lesson are put on its day or later."))
    return may_write_journal(actor, journal)


@on_lesson_page
def answers_of_lesson(actor: Actor, lesson: SeenLesson) -> LessonPart | None:
    """The fields, for whoever may fill them."""
    if not may_mark_lesson(actor, lesson):
        return None
    lines = _lines(actor, lesson)
    return LessonPart("gradebook/_of_lesson.html", {"lines": lines, "lesson": lesson}, beside=False) if lines else None


@blueprint.post("/lessons/<uuid:lesson_id>/answers")
@requires(may_mark_lesson, lesson=get_lesson)
def put_answers(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Save the fields that were changed; what could not be saved is said by name, the rest stands."""
    journal = get_journal(actor, lesson.course_id)
    assert journal is not None  # noqa: S101 - the rule has seen it
    names = {one.pupil_id: one for one in _lines(actor, lesson)}
    if not names:
        toast(_why_none(actor, lesson))
        return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id)
    entries = [entry for line in names.values() if (entry := _entry(lesson, line)) is not None]
    answers = save_marks(actor, journal, entries) if entries else []
    saved = sum(one.status is Status.SAVED for one in answers)
    said = [ngettext("%(num)s mark saved.", "%(num)s marks saved.", saved)]
    said += [f"{names[one.entry.pupil_id].name}: {one.why}" for one in answers if one.status is not Status.SAVED]
    toast(" ".join(said))
    return go_to("classes.lesson", school_id=lesson.school_id, lesson_id=lesson.id, _anchor="answers")


def _lines(actor: Actor, lesson: SeenLesson) -> list[AnswerLine]:
    journal = get_journal(actor, lesson.course_id)
    if journal is None:
        return []
    pupils = learners(lesson, lesson.on_date)
    cells, _known = cells_at(actor, journal, [Address.answers(lesson.id, one.id) for one in pupils], [])
    lines = []
    for one in pupils:
        cell = cells.get(Address.answers(lesson.id, one.id))
        if cell is not None and may_mark(actor, journal, cell) and not is_unmarked(journal, cell):
            text = cell.sign.text
            lines.append(AnswerLine(one.id, one.short_name, text, cell.version, text in DIGITS))
    return lines


def _why_none(actor: Actor, lesson: SeenLesson) -> str:
    """Why there is no field to fill: no marks in this year yet, a closed term, or nobody in the group."""
    journal = get_journal(actor, lesson.course_id)
    assert journal is not None  # noqa: S101 - the rule has seen it
    for one in learners(lesson, lesson.on_date)[:1]:
        at = Address.answers(lesson.id, one.id)
        cell = cells_at(actor, journal, [at], [])[0].get(at)
        if cell is not None and is_unmarked(journal, cell):
            return str(_("In this year pupils get no marks yet: so says the school's act."))
        allowed = may_mark(actor, journal, cell) if cell is not None else True
        if isinstance(allowed, Refused):
            return allowed.why
    return str(_("Nobody is in this group yet"))


def _entry(lesson: SeenLesson, line: AnswerLine) -> Entry | None:
    """What was asked for; nothing where the field is as it was drawn."""
    key = line.pupil_id.hex
    text, was = request.form.get(f"mark-{key}", "").strip(), request.form.get(f"was-{key}", "")
    if text == was or text not in DIGITS or not line.is_plain:
        return None
    try:
        seen, client_id = int(request.form.get(f"seen-{key}", "")), uuid.UUID(request.form.get(f"id-{key}", ""))
    except ValueError:
        seen, client_id = line.version, new_id()
    return Entry(client_id, lesson.id, answer_column_id(lesson.id), line.pupil_id, read_sign(text), seen)
