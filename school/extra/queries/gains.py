"""Answers of the invited on the lesson's topic before it and after it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, cast

from sqlalchemy import Table, and_, bindparam, select
from sqlalchemy.types import Integer

from content_library.models import Item, UnitVersion
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, Moment, read
from school.extra.gain import Answers, Gain, gain_of
from school.extra.queries.gaps import LAST
from school.extra.queries.lessons import Place
from school.extra.seen import SeenExtra
from school.progress.queries.topics import TOPIC_OF_ITEM
from school.tasks.models import Attempt, Verdict
from school.tasks.queries.sealed import NOT_SEALED

attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)
version = cast("Table", UnitVersion.__table__)

BEFORE: Final = timedelta(days=90)
AFTER: Final = timedelta(days=30)

_ANSWERS = (
    select(attempt.c.pupil_id, attempt.c.finished_at, verdict.c.correct)
    .select_from(
        attempt.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(version, version.c.id == item.c.version_id)
    )
    .where(
        attempt.c.school_id == SCHOOL,
        attempt.c.pupil_id.in_(bindparam("pupils", type_=Id, expanding=True)),
        attempt.c.finished_at.between(bindparam("since", type_=Moment), bindparam("until", type_=Moment)),
        verdict.c.waits.is_(False),
        NOT_SEALED,
        bindparam("topic", type_=Integer) == TOPIC_OF_ITEM,
    )
    .order_by(attempt.c.finished_at.desc(), verdict.c.id)
)


@dataclass(frozen=True, slots=True)
class PupilGain:
    """A pupil's answers on the topic: the last ten before the lesson, all in thirty days after it."""

    place: Place
    before: Answers
    after: Answers


@dataclass(frozen=True, slots=True)
class Gains:
    """Pupil by pupil, and those who came taken together."""

    pupils: list[PupilGain]
    came: Gain
    away: Gain
    """Of those who were invited and did not come: what time alone may have done."""


def gains_of(extra: SeenExtra, places: list[Place]) -> Gains:
    """What is known by now. One statement."""
    before: dict[uuid.UUID, list[bool]] = defaultdict(list)
    after: dict[uuid.UUID, list[bool]] = defaultdict(list)
    values = {
        "school": extra.school_id, "pupils": [one.pupil_id for one in places], "topic": extra.topic_id,
        "since": extra.starts_at - BEFORE, "until": extra.ends_at + AFTER,
    }  # fmt: skip
    for pupil_id, at, correct in read(_ANSWERS, values) if places else ():
        if at < extra.starts_at:
            before[pupil_id].append(bool(correct))
        elif at >= extra.ends_at:
            after[pupil_id].append(bool(correct))
    pupils = [PupilGain(one, _sum(before[one.pupil_id][:LAST]), _sum(after[one.pupil_id])) for one in places]
    return Gains(
        pupils,
        gain_of((one.before, one.after) for one in pupils if one.place.came),
        gain_of((one.before, one.after) for one in pupils if one.place.came is False),
    )


def _sum(answers: list[bool]) -> Answers:
    return Answers(sum(answers), len(answers))
