"""Absences that say something together: a run of days, a subject, a weekday, the first lesson. Pure; domain 1.6.

The thresholds are dated data: a school's year is judged by those in force on the day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from school.classes.models import AbsenceFact, AbsenceReason

EXCUSED = {AbsenceReason.SCHOOL.value, AbsenceReason.ORDER.value}
"""The school itself sent the pupil away: says nothing of the pupil."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many on it is worth a talk."""

    run_days: int
    """Whole school days in a row without a reason."""
    late_times: int
    late_days: int
    """…late so often within so many days."""
    first_times: int
    """First lessons missed on days when the pupil came later, within ``late_days``."""
    subject_times: int
    subject_days: int
    """Lessons of one subject missed while being at school that day."""
    weekday_times: int
    """The same weekday missed whole, of the last ``weekday_of``."""
    weekday_of: int


IN_FORCE: tuple[tuple[date, Thresholds], ...] = ((date(2020, 9, 1), Thresholds(3, 4, 14, 3, 3, 30, 3, 4)),)
"""First day and thresholds, the oldest first. Owner: the city's default; what a class teacher is asked to look at, no norm."""
WINDOW = timedelta(days=30)


class PatternKind(StrEnum):
    """What was noticed."""

    RUN = "run"
    LATE = "late"
    FIRST = "first"
    SUBJECT = "subject"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What was noticed of one pupil; ``since`` is its first day, so one pattern is told once."""

    kind: PatternKind
    since: date
    times: int
    subject: str = ""
    weekday: int = 0
    """ISO, for ``WEEKDAY``."""

    @property
    def key(self) -> str:
        """What makes it the same news."""
        return f"{self.kind}:{self.subject or self.weekday or ''}:{self.since}"


class Attended(Protocol):
    """A lesson of one pupil."""

    @property
    def on_date(self) -> date:
        """Its day."""

    @property
    def slot(self) -> int:
        """Its number."""

    @property
    def subject(self) -> str:
        """Its subject in words."""

    @property
    def is_held(self) -> bool:
        """Whether it takes place."""

    @property
    def presence_taken(self) -> bool:
        """Whether anybody has looked."""

    @property
    def absence_fact(self) -> str | None:
        """``AbsenceFact``."""

    @property
    def absence_reason(self) -> str | None:
        """``AbsenceReason``."""


def thresholds_on(day: date) -> Thresholds | None:
    """Those in force on a day."""
    living = [one for since, one in IN_FORCE if since <= day]
    return living[-1] if living else None


def find_patterns(lessons: Iterable[Attended], today: date) -> list[Pattern]:
    """What the lessons up to ``today`` show of one pupil. Lessons whose presence was not taken say nothing."""
    rules = thresholds_on(today)
    if rules is None:
        return []
    days: dict[date, list[Attended]] = defaultdict(list)
    for one in lessons:
        if one.is_held and one.presence_taken and one.on_date <= today:
            days[one.on_date].append(one)
    ordered = [(day, sorted(days[day], key=lambda one: one.slot)) for day in sorted(days)]
    return [
        *_run(ordered, rules),
        *_late(ordered, rules, today),
        *_subjects(ordered, rules, today),
        *_weekdays(ordered, rules),
    ]


Days = Sequence[tuple[date, list[Attended]]]


def _is_away(one: Attended) -> bool:
    return one.absence_fact == AbsenceFact.ABSENT and one.absence_reason not in EXCUSED


def _is_silent(one: Attended) -> bool:
    return one.absence_fact == AbsenceFact.ABSENT and one.absence_reason in {
        AbsenceReason.UNKNOWN,
        AbsenceReason.TRUANCY,
    }


def _run(days: Days, rules: Thresholds) -> Iterator[Pattern]:
    """Ends with the last day looked at: a run that is over has been told."""
    run = []
    for day, lessons in reversed(days):
        if not all(map(_is_silent, lessons)):
            break
        run.append(day)
    if len(run) >= rules.run_days:
        yield Pattern(PatternKind.RUN, run[-1], len(run))


def _late(days: Days, rules: Thresholds, today: date) -> Iterator[Pattern]:
    near = [(day, lessons) for day, lessons in days if day > today - timedelta(rules.late_days)]
    late = [day for day, lessons in near for one in lessons if one.absence_fact == AbsenceFact.LATE]
    if len(late) >= rules.late_times:
        yield Pattern(PatternKind.LATE, late[0], len(late))
    first = [day for day, lessons in near if _is_away(lessons[0]) and not all(map(_is_away, lessons))]
    if len(first) >= rules.first_times:
        yield Pattern(PatternKind.FIRST, first[0], len(first))


def _subjects(days: Days, rules: Thresholds, today: date) -> Iterator[Pattern]:
    missed: dict[str, list[date]] = defaultdict(list)
    for day, lessons in days:
        if day > today - timedelta(rules.subject_days) and not all(map(_is_away, lessons)):
            for one in lessons[1:]:  # a missed first lesson is the other pattern
                if _is_away(one):
                    missed[one.subject].append(day)
    for subject, when in sorted(missed.items()):
        if len(when) >= rules.subject_times:
            yield Pattern(PatternKind.SUBJECT, when[0], len(when), subject)


def _weekdays(days: Days, rules: Thresholds) -> Iterator[Pattern]:
    """Whole days only; a pupil who was ill for weeks misses every weekday, which is no pattern."""
    by_weekday: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for day, lessons in days:
        by_weekday[day.isoweekday()].append((day, all(map(_is_away, lessons))))
    often = {}
    for weekday, found in by_weekday.items():
        away = [day for day, missed in found[-rules.weekday_of :] if missed]
        if len(away) >= rules.weekday_times:
            often[weekday] = away
    if len(often) == 1:
        weekday, away = next(iter(often.items()))
        yield Pattern(PatternKind.WEEKDAY, away[0], len(away), weekday=weekday)
