"""The pages of progress: one's own, a pupil's, a subject of a pupil, a course, and the receipt of a mark."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from school.classes.policy import runs_school
from school.classes.queries import get_course
from school.classes.seen import SeenCourse
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.records import NotSealedYet, RecordBroken, as_file, receipt_for
from school.core.sheets import attached, to_xlsx
from school.core.shell import Crumb, address_of
from school.homework.queries import WaitingWork
from school.homework.seen import PupilHomework
from school.mastery.queries import KnownTopic
from school.progress import rows, voice, words
from school.progress.needs import Lever, Reason
from school.progress.policy import (
    has_progress,
    may_see_course_progress,
    may_see_progress,
    may_see_receipt,
    may_see_subject,
    sees_all_subjects,
)
from school.progress.queries import (
    Line,
    SubjectProgress,
    course_progress,
    event_of,
    get_learning,
    mark_of,
    overview,
    own_learning,
    subject_of,
    subject_progress,
)
from school.progress.queries.now import now_of
from school.progress.queries.works import due
from school.progress.routes.blueprint import blueprint
from school.progress.seen import SeenLearning, SeenMark, SeenSubject
from school.progress.sheets import of_marks
from school.progress.steps import Action, actions

log = logging.getLogger(__name__)


@blueprint.get("/progress")
@requires(has_progress)
def mine(actor: Actor) -> ResponseReturnValue:
    """The pupil's own progress in all subjects."""
    return _overview(actor, own_learning(actor) or abort(404))


@blueprint.get("/pupils/<uuid:pupil_id>/progress")
@requires(may_see_progress, opens="progress", pupil=get_learning)
def pupil(actor: Actor, pupil: SeenLearning) -> ResponseReturnValue:
    """A pupil's progress; a subject teacher finds the own subjects."""
    return _overview(actor, pupil)


@blueprint.get("/pupils/<uuid:pupil_id>/progress/<int:subject_id>")
@requires(may_see_subject, opens="progress", pupil=get_learning, subject=subject_of)
def subject(actor: Actor, pupil: SeenLearning, subject: SeenSubject) -> ResponseReturnValue:
    """One subject in detail; ``?as=xlsx``: its marks day by day as a file."""
    found = subject_progress(actor, pupil, subject)
    if request.args.get("as") == "xlsx":
        title = f"{pupil.pupil.short_name}, {subject.name}"
        return attached(to_xlsx(title, of_marks(found)), title)
    return page(
        "progress/subject.html",
        learning=pupil,
        subject=subject,
        found=found,
        steps=words.next_steps(_ahead(found), found.today),
        adult=not pupil.pupil.is_self,
        voice=voice,
        words=words,
        marks_url=address_of("gradebook.pupil_marks", school_id=pupil.school_id, pupil_id=pupil.id),
        homework_url=_homework_address(pupil),
        where=(*_trail(pupil), Crumb(subject.name)),
    )


