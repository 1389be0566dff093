"""What the library has for topics: a unit that explains each, and questions that may be given."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, case, func, select
from sqlalchemy.types import Integer

from content_library.models import Item, Subject, Topic, Unit, UnitKind, UnitState, UnitTopic, UnitVersion
from school.classes.seen import SeenCourse
from school.core.database import db, read
from school.mastery.estimate.guessing import guess_of
from school.mastery.queries import Offered
from school.tasks.kinds import BY_HAND, KINDS
from school.tasks.models import ItemWatch
from school.tracks.proposing import Reading

item = cast("Table", Item.__table__)
unit = cast("Table", Unit.__table__)
version = cast("Table", UnitVersion.__table__)
unit_topic = cast("Table", UnitTopic.__table__)
topic = cast("Table", Topic.__table__)
watch = cast("Table", ItemWatch.__table__)

EXPLAINS = (UnitKind.TEXTBOOK, UnitKind.VIDEO, UnitKind.PACKAGE, UnitKind.PRESENTATION)
"""In this order: what is read at one's own pace comes first."""
JUDGED = tuple(one for one in KINDS if one not in BY_HAND)
_TOPICS = bindparam("topics", type_=Integer, expanding=True)
_ORDER = case({kind.value: n for n, kind in enumerate(EXPLAINS)}, value=unit.c.kind, else_=9)
_READINGS = (
    select(unit_topic.c.topic_id, unit.c.id, version.c.title)
    .select_from(
        unit_topic.join(unit, unit.c.id == unit_topic.c.unit_id).join(
            version, version.c.id == unit.c.published_version_id
        )
    )
    .where(
        unit_topic.c.topic_id.in_(_TOPICS),
        unit.c.state == UnitState.PUBLISHED.value,
        unit.c.kind.in_([one.value for one in EXPLAINS]),
    )
    .order_by(unit_topic.c.topic_id, _ORDER, unit.c.id)
)
_OF_UNIT = (
    select(func.min(unit_topic.c.topic_id)).where(unit_topic.c.unit_id == unit.c.id).correlate(unit).scalar_subquery()
)
_TOPIC_OF_ITEM = func.coalesce(item.c.topic_id, _OF_UNIT)
_ITEMS = (
    select(item.c.id, _TOPIC_OF_ITEM, item.c.kind, item.c.spec, unit.c.subject_id, version.c.id)
    .select_from(
        item.join(version, version.c.id == item.c.version_id)
        .join(unit, unit.c.published_version_id == version.c.id)
        .outerjoin(watch, (watch.c.item_id == item.c.id) & watch.c.kept_at.is_(None))
    )
    .where(
        unit.c.state == UnitState.PUBLISHED.value,
        item.c.kind.in_(JUDGED),
        watch.c.item_id.is_(None),
        _TOPIC_OF_ITEM.in_(_TOPICS),
    )
    .order_by(item.c.id)
)
_ASKED = (
    select(_TOPIC_OF_ITEM, unit.c.subject_id)
    .select_from(item.join(unit, unit.c.published_version_id == item.c.version_id))
    .where(unit.c.state == UnitState.PUBLISHED.value, item.c.kind.in_(JUDGED), _TOPIC_OF_ITEM.in_(_TOPICS))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the machine judges, of a published unit, not leaked."""

    id: uuid.UUID
    topic_id: int
    subject_id: int
    version_id: uuid.UUID
    guess: float

    @property
    def offered(self) -> Offered:
        """For the model."""
        return Offered(self.id, (self.topic_id,), self.guess)


def readings_on(topics: Collection[int]) -> dict[int, Reading]:
    """By topic: the unit that explains it. One statement."""
    found: dict[int, Reading] = {}
    for topic_id, unit_id, title in read(_READINGS, {"topics": _ids(topics)}) if topics else ():
        found.setdefault(topic_id, Reading(unit_id, title))
    return found


def questions_on(topics: Collection[int]) -> list[Question]:
    """Questions of these topics. One statement."""
    rows = read(_ITEMS, {"topics": _ids(topics)}) if topics else ()
    return [
        Question(item_id, topic_id, subject_id, version_id, guess_of(kind, spec))
        for item_id, topic_id, kind, spec, subject_id, version_id in rows
    ]


def asked_on(topics: Collection[int]) -> frozenset[int]:
    """Those of the topics that have questions. One statement."""
    return frozenset(subjects_asked(topics))


def subjects_asked(topics: Collection[int]) -> dict[int, int]:
    """The same, with the subject of the questions."""
    return {row[0]: row[1] for row in read(_ASKED, {"topics": _ids(topics)})} if topics else {}


_CHOICE = (
    select(topic.c.id, topic.c.title)
    .where(
        topic.c.subject_id == bindparam("subject", type_=Integer),
        topic.c.year_level.between(bindparam("since", type_=Integer), bindparam("year", type_=Integer)),
        select(item.c.id)
        .select_from(item.join(unit, unit.c.published_version_id == item.c.version_id))
        .where(unit.c.state == UnitState.PUBLISHED.value, topic.c.id == _TOPIC_OF_ITEM)
        .exists(),
    )
    .order_by(topic.c.year_level.desc(), topic.c.position, topic.c.id)
)


def topics_with_questions(subject_id: int, year_level: int) -> list[tuple[int, str]]:
    """Topics of a subject that the library asks about: of this year, then of the year before."""
    rows: Any = read(_CHOICE, {"subject": subject_id, "since": year_level - 1, "year": year_level})
    return [(row[0], row[1]) for row in rows]


def subject_of(subject_id: int) -> Subject | None:
    """A subject of the city's list."""
    return db.session.get(Subject, subject_id)


def topic_of(course: SeenCourse, topic_id: int) -> Topic | None:
    """A topic of the course's subject, not above its year; what a teacher of it may speak of."""
    found = db.session.get(Topic, topic_id)
    fits = found is not None and found.subject_id == course.subject_id and found.year_level <= course.year_level
    return found if fits else None


def _ids(topics: Collection[int]) -> list[int]:
    return sorted(set(topics))
