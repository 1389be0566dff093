"""A course whose programme rests on an older topic, with questions on both, and pupils who know it well, badly, or are unknown."""

from typing import Any

from sqlalchemy import select

from content_library.models import TopicNeed, UnitTopic, UnitVersion
from school.classes.queries import get_course, learners
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.mastery.models import PupilLevel, PupilTopic
from school.people.models import Member
from tests.factories import Make

DAY = 86_400.0


def numbers(n: int, name: str = "") -> list[dict[str, Any]]:
    return [{"kind": "number", "prompt": f"{name}{k} + 1", "key": {"value": str(k + 1)}} for k in range(n)]


class Room:
    def __init__(self, make: Make, pupils: int = 3, items: int = 8) -> None:
        self.make = make
        self.course = make.course(pupils=pupils)
        make.course(pupils=1)  # another class, of which nothing may change
        self.lesson = make.lesson(self.course)
        self.teacher: Actor = make.actor(make.teacher_of(self.course), "teacher")
        self.old_task = make.task(self.course.subject_id, numbers(items, "старое "), title="Старое")
        self.task = make.task(self.course.subject_id, numbers(items), title="Новое")
        self.old, self.new = (topic_of(one) for one in (self.old_task, self.task))
        make.save(TopicNeed(topic_id=self.new, needs_id=self.old))
        found = get_course(self.teacher, self.course.id)
        assert found is not None
        self.seen: SeenCourse = found
        self.pupils: list[Member] = make.pupils_of(self.course)

    @property
    def lines(self) -> list[Any]:
        return learners(self.seen, clock.today())

    def actor(self, n: int = 0) -> Actor:
        return self.make.actor(self.pupils[n], "pupil")

    def knows(self, n: int, topic: int, how: float, days_ago: float = 3.0, answers: int = 6) -> None:
        """``how`` in logits; 3 holds, -3 does not."""
        pupil, at = self.pupils[n], clock.now().timestamp() - days_ago * DAY
        own: dict[str, Any] = {"school_id": pupil.school_id, "pupil_id": pupil.id, "subject_id": self.course.subject_id}
        right = how > 0
        common = {
            "n": answers,
            "wins": answers if right else 0,
            "recent": 0.4 if right else -0.4,
            "steady": 0.4 if right else -0.4,
            "last": 1 if right else -1,
            "at": at,
        }
        if db.session.get(PupilLevel, (pupil.school_id, pupil.id, self.course.subject_id)) is None:
            self.make.save(PupilLevel(**own, theta=0.0, **common))
        self.make.save(PupilTopic(**own, topic_id=topic, delta=how, step=answers, kept=2, stability=30.0, **common))


def topic_of(version: UnitVersion) -> int:
    return db.session.scalars(select(UnitTopic.topic_id).where(UnitTopic.unit_id == version.unit_id)).one()
