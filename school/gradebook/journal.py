"""A journal, its act and its cells as one actor meets them; made by the loaders of ``queries``, read by ``policy``."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from school.classes.seen import SeenCourse
from school.gradebook.release import EMPTY, Sign
from school.gradebook.scale import Rules
from school.gradebook.systems import Criterion


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of a course."""

    course: SeenCourse
    stands_in: bool
    """The actor is named to take a lesson of this course yesterday, today or tomorrow."""

    @property
    def school_id(self) -> int:
        """Its school."""
        return self.course.school_id

    @property
    def id(self) -> uuid.UUID:
        """The course's id."""
        return self.course.id

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """A journal shows its whole group."""
        return None, self.course.group_id


@dataclass(frozen=True, slots=True)
class Work:
    """A line of the act: a kind of work and its weight."""

    id: uuid.UUID
    name: str
    short: str
    weight: int
    position: int
    is_control: bool


@dataclass(frozen=True, slots=True)
class Act:
    """The school's rules of marking that hold for a term."""

    id: uuid.UUID
    name: str
    from_on: date
    rules: Rules
    works: tuple[Work, ...]

    @property
    def answers(self) -> Work:
        """The kind of the column that the first mark of a lesson makes: the first line of the act."""
        return self.works[0]

    def work(self, work_id: uuid.UUID) -> Work | None:
        """A line of this act."""
        return next((one for one in self.works if one.id == work_id), None)


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term of the course's regime."""

    id: uuid.UUID
    number: int
    name: str
    starts_on: date
    ends_on: date
    locked_at: datetime | None
    is_half_year: bool

    def is_locked(self, now: datetime) -> bool:
        """Whether marks change only with a reason, by the deputy head."""
        return self.locked_at is not None and self.locked_at <= now


@dataclass(frozen=True, slots=True)
class Standing:
    """The mark of a cell as it stands, with what a family sees of it."""

    id: uuid.UUID
    sign: Sign
    version: int
    released_at: datetime
    released: Sign
    set_by: uuid.UUID
    set_at: datetime
    is_replaced: bool = False
    """A retake counts instead of it."""
    released_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One pupil in one column of one lesson, with all that decides whether it may be changed."""

    lesson_id: uuid.UUID
    on_date: date
    is_held: bool
    """The lesson stands in the plan: neither cancelled nor moved away."""
    term_id: uuid.UUID
    term_starts_on: date
    is_locked: bool
    is_substitute: bool
    """The actor takes or took this lesson instead of its teacher, and may write now: it has begun, and the rights last."""
    pupil_id: uuid.UUID
    pupil: str
    """«Петрова Алёна»."""
    column_id: uuid.UUID
    weight: int | None
    """None while the lesson's column for answers is not made yet."""
    mark: Standing | None
    term_number: int = 1
    place: int = 0
    system: str | None = None
    criteria: tuple[Criterion, ...] = ()
    standing: Mapping[int, Standing] = field(default_factory=dict)
    """All marks of the pupil in the column by place, this one among them."""
    cover_words: str = ""
    """To a substitute outside their hours: from when they may write, or that it is over."""

    @property
    def sign(self) -> Sign:
        """What stands here."""
        return self.mark.sign if self.mark else EMPTY

    @property
    def version(self) -> int:
        """Of the mark; 0 before the first."""
        return self.mark.version if self.mark else 0

    @property
    def signs(self) -> dict[int, Sign]:
        """What stands at each place of the cell; removed marks are left out."""
        return {place: one.sign for place, one in self.standing.items() if not one.sign.is_empty}

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The pupil."""
        return self.pupil_id, None
