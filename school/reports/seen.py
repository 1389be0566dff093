"""What reports are made of: periods, classes with their pupils and courses, results and absences."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from school.gradebook.codes import Codes
from school.reports.models import ReportOrder
from school.reports.scale import Tally


@dataclass(frozen=True, slots=True)
class Span:
    """A term."""

    id: uuid.UUID
    number: int
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about: one term, or all terms of a year."""

    word: str
    """In addresses: the term's number, or ``year``; of a school's period with the kind of its regime before it."""
    name: str
    year_name: str
    terms: tuple[Span, ...]

    @property
    def is_year(self) -> bool:
        """The whole year."""
        return self.word.endswith("year")

    @property
    def starts_on(self) -> date:
        """The first day."""
        return self.terms[0].starts_on

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.terms[-1].ends_on


class OfClass(Protocol):
    """A class, however it was loaded."""

    @property
    def school_id(self) -> int:
        """Its school."""

    @property
    def id(self) -> uuid.UUID:
        """Its id."""

    @property
    def name(self) -> str:
        """«7 «Б»»."""

    @property
    def year_level(self) -> int:
        """Параллель."""


@dataclass(frozen=True, slots=True)
class PlainClass:
    """A class as work outside requests meets it: nobody looks at it."""

    school_id: int
    id: uuid.UUID
    name: str
    year_level: int


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a class in the period."""

    id: uuid.UUID
    short_name: str
    full_name: str
    from_on: date
    to_on: date | None

    def is_here(self, on: date) -> bool:
        """On the roll on that day."""
        return self.from_on <= on and (self.to_on is None or self.to_on >= on)


@dataclass(frozen=True, slots=True)
class CourseOf:
    """A course in which pupils of the class learn."""

    id: uuid.UUID
    subject_id: int
    title: str
    group_id: uuid.UUID
    group: str
    hours_a_week: int
    teachers: str
    """«Орлова А. И.»; several with commas."""
    planned: int
    """Lessons of the period that stand in the plan."""
    held: int
    """…up to today."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a pupil stands in a subject and term."""

    value: int | None
    code: str | None
    is_set: bool
    """A mark of the term; otherwise what the act makes of the mean so far."""
    mean: Fraction | None
    marks: int

    @property
    def sign(self) -> int | str | None:
        """For counting."""
        return self.value if self.value is not None else self.code


@dataclass(frozen=True, slots=True)
class Missed:
    """What a pupil missed."""

    days: int = 0
    """Whole days: all of the pupil's own lessons of the day (domain 1.6)."""
    lessons: int = 0
    ill: int = 0
    excused: int = 0
    """For another known reason."""
    unexplained: int = 0
    late: int = 0

    def __add__(self, other: "Missed") -> "Missed":
        return Missed(
            self.days + other.days,
            self.lessons + other.lessons,
            self.ill + other.ill,
            self.excused + other.excused,
            self.unexplained + other.unexplained,
            self.late + other.late,
        )


NOTHING_MISSED = Missed()


