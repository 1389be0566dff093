"""What the form of a new homework offers: the course's next lessons and fitting units of the library."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select

from content_library import Card, Filters, UnitKind, UnitState, finding, shelf
from content_library.models import Item, Unit, UnitFacts, UnitVersion
from school.classes.models import Lesson, LessonState
from school.classes.seen import SeenCourse
from school.core.database import db
from school.core.finding import reader
from school.homework.models import Homework
from school.library.queries.offered import units_on


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit as the form offers it, at its version of today."""

    version: UnitVersion
    kind: UnitKind
    author: str
    has_items: bool
    """Whether it can be solved on the screen and checked by the machine."""
    counted: int | None = None
    """Minutes of the middle one of the attempts that pupils have finished; None below ten of them."""
    tries: int = 0
    """So many attempts."""

    @property
    def id(self) -> uuid.UUID:
        """The version's id: homework holds on to the version."""
        return self.version.id

    @property
    def title(self) -> str:
        """Of this version."""
        return self.version.title

    @property
    def minutes(self) -> int:
        """How long a pupil needs: as it was counted, else as its author thinks; 0 when unknown."""
        return self.version.minutes if self.counted is None else self.counted


def coming_lessons(of: SeenCourse, after: datetime, limit: int = 6) -> list[Lesson]:
    """The next lessons of a course that take place and begin after ``after``."""
    return list(
        db.session.scalars(
            select(Lesson)
            .where(
                Lesson.school_id == of.school_id,
                Lesson.course_id == of.id,
                Lesson.state == LessonState.PLANNED,
                Lesson.starts_at > after,
            )
            .order_by(Lesson.starts_at)
            .limit(limit)
        )
    )


_CHOICE = (
    select(
        UnitVersion,
        Unit.kind,
        Unit.author_name,
        exists().where(Item.version_id == UnitVersion.id),
        UnitFacts.minutes,
        func.coalesce(UnitFacts.tries, 0),
    )
    .join(Unit, Unit.id == UnitVersion.unit_id)
    .outerjoin(UnitFacts, UnitFacts.unit_id == Unit.id)
)


def suggested_units(
    of: SeenCourse, words: str = "", topic_id: int | None = None, limit: int = 5
) -> Sequence[UnitChoice]:
    """Published units of the course's subject and year: those of the lesson's topic first, or those that have the words.

    Lesson scenarios are for teachers and not offered.
    """
    cards: list[Card] = []
    if topic_id is not None and not words:
        cards = list(units_on(topic_id, 2 * limit)[0])
    if len(cards) < limit:
        fitting = Filters(subject=of.subject_id, year_level=of.year_level)
        page = finding.search(db.session(), reader(), words, fitting, limit=3 * limit)
        cards += page.cards
    if not cards and words:
        cards += finding.search(db.session(), reader(), words, limit=2 * limit).cards
    found = list(dict.fromkeys(card.version_id for card in cards if card.kind != UnitKind.SCENARIO))[:limit]
    chosen = {row[0].id: UnitChoice(*row) for row in db.session.execute(_CHOICE.where(UnitVersion.id.in_(found)))}
    return [chosen[one] for one in found]


def newer_choice(chosen: UnitChoice) -> UnitChoice | None:
    """What schools see of a chosen unit now, where that is a newer version; None for a unit that was retired."""
    unit = shelf.get_unit(db.session(), chosen.version.unit_id)
    if unit is None or unit.published_version_id == chosen.id or unit.state is not UnitState.PUBLISHED:
        return None
    return None if unit.published_version_id is None else unit_choice(unit.published_version_id)


_RENEWED = (
    select(Homework.id)
    .join(UnitVersion, UnitVersion.id == Homework.unit_version_id)
    .join(Unit, Unit.id == UnitVersion.unit_id)
    .where(
        Homework.school_id == bindparam("school"),
        Homework.id.in_(bindparam("ids", expanding=True)),
        Unit.state == UnitState.PUBLISHED,
        Unit.published_version_id != UnitVersion.id,
    )
)


def with_newer_units(of: SeenCourse, homework_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these homeworks whose unit has a newer version: one statement."""
    if not homework_ids:
        return set()
    return set(db.session.scalars(_RENEWED, {"school": of.school_id, "ids": list(homework_ids)}))


def unit_choice(version_id: uuid.UUID) -> UnitChoice | None:
    """A published version by its id; None for one that no school may see."""
    version = shelf.get_version(db.session(), version_id)
    if version is None or version.published_at is None:
        return None
    row = db.session.execute(_CHOICE.where(UnitVersion.id == version_id, Unit.held_at.is_(None))).first()
    return None if row is None else UnitChoice(*row)


_BOOK_IN_USE = (
    select(UnitVersion.unit_id, UnitVersion.number, UnitVersion.title)
    .join(Homework, Homework.unit_version_id == UnitVersion.id)
    .join(Unit, Unit.id == UnitVersion.unit_id)
    .where(
        Homework.school_id == bindparam("school"),
        Homework.course_id == bindparam("course"),
        Homework.withdrawn_at.is_(None),
        Unit.kind == UnitKind.TEXTBOOK,
    )
    .order_by(Homework.due_on.desc(), Homework.set_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class BookInUse:
    """A textbook that pages named in a homework belong to."""

    unit_id: uuid.UUID
    number: int
    """Of the version."""
    title: str


def book_in_use(of: SeenCourse) -> BookInUse | None:
    """The textbook that was last set in a course: what its teacher means by «стр. 45»."""
    row = db.session.execute(_BOOK_IN_USE, {"school": of.school_id, "course": of.id}).first()
    return None if row is None else BookInUse(*row)
