"""The answers behind an estimate: what a teacher opens before believing it."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, select

from content_library.models import Item
from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.mastery.queries.levels import PUPIL, SUBJECT, judged
from school.tasks.models import Answer, Attempt

answer = cast("Table", Answer.__table__)
attempt = cast("Table", Attempt.__table__)
item = cast("Table", Item.__table__)

_ANSWERS = (
    select(
        judged.c.at, judged.c.correct, judged.c.chance, judged.c.topics, item.c.kind, item.c.spec,
        attempt.c.id, attempt.c.given_for,
    )
    .select_from(
        judged.join(item, item.c.id == judged.c.item_id)
        .outerjoin(answer, and_(answer.c.school_id == SCHOOL, answer.c.id == judged.c.answer_id))
        .outerjoin(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == answer.c.attempt_id))
    )
    .where(judged.c.school_id == SCHOOL, judged.c.pupil_id == PUPIL, judged.c.subject_id == SUBJECT, judged.c.left_out.is_(False))
    .order_by(judged.c.at.desc(), judged.c.answer_id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer as the model took it."""

    at: datetime
    correct: bool
    chance: float
    """P(right) that was foretold just before it. A percentage for adults only."""
    prompt: str
    """The question's words."""
    attempt_id: uuid.UUID | None
    homework_id: uuid.UUID | None
    """What it was done for; None for own practice."""


def evidence_of(school_id: int, pupil_id: uuid.UUID, subject_id: int, topic_id: int) -> list[Evidence]:
    """A pupil's answers to questions of a topic, the newest first. One statement."""
    rows = read(_ANSWERS, {"school": school_id, "pupil": pupil_id, "subject": subject_id})
    return [
        Evidence(datetime.fromtimestamp(at, UTC), correct, chance, _prompt(spec), attempt_id, homework_id)
        for at, correct, chance, topics, _kind, spec, attempt_id, homework_id in rows
        if topic_id in topics
    ]


def _prompt(spec: dict[str, Any]) -> str:
    return str(spec.get("prompt", ""))
