"""Verdicts that were put right: the model takes the answers anew and what was judged with the wrong key is unlearned."""

import uuid
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, new_id, read
from school.core.jobs import enqueue, handler
from school.mastery.actions.desk import Desk, InSubject
from school.mastery.actions.learning import Told, answer, learn_answers, told_by, verdict
from school.mastery.models import JudgedChange
from school.mastery.queries.levels import PUPIL, judged
from school.tasks.hooks import WHEN_JUDGED, WHEN_RULED
from school.tasks.models import Attempt, ItemRuling

RELEARN = "mastery.relearn"
change = cast("Table", JudgedChange.__table__)

_TAKEN = select(
    judged.c.answer_id, judged.c.item_id, judged.c.subject_id, judged.c.topics, judged.c.correct, judged.c.left_out,
    judged.c.at,
).where(
    judged.c.school_id == SCHOOL,
    judged.c.pupil_id == PUPIL,
    judged.c.answer_id.in_(
        select(answer.c.id).where(
            answer.c.school_id == SCHOOL, answer.c.attempt_id == bindparam("attempt", type_=Id)
        )
    ),
)  # fmt: skip
_PUT_RIGHT = (
    update(judged)
    .where(judged.c.school_id == SCHOOL, judged.c.answer_id == bindparam("answer", type_=Id))
    .values(correct=bindparam("is_correct"), left_out=bindparam("is_left_out"))
)
_KEEP = insert(change)


def learn_again(actor: Actor | None, attempt: Attempt) -> int:
    """Take an attempt as its verdicts stand now; how many answers were taken otherwise than before.

    States are replayed from the last checkpoint before the first of them, each answer with the hardness it was judged
    with, so they are to the bit as if it had been judged rightly at once. What an answer was taken for is kept. Asked
    again, it changes nothing.
    """
    db.session.flush()
    told = told_by(attempt)
    taken = read(_TAKEN, {"school": attempt.school_id, "pupil": attempt.pupil_id, "attempt": attempt.id})
    now_so = {one.answer_id: one for _whose, ones in told for one in ones}
    moved = 0
    for subject_id in sorted({row[2] for row in taken}):
        whose = InSubject(attempt.school_id, attempt.pupil_id, subject_id)
        moved += _put_right(whose, [row for row in taken if row[2] == subject_id], now_so)
    replaced = [row[0] for row in taken if row[0] not in now_so]
    for whose, ones in told:
        moved += learn_answers(actor, whose, [one for one in ones if not one.left_out], replaced)
    return moved


def _put_right(whose: InSubject, taken: list[Any], now_so: dict[uuid.UUID, Told]) -> int:
    """``taken``: answers of one attempt in one subject as the model has them; those that nothing counts any more are left out."""
    desk = Desk(whose)
    level = desk.hold()
    rows, first = [], float("inf")
    for answer_id, _item, _subject, topics, correct, left_out, at in taken:
        one = now_so.get(answer_id)
        new = (one.correct, one.left_out) if one is not None else (bool(correct), True)
        if new == (bool(correct), bool(left_out)):
            continue
        db.session.execute(
            _PUT_RIGHT, {"school": whose.school_id, "answer": answer_id, "is_correct": new[0], "is_left_out": new[1]}
        )
        rows.append(
            {
                "school_id": whose.school_id,
                "id": new_id(),
                "answer_id": answer_id,
                "correct": correct,
                "left_out": left_out,
                "changed_at": clock.now(),
            }
        )
        desk.touched.update(topics)
        first = min(first, at)
    if rows:
        db.session.execute(_KEEP, rows)
        pupil, facts = desk.before(level, first)
        for fact in sorted(facts):
            desk.move(pupil, fact)
        desk.write([], level, pupil)
    return len(rows)


def relearn_later(_actor: Actor, ruling: ItemRuling) -> None:
    """A key was put right: a job takes the answers anew, so that a press for a whole year level stays quick."""
    enqueue(RELEARN, {"school_id": ruling.school_id, "ruling_id": ruling.id}, key=f"{RELEARN} {ruling.id}")


@handler(RELEARN, max_tries=12, lease=120.0)
def relearn(payload: dict[str, Any]) -> None:
    """Take anew all attempts that a ruling speaks of. Pupils in the order of their ids: two of these never wait for each other."""
    ruling = db.session.get(ItemRuling, (int(payload["school_id"]), uuid.UUID(payload["ruling_id"])))
    if ruling is None:
        return
    asked = select(verdict.c.attempt_id).where(
        verdict.c.school_id == ruling.school_id, verdict.c.item_id == ruling.item_id
    )
    for attempt in db.session.scalars(
        select(Attempt)
        .where(
            Attempt.school_id == ruling.school_id,
            Attempt.given_for == ruling.within,
            Attempt.finished_at.is_not(None),
            Attempt.id.in_(asked),
        )
        .order_by(Attempt.pupil_id, Attempt.started_at, Attempt.id)
    ).all():
        learn_again(None, attempt)


def _learn_judged(actor: Actor, attempt: Attempt) -> None:
    learn_again(actor, attempt)


WHEN_JUDGED.append(_learn_judged)
WHEN_RULED.append(relearn_later)
