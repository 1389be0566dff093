"""One pupil, one subject: the line of marks, the means of the terms, the kinds of work, the works, the topics."""

from dataclasses import dataclass
from datetime import date

from school.core import clock
from school.core.access import Actor
from school.gradebook.policy import may_see_goals
from school.gradebook.queries.goals import Aim, aim_of
from school.progress.queries.marks import WorkMark, marks_of
from school.progress.queries.terms import Span, Year, years_of
from school.progress.queries.topics import Met, answers_of_pupil, topics_met
from school.progress.queries.works import Works, sorted_out, works_of
from school.progress.seen import SeenLearning, SeenSubject
from school.progress.trend import Change, Point, mean_of, over_month, running


@dataclass(frozen=True, slots=True)
class TermMean:
    """A term with the mean of its marks, in hundredths."""

    name: str
    mean: int | None
    marks: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class KindLine:
    """Marks of one kind of work in this year."""

    name: str
    weight: int
    marks: tuple[str, ...]
    """As they stand, oldest first."""
    mean: int | None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A day's mark and the mean of the term after it, in hundredths."""

    mark: WorkMark
    term: str
    mean: int


@dataclass(frozen=True, slots=True)
class SubjectProgress:
    """All about a pupil in a subject."""

    terms: list[TermMean]
    change: Change
    marks: list[WorkMark]
    """Of this year, oldest first, codes too."""
    chart: list[ChartRow]
    kinds: list[KindLine]
    works: Works
    topics: list[Met]
    """Of this term's lessons, and those of questions answered this year."""
    lessons: int
    missed: int
    today: date
    aim: Aim | None = None
    """The pupil's own goal: told to the pupil and the family alone."""

    @property
    def mean_now(self) -> int | None:
        """Of this term."""
        return next((one.mean for one in self.terms if one.is_now), None)

    @property
    def is_empty(self) -> bool:
        """Nothing has happened yet this year."""
        return not (self.marks or self.topics or self.works.done or self.works.waiting)


def subject_progress(actor: Actor, learning: SeenLearning, subject: SeenSubject) -> SubjectProgress:
    """One subject of a pupil. Five statements, and two more for the pupil's goal."""
    today = clock.today()
    year = years_of(learning.school_id, [subject.regime_id], today)[subject.regime_id]
    if year.now is None or year.starts_on is None:
        return SubjectProgress([], over_month([], today), [], [], [], Works(), [], 0, 0, today)
    marks = marks_of(learning, subject, year.starts_on)
    homework = works_of(learning, year.now.starts_on, today, actor.locale)
    answers = answers_of_pupil(subject, year.starts_on)
    aim = aim_of(learning.pupil, subject.id, year.now.starts_on) if marks and may_see_goals(actor, learning.pupil) else None  # fmt: skip
    topics, lessons, missed = topics_met(subject, year.now.starts_on, today, answers)
    return SubjectProgress(
        [_term_mean(term, marks, term is year.now) for term in year.begun],
        over_month([one.point for one in marks if one.point], today),
        marks,
        _chart(marks, year),
        _kinds(marks),
        sorted_out((one for one in homework if one.course_id in subject.course_ids), today),
        topics,
        lessons,
        missed,
        today,
        aim,
    )


def _points(marks: list[WorkMark], term: Span) -> list[Point]:
    return [one.point for one in marks if one.term_id == term.id and one.point]


def _term_mean(term: Span, marks: list[WorkMark], is_now: bool) -> TermMean:
    points = _points(marks, term)
    return TermMean(term.name, mean_of(points), len(points), is_now)


def _chart(marks: list[WorkMark], year: Year) -> list[ChartRow]:
    rows = []
    for term in year.begun:
        numeric = [one for one in marks if one.term_id == term.id and one.point]
        means = running(_points(marks, term))
        rows += [ChartRow(one, term.name, mean) for one, mean in zip(numeric, means, strict=True)]
    return rows


def _kinds(marks: list[WorkMark]) -> list[KindLine]:
    found: dict[tuple[int, str], list[WorkMark]] = {}
    for one in marks:
        found.setdefault((one.position, one.work), []).append(one)
    return [
        KindLine(name, of[-1].weight, tuple(one.text for one in of), mean_of([one.point for one in of if one.point]))
        for (_position, name), of in sorted(found.items())
    ]
