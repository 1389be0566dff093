"""A class that answers: judged answers of chosen days, and the pages of all who have to do with the game."""

import uuid
from datetime import datetime, time, timedelta

from content_library.models import Item
from school.core import clock
from school.core.database import db, new_id
from school.mastery.models import JudgedAnswer, PupilLevel
from school.people.models import Member, School
from tests.factories import Make
from tests.school.tracks.rooms import Room, numbers, topic_of


class Playground(Room):
    """The course's class with pupils, three topics of four questions each, and answers as the model keeps them."""

    def __init__(self, make: Make, pupils: int = 3) -> None:
        super().__init__(make, pupils=pupils, items=4)
        self.school_id = self.seen.school_id
        tasks = [self.old_task, self.task, make.task(self.course.subject_id, numbers(4, "игра: "))]
        self.topics = [topic_of(task) for task in tasks]
        self.items: list[list[uuid.UUID]] = [
            list(db.session.scalars(db.select(Item.id).where(Item.version_id == task.id).order_by(Item.position)))
            for task in tasks
        ]

    def judged(self, n: int, *, topic: int = 0, item: int = 0, days_ago: int = 0, right: bool = True, chance: float = 0.5, learned: datetime | None = None) -> None:  # fmt: skip
        """An answer of pupil ``n`` just after the midnight, Moscow, that begins a day."""
        pupil = self.pupils[n]
        at = clock.moscow(clock.today() - timedelta(days_ago), time(0, 1, topic * 10 + item)).timestamp()
        level = db.session.get(PupilLevel, (pupil.school_id, pupil.id, self.course.subject_id))
        level = level or PupilLevel(school_id=pupil.school_id, pupil_id=pupil.id, subject_id=self.course.subject_id, theta=0.0, n=0, wins=0, recent=0.0, steady=0.0, last=0, at=at)  # fmt: skip
        level.n, level.at = level.n + 1, max(level.at, at)
        self.make.save(
            level,
            JudgedAnswer(
                school_id=pupil.school_id, answer_id=new_id(), pupil_id=pupil.id, subject_id=self.course.subject_id,
                item_id=self.items[topic][item], topics=[self.topics[topic]], correct=right, at=at,
                learned_at=learned or clock.now(), version_id=0, guess=0.0, hard=0.0, strong=0.0, chance=chance, features=b"",
            ),
        )  # fmt: skip

    def parent(self, n: int = 0) -> Member:
        return self.make.parent(db.session.get_one(School, self.school_id), self.pupils[n])

    @property
    def game(self) -> str:
        return f"/s/{self.school_id}/game"

    @property
    def of_class(self) -> str:
        return f"/s/{self.school_id}/classes/{self.seen.group_id}/game"

    def of_child(self, n: int = 0) -> str:
        return f"/s/{self.school_id}/pupils/{self.pupils[n].id}/game"
