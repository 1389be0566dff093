"""What work and what weight the school is spared: acts against a named baseline, grams of paper books. Pure.

An act is one press, one key or one filled field. The baseline is the МЭШ as its help pages and screens describe it, an estimate
that nobody has timed. Attendance, cover and a family's word are what journeys in a browser count of our own pages
(tests/journeys/test_lesson_acts.py); marks and periods are the steps of their pages. Where the baseline needs fewer acts the difference is shown with its minus.
"""

from dataclasses import dataclass
from typing import Final

from school.core.languages import gettext as _

BOOK_GRAMS: Final = {4: 300, 6: 400, 9: 500, 11: 600}
"""The most that a textbook may weigh, by the last year it holds for: СанПиН 2.4.7.1166-02; books of today weigh about that."""


@dataclass(frozen=True, slots=True)
class Job:
    """An administrative job over a period."""

    kind: str
    times: int
    before: int
    """Acts by the baseline."""
    here: int

    @property
    def spared(self) -> int:
        """May be below nought."""
        return self.before - self.here


@dataclass(frozen=True, slots=True)
class Counted:
    """What was done in the period."""

    lessons_with_presence: int
    absences: int
    marks: int
    columns: int
    """Journal columns that the marks stand in."""
    lessons_covered: int
    days_covered: int
    """Days of teachers whose lessons were covered."""
    words_of_families: int
    term_marks: int
    groups_closed: int
    """Courses whose period was closed."""
    disputed: int
    """Period marks on the brink, which a person decides."""


@dataclass(frozen=True, slots=True)
class Bag:
    """A school day of a year level."""

    year_level: int
    subjects: float
    """Different subjects a day."""
    here: float
    """Of them with a textbook in the library."""

    @property
    def grams(self) -> int:
        """What need not be carried."""
        return round(self.here * book_grams(self.year_level))


def book_grams(year_level: int) -> int:
    """Of one textbook."""
    return next(grams for last, grams in BOOK_GRAMS.items() if year_level <= last)


def jobs_of(done: Counted) -> list[Job]:
    """Each job with its acts; the rules stand in ``rule``."""
    return [
        Job("attendance", done.lessons_with_presence, done.absences, done.lessons_with_presence + done.absences),
        Job("marks", done.marks, 3 * done.marks, done.marks + 2 * done.columns),
        Job("covers", done.lessons_covered, 4 * done.lessons_covered, 3 * done.days_covered),
        Job("words", done.words_of_families, 5 * done.words_of_families, 2 * done.words_of_families),
        Job("term", done.term_marks, 3 * done.term_marks, 2 * done.groups_closed + done.disputed),
    ]


def job_name(kind: str) -> str:
    """How the job is called."""
    return {
        "attendance": _("Attendance of a lesson"),
        "marks": _("Marks in the journal"),
        "covers": _("Cover for lessons"),
        "words": _("A family’s word that a child will not come"),
        "term": _("Marks of the period"),
    }[kind]


def rule(kind: str) -> str:
    """How its acts are counted, there and here."""
    return {
        "attendance": _("there: one for each absent pupil; here: one for the lesson and one for each absent pupil"),
        "marks": _("there: three for a mark; here: two for a column and one for a mark"),
        "covers": _("there: four for a lesson; here: three for a teacher’s whole day"),
        "words": _("there: five; here: two"),
        "term": _("there: three for a pupil; here: two for a group and one for each mark on the brink"),
    }[kind]
