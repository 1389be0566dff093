"""The catalogue as its page shows it: cards with the reason of each, and how many there are behind each choice."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from content_library import Card, Filters, FoundPage, Subject, Topic, UnitKind, Why, finding
from school.core.database import db, read
from school.core.finding import reader
from school.library.queries.topics import topics_to_choose

MOST_TOPICS = 40
"""Topics offered at once: those with the most units."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for."""

    words: str = ""
    subject: int | None = None
    year_level: int | None = None
    kind: UnitKind | None = None
    topic: int | None = None
    language: str | None = None
    after: str | None = None

    @property
    def filters(self) -> Filters:
        """All but the words."""
        return Filters(
            subject=self.subject,
            year_level=self.year_level,
            kind=self.kind,
            topic=self.topic,
            language=self.language,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in each filter, with counts; a choice that would find nothing is left out."""

    subjects: Sequence[tuple[int, str, int]]
    """Number, name, how many units."""
    years: Sequence[tuple[int, int]]
    kinds: Sequence[tuple[UnitKind, int]]
    languages: Sequence[tuple[str, int]]
    topics: Sequence[tuple[int, str, int | None]]
    """The topics of the chosen subject; empty until a subject is chosen. No count where the index is not there."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the catalogue."""

    cards: Sequence[Card]
    similar: Sequence[Card]
    """Where few units have all the words: some that have part of them."""
    why: Mapping[uuid.UUID, Why]
    total: int
    all_kinds: int
    after: str | None
    choices: Choices
    mended: str
    """The wish as it was understood, if a word of it was nowhere."""
    is_plain: bool
    """Found without the index, which is being built."""
    progress: tuple[int, int] | None
    """How far the index is, while it is being built and nothing else serves."""


_SUBJECTS = select(Subject.id, Subject.name_ru, Subject.name_en).order_by(Subject.sort, Subject.id)
_TOPIC = select(Topic.id, Topic.title, Topic.subject_id, Topic.year_level, Topic.position)


def find_units(wish: Wish, locale: str) -> Shelf:
    """Search the catalogue: two statements, four when a subject and a topic are chosen, eight without the index. A topic
    of another subject is dropped, for it was chosen before the subject was changed."""
    if wish.topic is not None:
        topic = db.session.execute(_TOPIC.where(Topic.id == wish.topic)).first()
        wish = wish if topic is not None and topic.subject_id == wish.subject else replace(wish, topic=None)
    found = finding.search(db.session(), reader(), wish.words, wish.filters, after=wish.after)
    choices = Choices(
        subjects=_subjects(found, wish, locale),
        years=[(level, found.by_year_level.get(level, 0)) for level in range(1, 12) if _is_there(level, found, wish)],
        kinds=[(kind, found.by_kind.get(kind, 0)) for kind in UnitKind],
        languages=sorted(found.by_language.items(), key=lambda one: -one[1]),
        topics=_topics(found, wish),
    )
    return Shelf(
        cards=found.cards,
        similar=found.similar,
        why=found.why,
        total=found.total,
        all_kinds=sum(found.by_kind.values()),
        after=found.after,
        choices=choices,
        mended=found.mended,
        is_plain=found.is_plain,
        progress=reader().progress() if found.is_plain else None,
    )


def completions(typed: str) -> list[str]:
    """Whole wishes that begin with what is typed; none while there is no index."""
    return finding.complete(reader(), typed)


def _is_there(level: int, found: FoundPage, wish: Wish) -> bool:
    return level in found.by_year_level or level == wish.year_level


def _subjects(found: FoundPage, wish: Wish, locale: str) -> list[tuple[int, str, int]]:
    return [
        (number, name_en if locale == "en" else name_ru, found.by_subject.get(number, 0))
        for number, name_ru, name_en in read(_SUBJECTS)
        if number in found.by_subject or number == wish.subject
    ]


def _topics(found: FoundPage, wish: Wish) -> list[tuple[int, str, int | None]]:
    if wish.subject is None:
        return []
    if found.is_plain:
        return [(*topic, None) for topic in topics_to_choose(wish.subject, wish.year_level, wish.year_level)]
    most = sorted(found.by_topic, key=lambda topic: -found.by_topic[topic])[:MOST_TOPICS]
    rows = db.session.execute(
        _TOPIC.where(Topic.id.in_({*most, *([wish.topic] if wish.topic else [])}), Topic.subject_id == wish.subject)
        .order_by(Topic.year_level, Topic.position, Topic.id)
    )  # fmt: skip
    return [(topic.id, topic.title, found.by_topic.get(topic.id, 0)) for topic in rows]
