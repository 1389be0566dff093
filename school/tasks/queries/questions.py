"""How the questions of one homework did, pupil by pupil, and whose result a ruling would change."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from content_library.models import Item
from school.core.database import db
from school.people.models import Account
from school.tasks.analysis import Chosen, Facts, chosen, facts_of
from school.tasks.kinds import BY_HAND, kind_of
from school.tasks.kinds.contract import BrokenSpec, Unreadable, Verdict
from school.tasks.kinds.spelling import name_of
from school.tasks.models import Answer, Attempt, ItemRuling, RulingKind, VerdictChange
from school.tasks.models import Verdict as Judged
from school.tasks.queries.running import rulings_within

NOTHING = "—"
"""Stands for a question that was left without an answer."""


def read_as(item: Item, seed: int, given: dict[str, Any], judged: Verdict) -> str:
    """An answer as its pupil reads it: what rulings name answers by, whatever order options stood in."""
    return kind_of(item.kind).present(item.spec, seed, given, judged).given


def is_among(item: Item, line: str, accepts: Collection[str]) -> bool:
    """Whether a ruling that accepts these answers means this one, in whichever spelling it was made."""
    return name_of(item.kind, item.spec, line) in {name_of(item.kind, item.spec, one) for one in accepts}


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """One question of a homework with its numbers; an analysis of those who were asked it."""

    item: Item
    facts: Facts | None
    answers: tuple[Chosen, ...]
    """As they were given; none for what a teacher judges."""
    rulings: tuple[ItemRuling, ...]

    @property
    def wrong(self) -> tuple[str, ...]:
        """Answers that did not count in full, the commonest first: one of them may have been right after all."""
        return tuple(one.given for one in self.answers if not one.correct and one.given != NOTHING)

    @property
    def is_suspicious(self) -> bool:
        """Those who do well in the rest fail it: a key or a wording to look at."""
        within = self.facts.discrimination_within if self.facts is not None else None
        return within is not None and within.high < 0


def _rows(
    school_id: int, within: uuid.UUID, item_id: uuid.UUID | None = None, *, waiting: bool = False
) -> list[tuple[Judged, Attempt, dict[str, Any] | None]]:
    found = (
        select(Judged, Attempt, Answer.given)
        .join(Attempt, and_(Attempt.school_id == Judged.school_id, Attempt.id == Judged.attempt_id))
        .outerjoin(Answer, and_(Answer.school_id == Judged.school_id, Answer.id == Judged.answer_id))
        .where(
            Judged.school_id == school_id,
            Attempt.school_id == school_id,
            or_(Answer.id.is_(None), Answer.school_id == school_id),
            Attempt.given_for == within,
            Attempt.finished_at.is_not(None),
            *(() if waiting else (~Judged.waits,)),
        )
        .order_by(Attempt.started_at, Attempt.id)
    )
    if item_id is not None:
        found = found.where(Judged.item_id == item_id)
    return [tuple(row) for row in db.session.execute(found)]


def question_reports(school_id: int, within: uuid.UUID) -> list[QuestionReport]:
    """Each question that pupils were asked, the most asked first, then in its unit's order.

    A pupil counts once, by the first attempt: what is asked again after the answers were shown says nothing of the question.
    """
    first: dict[uuid.UUID, uuid.UUID] = {}
    rows = _rows(school_id, within)
    for _verdict, attempt, _given in rows:
        first.setdefault(attempt.pupil_id, attempt.id)
    rows = [row for row in rows if first[row[1].pupil_id] == row[1].id]
    totals: dict[uuid.UUID, tuple[float, float]] = {}
    for verdict, attempt, _given in rows:
        points, most = totals.get(attempt.id, (0.0, 0.0))
        totals[attempt.id] = (points + verdict.points, most + verdict.max_points)
    by_item: dict[uuid.UUID, list[tuple[Judged, Attempt, dict[str, Any] | None]]] = {}
    for row in rows:
        by_item.setdefault(row[0].item_id, []).append(row)
    items = {one.id: one for one in db.session.scalars(select(Item).where(Item.id.in_(by_item)))}
    rulings = rulings_within(school_id, within)
    reports = [
        _report(items[item_id], some, totals, tuple(rulings.get(item_id, ()))) for item_id, some in by_item.items()
    ]
    return sorted(reports, key=lambda one: (-(one.facts.n if one.facts else 0), one.item.version_id, one.item.position))


def _report(
    item: Item,
    rows: list[tuple[Judged, Attempt, dict[str, Any] | None]],
    totals: dict[uuid.UUID, tuple[float, float]],
    rulings: tuple[ItemRuling, ...],
) -> QuestionReport:
    others = [totals[attempt.id][0] - verdict.points for verdict, attempt, _given in rows]
    facts = facts_of([one.points for one, _attempt, _given in rows], others, rows[0][0].max_points)
    if item.kind in BY_HAND:
        return QuestionReport(item, facts, (), rulings)
    answers = []
    for (verdict, attempt, given), other in zip(rows, others, strict=True):
        most = totals[attempt.id][1] - verdict.max_points
        answers.append((_read(item, attempt.seed, given), verdict.correct, other / most if most else 0.0))
    return QuestionReport(item, facts, tuple(chosen(answers)), rulings)


def _read(item: Item, seed: int, given: dict[str, Any] | None) -> str:
    if given is None:
        return NOTHING
    try:
        return read_as(item, seed, given, kind_of(item.kind).grade(item.spec, seed, given))
    except (Unreadable, BrokenSpec):
        return NOTHING


@dataclass(frozen=True, slots=True)
class Change:
    """What a ruling does to one attempt."""

    verdict: Judged
    attempt: Attempt

    @property
    def gain(self) -> float:
        """Points more."""
        return self.verdict.max_points - self.verdict.points

    @property
    def before(self) -> float:
        """Points of the whole attempt."""
        return float(self.attempt.points or 0)

    @property
    def after(self) -> float:
        """The same with the ruling."""
        return self.before + self.gain


def changes_by(school_id: int, within: uuid.UUID, item: Item, kind: str, accepts: Collection[str]) -> list[Change]:
    """Whose results a ruling would change, and by how much. Nobody loses by one.

    Answers that wait for the teacher wait no longer when the question counts for everybody. Who gave the right answer first and
    another one when it was asked again has it counted in the attempt that puts the first one right, too.
    """
    found = []
    good: set[uuid.UUID] = set()
    rows = _rows(school_id, within, item.id, waiting=kind == RulingKind.EVERYBODY)
    for verdict, attempt, given in rows:  # the earlier attempts of a pupil come first
        is_given = given is not None and is_among(item, _read(item, attempt.seed, given), accepts)
        if kind == RulingKind.EVERYBODY or is_given or attempt.corrects_id in good:
            good.add(attempt.id)
            if not verdict.correct:
                found.append(Change(verdict, attempt))
    return found


def asked_within(school_id: int, within: uuid.UUID, item_id: uuid.UUID) -> Item | None:
    """For addresses below a homework: a question that somebody was asked in it."""
    return next((db.session.get(Item, item_id) for _row in _rows(school_id, within, item_id)[:1]), None)


def history_of(attempt: Attempt) -> dict[uuid.UUID, list[VerdictChange]]:
    """By question, what was changed in the result of an attempt after it was handed in, the oldest first."""
    rows = db.session.execute(
        select(Judged.item_id, VerdictChange)
        .join(Judged, and_(Judged.school_id == VerdictChange.school_id, Judged.id == VerdictChange.verdict_id))
        .where(
            VerdictChange.school_id == attempt.school_id,
            Judged.school_id == attempt.school_id,
            VerdictChange.attempt_id == attempt.id,
        )
        .order_by(VerdictChange.changed_at, VerdictChange.id)
    )
    found: dict[uuid.UUID, list[VerdictChange]] = {}
    for item_id, one in rows:
        found.setdefault(item_id, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Recounting:
    """One act that changed results of a question."""

    at: datetime
    by: str
    """Name of the account."""
    is_late: bool
    """Late answers were let in; otherwise the key was put right."""
    lines: list[tuple[uuid.UUID, float, float]]
    """Pupil, points for the question before and after."""


def recounted_within(school_id: int, within: uuid.UUID) -> dict[uuid.UUID, list[Recounting]]:
    """By question, all that was changed in the results of one homework, the oldest act first."""
    rows = db.session.execute(
        select(Judged.item_id, Attempt.pupil_id, VerdictChange, Account.name)
        .join(Judged, and_(Judged.school_id == VerdictChange.school_id, Judged.id == VerdictChange.verdict_id))
        .join(Attempt, and_(Attempt.school_id == VerdictChange.school_id, Attempt.id == VerdictChange.attempt_id))
        .outerjoin(Account, Account.id == VerdictChange.changed_by)
        .where(
            VerdictChange.school_id == school_id,
            Judged.school_id == school_id,
            Attempt.school_id == school_id,
            Attempt.given_for == within,
        )
        .order_by(VerdictChange.changed_at, VerdictChange.id)
    )
    acts: dict[tuple[uuid.UUID, uuid.UUID | datetime], Recounting] = {}
    found: dict[uuid.UUID, list[Recounting]] = {}
    for item_id, pupil_id, one, by in rows:
        key = (item_id, one.ruling_id or one.changed_at)
        if key not in acts:
            acts[key] = Recounting(one.changed_at, by or "", one.ruling_id is None, [])
            found.setdefault(item_id, []).append(acts[key])
        acts[key].lines.append((pupil_id, one.points_before, one.points_after))
    return found


def with_late_answers(school_id: int, within: uuid.UUID) -> list[tuple[Attempt, int]]:
    """Finished attempts that have answers which came after the closing and do not count, with their number."""
    late = db.session.execute(
        select(Attempt, Answer.item_id)
        .join(Answer, and_(Answer.school_id == Attempt.school_id, Answer.attempt_id == Attempt.id))
        .where(
            Attempt.school_id == school_id,
            Answer.school_id == school_id,
            Attempt.given_for == within,
            Attempt.finished_at.is_not(None),
            ~Attempt.takes_late,
            Answer.late,
        )
        .order_by(Attempt.started_at, Attempt.id)
    )
    counted: dict[uuid.UUID, tuple[Attempt, set[uuid.UUID]]] = {}
    for attempt, item_id in late:
        counted.setdefault(attempt.id, (attempt, set()))[1].add(item_id)
    return [(attempt, len(items)) for attempt, items in counted.values()]
