"""A teacher judges an answer by the rubric of its question; points and the result of the attempt follow."""

import uuid
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from content_library.models import Item
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.core.records import record
from school.tasks import hooks
from school.tasks.actions.corrections import carry_on
from school.tasks.actions.judging import in_full
from school.tasks.kinds import BY_HAND, kind_of
from school.tasks.kinds.hints import after_hints
from school.tasks.models import Answer, Attempt, Judgement, RulingKind, Verdict
from school.tasks.queries import rulings_within
from school.tasks.queries.hints import opened_hints
from school.tasks.queries.judgements import judgements_of
from school.tasks.seen import SeenAttempt

LONGEST = 2000


class NotByHand(Exception):
    """The question is not judged by a teacher, or was left without an answer."""


def judge_answer(
    actor: Actor, attempt: SeenAttempt, item: Item, levels: Sequence[int], says: str, *, before: uuid.UUID | None
) -> Judgement:
    """Judge the answer that was handed in. ``before`` is the judgement that the teacher saw; None when there was none.

    Raises ``Unreadable`` (a level is missing), ``NotByHand``, and ``Conflict`` when another teacher was here meanwhile.
    """
    row = db.session.scalars(
        select(Attempt)
        .where(Attempt.school_id == attempt.school_id, Attempt.id == attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    verdict = db.session.scalars(
        select(Verdict).where(
            Verdict.school_id == row.school_id, Verdict.attempt_id == row.id, Verdict.item_id == item.id
        )
    ).one_or_none()
    if item.kind not in BY_HAND or verdict is None or verdict.answer_id is None:
        raise NotByHand
    last = judgements_of(row, [item]).get(item.id)
    if (last.id if last else None) != before:
        raise Conflict(_("Another teacher has judged this answer meanwhile. Nothing was overwritten: look once more."))
    given = db.session.get_one(Answer, (row.school_id, verdict.answer_id)).given
    judged = kind_of(item.kind).grade(item.spec, row.seed, {**given, "levels": list(levels)})
    judged = after_hints(judged, item.spec, opened_hints(row, [item]).get(item.id, 0))
    if any(one.kind == RulingKind.EVERYBODY for one in rulings_within(row.school_id, row.given_for).get(item.id, ())):
        judged = in_full(judged)
    made = Judgement(
        school_id=row.school_id,
        id=new_id(),
        attempt_id=row.id,
        item_id=item.id,
        answer_id=verdict.answer_id,
        levels=list(levels),
        says=says.strip()[:LONGEST],
        judged_at=clock.now(),
        judged_by=actor.account_id,
    )
    db.session.add(made)
    was = None if verdict.waits else str(verdict.points)
    # The result moves by what this answer has moved: it may hold more than these verdicts.
    gain = judged.points - Decimal(str(verdict.points))
    row.points = float(Decimal(str(row.points or 0)) + gain)
    verdict.points, verdict.correct, verdict.waits = float(judged.points), judged.correct, False
    verdict.feedback = {"said": [[one.msgid, dict(one.values)] for one in judged.feedback], "remarks": []}
    db.session.flush()
    carry_on(row, item, gain)
    record(
        actor,
        "task_judged",
        school_id=row.school_id,
        thing_id=made.id,
        pupil_id=row.pupil_id,
        payload={"attempt": str(row.id), "was": was, "points": str(judged.points), "levels": list(levels)},
    )
    for tell in hooks.WHEN_JUDGED:
        tell(actor, row)
    return made
