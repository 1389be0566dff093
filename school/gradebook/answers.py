"""What the grid is told in JSON."""

from typing import Any

from school.gradebook.actions import LetterAnswer
from school.gradebook.days import day_and_month
from school.gradebook.entries import Answer, Status


def told(answers: list[Answer], letters: list[LetterAnswer], locale: str) -> dict[str, Any]:
    """The answers to a queue of marks and of presence, each in its order."""
    return {
        "marks": [_told(answer, locale) for answer in answers],
        "presence": [{"id": str(one.entry.client_id), "status": one.status.value, "why": one.why} for one in letters],
    }


def _told(answer: Answer, locale: str) -> dict[str, Any]:
    entry, stands = answer.entry, answer.stands
    made: dict[str, Any] = {
        "id": str(entry.client_id),
        "status": answer.status.value,
        "column": str(entry.column_id),
        "lesson": str(entry.lesson_id),
        "pupil": str(entry.pupil_id),
        "value": stands.value,
        "code": stands.code,
        "comment": stands.comment,
        "version": answer.version,
        "place": entry.place,
    }
    if stands.origin:
        made["origin"] = stands.origin
    if stands.due_on:
        made["due"] = stands.due_on.isoformat()
    if answer.why:
        made["why"] = answer.why
    if answer.status is Status.CONFLICT:
        made["wanted"] = entry.sign.text
    if answer.cell is not None:
        made["words"] = f"{answer.cell.pupil}, {day_and_month(answer.cell.on_date, locale)}"
    return made


def http_status(answers: list[Answer], letters: list[LetterAnswer]) -> int:
    """409 when nothing was saved because of conflicts; otherwise 200, each mark having its own status."""
    if Status.SAVED in {*(one.status for one in answers), *(one.status for one in letters)}:
        return 200
    return 409 if any(one.status is Status.CONFLICT for one in answers) else 200
