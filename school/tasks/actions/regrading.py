"""Making good what was judged wrongly: a key that was wrong, answers that came too late through no fault of the pupil."""

import uuid
from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import select

from content_library.models import Item
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.tasks import hooks
from school.tasks.actions.corrections import carry_on
from school.tasks.actions.judging import judge
from school.tasks.kinds.hints import after_hints
from school.tasks.models import Attempt, ItemRuling, RulingKind, Verdict, VerdictChange
from school.tasks.queries import items_asked, last_answers, rulings_within
from school.tasks.queries.hints import opened_hints
from school.tasks.queries.questions import Change, changes_by
from school.tasks.seen import RULED

RULED_EVENT, LATE_EVENT = "task.key_put_right", "task.late_counted"


class NothingChanges(Exception):
    """The ruling would change nobody's result."""


def rule_on_key(
    actor: Actor, item: Item, given_for: uuid.UUID, kind: RulingKind, accepts: Collection[str] = (), reason: str = ""
) -> list[Change]:
    """A key was wrong: count the question for everybody, or these answers too, in the attempts of one homework.

    What was, is kept beside what is; those who hand in later are judged by it as well. Raises ``NothingChanges``.
    """
    school_id = actor.school_id or 0
    changes = changes_by(school_id, given_for, item, kind, accepts)
    if not changes:
        raise NothingChanges
    now = clock.now()
    ruling = ItemRuling(
        school_id=school_id,
        id=new_id(),
        item_id=item.id,
        within=given_for,
        kind=kind.value,
        accepts=sorted(accepts) if kind is RulingKind.ACCEPT else [],
        reason=reason.strip()[:300],
        made_at=now,
        made_by=actor.account_id,
    )
    db.session.add(ruling)
    db.session.flush()
    for one in changes:
        row = _held(one.attempt)
        gain, was = one.gain, float(one.verdict.points)
        one.verdict.points, one.verdict.correct, one.verdict.waits = one.verdict.max_points, True, False
        one.verdict.feedback = {"said": [[RULED.msgid, {}]], "remarks": []}
        row.points = float(Decimal(str(row.points)) + Decimal(str(gain)))
        _keep(actor, row, one.verdict, was, ruling.id)
        carry_on(row, item, Decimal(str(gain)))
        payload = {"item": item.id, "ruling": ruling.id, "from": str(was), "to": str(one.verdict.points)}
        record(actor, RULED_EVENT, school_id=school_id, thing_id=row.id, pupil_id=row.pupil_id, payload=payload)
    db.session.flush()
    for tell in hooks.WHEN_RULED:
        tell(actor, ruling)
    return changes


def let_late_answers_count(actor: Actor, attempt: Attempt) -> Attempt:
    """Answers that came after the closing count too: the connection was to blame, not the pupil."""
    row = _held(attempt)
    row.takes_late = True
    db.session.flush()
    answers, rulings = last_answers(row), rulings_within(row.school_id, row.given_for)
    items = items_asked(row)
    opened = opened_hints(row, items)
    verdicts = {
        one.item_id: one
        for one in db.session.scalars(
            select(Verdict).where(Verdict.school_id == row.school_id, Verdict.attempt_id == row.id)
        )
    }
    total = Decimal(str(row.points or 0))
    for item in items:
        verdict, found = verdicts[item.id], answers.get(item.id)
        if found is None or found[0] == verdict.answer_id:
            continue
        judged = after_hints(
            judge(item, row.seed, found[1], rulings.get(item.id, ())), item.spec, opened.get(item.id, 0)
        )
        was = float(verdict.points)
        verdict.answer_id, verdict.correct, verdict.waits = found[0], judged.correct, judged.waits
        verdict.points = float(judged.points)
        verdict.feedback = {"said": [[one.msgid, dict(one.values)] for one in judged.feedback], "remarks": []}
        gain = judged.points - Decimal(str(was))
        total += gain
        _keep(actor, row, verdict, was, None)
        carry_on(row, item, gain)
    before, row.points = row.points, float(total)
    payload = {"from": str(before), "to": str(row.points)}
    record(actor, LATE_EVENT, school_id=row.school_id, thing_id=row.id, pupil_id=row.pupil_id, payload=payload)
    db.session.flush()
    for tell in hooks.WHEN_JUDGED:
        tell(actor, row)
    return row


def _keep(actor: Actor, row: Attempt, verdict: Verdict, was: float, ruling_id: uuid.UUID | None) -> None:
    db.session.add(
        VerdictChange(
            school_id=row.school_id,
            id=new_id(),
            attempt_id=row.id,
            verdict_id=verdict.id,
            ruling_id=ruling_id,
            points_before=was,
            points_after=float(verdict.points),
            changed_at=clock.now(),
            changed_by=actor.account_id,
        )
    )


def _held(attempt: Attempt) -> Attempt:
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.school_id == attempt.school_id, Attempt.id == attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