@blueprint.get("/courses/<uuid:course_id>/progress")
@requires(may_see_course_progress, opens="progress", course=get_course)
def course(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """A group, a line a pupil by name; ``?needs=1`` leaves those with a reason."""
    found = course_progress(course)
    only_needing = request.args.get("needs") == "1"
    journal = address_of("gradebook.grid", school_id=course.school_id, course_id=course.id)
    return page(
        "progress/course.html",
        block="pupils",
        course=course,
        found=found,
        only_needing=only_needing,
        lines=found.needing if only_needing else found.lines,
        lever_url=lever_address(course),
        offers=course.teaches or runs_school(actor),
        words=words,
        where=(Crumb(f"{course.title}, {course.group}", journal), Crumb(_("Progress"))),
    )


@blueprint.get("/pupils/<uuid:pupil_id>/marks/<uuid:mark_id>/receipt")
@requires(may_see_receipt, opens="progress", pupil=get_learning, mark=mark_of)
def receipt(_actor: Actor, pupil: SeenLearning, mark: SeenMark) -> ResponseReturnValue:
    """What the receipt of a mark proves, and the receipt itself to take away."""
    state, _made = _receipt(pupil, mark)
    return page(
        "progress/receipt.html",
        learning=pupil,
        mark=mark,
        state=state,
        words=words,
        where=(
            *_trail(pupil),
            Crumb(mark.subject.name, _subject_address(pupil, mark.subject)),
            Crumb(_("Receipt")),
        ),
    )


@blueprint.get("/pupils/<uuid:pupil_id>/marks/<uuid:mark_id>/receipt.json")
@requires(may_see_receipt, opens="progress", pupil=get_learning, mark=mark_of)
def receipt_file(_actor: Actor, pupil: SeenLearning, mark: SeenMark) -> ResponseReturnValue:
    """The receipt as a file."""
    _state, made = _receipt(pupil, mark)
    if made is None:
        abort(404)
    response = Response(as_file(made), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{mark.on_date}-{mark.id.hex[-6:]}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _overview(actor: Actor, learning: SeenLearning) -> Response:
    found, now = overview(actor, learning), now_of(actor, learning)
    waiting: dict[bool, list[tuple[str, object]]] = {True: [], False: []}
    for work in found.waiting:
        waiting[work.is_returned].append((work.title, work))
    fading, practising = now.fading, now.practising
    steps = actions(waiting[True], waiting[False], _titles(fading), _titles(practising))
    return page(
        "progress/overview.html",
        learning=learning,
        found=found,
        now=now,
        fading=fading,
        practising=practising,
        rows=rows,
        subject_url=_subject_addresses(learning),
        steps=steps,
        step_url=_step_address(learning),
        adult=not learning.pupil.is_self,
        all_subjects=sees_all_subjects(actor, learning),
        voice=voice,
        words=words,
        marks_url=address_of("gradebook.pupil_marks", school_id=learning.school_id, pupil_id=learning.id),
        where=_trail(learning),
    )


def _subject_addresses(learning: SeenLearning) -> Callable[[int], str]:
    """A function from a subject's id to its page, the address made once: a page has fifteen."""
    made = url_for("progress.subject", school_id=learning.school_id, pupil_id=learning.id, subject_id=0)
    stem = made.removesuffix("0")
    return lambda subject_id: f"{stem}{subject_id}"


def _titles(topics: list[KnownTopic]) -> list[tuple[str, object]]:
    return [(one.topic.title, one) for one in topics]


def _step_address(learning: SeenLearning) -> Any:
    """A function from an action to the page where it is done: the work, the pupil's own practice, or units of the topic."""
    homework = _homework_address(learning)
    practice = address_of("tracks.mine", school_id=learning.school_id) if learning.pupil.is_self else ""

    def address(step: Action) -> str:
        if isinstance(step.of, KnownTopic):
            topic = step.of.topic
            return practice or address_of("library.shelves", subject=topic.subject_id, topic=topic.id)
        return str(homework(step.of))

    return address


def _receipt(learning: SeenLearning, mark: SeenMark) -> tuple[str, dict[str, Any] | None]:
    """How it stands with the proof (ready, waiting, none, broken), and the receipt when it is ready."""
    event_id = event_of(learning, mark)
    if event_id is None:
        return "none", None
    try:
        made = receipt_for(db.session, mark.school_id, event_id)
    except NotSealedYet:
        return "waiting", None
    except RecordBroken:
        log.exception("the record does not lead to what was signed")
        return "broken", None
    return ("ready", made) if made else ("none", None)


def lever_address(course: SeenCourse) -> Any:
    """A function from a pupil of the course and a reason to the page where something can be done about it."""

    def address(line: Line, reason: Reason) -> str:
        pupil = {"school_id": course.school_id, "pupil_id": line.pupil.id}
        match reason.lever:
            case Lever.RETAKE:
                return address_of("gradebook.pupil_marks", **pupil)
            case Lever.WORKS:
                return address_of("homework.of_pupil", **pupil)
            case Lever.PRACTISE | Lever.REVIEW if reason.topic_id is not None:
                return address_of("tracks.of_pupil", **pupil, course_id=course.id) or address_of(
                    "progress.evidence", **pupil, course_id=course.id, topic_id=reason.topic_id
                )
        return address_of("progress.subject", **pupil, subject_id=course.subject_id)

    return address


def _ahead(found: SubjectProgress) -> words.Ahead:
    works = found.works
    tested = [words.TopicShare(one.title, one.right, one.answers) for one in found.topics]
    return words.Ahead(len(works.done), due(works.returned), due(works.owed), due(works.coming), tested)


def _trail(learning: SeenLearning) -> tuple[Crumb, ...]:
    if learning.pupil.is_self:
        return (Crumb(_("Progress"), url_for("progress.mine", school_id=learning.school_id)),)
    own = url_for("progress.pupil", school_id=learning.school_id, pupil_id=learning.id)
    return (Crumb(learning.pupil.short_name, own),)


def _subject_address(learning: SeenLearning, subject: SeenSubject) -> str:
    return url_for("progress.subject", school_id=learning.school_id, pupil_id=learning.id, subject_id=subject.id)


def _homework_address(learning: SeenLearning) -> Any:
    """A function from a work to the page where the reader meets it."""

    def address(work: PupilHomework | WaitingWork) -> str:
        if learning.pupil.is_self:
            return address_of("homework.work", school_id=learning.school_id, homework_id=work.id)
        return address_of(
            "homework.work_of_pupil", school_id=learning.school_id, pupil_id=learning.id, homework_id=work.id
        )

    return address
