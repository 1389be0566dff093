"""Where the features above take part in what happens to lessons and pupils, without being known here."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from school.classes.seen import SeenLesson, SeenPupil
from school.core.access import Actor
from school.people.models import Member


@dataclass(frozen=True, slots=True)
class LessonWent:
    """A lesson has another day or time. ``new_id`` equals ``lesson_id`` when the timetable itself carried it there."""

    school_id: int
    lesson_id: uuid.UUID
    new_id: uuid.UUID
    on_date: date
    starts_at: datetime


Follower = Callable[[list[LessonWent]], None]
Carrier = Callable[[SeenPupil], Any]

followers: list[Follower] = []
carriers: dict[str, Carrier] = {}


def follow_lessons(follower: Follower) -> Follower:
    """Register what must go with a lesson (homework due in it); called in the same transaction, after the rows changed."""
    if follower not in followers:
        followers.append(follower)
    return follower


def carry(name: str) -> Callable[[Carrier], Carrier]:
    """Register what a pupil takes to another school under ``name`` in ``Transfer.carried``; the answer must be plain JSON."""

    def register(carrier: Carrier) -> Carrier:
        carriers[name] = carrier
        return carrier

    return register


Arrived = Callable[[Member, Member], None]
when_arrived: list[Arrived] = []
"""Called in the transaction of a transfer with the pupil of the old school and of the new: what must hold there from the first day."""


def on_arrival(settle: Arrived) -> Arrived:
    """Register what goes over as rows of its own."""
    if settle not in when_arrived:
        when_arrived.append(settle)
    return settle


Absent = Callable[[SeenLesson, Sequence[uuid.UUID]], None]
when_absent: list[Absent] = []
"""Called in the transaction that notes who was not in a lesson, with the pupils' ids; only when there are some."""


def on_absence(watcher: Absent) -> Absent:
    """Register who prepares something for the absent."""
    if watcher not in when_absent:
        when_absent.append(watcher)
    return watcher


NewDays = Callable[[int, date, date], None]
when_days_change: list[NewDays] = []
"""Called in the transaction that made, moved or took away lessons out of the timetable: the school, the first day and the last."""


def on_new_days(watcher: NewDays) -> NewDays:
    """Register who has arranged something beside the timetable and must see whether it still can be."""
    if watcher not in when_days_change:
        when_days_change.append(watcher)
    return watcher


def tell_of_new_days(school_id: int, first: date, last: date) -> None:
    """Lessons between these days are not what they were."""
    for watcher in when_days_change:
        watcher(school_id, first, last)


def tell_followers(went: list[LessonWent]) -> None:
    """Let everything that hangs on these lessons follow them."""
    if went:
        for follower in followers:
            follower(went)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a lesson without a topic is likely to teach."""

    words: str
    topic_id: int | None = None
    """The node of the framework."""


Suggester = Callable[[SeenLesson], Suggestion | None]
suggesters: list[Suggester] = []


def suggest_topic(suggester: Suggester) -> Suggester:
    """Register who knows the topic of a lesson before its teacher has written it."""
    if suggester not in suggesters:
        suggesters.append(suggester)
    return suggester


def suggestion_for(lesson: SeenLesson) -> Suggestion | None:
    """The first one that there is."""
    return next((found for one in suggesters if (found := one(lesson)) is not None), None)


@dataclass(frozen=True, slots=True)
class LessonPart:
    """What a feature above adds to a lesson's page: its own template, which reads ``part.context``."""

    template: str
    context: dict[str, Any]
    beside: bool = True
    """In the narrow column, where there is one; else under the presence."""


PartMaker = Callable[[Actor, SeenLesson], LessonPart | None]
lesson_parts: list[PartMaker] = []


def on_lesson_page(maker: PartMaker) -> PartMaker:
    """Register a part of the lesson's page; answers None for those who should not see it."""
    if maker not in lesson_parts:
        lesson_parts.append(maker)
    return maker


def parts_for(actor: Actor, lesson: SeenLesson) -> list[LessonPart]:
    """All parts the features have for this reader, in the order of registration."""
    return [part for maker in lesson_parts if (part := maker(actor, lesson)) is not None]


@dataclass(frozen=True, slots=True)
class NormsPart:
    """What a feature above adds to the page of norms: its own template, which reads ``part.context``."""

    template: str
    context: dict[str, Any]


NormsMaker = Callable[[int], NormsPart]
norms_parts: list[NormsMaker] = []


def on_norms_page(maker: NormsMaker) -> NormsMaker:
    """Register norms that another feature keeps; it is asked with the school."""
    if maker not in norms_parts:
        norms_parts.append(maker)
    return maker
