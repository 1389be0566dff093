"""What a journal reminds its teacher of: works whose day has come, pupils with too few marks before the term ends. Pure, from the grid."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from school.core import clock
from school.gradebook.queries.grid import Grid
from school.gradebook.release import DOT
from school.gradebook.scale import least_marks


@dataclass(frozen=True, slots=True)
class DueDot:
    """A work that was owed by today or earlier: the teacher is asked what becomes of it."""

    pupil_id: uuid.UUID
    pupil: str
    column_id: uuid.UUID
    lesson_id: uuid.UUID
    work: str
    on_date: date
    due_on: date
    place: int
    version: int


@dataclass(frozen=True, slots=True)
class TooFew:
    """Pupils who have fewer marks than the act asks for, while there is still time."""

    least: int
    days_left: int
    pupils: tuple[tuple[str, int], ...]
    """Name and how many marks there are."""


def due_dots(grid: Grid) -> list[DueDot]:
    """The dots whose day has come, the oldest first."""
    today = clock.today()
    found = []
    for row in grid.rows:
        for n, some in row.beside.items():
            for one in some:
                if one.code == DOT and one.due_on and date.fromisoformat(one.due_on) <= today:
                    column = grid.columns[n]
                    words = column.title or column.work
                    due_on = date.fromisoformat(one.due_on)
                    at = (column.id, column.lesson_id, words, column.on_date)
                    found.append(DueDot(row.id, row.name, *at, due_on, one.place, one.version))
    return sorted(found, key=lambda one: (one.due_on, one.pupil))


def too_few(grid: Grid) -> TooFew | None:
    """Whom to mark before the term ends; only in its last weeks (three by default), while it is not closed."""
    today = clock.today()
    left = grid.term.ends_on - today
    if not timedelta() <= left <= timedelta(days=grid.rules.warn_days) or grid.term.is_locked(clock.now()):
        return None
    course = grid.journal.course
    if grid.rules.is_unmarked(course.year_level, grid.term.number):
        return None
    least = least_marks(grid.rules, course.hours_a_week, half_year=grid.term.is_half_year)
    pupils = tuple(
        (row.name, row.marks) for row in grid.rows if row.marks < least and (row.to_on is None or row.to_on > today)
    )
    return TooFew(least, left.days, pupils) if pupils else None
