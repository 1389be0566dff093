"""One pupil, all subjects: a line for each, with what has changed and what waits."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from school.core import clock
from school.core.access import Actor
from school.homework.seen import PupilHomework
from school.progress.policy import sees_all_subjects
from school.progress.queries.marks import points_of
from school.progress.queries.terms import Year, years_of
from school.progress.queries.works import Works, sorted_out, works_of
from school.progress.seen import SeenLearning, SeenSubject
from school.progress.trend import Change, Point, Way, mean_of, over_month

LAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject of the pupil."""

    subject: SeenSubject
    last: tuple[Point, ...]
    """The last marks, oldest first."""
    mean: int | None
    """Of this term, in hundredths."""
    change: Change
    works: Works

    @property
    def is_empty(self) -> bool:
        """Nothing to tell of this subject yet."""
        return not (self.last or self.works.done or self.works.waiting)


@dataclass(frozen=True, slots=True)
class Overview:
    """All subjects of a pupil that the reader may see."""

    term: str
    """Its name; empty before the first term."""
    lines: list[SubjectLine]
    """Of subjects in which something has happened this year."""
    marks: int
    """Numeric marks of this term."""
    waiting: list[PupilHomework]
    """Returned and not handed in, over all subjects, by day."""
    today: date

    @property
    def rising(self) -> list[str]:
        """Names of subjects whose mean has risen."""
        return [one.subject.name for one in self.lines if one.change.way is Way.UP]

    @property
    def falling(self) -> list[str]:
        """Names of subjects whose mean has fallen."""
        return [one.subject.name for one in self.lines if one.change.way is Way.DOWN]

    @property
    def counted(self) -> tuple[int, int, int]:
        """Works done, owed and returned this term, over all subjects."""
        works = [one.works for one in self.lines]
        return (
            sum(len(one.done) for one in works),
            sum(len(one.owed) for one in works),
            sum(len(one.returned) for one in works),
        )

    @property
    def is_empty(self) -> bool:
        """Nothing has happened yet this year."""
        return not self.lines


def overview(actor: Actor, learning: SeenLearning) -> Overview:
    """The pupil's subjects in the order of the diary. Three statements."""
    today = clock.today()
    whole = sees_all_subjects(actor, learning)
    subjects = [one for one in learning.subjects if whole or one.is_taught]
    years = years_of(learning.school_id, (one.regime_id for one in subjects), today)
    begun = [year for year in years.values() if year.now]
    if not begun:
        return Overview("", [], 0, [], today)
    points = points_of(learning, min(year.begun[0].starts_on for year in begun))
    homework: dict[object, list[PupilHomework]] = defaultdict(list)
    for work in works_of(learning, min(year.begun[-1].starts_on for year in begun), today, actor.locale):
        homework[work.course_id].append(work)
    every = [
        _line(
            one,
            years[one.regime_id],
            points.get(one.id, []),
            [work for course_id in one.course_ids for work in homework[course_id]],
            today,
        )
        for one in subjects
    ]
    lines = [line for line in every if not line.is_empty]
    waiting = [work for line in lines for work in (*line.works.returned, *line.works.owed)]
    now_ids = {year.now.id for year in begun if year.now}
    return Overview(
        begun[0].now.name if begun[0].now else "",
        lines,
        sum(term_id in now_ids for one in subjects for term_id, _point in points.get(one.id, ())),
        sorted(waiting, key=lambda work: work.due_on),
        today,
    )


def _line(
    subject: SeenSubject,
    year: Year,
    points: list[tuple[uuid.UUID, Point]],
    homework: list[PupilHomework],
    today: date,
) -> SubjectLine:
    every = [point for _term, point in points]
    now = [point for term_id, point in points if year.now and term_id == year.now.id]
    return SubjectLine(
        subject, tuple(every[-LAST_SHOWN:]), mean_of(now), over_month(every, today), sorted_out(homework, today)
    )
