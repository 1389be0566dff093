"""The framework of a subject as its pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from content_library import Subject, Topic, frameworks, subjects
from content_library.models import TopicNeed
from school.core import clock
from school.core.access import Actor
from school.core.database import db

LARGEST_KEY = 2**31


@dataclass(frozen=True, slots=True)
class Node:
    """A topic at its place in the tree."""

    topic: Topic
    depth: int
    needs: Sequence[Topic]
    is_valid: bool


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject with the size of its framework."""

    subject: Subject
    topics: int


def get_subject(_actor: Actor, subject_id: int) -> Subject | None:
    """A subject by its number in an address."""
    return subjects.get_subject(db.session(), subject_id) if 0 < subject_id < LARGEST_KEY else None


def get_topic(_actor: Actor, topic_id: int) -> Topic | None:
    """A topic by its number in an address."""
    return frameworks.get_topic(db.session(), topic_id) if 0 < topic_id < LARGEST_KEY else None


def needed_of(topic: Topic, needed_id: int) -> Topic | None:
    """A topic that this one rests on."""
    found = db.session.get(TopicNeed, (topic.id, needed_id)) if 0 < needed_id < LARGEST_KEY else None
    return frameworks.get_topic(db.session(), needed_id) if found else None


def subject_lines() -> list[SubjectLine]:
    """All subjects, each with the number of its topics."""
    counts = dict(db.session.execute(select(Topic.subject_id, func.count()).group_by(Topic.subject_id)).all())
    return [SubjectLine(one, counts.get(one.id, 0)) for one in subjects.all_subjects(db.session())]


def years_of(subject: Subject) -> list[int]:
    """The year levels that the framework of a subject speaks of."""
    return sorted(db.session.scalars(select(Topic.year_level).where(Topic.subject_id == subject.id).distinct()))


def framework_of(subject: Subject, year_level: int | None = None) -> list[Node]:
    """The tree of a subject, or of one of its years: each topic after the wider one. Three statements."""
    today = clock.today()
    found = subjects.topics_of(db.session(), subject.id, year_level)
    needs = frameworks.needs_of(db.session(), [one.id for one in found])
    return [
        Node(one, depth, needs.get(one.id, ()), one.is_valid(today))
        for one, depth in in_tree_order(found)
    ]  # fmt: skip


def in_tree_order(found: Sequence[Topic]) -> list[tuple[Topic, int]]:
    """Topics, each after the wider one it belongs to, with their depth; a wider one that is not among them is left out."""
    there = {one.id for one in found}
    below: dict[int | None, list[Topic]] = {}
    for one in sorted(found, key=lambda one: (one.year_level, one.position, one.code)):
        below.setdefault(one.parent_id if one.parent_id in there else None, []).append(one)
    return _walk(below, None, 0)


def _walk(below: Mapping[int | None, Sequence[Topic]], parent: int | None, depth: int) -> list[tuple[Topic, int]]:
    made: list[tuple[Topic, int]] = []
    for one in below.get(parent, ()):
        made.append((one, depth))
        made += _walk(below, one.id, depth + 1)
    return made
