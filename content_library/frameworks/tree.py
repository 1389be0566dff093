"""Keeping the framework: adding, naming, moving and retiring topics, and saying what rests on what."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import changes
from content_library.frameworks.graph import Graph
from content_library.models import Subject, Topic, TopicNeed


class Why(StrEnum):
    """Why a topic can't be put so; the sentence is the screen's business."""

    CODE_TAKEN = "code_taken"
    OTHER_SUBJECT = "other_subject"
    BELOW_ITSELF = "below_itself"
    PART_OF_IT = "part_of_it"
    LATER_YEAR = "later_year"
    CIRCLE = "circle"
    DATES = "dates"


class CannotPlace(Exception):
    """The framework would not hold. ``titles`` are the topics that are in the way, in their order."""

    def __init__(self, why: Why, *titles: str) -> None:
        super().__init__(f"{why}: {' -> '.join(titles)}")
        self.why = why
        self.titles = titles


def get_topic(session: Session, topic_id: int) -> Topic | None:
    """One topic."""
    return session.get(Topic, topic_id)


def add(
    session: Session, subject: Subject, title: str, year_level: int, *, parent: Topic | None = None, code: str = ""
) -> Topic:
    """Put a topic after its neighbours; without a code it takes the next one below its parent. Raises ``CannotPlace``."""
    if parent is not None and parent.subject_id != subject.id:
        raise CannotPlace(Why.OTHER_SUBJECT, parent.title)
    code = code or _next_code(session, subject.id, parent, year_level)
    _require_free(session, subject.id, code, None)
    topic = Topic(
        subject_id=subject.id,
        parent_id=parent.id if parent else None,
        code=code,
        title=title,
        year_level=year_level,
        position=_last_position(session, subject.id, parent) + 1,
    )
    session.add(topic)
    session.flush()
    return topic


def change(
    session: Session, topic: Topic, *, title: str, code: str, year_level: int, since: date | None, until: date | None
) -> None:
    """Name a topic anew and say when it is taught. Raises ``CannotPlace``."""
    if since is not None and until is not None and until < since:
        raise CannotPlace(Why.DATES)
    _require_free(session, topic.subject_id, code, topic)
    is_renamed = title != topic.title
    topic.title, topic.code, topic.year_level = title, code, year_level
    topic.valid_from, topic.valid_to = since, until
    session.flush()
    if is_renamed:
        changes.mark_topic(session, topic)


def move(session: Session, topic: Topic, parent: Topic | None) -> None:
    """Put a topic with all that is below it under another one, or at the top. Raises ``CannotPlace``."""
    if parent is not None:
        if parent.subject_id != topic.subject_id:
            raise CannotPlace(Why.OTHER_SUBJECT, parent.title)
        graph = graph_of(session)
        if parent.id == topic.id or topic.id in graph.above(parent.id):
            raise CannotPlace(Why.BELOW_ITSELF, topic.title, parent.title)
        moved = Graph({**graph.parents, topic.id: parent.id}, graph.needs)
        circle = moved.circle()
        if circle is not None:
            raise CannotPlace(Why.CIRCLE, *_titles(session, circle))
    topic.position = _last_position(session, topic.subject_id, parent) + 1
    topic.parent_id = parent.id if parent else None
    session.flush()
    changes.mark_topic(session, topic)


def shift(session: Session, topic: Topic, by: int) -> None:
    """One place up (-1) or down (1) among its neighbours; at the edge it stays."""
    near = list(_neighbours(session, topic.subject_id, topic.parent_id))
    here = near.index(topic)
    there = min(max(here + by, 0), len(near) - 1)
    near.insert(there, near.pop(here))
    for position, one in enumerate(near, 1):
        one.position = position
    session.flush()


def retire(session: Session, topic: Topic, last_day: date) -> int:
    """End a topic and all that is below it; how many. What hangs on them stays, new units choose others."""
    ended = [topic, *below(session, topic)]
    for one in ended:
        if one.valid_to is None or one.valid_to > last_day:
            one.valid_to = last_day
        if one.valid_from is not None and one.valid_from > last_day:
            one.valid_from = last_day
    session.flush()
    return len(ended)


def restore(session: Session, topic: Topic, today: date) -> None:
    """Take a topic back into the framework; a topic of the future begins today."""
    topic.valid_to = None
    if topic.valid_from is not None and topic.valid_from > today:
        topic.valid_from = today
    session.flush()


def below(session: Session, topic: Topic) -> Sequence[Topic]:
    """Everything inside a topic."""
    tree = select(Topic.id).where(Topic.parent_id == topic.id).cte("below", recursive=True)
    tree = tree.union(select(Topic.id).join(tree, Topic.parent_id == tree.c.id))
    return session.scalars(select(Topic).where(Topic.id.in_(select(tree.c.id)))).all()


def need(session: Session, topic: Topic, before: Topic) -> None:
    """Say that a topic rests on another one. Raises ``CannotPlace``: no circles, and nothing of a later year."""
    if before.year_level > topic.year_level:
        raise CannotPlace(Why.LATER_YEAR, topic.title, before.title)
    graph = graph_of(session)
    if graph.shares(topic.id, before.id):
        raise CannotPlace(Why.PART_OF_IT, topic.title, before.title)
    path = graph.way(before.id, topic.id)
    if path is not None:
        raise CannotPlace(Why.CIRCLE, topic.title, *_titles(session, path))
    if session.get(TopicNeed, (topic.id, before.id)) is None:
        session.add(TopicNeed(topic_id=topic.id, needs_id=before.id))
        session.flush()


def drop_need(session: Session, topic: Topic, before: Topic) -> None:
    """Say that it does not, after all."""
    found = session.get(TopicNeed, (topic.id, before.id))
    if found is not None:
        session.delete(found)
        session.flush()


def needs_of(session: Session, topic_ids: Sequence[int]) -> dict[int, list[Topic]]:
    """What each of these topics rests on."""
    rows = session.execute(
        select(TopicNeed.topic_id, Topic)
        .join(Topic, Topic.id == TopicNeed.needs_id)
        .where(TopicNeed.topic_id.in_(topic_ids))
        .order_by(Topic.year_level, Topic.position, Topic.id)
    )
    found: dict[int, list[Topic]] = {}
    for topic_id, before in rows:
        found.setdefault(topic_id, []).append(before)
    return found


def needed_by(session: Session, topic: Topic) -> Sequence[Topic]:
    """What rests on a topic."""
    return session.scalars(
        select(Topic)
        .join(TopicNeed, TopicNeed.topic_id == Topic.id)
        .where(TopicNeed.needs_id == topic.id)
        .order_by(Topic.year_level, Topic.position, Topic.id)
    ).all()


def graph_of(session: Session) -> Graph[int]:
    """The frameworks of all subjects: needs cross from one to another."""
    needs: dict[int, set[int]] = {}
    for topic_id, before in session.execute(select(TopicNeed.topic_id, TopicNeed.needs_id)):
        needs.setdefault(topic_id, set()).add(before)
    return Graph({row[0]: row[1] for row in session.execute(select(Topic.id, Topic.parent_id))}, needs)


def _titles(session: Session, ids: Sequence[int]) -> list[str]:
    titles = {row[0]: row[1] for row in session.execute(select(Topic.id, Topic.title).where(Topic.id.in_(ids)))}
    return [titles[one] for one in ids]


def _require_free(session: Session, subject_id: int, code: str, own: Topic | None) -> None:
    found = session.scalar(select(Topic).where(Topic.subject_id == subject_id, Topic.code == code))
    if found is not None and found is not own:
        raise CannotPlace(Why.CODE_TAKEN, found.title)


def _next_code(session: Session, subject_id: int, parent: Topic | None, year_level: int) -> str:
    beginning = f"{parent.code}." if parent else f"{year_level}."
    taken = set(
        session.scalars(
            select(Topic.code).where(Topic.subject_id == subject_id, Topic.code.startswith(beginning, autoescape=True))
        )
    )
    number = 1
    while f"{beginning}{number}" in taken:
        number += 1
    return f"{beginning}{number}"


def _neighbours(session: Session, subject_id: int, parent_id: int | None) -> Sequence[Topic]:
    return session.scalars(
        select(Topic)
        .where(Topic.subject_id == subject_id, Topic.parent_id.is_not_distinct_from(parent_id))
        .order_by(Topic.year_level, Topic.position, Topic.code)
    ).all()


def _last_position(session: Session, subject_id: int, parent: Topic | None) -> int:
    return max((one.position for one in _neighbours(session, subject_id, parent.id if parent else None)), default=0)
