"""What teachers made of answers, and what still waits for them."""

import uuid
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from content_library.models import Item
from school.classes.queries.relations import SCHOOL
from school.core.access import Actor
from school.core.database import Id, db, read
from school.tasks import hooks
from school.tasks.kinds import BY_HAND
from school.tasks.kinds.byhand import files_in, strokes_in
from school.tasks.models import Answer, AnswerFile, Attempt, Verdict
from school.tasks.queries.corrections import rounds_before
from school.tasks.queries.judgements import Judged, judgements_of
from school.tasks.queries.running import get_attempt, items_asked
from school.tasks.seen import SeenAttempt

verdict = cast("Table", Verdict.__table__)
answer = cast("Table", Answer.__table__)


@dataclass(frozen=True, slots=True)
class ToJudge:
    """An answer that is judged by a rubric, judged or not yet."""

    attempt_id: uuid.UUID
    """Of the attempt in which it was given: a work that was put right has several."""
    item_id: uuid.UUID
    position: int
    kind: str
    spec: dict[str, Any]
    given: dict[str, Any]
    waits: bool
    judged: Judged | None

    @property
    def files(self) -> list[str]:
        """Names of pages or recordings."""
        return files_in(self.given)

    @property
    def strokes(self) -> list[tuple[str, str]]:
        """Of a drawing."""
        return strokes_in(str(self.given["given"][1])) if self.kind == "drawing" else []

    @property
    def text(self) -> str:
        """The words of the answer."""
        return str(self.given["given"][0])


_BY_HAND = (
    select(verdict.c.item_id, verdict.c.waits, answer.c.given)
    .select_from(verdict.join(answer, (answer.c.school_id == SCHOOL) & (answer.c.id == verdict.c.answer_id)))
    .where(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == bindparam("attempt", type_=Id))
)


def answers_to_judge(school_id: int, attempt_id: uuid.UUID) -> list[ToJudge]:
    """The answers of a finished attempt that a teacher judges by a rubric, in the order of the questions."""
    from_kinds = hand_judged_items(school_id, attempt_id)
    if not from_kinds:
        return []
    attempt = db.session.get_one(Attempt, (school_id, attempt_id))
    judged = judgements_of(attempt, [item for _, item in from_kinds])
    rows = {row[0]: row for row in read(_BY_HAND, {"school": school_id, "attempt": attempt_id})}
    return [
        ToJudge(
            attempt_id,
            item.id,
            position,
            item.kind,
            dict(item.spec),
            rows[item.id][2],
            rows[item.id][1],
            judged.get(item.id),
        )
        for position, item in from_kinds
        if item.id in rows
    ]


def answers_of_rounds(school_id: int, attempt_id: uuid.UUID) -> list[ToJudge]:
    """The same with those of the attempts that this one puts right and that are not asked in it again."""
    found = answers_to_judge(school_id, attempt_id)
    asked = {one.item_id for one in found}
    for before in rounds_before(school_id, attempt_id):
        earlier = [one for one in answers_to_judge(school_id, before) if one.item_id not in asked]
        asked |= {one.item_id for one in earlier}
        found += earlier
    return found


def hand_judged_items(school_id: int, attempt_id: uuid.UUID) -> list[tuple[int, Item]]:
    """The questions of an attempt that a teacher judges, with their places."""
    attempt = db.session.get(Attempt, (school_id, attempt_id))
    if attempt is None or attempt.finished_at is None:
        return []
    return [(position, item) for position, item in enumerate(items_asked(attempt), 1) if item.kind in BY_HAND]


def get_attempt_to_judge(actor: Actor, attempt_id: uuid.UUID) -> SeenAttempt | None:
    """An attempt of a work that the actor looks through."""
    found = get_attempt(actor, attempt_id)
    return found if found is not None and hooks.judges(actor, found) else None


def get_answer_file(attempt: SeenAttempt, file_id: uuid.UUID) -> AnswerFile | None:
    """For addresses below an attempt: a page or a recording made for it."""
    found = db.session.get(AnswerFile, (attempt.school_id, file_id))
    return found if found is not None and found.attempt_id == attempt.id else None
