"""Setting homework, changing one's mind before anybody has done it, and following a lesson that moves."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from school.classes.hooks import LessonWent, follow_lessons
from school.classes.models import Lesson
from school.classes.queries import Learner
from school.classes.seen import SeenCourse, SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.homework.actions.files import MOST_FILES, GivenFile, place_files
from school.homework.models import Assignment, AssignmentState, HandInWay, Homework
from school.homework.queries.setting import UnitChoice
from school.homework.seen import SeenHomework
from school.tasks.models import Conditions, Layout, Shows

MOST_MINUTES = 240
LONGEST_TEXT = 5000
MOST_CRITERIA, MOST_CRITERION = 10, 100
MOST_ATTEMPTS = 10


class CannotSet(Exception):
    """The wish makes no homework: the field of the form and a sentence for it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why


class TooLate(Conflict):
    """Somebody has already handed in, so the homework stays as they did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestWish:
    """Under which conditions a test is done; what is left out is not limited."""

    __test__ = False

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    minutes: int | None = None
    attempts: int = 1
    shows: Shows = Shows.FINISH
    layout: Layout = Layout.ONE
    is_shuffled: bool = False
    sections: tuple[dict[str, Any], ...] = ()
    """What is drawn; all questions of the unit when empty."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric."""

    name: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the teacher wants done. ``pupils`` empty: the whole group, newcomers too."""

    text: str
    way: HandInWay
    minutes: int
    due_on: date
    due_lesson: Lesson | None = None
    """The lesson it is for; the day follows it."""
    unit: UnitChoice | None = None
    pupils: tuple[Learner, ...] = ()
    test: TestWish | None = None
    """Conditions, when it is done as a test."""
    files: tuple[GivenFile, ...] = ()
    """Worksheets and pictures that go with it."""
    rubric: tuple[Criterion, ...] = ()
    """What will be looked at, and for how many points."""
    sheet: dict[str, Any] | None = None
    """Questions gathered from several units, for whoever has no set of their own."""
    own: Mapping[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    """By pupil: their own set of questions."""


def set_homework(
    actor: Actor, course: SeenCourse, lesson: SeenLesson | None, wish: Wish, client_id: uuid.UUID
) -> Homework:
    """Give homework to a course's group or to some of its pupils, in one lesson of it.

    The same ``client_id`` with the same content is one homework. Raises ``CannotSet`` and, for other content, ``Conflict``.
    """
    _check(wish, lesson.on_date if lesson is not None else clock.today())
    digest = _digest(actor, course, lesson, wish)
    before = db.session.get(Homework, (course.school_id, client_id))
    if before is not None:
        return _same(before, digest)
    made = Homework(
        school_id=course.school_id,
        id=client_id,
        course_id=course.id,
        lesson_id=lesson.id if lesson is not None else None,
        set_at=clock.now(),
        set_by=actor.member_id,
        payload_hash=digest,
        **_fields(wish),
    )
    try:
        with db.session.begin_nested():
            made.conditions_id = _conditions(course.school_id, wish)
            db.session.add(made)
    except IntegrityError:
        return _same(db.session.get_one(Homework, (course.school_id, client_id)), digest)
    if wish.files:
        place_files(made, wish.files)
    _give(made, [*wish.pupils, *(one for one in wish.own if one not in {pupil.id for pupil in wish.pupils})], wish.own)
    return made


def change_homework(_actor: Actor, homework: SeenHomework, wish: Wish) -> Homework:
    """Set it anew while nobody has handed in. Raises ``TooLate`` and ``CannotSet``."""
    row = _held(homework)
    _check(wish, clock.local(homework.set_at).date())
    _nobody_has_handed_in(row)
    for name, value in _fields(wish).items():
        setattr(row, name, value)
    row.conditions_id = _conditions(row.school_id, wish)
    place_files(row, wish.files)
    wanted = {pupil.id for pupil in wish.pupils}
    for one in _assignments(row):
        one.due_on = wish.due_on
        if wanted and one.pupil_id not in wanted:
            db.session.delete(one)
        wanted.discard(one.pupil_id)
    db.session.flush()
    _give(row, [pupil for pupil in wish.pupils if pupil.id in wanted], {})
    return row


def withdraw_homework(_actor: Actor, homework: SeenHomework) -> None:
    """Take it back while nobody has handed in. Raises ``TooLate``."""
    row = _held(homework)
    _nobody_has_handed_in(row)
    row.withdrawn_at = clock.now()
    db.session.flush()


@follow_lessons
def follow_moved_lessons(went: list[LessonWent]) -> None:
    """The homework that is for a moved lesson follows it, to its new day or to the lesson in its place.

    Days given to single pupils stay, unless they would come before the new day.
    """
    for one in went:
        waiting = db.session.scalars(
            select(Homework).where(Homework.school_id == one.school_id, Homework.due_lesson_id == one.lesson_id)
        )
        for row in waiting:
            before, row.due_lesson_id, row.due_on = row.due_on, one.new_id, one.on_date
            db.session.execute(
                update(Assignment)
                .where(
                    Assignment.school_id == row.school_id,
                    Assignment.homework_id == row.id,
                    (Assignment.due_on == before) | (Assignment.due_on < row.due_on),
                )
                .values(due_on=row.due_on)
            )
    db.session.flush()


def _check(wish: Wish, set_on: date) -> None:
    if not wish.text.strip() and wish.unit is None:
        raise CannotSet("text", _("Write what to do, or choose something from the library."))
    if len(wish.text) > LONGEST_TEXT:
        raise CannotSet("text", _("The text is longer than 5,000 characters."))
    if wish.way == HandInWay.TASK and (wish.unit is None or not wish.unit.has_items):
        raise CannotSet("way", _("To be solved on the screen it needs a test or an assignment from the library."))
    if not 0 <= wish.minutes <= MOST_MINUTES:
        raise CannotSet("minutes", _("Minutes are a number from 0 to 240."))
    if wish.test is not None:
        _check_test(wish.test)
    if len(wish.rubric) > MOST_CRITERIA or any(not 1 <= one.points <= MOST_CRITERION for one in wish.rubric):
        raise CannotSet("rubric", _("At most 10 criteria, each with 1 to 100 points."))
    if len(wish.files) > MOST_FILES:
        raise CannotSet("files", _("At most 10 files with one homework."))
    if wish.due_on < set_on:
        raise CannotSet("due_on", _("This day is already over. Choose a later one."))


def _check_test(test: TestWish) -> None:
    if test.minutes is not None and not 1 <= test.minutes <= MOST_MINUTES:
        raise CannotSet("limit", _("Minutes are a number from 1 to 240."))
    if test.closes_at is not None and test.closes_at <= (test.opens_at or clock.now()):
        raise CannotSet("closes", _("It would close before it opens. Choose a later moment."))
    if not 0 <= test.attempts <= MOST_ATTEMPTS:
        raise CannotSet("attempts", _("Attempts are a number from 0 to 10; 0 means any number."))


def _conditions(school_id: int, wish: Wish) -> uuid.UUID | None:
    """A row of its own for each wording: attempts that began under other conditions keep theirs."""
    if wish.test is None:
        return None
    fields = asdict(wish.test) | {"sections": list(wish.test.sections) or None}
    made = Conditions(school_id=school_id, id=new_id(), **fields)
    db.session.add(made)
    db.session.flush()
    return made.id


def _fields(wish: Wish) -> dict[str, object]:
    return {
        "due_lesson_id": wish.due_lesson.id if wish.due_lesson is not None else None,
        "due_on": wish.due_on,
        "text": wish.text.strip(),
        "unit_version_id": wish.unit.id if wish.unit is not None else None,
        "way": wish.way.value,
        "minutes": wish.minutes,
        "for_all": not wish.pupils,
        "sheet": wish.sheet,
        "rubric": [asdict(one) for one in wish.rubric] or None,
    }


def _give(homework: Homework, pupils: Iterable[Learner | uuid.UUID], own: Mapping[uuid.UUID, dict[str, Any]]) -> None:
    rows = [
        {
            "school_id": homework.school_id,
            "id": new_id(),
            "homework_id": homework.id,
            "pupil_id": pupil_id,
            "due_on": homework.due_on,
            "state": AssignmentState.GIVEN.value,
            "comment": "",
            "version": 0,
            "sheet": own.get(pupil_id),
        }
        for pupil_id in (one if isinstance(one, uuid.UUID) else one.id for one in pupils)
    ]
    if rows:
        db.session.execute(insert(Assignment), rows)


def _held(homework: SeenHomework) -> Homework:
    return db.session.scalars(
        select(Homework)
        .where(Homework.school_id == homework.school_id, Homework.id == homework.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _assignments(homework: Homework) -> list[Assignment]:
    return list(
        db.session.scalars(
            select(Assignment).where(Assignment.school_id == homework.school_id, Assignment.homework_id == homework.id)
        )
    )


def _nobody_has_handed_in(homework: Homework) -> None:
    begun = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.school_id == homework.school_id,
            Assignment.homework_id == homework.id,
            (Assignment.handed_in_at.is_not(None))
            | (Assignment.checked_at.is_not(None))
            | (Assignment.attempt_id.is_not(None)),
        )
    )
    if begun:
        raise TooLate(_("Some pupils have already done it, so it stays as it is. You can set another one."))


def _same(before: Homework, digest: str) -> Homework:
    if before.payload_hash != digest:
        raise Conflict(_("This form was already sent with other content. The first homework stands."))
    return before


def _digest(actor: Actor, course: SeenCourse, lesson: SeenLesson | None, wish: Wish) -> str:
    what = [
        str(actor.account_id),
        str(course.id),
        str(lesson.id) if lesson is not None else None,
        {name: str(value) for name, value in _fields(wish).items()},
        sorted(str(pupil.id) for pupil in wish.pupils),
        str(wish.test),
        [[one.sha256, one.name] for one in wish.files],
        {str(pupil): sheet for pupil, sheet in wish.own.items()},
    ]
    return hashlib.sha256(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
