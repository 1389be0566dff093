"""One work under review: what was handed in, the points of a task, and the mark that these suggest."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Date

from school.classes.queries.relations import SCHOOL
from school.core.database import Id, db, read
from school.homework.models import PhotoNote, Submission, SubmissionPhoto, TaskScale
from school.homework.queries.loading import THING, assignment
from school.homework.scale import USUAL, Thresholds, most_points, proposal
from school.homework.seen import SeenHomework, SeenState, SeenWork
from school.tasks.models import Attempt, Verdict
from school.tasks.queries.corrections import rounds_before, waiting_in

submission = cast("Table", Submission.__table__)
photo = cast("Table", SubmissionPhoto.__table__)
note = cast("Table", PhotoNote.__table__)
attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)


class Note(NamedTuple):
    """A teacher's word at a place of a page, of a thousand from its left and its top."""

    id: uuid.UUID
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A page of a photographed exercise book."""

    id: uuid.UUID
    sha256: str
    width: int
    height: int
    notes: tuple[Note, ...] = ()
    """Words at places of it, in the order in which they were put there."""


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What the machine counted."""

    attempt_id: uuid.UUID | None
    """None for points that a teacher gave by the homework's rubric."""
    points: float
    max_points: float
    waits: int = 0
    """Answers that the teacher has not judged yet."""
    is_correction: bool = False
    """It asked only what was not right the time before."""

    @property
    def percent(self) -> int:
        """Share of the points, whole per cent."""
        return round(100 * self.points / self.max_points) if self.max_points else 0


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One handing-in, as it was sent."""

    id: uuid.UUID
    text: str
    at: datetime
    photos: tuple[Photo, ...]
    result: TaskResult | None


@dataclass(frozen=True, slots=True)
class Result:
    """The points of a task done as homework and the mark they suggest; the teacher decides."""

    task: TaskResult
    proposed: int | None


def _waits() -> Any:
    """How many answers of the attempt wait for the teacher."""
    return (
        select(func.count())
        .select_from(verdict)
        .where(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id, verdict.c.waits)
        .correlate(attempt)
        .scalar_subquery()
    )


_SUBMISSIONS = (
    select(
        submission.c.id,
        submission.c.text,
        submission.c.handed_in_at,
        submission.c.attempt_id,
        attempt.c.points,
        attempt.c.max_points,
        _waits(),
    )
    .select_from(
        submission.outerjoin(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == submission.c.attempt_id))
    )
    .where(submission.c.school_id == SCHOOL, submission.c.assignment_id == THING)
    .order_by(submission.c.handed_in_at.desc(), submission.c.id.desc())
)
_PHOTOS = (
    select(photo.c.submission_id, photo.c.id, photo.c.sha256, photo.c.width, photo.c.height)
    .select_from(submission.join(photo, and_(photo.c.school_id == SCHOOL, photo.c.submission_id == submission.c.id)))
    .where(submission.c.school_id == SCHOOL, submission.c.assignment_id == THING)
    .order_by(photo.c.submission_id, photo.c.position)
)


_NOTES = (
    select(note.c.photo_id, note.c.id, note.c.x, note.c.y, note.c.text)
    .select_from(
        submission.join(photo, and_(photo.c.school_id == SCHOOL, photo.c.submission_id == submission.c.id)).join(
            note, and_(note.c.school_id == SCHOOL, note.c.photo_id == photo.c.id)
        )
    )
    .where(submission.c.school_id == SCHOOL, submission.c.assignment_id == THING)
    .order_by(note.c.made_at, note.c.id)
)


def get_photo(work: SeenWork, photo_id: uuid.UUID) -> SubmissionPhoto | None:
    """For addresses below a work: one of its pages."""
    return db.session.scalars(
        select(SubmissionPhoto)
        .join(Submission, (Submission.school_id == work.school_id) & (Submission.id == SubmissionPhoto.submission_id))
        .where(
            SubmissionPhoto.school_id == work.school_id,
            SubmissionPhoto.id == photo_id,
            Submission.assignment_id == work.state.id,
        )
    ).one_or_none()


def get_note(page: SubmissionPhoto, note_id: uuid.UUID) -> PhotoNote | None:
    """For addresses below a page: a word at a place of it."""
    found = db.session.get(PhotoNote, (page.school_id, note_id))
    return found if found is not None and found.photo_id == page.id else None


def handed_in(school_id: int, state: SeenState) -> list[HandedIn]:
    """Everything one pupil has handed in of one homework, the newest first."""
    if state.id is None or state.handed_in_at is None:
        return []
    bound = {"school": school_id, "thing": state.id}
    pages: dict[uuid.UUID, list[Photo]] = {}
    photos = read(_PHOTOS, bound)
    notes: dict[uuid.UUID, list[Note]] = {}
    for photo_id, *words in read(_NOTES, bound) if photos else ():
        notes.setdefault(photo_id, []).append(Note(*words))
    for submission_id, photo_id, sha256, width, height in photos:
        page = Photo(photo_id, sha256, width, height, tuple(notes.get(photo_id, ())))
        pages.setdefault(submission_id, []).append(page)
    return [
        HandedIn(row[0], row[1], row[2], tuple(pages.get(row[0], ())), _task_result(*tuple(row)[3:]))
        for row in read(_SUBMISSIONS, bound)
    ]


def _task_result(
    attempt_id: uuid.UUID | None, points: Any, max_points: Any, waits: int, is_correction: Any = False
) -> TaskResult | None:
    if attempt_id is None or points is None:
        return None
    return TaskResult(attempt_id, float(points), float(max_points), waits, bool(is_correction))


def _proposed(task: TaskResult, table: Thresholds) -> int | None:
    """No mark is suggested while an answer waits to be judged."""
    return None if task.waits else proposal(task.points, task.max_points, table)


_THRESHOLDS = (
    select(TaskScale.five, TaskScale.four, TaskScale.three)
    .where(TaskScale.school_id == SCHOOL, TaskScale.from_on <= bindparam("on", type_=Date))
    .order_by(TaskScale.from_on.desc())
    .limit(1)
)


def thresholds_on(school_id: int, on: date) -> Thresholds:
    """The school's table of proposals in force on a day; the usual one where it has set none."""
    row = db.session.execute(_THRESHOLDS, {"school": school_id, "on": on}).first()
    return Thresholds(*row) if row else USUAL


