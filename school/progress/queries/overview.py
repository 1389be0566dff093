"""One pupil, all subjects: a line for each, with what has changed and what waits."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from school.core import clock
from school.core.access import Actor
from school.homework.queries import Standing, WaitingWork, works_standing
from school.progress.policy import sees_all_subjects
from school.progress.queries.marks import points_of
from school.progress.queries.terms import years_of
from school.progress.queries.works import AHEAD
from school.progress.seen import SeenLearning, SeenSubject
from school.progress.trend import Change, Point, Way, mean_of, over_month

LAST_SHOWN = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject of the pupil."""

    subject: SeenSubject
    last: tuple[Point, ...]
    """The last marks, oldest first."""
    mean: int | None
    """Of this term, in hundredths."""
    change: Change
    works: Standing

    @property
    def is_empty(self) -> bool:
        """Nothing to tell of this subject yet."""
        works = self.works
        return not (self.last or works.done or works.returned or works.owed or works.coming)


@dataclass(frozen=True, slots=True)
class Overview:
    """All subjects of a pupil that the reader may see."""

    term: str
    """Its name; empty before the first term."""
    lines: list[SubjectLine]
    """Of subjects in which something has happened this year."""
    marks: int
    """Numeric marks of this term."""
    waiting: list[WaitingWork]
    """Returned and not handed in, over all subjects, by day."""
    today: date
    subject_of: dict[uuid.UUID, str] = field(default_factory=dict)
    """Of each work that waits: two subjects may ask for the same in the same words."""

    @property
    def marks_of_week(self) -> list[tuple[str, list[int]]]:
        """New marks of the last seven days by subject, oldest first; of one subject the last five at most."""
        since = self.today - WEEK
        found = [(one.subject.name, [point.value for point in one.last if point.on_date > since]) for one in self.lines]
        return [one for one in found if one[1]]

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
            sum(one.done for one in works),
            sum(one.owed for one in works),
            sum(one.returned for one in works),
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
    now_ids = [year.now.id for year in begun if year.now]
    points = points_of(learning, min(year.begun[0].starts_on for year in begun), now_ids)
    since = min(year.begun[-1].starts_on for year in begun)
    standing, waiting = works_standing(learning.school_id, learning.id, since, today + AHEAD)
    every = [_line(one, points.get(one.id, []), standing, today) for one in subjects]
    shown = {course_id: one.subject.name for one in every for course_id in one.subject.course_ids}
    return Overview(
        begun[0].now.name if begun[0].now else "",
        [line for line in every if not line.is_empty],
        sum(is_now for one in subjects for is_now, _point in points.get(one.id, ())),
        [work for course_id, work in waiting if course_id in shown],
        today,
        {work.id: shown[course_id] for course_id, work in waiting if course_id in shown},
    )


def _line(
    subject: SeenSubject, points: list[tuple[bool, Point]], standing: dict[uuid.UUID, Standing], today: date
) -> SubjectLine:
    every = [point for _is_now, point in points]
    now = [point for is_now, point in points if is_now]
    return SubjectLine(
        subject, tuple(every[-LAST_SHOWN:]), mean_of(now), over_month(every, today), _sum_of(subject, standing)
    )


def _sum_of(subject: SeenSubject, standing: dict[uuid.UUID, Standing]) -> Standing:
    found = [standing[one] for one in subject.course_ids if one in standing]
    if len(found) == 1:
        return found[0]
    counted = Standing()
    for one in found:
        counted.done += one.done
        counted.owed += one.owed
        counted.returned += one.returned
        counted.coming += one.coming
    return counted
