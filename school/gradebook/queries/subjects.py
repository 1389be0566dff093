"""«Why this mark»: a term of a pupil subject by subject, with the share of each mark in the mean and what leads higher."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, literal_column, select, union_all
from sqlalchemy.types import Date

from content_library.models import Item
from school.classes.models import Regime, StudyGroup, Term
from school.classes.queries.relations import MEMBER, SCHOOL
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.database import Id, read
from school.gradebook.journal import Act, TermSpan
from school.gradebook.models import Mark, MarkStep, TermMark, YearMark
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.journals import term_span
from school.gradebook.queries.marks import PupilMark, by_subject, marks_of_pupil, sees_unreleased
from school.gradebook.release import Change, Sign, Step, family_sees, seen_changes
from school.gradebook.scale import (
    RETAKES_FROM,
    Rules,
    Score,
    Way,
    apportion,
    contributions,
    counted,
    forbidden_by_control,
    hundredths,
    outcomes,
    ways_to,
)
from school.homework.models import Assignment
from school.tasks.models import Attempt, Verdict

term = cast("Table", Term.__table__)
regime = cast("Table", Regime.__table__)
group = cast("Table", StudyGroup.__table__)
mark = cast("Table", Mark.__table__)
step = cast("Table", MarkStep.__table__)
term_mark = cast("Table", TermMark.__table__)
assignment = cast("Table", Assignment.__table__)
attempt = cast("Table", Attempt.__table__)
year_mark = cast("Table", YearMark.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)

_TERMS = (
    select(term.c.id, term.c.number, term.c.name, term.c.starts_on, term.c.ends_on, term.c.locked_at, regime.c.kind)
    .select_from(
        group.join(regime, and_(regime.c.school_id == SCHOOL, regime.c.id == group.c.regime_id)).join(
            term, and_(term.c.school_id == SCHOOL, term.c.regime_id == regime.c.id)
        )
    )
    .where(group.c.school_id == SCHOOL, group.c.id == bindparam("group", type_=Id))
    .order_by(term.c.number)
)
_STEPS = (
    select(step.c.mark_id, step.c.new_value, step.c.new_code, step.c.new_comment, step.c.at, step.c.released_at)
    .select_from(step.join(mark, and_(mark.c.school_id == SCHOOL, mark.c.id == step.c.mark_id)))
    .where(
        step.c.school_id == SCHOOL,
        mark.c.pupil_id == MEMBER,
        mark.c.version > 1,
        mark.c.on_date.between(bindparam("since", type_=Date), bindparam("until", type_=Date)),
    )
    .order_by(step.c.mark_id, step.c.at)
)
_TERM_MARKS = select(
    literal_column("''").label("kind"),
    term_mark.c.course_id,
    term_mark.c.value,
    term_mark.c.code,
    term_mark.c.reason,
    term_mark.c.released_at,
    term_mark.c.released_value,
    term_mark.c.released_code,
).where(
    term_mark.c.school_id == SCHOOL, term_mark.c.pupil_id == MEMBER, term_mark.c.term_id == bindparam("term", type_=Id)
)
_TERM_AND_YEAR = union_all(
    _TERM_MARKS,
    select(
        year_mark.c.kind,
        year_mark.c.course_id,
        year_mark.c.value,
        year_mark.c.code,
        year_mark.c.reason,
        year_mark.c.released_at,
        year_mark.c.released_value,
        year_mark.c.released_code,
    ).where(year_mark.c.school_id == SCHOOL, year_mark.c.pupil_id == MEMBER),
)
_LOST = (
    select(
        assignment.c.homework_id,
        attempt.c.points,
        attempt.c.max_points,
        item.c.position,
        verdict.c.points,
        verdict.c.max_points,
    )
    .select_from(
        assignment.join(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == assignment.c.attempt_id))
        .outerjoin(
            verdict,
            and_(
                verdict.c.school_id == SCHOOL,
                verdict.c.attempt_id == attempt.c.id,
                verdict.c.points < verdict.c.max_points,
                verdict.c.waits.is_(False),
            ),
        )
        .outerjoin(item, item.c.id == verdict.c.item_id)
    )
    .where(
        assignment.c.school_id == SCHOOL,
        assignment.c.pupil_id == MEMBER,
        assignment.c.homework_id.in_(bindparam("homework", expanding=True, type_=Id)),
        attempt.c.finished_at.is_not(None),
    )
    .order_by(assignment.c.homework_id, item.c.position)
)


@dataclass(frozen=True, slots=True)
class Lost:
    """A task of a homework that did not bring all its points."""

    number: int
    points: float
    max_points: float


@dataclass(frozen=True, slots=True)
class TaskPoints:
    """What the machine counted of the work that a mark was put for."""

    points: float
    max_points: float
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A mark and all that makes it clear."""

    mark: PupilMark
    share: int | None
    """Its part of the mean in hundredths; the parts sum to the mean. None for a code."""
    act_name: str
    changes: tuple[Change, ...]
    """What the family saw of it, where it saw more than one value."""
    task: TaskPoints | None
    beside: PupilMark | None = None
    """Of a second or repeated mark the one before it; of a mark with a retake, the retake."""


