"""One pupil in one subject while answers are judged: the row that is held, what it is replayed from, what is written."""

import uuid
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import Integer

from school.classes.queries.relations import SCHOOL
from school.core.database import db, read
from school.mastery.estimate import history
from school.mastery.estimate.packing import pack, unpack
from school.mastery.estimate.state import PupilState, SkillState
from school.mastery.queries.levels import (
    PUPIL,
    PUPIL_COLUMNS,
    SUBJECT,
    judged,
    pupil_level,
    pupil_topic,
    skills_of,
)

BETWEEN_CHECKPOINTS = 64
"""Answers after which a pupil is packed anew, so that a late answer is replayed from not long ago."""


@dataclass(frozen=True, slots=True)
class InSubject:
    """A pupil in a subject: whose levels an answer moves."""

    school_id: int
    pupil_id: uuid.UUID
    subject_id: int


_HOLD = (
    select(*PUPIL_COLUMNS, pupil_level.c.checkpoint, pupil_level.c.checkpoint_at, pupil_level.c.checkpoint_n)
    .where(pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id == PUPIL, pupil_level.c.subject_id == SUBJECT)
    .with_for_update()
)
_FACTS = select(
    judged.c.at, judged.c.answer_id, judged.c.item_id, judged.c.topics, judged.c.correct, judged.c.hard, judged.c.guess
).where(
    judged.c.school_id == SCHOOL,
    judged.c.pupil_id == PUPIL,
    judged.c.subject_id == SUBJECT,
    judged.c.at >= bindparam("since", type_=judged.c.at.type),
    judged.c.left_out.is_(False),
)


_TOPIC_COLUMNS = tuple(one.name for one in fields(SkillState))


def _statements(insert: Any) -> tuple[Any, Any]:
    topics = insert(pupil_topic)
    topics = topics.on_conflict_do_update(
        index_elements=["school_id", "pupil_id", "topic_id"],
        set_={name: topics.excluded[name] for name in _TOPIC_COLUMNS},
    )
    return insert(pupil_level).on_conflict_do_nothing(), topics


_FOR = {"postgresql": _statements(postgresql.insert), "sqlite": _statements(sqlite.insert)}
_INSERT_JUDGED = judged.insert()
_LEVEL_COLUMNS = ("theta", "n", "wins", "recent", "steady", "last", "at")


def _update(*names: str) -> Any:
    return (
        update(pupil_level)
        .where(pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id == PUPIL, pupil_level.c.subject_id == SUBJECT)
        .values({name: bindparam(f"new_{name}") for name in names})
    )


_UPDATE_LEVEL = _update(*_LEVEL_COLUMNS)
_UPDATE_CHECKPOINT = _update("checkpoint", "checkpoint_at", "checkpoint_n")
_FORGET_TOPICS = delete(pupil_topic).where(
    pupil_topic.c.school_id == SCHOOL,
    pupil_topic.c.pupil_id == PUPIL,
    pupil_topic.c.subject_id == SUBJECT,
    pupil_topic.c.topic_id.in_(bindparam("topics", type_=Integer, expanding=True)),
)


class Desk:
    """One pupil in one subject while answers are judged."""

    def __init__(self, whose: InSubject) -> None:
        self.school_id, self.pupil_id, self.subject_id = whose.school_id, whose.pupil_id, whose.subject_id
        self.key = {"school": whose.school_id, "pupil": whose.pupil_id, "subject": whose.subject_id}
        self.own = {"school_id": whose.school_id, "pupil_id": whose.pupil_id, "subject_id": whose.subject_id}
        self.touched: set[int] = set()
        self.is_anew = False
        """It was replayed from the beginning: what an older checkpoint says is no longer so."""

    def hold(self) -> Any:
        """The pupil's row, held until the commit; made when it is the first answer."""
        rows = read(_HOLD, self.key)
        if not rows:
            first = {**self.own, "theta": 0.0, "n": 0, "wins": 0, "recent": 0.0, "steady": 0.0, "last": 0, "at": -1.0}
            first |= {"checkpoint": b"", "checkpoint_at": -1.0, "checkpoint_n": 0}
            self._run(0, [first])
            rows = read(_HOLD, self.key)
        return rows[0]

    def start(self, level: Any, first: float, topics: set[int]) -> tuple[PupilState, list[history.Fact]]:
        """The pupil to go on from, and the facts already judged that come after it: none, unless an answer is late."""
        pupil = PupilState(*level[:7])
        if not pupil.n or first >= pupil.at:
            pupil.skills = skills_of(self.school_id, self.pupil_id, self.subject_id, sorted(topics))
            return pupil, []
        return self.before(level, first)

    def before(self, level: Any, first: float) -> tuple[PupilState, list[history.Fact]]:
        """The pupil at the last checkpoint before a moment, or at the beginning, and all facts that came after it."""
        self.is_anew = not level[7] or level[8] >= first
        pupil, since = (PupilState(), -1e18) if self.is_anew else (unpack(level[7]), level[8])
        rows = read(_FACTS, {**self.key, "since": since})
        facts = [history.Fact(row[0], str(row[1]), row[2], tuple(row[3]), int(row[4]), row[5], row[6]) for row in rows]
        return pupil, [fact for fact in facts if fact.at > since]

    def move(self, pupil: PupilState, fact: history.Fact) -> None:
        """Take one answer into the pupil."""
        self.touched.update(fact.skills)  # type: ignore[arg-type]
        history.apply(pupil, fact)

    def write(self, rows: list[dict[str, Any]], level: Any, pupil: PupilState) -> None:
        """Keep the answers, the topics they touched, and the pupil."""
        if rows:
            db.session.execute(_INSERT_JUDGED, rows)
        touched = [
            {
                **self.own,
                "topic_id": topic,
                **{name: getattr(pupil.skills[topic], name) for name in _TOPIC_COLUMNS},
            }
            for topic in sorted(self.touched & pupil.skills.keys())
        ]
        if touched:
            self._run(1, touched)
        gone = sorted(self.touched - pupil.skills.keys())
        if gone:  # the only answers to these topics say nothing any more
            db.session.execute(_FORGET_TOPICS, {**self.key, "topics": gone})
        values = {f"new_{name}": getattr(pupil, name) for name in _LEVEL_COLUMNS}
        db.session.execute(_UPDATE_LEVEL, {**self.key, **values})
        if pupil.n - level[9] >= BETWEEN_CHECKPOINTS or (self.is_anew and level[7]):
            pupil.skills = skills_of(self.school_id, self.pupil_id, self.subject_id)
            taken = {"new_checkpoint": pack(pupil), "new_checkpoint_at": pupil.at, "new_checkpoint_n": pupil.n}
            db.session.execute(_UPDATE_CHECKPOINT, {**self.key, **taken})

    def _run(self, which: int, rows: list[dict[str, Any]]) -> None:
        db.session.execute(_FOR[db.session.get_bind().dialect.name][which], rows)
