"""Bringing a framework from a file: first what it would change, then the change itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import changes
from content_library.frameworks.files import LONGEST_CODE, LONGEST_TITLE, Reason, Row, day_of
from content_library.frameworks.graph import Graph
from content_library.models import Subject, Topic, TopicNeed
from content_library.subjects import all_subjects, find_subject

Key = tuple[int, str]
"""Subject and code."""


class What(StrEnum):
    """What a row does to the framework."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A row that can be taken."""

    number: int
    key: Key
    title: str
    year_level: int
    parent: Key | None
    needs: tuple[Key, ...] | None
    """None leaves what is there."""
    since: date | None
    until: date | None
    what: What
    before: str = ""
    """The title until now, where it changes."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row, or one need of it, that is left out."""

    number: int
    code: str
    reason: Reason
    detail: str = ""
    """The code or words that the reason is about."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change."""

    rows: Sequence[Planned]
    refused: Sequence[NotTaken]
    only_here: int
    """Topics of its subjects that the file does not name; they stay as they are."""

    def count(self, what: What) -> int:
        """How many rows do this."""
        return sum(row.what == what for row in self.rows)


@dataclass(slots=True)
class _Planning:
    subjects: dict[str, int]
    there: dict[Key, Topic]
    keys: dict[int, Key]
    needs: dict[Key, set[Key]]
    taken: dict[Key, Planned] = field(default_factory=dict)
    refused: list[NotTaken] = field(default_factory=list)

    def parents(self) -> dict[Key, Key | None]:
        """The tree as it would be."""
        old = {key: self.keys[one.parent_id] if one.parent_id else None for key, one in self.there.items()}
        return {**old, **{key: row.parent for key, row in self.taken.items()}}


def plan(session: Session, rows: Sequence[Row], subject: Subject | None, year_level: int | None = None) -> Plan:
    """What these rows would change. ``subject`` and ``year_level`` are for rows that say none. Changes nothing."""
    codes = {code: found.id for code in {row.subject for row in rows if row.subject}
             if (found := find_subject(session, code)) is not None}  # fmt: skip
    codes |= {one.code: one.id for one in all_subjects(session)}
    topics = session.scalars(select(Topic)).all()
    keys = {one.id: (one.subject_id, one.code) for one in topics}
    needs: dict[Key, set[Key]] = {}
    for topic_id, before in session.execute(select(TopicNeed.topic_id, TopicNeed.needs_id)):
        needs.setdefault(keys[topic_id], set()).add(keys[before])
    state = _Planning(codes, {keys[one.id]: one for one in topics}, keys, needs)
    in_file = {(state.subjects.get(row.subject) or (subject.id if subject else 0), row.code) for row in rows}
    for row in rows:
        _take(state, row, subject, year_level, in_file)
    _without_lost_parents(state)
    circle = _check_needs(state)
    if circle is not None:
        return Plan((), (*state.refused, NotTaken(0, circle[1], Reason.CIRCLE, circle[1])), 0)
    named = {key[0] for key in state.taken}
    only_here = sum(key[0] in named and key not in in_file for key in state.there)
    return Plan(tuple(state.taken.values()), tuple(state.refused), only_here)


def bring(session: Session, made: Plan) -> int:
    """Change the framework so; how many topics are new or changed. Run it in the transaction that made the plan."""
    topics = {(one.subject_id, one.code): one for one in session.scalars(select(Topic))}
    positions: dict[Key | int, int] = {}
    touched: list[Topic] = []
    for row in _parents_first(made.rows):
        group: Key | int = row.parent or row.key[0]
        positions[group] = positions.get(group, 0) + 1
        topic = topics.get(row.key)
        if topic is None:
            topic = Topic(subject_id=row.key[0], code=row.key[1])
            session.add(topic)
        elif row.what is What.CHANGED:
            touched.append(topic)
        topic.title, topic.year_level = row.title, row.year_level
        topic.valid_from, topic.valid_to = row.since, row.until
        topic.parent_id = topics[row.parent].id if row.parent else None
        topic.position = positions[group]
        session.flush()
        topics[row.key] = topic
    for row in made.rows:
        if row.needs is not None:
            _set_needs(session, topics[row.key], [topics[one] for one in row.needs])
    for topic in touched:
        changes.mark_topic(session, topic)
    return made.count(What.NEW) + made.count(What.CHANGED)