@dataclass(frozen=True, slots=True)
class SubjectTerm:
    """A subject of the term."""

    subject_id: int
    name: str
    tint: int
    marks: tuple[Explained, ...]
    mean: int | None
    weight_sum: int
    outlook: tuple[int, ...]
    ways: tuple[Way, ...]
    """To the next better outcome, the shortest of each weight; empty at the top."""
    target: int | None
    term_mark: Sign | None
    reason: str
    year_marks: tuple[tuple[str, Sign], ...] = ()
    """Of the year, the exam and the certificate, where they are set."""
    rules: Rules = field(default_factory=Rules)
    is_blocked: bool = False
    """A control work forbids ``target`` by the act whatever the mean."""

    @property
    def owed(self) -> tuple[Explained, ...]:
        """Works that are owed, by their days."""
        dots = (one for one in self.marks if one.mark.sign.is_dot)
        return tuple(sorted(dots, key=lambda one: one.mark.sign.due_on or one.mark.on_date))


@dataclass(frozen=True, slots=True)
class PupilTerm:
    """A pupil's marks of a term."""

    terms: Sequence[TermSpan]
    term: TermSpan
    subjects: tuple[SubjectTerm, ...]


def terms_of_pupil(pupil: SeenPupil) -> list[TermSpan]:
    """The terms of the pupil's class."""
    rows = read(_TERMS, {"school": pupil.school_id, "group": pupil.class_id})
    return [term_span(tuple(row)) for row in rows]


def find_pupil_term(
    pupil: SeenPupil,
    terms: Sequence[TermSpan],
    chosen: TermSpan,
    locale: str = "ru",
    only: Collection[int] | None = None,
) -> PupilTerm:
    """The marks of a term, explained; of the subjects ``only`` where not all are the reader's. Five statements."""
    marks = marks_of_pupil(pupil, chosen.starts_on, chosen.ends_on, locale, only)
    act = find_act(pupil.school_id, chosen.starts_on)
    changes = _changes(pupil, chosen)
    tasks = _tasks(pupil, [one.homework_id for one in marks if one.homework_id])
    finals = _decided(pupil, chosen)
    subjects = tuple(_subject(some, act, changes, tasks, finals) for some in by_subject(marks).values())
    return PupilTerm(terms, chosen, subjects)


def _subject(
    marks: list[PupilMark],
    act: Act | None,
    changes: dict[uuid.UUID, tuple[Change, ...]],
    tasks: dict[uuid.UUID, TaskPoints],
    finals: dict[tuple[uuid.UUID, str], tuple[Sign, str]],
) -> SubjectTerm:
    rules = act.rules if act else Rules()
    counting = counted_marks(marks, rules)
    scores = [Score(one.sign.value or 0, one.weight, one.is_control) for one in counting]
    weights = sum(one.weight for one in scores)
    mean = hundredths(sum(one.value * one.weight for one in scores), weights)
    shares = dict(zip((one.id for one in counting), apportion(contributions(scores), mean or 0), strict=True))
    outlook = outcomes(mean, rules) if mean is not None else ()
    target = _next_better(outlook)
    usual = {one.weight for one in act.works} if act else {1}
    final = next((finals[one.course_id, ""] for one in marks if (one.course_id, "") in finals), None)
    courses = dict.fromkeys(one.course_id for one in marks)
    years = tuple(
        (kind, finals[course_id, kind][0])
        for course_id in courses
        for kind in ("year", "exam", "final")
        if (course_id, kind) in finals
    )
    beside = _beside(marks)
    explained = tuple(
        Explained(
            one,
            shares.get(one.id),
            act.name if act else "",
            changes.get(one.id, ()),
            tasks.get(one.homework_id) if one.homework_id else None,
            beside.get((one.column_id, one.place)),
        )
        for one in marks
    )
    first = marks[0]
    return SubjectTerm(
        first.subject_id,
        first.subject,
        first.tint,
        explained,
        mean,
        weights,
        outlook,
        tuple(ways_to(target, scores, usual, rules)) if target else (),
        target,
        final[0] if final else None,
        final[1] if final else "",
        years,
        rules,
        target is not None and forbidden_by_control(target, scores, rules),
    )


