"""Attempts that put an earlier one right: what was before them, what came after, and what still waits in the whole row of them."""

import uuid
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, bindparam, func, select

from school.classes.queries.relations import SCHOOL
from school.core.database import Id, db, read
from school.tasks.models import Attempt, ItemRuling, Verdict, VerdictChange
from school.tasks.queries.running import items_asked

attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
MOST_ROUNDS = 50

_CORRECTS = select(attempt.c.corrects_id).where(
    attempt.c.school_id == SCHOOL, attempt.c.id == bindparam("attempt", type_=Id)
)
_WAITING = select(func.count()).where(
    verdict.c.school_id == SCHOOL,
    verdict.c.attempt_id.in_(bindparam("attempts", type_=Id, expanding=True)),
    verdict.c.waits,
)


def rounds_before(school_id: int, attempt_id: uuid.UUID) -> list[uuid.UUID]:
    """The attempts that this one puts right, the nearest first."""
    found: list[uuid.UUID] = []
    at: uuid.UUID | None = attempt_id
    while at is not None and len(found) < MOST_ROUNDS:
        rows = read(_CORRECTS, {"school": school_id, "attempt": at})
        at = rows[0][0] if rows else None
        if at is not None:
            found.append(at)
    return found


def standing_verdicts(row: Attempt) -> dict[uuid.UUID, Verdict]:
    """By question of the whole row of rounds, in the order of the first one: the verdict that counts, of the last round that asked it."""
    rounds = [row.id, *rounds_before(row.school_id, row.id)]
    first = db.session.get_one(Attempt, (row.school_id, rounds[-1]))
    verdicts = db.session.scalars(
        select(Verdict).where(Verdict.school_id == row.school_id, Verdict.attempt_id.in_(rounds))
    ).all()
    newest = sorted(verdicts, key=lambda one: rounds.index(one.attempt_id), reverse=True)
    by_item = {one.item_id: one for one in newest}
    return {one.id: by_item[one.id] for one in items_asked(first) if one.id in by_item}


def waiting_in(school_id: int, attempts: Sequence[uuid.UUID]) -> int:
    """How many answers of these attempts wait for the teacher. What waits is not asked again, so none is counted twice."""
    return int(read(_WAITING, {"school": school_id, "attempts": list(attempts)})[0][0]) if attempts else 0


def round_after(row: Attempt) -> Attempt | None:
    """The attempt that puts this one right, held until the end of the transaction."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.school_id == row.school_id, Attempt.corrects_id == row.id)
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def is_asked(row: Attempt, item_id: uuid.UUID) -> bool:
    """Whether an attempt asks this question (again)."""
    return any(one.id == item_id for one in items_asked(row))


def made_good(row: Attempt) -> set[uuid.UUID]:
    """Questions of the attempts before that a ruling has since counted in full: a correction never takes that back."""
    before = rounds_before(row.school_id, row.id)
    if not before:
        return set()
    return set(
        db.session.scalars(
            select(Verdict.item_id)
            .join(
                VerdictChange, (VerdictChange.school_id == Verdict.school_id) & (VerdictChange.verdict_id == Verdict.id)
            )
            .join(
                ItemRuling,
                (ItemRuling.school_id == VerdictChange.school_id) & (ItemRuling.id == VerdictChange.ruling_id),
            )
            .where(
                Verdict.school_id == row.school_id,
                VerdictChange.school_id == row.school_id,
                ItemRuling.school_id == row.school_id,
                Verdict.attempt_id.in_(before),
                Verdict.correct,
            )
        )
    )
