"""A class of eight whose families have answered, three tests that are kept back, and a pilot of them."""

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from content_library import About, Author, Text, UnitKind, WrittenItem, drafts, holding
from content_library.models import Subject, Unit, UnitTopic, UnitVersion
from school.asks.models import AskAnswer
from school.classes.models import Course
from school.classes.queries import get_pupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import Member
from school.pilots.actions import Protocol, plan_pilot, register_pilot
from school.pilots.models import Arm, Pilot, PilotCourse, Sitting
from school.pilots.queries import choosable_courses, get_pilot, own_pilot
from school.pilots.seen import OwnTest, SeenPilot
from tests.browsing import SchoolClient
from tests.factories import Make

MONDAY = date(2026, 11, 23)
BEGINS = MONDAY + timedelta(14)


def at(day: int = 0, hour: int = 12) -> Any:
    return clock.stopped_at(clock.moscow(MONDAY + timedelta(day), time(hour)))


def question(n: int) -> dict[str, Any]:
    return {"version": 1, "prompt": f"Сколько будет {n} + {n}?", "key": {"value": str(2 * n)}}


def held(make: Make, subject_id: int, topic_id: int, title: str, base: int) -> UnitVersion:
    """A test of four questions that was never shown."""
    author = Author(new_id(), "Соколова Е. В.")
    about = About(kind=UnitKind.TEST, subject_id=subject_id, year_from=7, year_to=7, topic_ids=(topic_id,))
    items = tuple(WrittenItem(kind="number", spec=question(base + n)) for n in range(4))
    text = Text(title=title, minutes=15, items=items, body_markdown="Решите.", summary="Общая работа.")
    with unit_of_work():
        unit = drafts.draft(db.session(), author, about, text, clock.now())
        return holding.hold(db.session(), unit, clock.now(), author)


@dataclass
class Room:
    """The people and the tests."""

    make: Make
    course: Course
    subject: Subject
    topic_id: int
    practice: UnitVersion
    tests: dict[Sitting, UnitVersion]
    pupils: list[Member]
    people: dict[str, Member]
    pilot_id: uuid.UUID | None = None

    @property
    def base(self) -> str:
        return f"/s/{self.course.school_id}"

    @property
    def url(self) -> str:
        return f"{self.base}/pilots/{self.pilot_id}"

    def actor(self, who: str, *roles: str) -> Actor:
        return self.make.actor(self.people[who], *roles)

    @property
    def head(self) -> Actor:
        return self.actor("head", "head")

    def seen(self) -> SeenPilot:
        assert self.pilot_id is not None
        found = get_pilot(self.head, self.pilot_id)
        assert found is not None
        return found

    def row(self) -> Pilot:
        db.session.expire_all()
        return db.session.get_one(Pilot, (self.course.school_id, self.pilot_id))

    def plan(self, **more: Any) -> "Room":
        """A draft."""
        usual = {
            "title": "Свои темы или общий набор",
            "question": "Осваивают ли ученики больше тем?",
            "main_test": Sitting.DELAYED,
            "arms": (Arm.SAME, Arm.HALF),
            "tasks": 4,
            "sets": 2,
            "consent_until": MONDAY + timedelta(7),
            "starts_on": BEGINS,
            "weeks": 2,
            "n_planned": 60,
            "stop_rule": "Директор остановит.",
            "most_minutes": 25,
            "most_lost": 15,
        }
        with unit_of_work():
            courses = choosable_courses(self.head, self.subject.id)
            tests = {kind: one.id for kind, one in self.tests.items()}
            self.pilot_id = plan_pilot(self.head, self.subject, Protocol(**{**usual, **more}), courses, tests).id
        return self

    def register(self) -> "Room":
        """Registered, and all families but the last two agree; the last but one says no."""
        with unit_of_work():
            register_pilot(self.head, self.seen())
        ask_id = db.session.scalar(
            select(PilotCourse.ask_id).where(
                PilotCourse.school_id == self.course.school_id, PilotCourse.pilot_id == self.pilot_id
            )
        )
        for n, pupil in enumerate(self.pupils[:-1]):
            self.make.save(
                AskAnswer(
                    school_id=pupil.school_id,
                    id=new_id(),
                    ask_id=ask_id,
                    pupil_id=pupil.id,
                    by_id=self.people["parent"].id,
                    answer="yes" if n < len(self.pupils) - 2 else "no",
                    at=clock.now(),
                    event_id=new_id(),
                )
            )
        return self

    def test_of(self, pupil: Member, kind: Sitting) -> OwnTest:
        seen = get_pupil(self.make.actor(pupil, "pupil"), pupil.id)
        assert seen is not None
        assert self.pilot_id is not None
        own = own_pilot(seen, self.pilot_id)
        assert own is not None
        return next(one for one in own.tests if one.kind is kind)


def room_of(make: Make, pupils: int = 8) -> Room:
    course = make.course(pupils=pupils)
    school = make.school_of(course)
    other = make.course(make.school_class(school, letter="В"), pupils=1)
    items = tuple({"kind": "number", "prompt": f"Чему равно {n} · 2?", "key": {"value": str(2 * n)}} for n in range(8))
    practice = make.task(course.subject_id, items=items)
    topic_id = db.session.scalar(select(UnitTopic.topic_id).where(UnitTopic.unit_id == practice.unit_id))
    assert topic_id is not None
    for day in (-2, 12, 15, 17, 19, 22, 24):
        make.lesson(course, days=day, topic_id=topic_id, slot=2)
    members = make.pupils_of(course)
    leader = make.teacher(school)
    make.lead(make.group_of(course), leader)
    tests = {
        kind: held(make, course.subject_id, topic_id, f"Общая работа {n}", 100 * (n + 1))
        for n, kind in enumerate(Sitting)
    }
    people = {
        "head": make.member(school, "head"),
        "deputy": make.member(school, "deputy"),
        "teacher": make.teacher_of(course),
        "leader": leader,
        "another teacher": make.teacher_of(other),
        "pupil": members[0],
        "declined": members[-2],
        "silent": members[-1],
        "parent": make.parent(school, members[0]),
        "another parent": make.parent(school, make.pupils_of(other)[0]),
        "stranger": make.member(make.school(), "head"),
    }
    subject = db.session.get_one(Subject, course.subject_id)
    return Room(make, course, subject, topic_id, practice, tests, members, people)


def sign(client: SchoolClient, room: Room, who: str) -> SchoolClient:
    client.sign_in(room.make.account_of(room.people[who]))
    return client


def unit_of(version: UnitVersion) -> Unit:
    return db.session.get_one(Unit, version.unit_id)