def counted_marks(marks: Sequence[PupilMark], rules: Rules) -> list[PupilMark]:
    """The marks of a subject that enter its mean: numbers, and where a retake counts instead, only it."""
    places: dict[uuid.UUID, list[int]] = {}
    for one in marks:
        if one.sign.value is not None:
            places.setdefault(one.column_id, []).append(one.place)
    counting = {column_id: counted(some, rules.retake) for column_id, some in places.items()}
    return [one for one in marks if one.sign.value is not None and one.place in counting[one.column_id]]


def _beside(marks: Sequence[PupilMark]) -> dict[tuple[uuid.UUID, int], PupilMark]:
    """For each mark that stands with others in its column, the neighbour that explains it."""
    found: dict[tuple[uuid.UUID, int], PupilMark] = {}
    for before, after in pairwise(marks):
        if before.column_id == after.column_id:
            found[after.column_id, after.place] = before
            if after.place >= RETAKES_FROM:
                found.setdefault((before.column_id, before.place), after)
    return found


def _next_better(outlook: tuple[int, ...]) -> int | None:
    if not outlook or outlook == (5,):
        return None
    return outlook[0] if len(outlook) > 1 else outlook[0] + 1


def _changes(pupil: SeenPupil, chosen: TermSpan) -> dict[uuid.UUID, tuple[Change, ...]]:
    now = clock.now()
    steps: dict[uuid.UUID, list[Step]] = {}
    rows = read(
        _STEPS, {"school": pupil.school_id, "member": pupil.id, "since": chosen.starts_on, "until": chosen.ends_on}
    )
    for mark_id, value, code, comment, at, released_at in rows:
        steps.setdefault(mark_id, []).append(Step(Sign(value, code, comment), at, released_at))
    seen = {mark_id: tuple(seen_changes(some, now)) for mark_id, some in steps.items()}
    return {mark_id: some for mark_id, some in seen.items() if len(some) > 1}


def _tasks(pupil: SeenPupil, homework: list[uuid.UUID]) -> dict[uuid.UUID, TaskPoints]:
    if not homework:
        return {}
    found: dict[uuid.UUID, tuple[float, float, list[Lost]]] = {}
    rows: Sequence[Any] = read(_LOST, {"school": pupil.school_id, "member": pupil.id, "homework": homework})
    for homework_id, points, most, position, got, of in rows:
        lost = found.setdefault(homework_id, (points or 0, most, []))[2]
        if position is not None:
            lost.append(Lost(position, got, of))
    return {key: TaskPoints(points, most, tuple(lost)) for key, (points, most, lost) in found.items()}


def _decided(pupil: SeenPupil, chosen: TermSpan) -> dict[tuple[uuid.UUID, str], tuple[Sign, str]]:
    """Marks of the term (kind empty) and of the year by course, as the reader may see them."""
    now: datetime = clock.now()
    found = {}
    for kind, course_id, value, code, reason, released_at, old_value, old_code in read(
        _TERM_AND_YEAR, {"school": pupil.school_id, "member": pupil.id, "term": chosen.id}
    ):
        sign = Sign(value, code)
        is_out = sees_unreleased(pupil) or released_at <= now
        shown = sign if is_out else family_sees(sign, Sign(old_value, old_code), released_at, now)
        if not shown.is_empty:
            found[course_id, kind] = (shown, reason if is_out else "")
    return found