@dataclass(frozen=True, slots=True)
class ClassBook:
    """A class in a period: everything its reports need."""

    school_id: int
    school: str
    class_id: uuid.UUID
    name: str
    year_level: int
    leader: str
    """«Орлова Анна Игоревна»; empty where nobody leads it."""
    period: Period
    today: date
    pupils: tuple[Pupil, ...]
    """Everybody who was in the class on any day of the period, in the order of the class list."""
    courses: tuple[CourseOf, ...]
    learns: frozenset[tuple[uuid.UUID, uuid.UUID]]
    """(pupil, group)."""
    results: Mapping[tuple[uuid.UUID, int, uuid.UUID], Result]
    """By pupil, subject and term."""
    missed: Mapping[uuid.UUID, Missed]
    year_marks: Mapping[tuple[uuid.UUID, int, str], int | str]
    """Set marks of the year by pupil, subject and kind (year, exam, final); of terms none are looked for."""

    @property
    def end(self) -> date:
        """The last day of the period, or today while it runs."""
        return min(self.period.ends_on, max(self.today, self.period.starts_on))

    @property
    def roll(self) -> tuple[Pupil, ...]:
        """Who is counted: pupils on the roll at the end (domain 1.7)."""
        return tuple(pupil for pupil in self.pupils if pupil.is_here(self.end))

    @property
    def subjects(self) -> tuple[tuple[int, str], ...]:
        """The class's subjects once each, in the order of their names; the lessons without marks too."""
        return tuple(sorted({(one.subject_id, one.title) for one in self.courses}, key=lambda one: one[1]))

    def marked_subjects(self) -> tuple[tuple[int, str], ...]:
        """The subjects in which anybody has a mark."""
        marked = {subject_id for _pupil, subject_id, _term in self.results}
        return tuple(one for one in self.subjects if one[0] in marked)

    def result(self, pupil: Pupil, subject_id: int, term: Span) -> Result | None:
        """Of one pupil."""
        return self.results.get((pupil.id, subject_id, term.id))

    def last_results(self, pupil: Pupil, subjects: Sequence[tuple[int, str]]) -> list[Result | None]:
        """Of the last term of the period, subject by subject."""
        term = self.period.terms[-1]
        return [self.result(pupil, subject_id, term) for subject_id, _title in subjects]

    @property
    def is_preliminary(self) -> bool:
        """Some of what stands here is not set yet."""
        last = self.period.terms[-1].id
        return any(not one.is_set for (_p, _s, term), one in self.results.items() if term == last)

    def tally(self, subject_id: int, term: Span) -> Tally:
        """How the class stands in a subject."""
        found = (self.result(pupil, subject_id, term) for pupil in self.roll)
        return Tally.of(one.sign for one in found if one is not None)

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The class."""
        return None, self.class_id


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    """A course of a teacher with what its pupils have."""

    course: CourseOf
    year_level: int
    pupils: int
    tally: Tally
    is_preliminary: bool
    lessons_mean: Fraction | None
    """Of all marks put in lessons."""
    marks: int


@dataclass(frozen=True, slots=True)
class TeacherBook:
    """A teacher in a period."""

    school_id: int
    school: str
    teacher_id: uuid.UUID
    teacher: str
    period: Period
    courses: tuple[TaughtCourse, ...]


@dataclass(frozen=True, slots=True)
class SeenTeacher:
    """Whose courses a subject teacher's report is about."""

    school_id: int
    id: uuid.UUID
    full_name: str
    is_self: bool


@dataclass(frozen=True, slots=True)
class SeenOrder:
    """An order with the question whether its asker may still open each of its papers."""

    row: ReportOrder
    is_own: bool
    is_still_theirs: bool

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None] | None:
        """The class, where it is of one."""
        return (None, self.row.class_id) if self.row.class_id else None


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class among all: results of its pupils, and how they stand."""

    class_id: uuid.UUID
    name: str
    year_level: int
    pupils: int
    excellent: int
    good: int
    one_three: int
    failing: int
    without: int
    """Pupils without any mark of the period."""
    passing: Fraction | None
    quality: Fraction | None
    tally: Tally
    missed: Missed


@dataclass(frozen=True, slots=True)
class SchoolBook:
    """The school in a period: by class, by subject, by teacher."""

    school_id: int
    school: str
    period: Period
    classes: tuple[ClassLine, ...]
    subjects: tuple["Tallied", ...]
    teachers: tuple["Tallied", ...]


@dataclass(frozen=True, slots=True)
class Tallied:
    """A subject, a teacher or a journal with what its pupils have."""

    id: int | uuid.UUID
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class JournalDay:
    """A lesson as the printed journal has it."""

    id: uuid.UUID
    on_date: date
    slot: int
    topic: str
    homework: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class JournalBook:
    """A course in a term: cells by pupil and lesson, marks of the term that are set, codes of presence of each act in it."""

    school_id: int
    school: str
    course: CourseOf
    period: Period
    pupils: tuple[Pupil, ...]
    days: tuple[JournalDay, ...]
    cells: Mapping[tuple[uuid.UUID, uuid.UUID], str]
    """«5», «н», «4 3», «н/4»: by pupil and lesson."""
    finals: Mapping[uuid.UUID, int | str]
    codes: tuple[Codes, ...]


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """A subject on a slip for the family."""

    title: str
    marks: str
    mean: Fraction | None
    final: int | str | None


@dataclass(frozen=True, slots=True)
class EndingTerm:
    """A term that is running, and how long the school has left."""

    id: uuid.UUID
    name: str
    ends_on: date
    days_left: int
    warns_on: date
    """From this day on the list is kept."""
    is_warned: bool


@dataclass(frozen=True, slots=True)
class FewLine:
    """A journal in which somebody has fewer marks than the act asks for."""

    term: str
    course_id: uuid.UUID
    group: str
    subject: str
    teachers: str
    least: int
    learners: int
    group_id: uuid.UUID
    pupils: tuple[tuple[str, int], ...]
    """Name and how many marks there are."""


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A pupil whom one mark keeps from the next standing."""

    value: int
    """That mark: 4, 3 or 2."""
    group: str
    pupil: str
    subject: str
    mean: Fraction | None
    teachers: str
    class_id: uuid.UUID
    pupil_id: uuid.UUID
    subject_id: int
