"""What a pupil answered lately, and where the topics of these answers had stood before."""

import uuid
from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.types import Double

from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.mastery.estimate.reference import reference_chance
from school.mastery.queries.levels import PUPIL, Model, judged, model_in_use
from school.mastery.queries.mapping import Stamp

_LATELY = (
    select(judged.c.topics, judged.c.correct, judged.c.features)
    .where(
        judged.c.school_id == SCHOOL,
        judged.c.pupil_id == PUPIL,
        judged.c.at >= bindparam("since", type_=Double),
        judged.c.left_out.is_(False),
    )
    .order_by(judged.c.at, judged.c.answer_id)
)


_JUDGED = (
    select(judged.c.at, judged.c.topics, judged.c.features)
    .where(
        judged.c.school_id == SCHOOL,
        judged.c.pupil_id == PUPIL,
        judged.c.at >= bindparam("since", type_=Double),
    )
    .order_by(judged.c.at, judged.c.answer_id)
)
KEPT = 512


@dataclass(frozen=True, slots=True)
class Lately:
    """Answers since a moment."""

    answers: int
    right: int
    before: dict[int, float]
    """By topic: P of a medium task just before its first answer of this time."""
    of_topic: Counter[int]
    """How many of the answers were of each topic."""


@lru_cache(maxsize=KEPT)
def lately_of_hour(
    school_id: int, pupil_id: uuid.UUID, hour: datetime, days: int, model: Model, _stamp: Stamp
) -> Lately:
    """The same for pages, of so many days before an hour; kept while nobody has answered, as the map of topics."""
    return lately(school_id, pupil_id, hour - timedelta(days), model)


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer as the model saw it: when, of which topics, and P of a medium task of each just before."""

    at: float
    topics: tuple[int, ...]
    before: float


def judged_since(school_id: int, pupil_id: uuid.UUID, since: datetime, model: Model) -> list[Judged]:
    """Answers in all subjects, in their order. One statement."""
    found = []
    for at, topics, features in read(_JUDGED, {"school": school_id, "pupil": pupil_id, "since": since.timestamp()}):
        x = array("f")
        x.frombytes(features)
        found.append(Judged(at, tuple(topics), reference_chance(model.weights, x)))
    return found


def lately(school_id: int, pupil_id: uuid.UUID, since: datetime, model: Model | None = None) -> Lately:
    """In all subjects. One statement, and the version in use."""
    rows = read(_LATELY, {"school": school_id, "pupil": pupil_id, "since": since.timestamp()})
    before: dict[int, float] = {}
    counted: Counter[int] = Counter()
    if rows:
        weights = (model or model_in_use()).weights
        for topics, _correct, features in rows:
            counted.update(topics)
            if not before.keys() >= set(topics):
                x = array("f")
                x.frombytes(features)
                chance = reference_chance(weights, x)
                for one in topics:
                    before.setdefault(one, chance)
    return Lately(len(rows), sum(row[1] for row in rows), before, counted)
