"""The catalogue as its page shows it: cards, and how many there are behind each choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from content_library import Card, UnitKind, catalogue, subjects
from school.core.database import db
from school.library.queries.topics import topics_to_choose


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


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in each filter, with counts; a choice that would find nothing is left out."""

    subjects: Sequence[tuple[int, str, int]]
    """Number, name, how many units."""
    years: Sequence[tuple[int, int]]
    kinds: Sequence[tuple[UnitKind, int]]
    languages: Sequence[tuple[str, int]]
    topics: Sequence[tuple[int, str]]
    """The topics of the chosen subject and year; empty until a subject is chosen."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the catalogue."""

    cards: Sequence[Card]
    total: int
    all_kinds: int
    after: str | None
    choices: Choices


def find_units(wish: Wish, locale: str) -> Shelf:
    """Search the catalogue: seven statements, eight when a subject is chosen. A topic of another subject or year is
    dropped, for it was chosen before the subject was changed."""
    topics = _topics(wish)
    topic = wish.topic if any(number == wish.topic for number, _title in topics) else None
    found = catalogue.search(
        db.session(),
        wish.words,
        subject=wish.subject,
        year_level=wish.year_level,
        kind=wish.kind,
        topic=topic,
        language=wish.language,
        after=wish.after,
    )
    choices = Choices(
        subjects=[
            (one.id, one.name_en if locale == "en" else one.name_ru, found.by_subject.get(one.id, 0))
            for one in subjects.all_subjects(db.session())
            if one.id in found.by_subject or one.id == wish.subject
        ],
        years=[(level, found.by_year_level.get(level, 0)) for level in range(1, 12) if _is_there(level, found, wish)],
        kinds=[(kind, found.by_kind.get(kind, 0)) for kind in UnitKind],
        languages=sorted(found.by_language.items(), reverse=True),
        topics=topics,
    )
    return Shelf(found.cards, found.total, sum(found.by_kind.values()), found.after, choices)


def _is_there(level: int, found: catalogue.CataloguePage, wish: Wish) -> bool:
    return level in found.by_year_level or level == wish.year_level


def _topics(wish: Wish) -> list[tuple[int, str]]:
    return [] if wish.subject is None else topics_to_choose(wish.subject, wish.year_level, wish.year_level)