def _take(state: _Planning, row: Row, subject: Subject | None, year_level: int | None, in_file: set[Key]) -> None:
    subject_id = state.subjects.get(row.subject) if row.subject else (subject.id if subject else None)
    year = int(row.year_level) if row.year_level.isdigit() else None if row.year_level else year_level
    key = (subject_id or 0, row.code)
    parent = _parent(state, row, key, in_file)
    try:
        since, until = day_of(row.valid_from), day_of(row.valid_to)
        problems = [(bool(since and until and until < since), Reason.DATES, "")]
    except ValueError:
        since = until = None
        problems = [(True, Reason.BAD_DATE, f"{row.valid_from} {row.valid_to}".strip())]
    problems = [
        (not row.code, Reason.NO_CODE, ""),
        (len(row.code) > LONGEST_CODE, Reason.LONG_CODE, ""),
        (not row.title, Reason.NO_TITLE, ""),
        (len(row.title) > LONGEST_TITLE, Reason.LONG_TITLE, ""),
        (subject_id is None, Reason.NO_SUBJECT, row.subject),
        (year not in range(1, 12), Reason.NO_YEAR, row.year_level),
        *problems,
        (key in state.taken, Reason.TWICE, ""),
        (
            parent is not None and parent not in in_file and parent not in state.there,
            Reason.NO_PARENT,
            row.parent or "",
        ),
    ]
    for is_wrong, reason, detail in problems:
        if is_wrong:
            state.refused.append(NotTaken(row.number, row.code, reason, detail))
            return
    needs = None if row.needs is None else tuple(_key_of(state, key[0], one) for one in row.needs)
    old = state.there.get(key)
    made = Planned(
        number=row.number,
        key=key,
        title=row.title,
        year_level=year or 0,
        parent=parent,
        needs=needs,
        since=since,
        until=until,
        what=What.NEW,
        before=old.title if old is not None and old.title != row.title else "",
    )
    state.taken[key] = replace(made, what=_what(state, old, made))


def _parent(state: _Planning, row: Row, key: Key, in_file: set[Key]) -> Key | None:
    """The wider topic that the row names; where it does not speak of it, the one that its code stands under."""
    if row.parent is not None:
        return (key[0], row.parent) if row.parent else None
    wider = (key[0], row.code.rpartition(".")[0])
    return wider if wider[1] and (wider in in_file or wider in state.there) else None


def _what(state: _Planning, old: Topic | None, row: Planned) -> What:
    if old is None:
        return What.NEW
    above = state.keys[old.parent_id] if old.parent_id else None
    there = (old.title, old.year_level, above, old.valid_from, old.valid_to)
    same = there == (row.title, row.year_level, row.parent, row.since, row.until)
    if row.needs is not None and set(row.needs) != state.needs.get(row.key, set()):
        same = False
    return What.SAME if same else What.CHANGED


def _key_of(state: _Planning, subject_id: int, said: str) -> Key:
    other, colon, code = said.partition(":")
    return (state.subjects.get(other.strip(), 0), code.strip()) if colon else (subject_id, said)


def _without_lost_parents(state: _Planning) -> None:
    """What hangs on a refused row, or in a ring of rows, has no place either."""
    while True:
        parents = state.parents()
        tree = Graph(parents)
        lost = [
            row
            for row in state.taken.values()
            if row.parent is not None
            and (row.parent not in parents or row.key == row.parent or row.key in tree.above(row.parent))
        ]
        if not lost:
            return
        for row in lost:
            del state.taken[row.key]
            state.refused.append(
                NotTaken(row.number, row.key[1], Reason.NO_PARENT, row.parent[1] if row.parent else "")
            )


def _check_needs(state: _Planning) -> Key | None:
    """Take the needs one by one; one that closes a circle is left out and said, the row stays.

    Answers a topic of a circle that the file makes by moving topics whose needs it does not speak of.
    """
    years = {key: one.year_level for key, one in state.there.items()}
    years |= {key: row.year_level for key, row in state.taken.items()}
    needs = {key: set(those) for key, those in state.needs.items()}
    for row in state.taken.values():
        if row.needs is not None:
            needs[row.key] = set()
    graph = Graph(state.parents(), needs)
    for row in list(state.taken.values()):
        good: list[Key] = []
        for before in row.needs or ():
            said = before[1]
            if before not in years:
                state.refused.append(NotTaken(row.number, row.key[1], Reason.NO_NEED, said))
            elif years[before] > row.year_level:
                state.refused.append(NotTaken(row.number, row.key[1], Reason.LATER_YEAR, said))
            elif graph.way(before, row.key) is not None:
                state.refused.append(NotTaken(row.number, row.key[1], Reason.CIRCLE, said))
            else:
                needs[row.key].add(before)
                good.append(before)
        if row.needs is not None and len(good) != len(row.needs):
            cut = replace(row, needs=tuple(good))
            state.taken[row.key] = replace(cut, what=_what(state, state.there.get(row.key), cut))
    circle = graph.circle()
    return circle[0] if circle else None


def _parents_first(rows: Sequence[Planned]) -> list[Planned]:
    waiting = {row.key: row for row in rows}
    made: list[Planned] = []

    def put(row: Planned) -> None:
        if waiting.pop(row.key, None) is None:
            return
        if row.parent in waiting:
            put(waiting[row.parent])
        made.append(row)

    for row in rows:
        put(row)
    return made


def _set_needs(session: Session, topic: Topic, wanted: Sequence[Topic]) -> None:
    keep = {one.id for one in wanted}
    for found in session.scalars(select(TopicNeed).where(TopicNeed.topic_id == topic.id)).all():
        if found.needs_id not in keep:
            session.delete(found)
        keep.discard(found.needs_id)
    session.add_all(TopicNeed(topic_id=topic.id, needs_id=one) for one in sorted(keep))
    session.flush()