def result_of(work: SeenWork, on: date) -> Result | None:
    """The machine's points of a work handed in as a task, with the proposed mark; None for other works."""
    for one in handed_in(work.school_id, work.state):
        if one.result is not None:
            table = thresholds_on(work.school_id, on)
            return Result(one.result, _proposed(one.result, table))
    return None


_RESULTS = (
    select(
        assignment.c.pupil_id,
        attempt.c.id,
        attempt.c.points,
        attempt.c.max_points,
        _waits(),
        attempt.c.corrects_id.is_not(None),
    )
    .select_from(assignment.join(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == assignment.c.attempt_id)))
    .where(
        assignment.c.school_id == SCHOOL,
        assignment.c.homework_id == bindparam("thing", type_=Id),
        attempt.c.finished_at.is_not(None),
    )
)


_SCORED = select(assignment.c.pupil_id, assignment.c.rubric_points).where(
    assignment.c.school_id == SCHOOL,
    assignment.c.homework_id == bindparam("thing", type_=Id),
    assignment.c.rubric_points.is_not(None),
)


@dataclass(frozen=True, slots=True)
class CommonMistake:
    """A misconception that authors have named, and how many pupils show it in this homework."""

    name: str
    pupils: int


_REMARKS = (
    select(assignment.c.pupil_id, verdict.c.feedback)
    .select_from(
        assignment.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == assignment.c.attempt_id))
    )
    .where(
        assignment.c.school_id == SCHOOL,
        assignment.c.homework_id == bindparam("thing", type_=Id),
        verdict.c.correct.is_(False),
    )
)


def common_mistakes(of: SeenHomework) -> list[CommonMistake]:
    """Misconceptions behind the wrong answers of a homework, the commonest first."""
    whose: dict[str, set[uuid.UUID]] = {}
    for pupil_id, feedback in read(_REMARKS, {"school": of.school_id, "thing": of.id}):
        for _says, misconception in feedback.get("remarks", ()):
            if misconception:
                whose.setdefault(misconception, set()).add(pupil_id)
    counted = [CommonMistake(name, len(pupils)) for name, pupils in whose.items()]
    return sorted(counted, key=lambda one: (-one.pupils, one.name))


def _waiting_before(of: SeenHomework, task: TaskResult) -> int:
    """Answers that wait in attempts which this one puts right."""
    if task.attempt_id is None or not task.is_correction:
        return 0
    return waiting_in(of.school_id, rounds_before(of.school_id, task.attempt_id))


def proposals(of: SeenHomework) -> dict[uuid.UUID, Result]:
    """By pupil: the machine's points for this homework and the marks they suggest. Nothing enters the journal by itself."""
    table = thresholds_on(of.school_id, of.due_on)
    found: dict[uuid.UUID, Result] = {}
    for pupil_id, *rest in read(_RESULTS, {"school": of.school_id, "thing": of.id}):
        task = _task_result(*rest)
        if task is not None:
            task = replace(task, waits=task.waits + _waiting_before(of, task))
            found[pupil_id] = Result(task, _proposed(task, table))
    if of.rubric:
        most = float(most_points(of.rubric))
        for pupil_id, points in read(_SCORED, {"school": of.school_id, "thing": of.id}):
            task = TaskResult(None, float(sum(points)), most)
            found[pupil_id] = Result(task, _proposed(task, table))
    return found
