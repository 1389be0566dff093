"""A group at the topics of a subject: where each pupil stands at each, for maps, groups and plans of a whole class."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, ScalarSelect, Table, bindparam, func, select

from content_library.models import Topic
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.mastery.estimate.standing import Standing
from school.mastery.models import TopicOverride
from school.mastery.queries.levels import SUBJECT, Model, model_in_use, pupil_level, pupil_topic
from school.mastery.queries.standing import Seen, standing_of

MOST_TOPICS = 60
"""Columns of a map; of more topics those answered last."""
KEPT = 64
"""Maps kept by a process: an hour's work for each is spared as long as nobody answers."""
WON = frozenset({Standing.MASTERED, Standing.FIRM})

topic = cast("Table", Topic.__table__)
override = cast("Table", TopicOverride.__table__)
_PUPILS = bindparam("pupils", type_=Id, expanding=True)


def _of_pupils(table: Table, what: Any, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(what).where(table.c.school_id == SCHOOL, table.c.pupil_id.in_(_PUPILS), *where).scalar_subquery()


_IN_SUBJECT = pupil_level.c.subject_id == SUBJECT
_STAMP = select(
    _of_pupils(pupil_level, func.coalesce(func.sum(pupil_level.c.n), 0), _IN_SUBJECT),
    _of_pupils(pupil_level, func.max(pupil_level.c.at), _IN_SUBJECT),
    _of_pupils(pupil_level, func.sum(pupil_level.c.theta), _IN_SUBJECT),
    _of_pupils(override, func.count()),
    _of_pupils(override, func.max(override.c.set_at)),
    _of_pupils(override, func.max(override.c.lifted_at)),
)
"""What changes as soon as one of them answers, a verdict is put right, or a teacher says something of them."""
_MET = (
    select(topic.c.id, topic.c.title, topic.c.year_level, func.max(pupil_topic.c.at))
    .select_from(pupil_topic.join(topic, topic.c.id == pupil_topic.c.topic_id))
    .where(pupil_topic.c.school_id == SCHOOL, pupil_topic.c.subject_id == SUBJECT, pupil_topic.c.pupil_id.in_(_PUPILS))
    .group_by(topic.c.id, topic.c.title, topic.c.year_level, topic.c.position)
    .order_by(topic.c.year_level, topic.c.position, topic.c.id)
)


@dataclass(frozen=True, slots=True)
class TopicColumn:
    """A topic that somebody of the group has answered to."""

    id: int
    title: str
    year_level: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The group at its topics, as of the beginning of an hour. Compared by identity: the same map is the same object."""

    topics: tuple[TopicColumn, ...]
    """In the order of the programme."""
    cells: dict[tuple[uuid.UUID, int], Seen]
    """By pupil and topic; what nothing is known of is left out."""
    answers: int
    """Answers of the group in the subject that it rests on."""
    left_out: int
    """Topics answered longer ago that it does not show."""

    def won(self, topic_id: int) -> tuple[int, int]:
        """How many can do the topic, of how many of whom something is known."""
        known = [one.standing for (_pupil, of), one in self.cells.items() if of == topic_id]
        return sum(one in WON for one in known), len(known)

    def of_pupil(self, pupil_id: uuid.UUID) -> list[tuple[TopicColumn, Seen]]:
        """A pupil's line, without topics that nothing is known of."""
        return [(one, self.cells[pupil_id, one.id]) for one in self.topics if (pupil_id, one.id) in self.cells]


def grid_of(school_id: int, subject_id: int, pupils: Sequence[uuid.UUID], now: datetime) -> Grid:
    """The map of some pupils. Two statements while nothing new was answered or said; it shows the hour that has begun."""
    if not pupils:
        return Grid((), {}, 0, 0)
    asked = {"school": school_id, "subject": subject_id, "pupils": list(pupils)}
    stamp = tuple(read(_STAMP, asked)[0])
    if not any(stamp):
        return Grid((), {}, 0, 0)
    hour = now.replace(minute=0, second=0, microsecond=0)
    return _grid(school_id, subject_id, tuple(pupils), hour, model_in_use(), stamp)


@lru_cache(maxsize=KEPT)
def _grid(
    school_id: int, subject_id: int, pupils: tuple[uuid.UUID, ...], hour: datetime, model: Model, stamp: tuple[Any, ...]
) -> Grid:
    rows = read(_MET, {"school": school_id, "subject": subject_id, "pupils": list(pupils)})
    newest = sorted(rows, key=lambda row: -row[3])[:MOST_TOPICS]
    shown = {row[0] for row in newest}
    topics = tuple(TopicColumn(row[0], row[1], row[2]) for row in rows if row[0] in shown)
    answers, last = stamp[:2]
    # What was answered after the hour had begun must not seem to lie ahead of it.
    moment = max(hour, datetime.fromtimestamp(last, hour.tzinfo)) if last else hour
    return Grid(topics, standing_of(school_id, pupils, shown, moment, model), int(answers), len(rows) - len(shown))
