"""Months of columns, marks and presence of the demo school, as real ones would have come about."""

import random
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from school.classes.models import Absence, PresenceTaken
from school.core import clock
from school.core.records.models import RecordEvent
from school.demo.classes import DemoCourse, DemoLesson
from school.demo.curriculum import TALKS
from school.demo.people import Person
from school.demo.rows import Rows
from school.gradebook.models import Column, Mark, MarkingAct, MarkStep, SubjectTotal, WorkType

QUIET = timedelta(minutes=10)
WORK_TYPES = (
    ("Ответ на уроке", "ОТВ", 1, False),
    ("Домашняя работа", "ДЗ", 1, False),
    ("Самостоятельная работа", "СР", 2, False),
    ("Проверочная работа", "ПР", 2, False),
    ("Лабораторная работа", "ЛР", 2, False),
    ("Контрольная работа", "КР", 3, True),
    ("Диктант", "ДИКТ", 2, True),
    ("Проект", "ПРОЕКТ", 2, False),
)
UNMARKED = (TALKS,)
FORGETFUL = ("music", "5 «Б»")
EASY = ("sport", "art", "music", "technology", "safety")
"""Subjects done by hand and foot: nothing is set for home, things made are judged."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work type of the school's act."""

    id: uuid.UUID
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """How often a work type comes up in a course, and for which share of the pupils."""

    name: str
    every: int
    """One lesson in so many."""
    share: float


@dataclass(frozen=True, slots=True)
class Put:
    """What is put into a cell."""

    value: int | None
    code: str | None = None
    place: int = 0
    due_on: date | None = None
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """A column of the journal and who has something in it."""

    id: uuid.UUID
    lesson: DemoLesson
    work: Work
    filled: set[uuid.UUID]


DOT = timedelta(days=14)
CONTROL = (PlannedWork("Контрольная работа", 1, 0.95), PlannedWork("Диктант", 1, 0.95))
"""Where the plan has one."""
PLAN = (
    PlannedWork("Самостоятельная работа", 6, 0.9),
    PlannedWork("Домашняя работа", 4, 0.6),
    PlannedWork("Ответ на уроке", 2, 0.16),
)
BY_HAND = (PlannedWork("Проект", 7, 0.9), PlannedWork("Ответ на уроке", 2, 0.3))
LABORATORY = PlannedWork("Лабораторная работа", 1, 0.9)


def write_default_act(rows: Rows, since: date) -> dict[str, Work]:
    """The school's act with the usual work types."""
    act = rows.id_at(since)
    rows.add(
        MarkingAct,
        id=act,
        name="Положение о текущем контроле успеваемости",
        from_on=date(2020, 9, 1),
        rules={},
        owner=act,
    )
    works = {}
    for position, (name, short, weight, is_control) in enumerate(WORK_TYPES):
        work = Work(rows.id_at(since), name, weight)
        rows.add(
            WorkType,
            id=work.id,
            act_id=act,
            name=name,
            short=short,
            weight=weight,
            position=position,
            is_control=is_control,
        )
        works[name] = work
    return works


class Talent:
    """How well each pupil does in each subject: one number a pupil, moved a little by the subject and by time."""

    def __init__(self, chance: random.Random, pupils: list[Person]) -> None:
        self.chance = chance
        self.base = {pupil.member: chance.gauss(0.35, 0.75) for pupil in pupils}
        self.drift = {pupil.member: chance.gauss(0, 0.35) for pupil in pupils}
        self.taste: dict[tuple[uuid.UUID, str], float] = defaultdict(lambda: chance.gauss(0, 0.35))

    def value(self, pupil: Person, subject: str, time: float, *, is_control: bool) -> int:
        """A mark from 2 to 5; ``time`` runs from 0 to 1 over the months."""
        level = self.base[pupil.member] + self.taste[pupil.member, subject] + self.drift[pupil.member] * (time - 0.5)
        level += 0.8 * (subject in EASY) - 0.25 * is_control + self.chance.gauss(0, 0.55)
        return 5 if level > 0.55 else 4 if level > -0.35 else 3 if level > -1.35 else 2


class Journal:
    """Writes the journal of one course after another, and sums its totals."""

    def __init__(self, rows: Rows, works: dict[str, Work], talent: Talent, since: date, now: datetime) -> None:
        self.rows = rows
        self.works = works
        self.talent = talent
        self.since = since
        self.now = now
        self.totals: dict[tuple[uuid.UUID, int, uuid.UUID], list[int]] = defaultdict(lambda: [0, 0, 0])
        self.absent: dict[date, set[uuid.UUID]] = {}
        self.columns: dict[uuid.UUID, list[WrittenColumn]] = defaultdict(list)
        """By course, in their order."""

    def plan_absences(
        self, pupils: list[Person], days: list[date], times: tuple[int, ...] = (0, 0, 1, 1, 1, 2, 3)
    ) -> None:
        """Illnesses of a few days: everybody has some, a few pupils many; ``times`` are as likely as one another."""
        chance = self.rows.chance
        for pupil in pupils:
            for _ in range(chance.choice(times) if days else 0):
                start = chance.randrange(len(days))
                for day in days[start : start + chance.choice((1, 2, 3, 4))]:
                    self.absent.setdefault(day, set()).add(pupil.member)

    def fill(self, course: DemoCourse) -> None:
        """Presence, columns and marks of every lesson that is over; one course has forgotten its last lesson."""
        past = [lesson for lesson in course.lessons if lesson.day < clock.local(self.now).date()]
        if (course.subject, course.school_class.label) == FORGETFUL:
            del past[-1:]
        offset = self.rows.chance.randrange(12)
        for number, lesson in enumerate(past):
            missing = self._presence(course, lesson)
            if course.subject in UNMARKED or course.school_class.year_level == 1:
                continue
            for position, plan in enumerate(_works_of(course, lesson)):
                if (number + offset) % plan.every == plan.every - 1:
                    self._column(course, lesson, plan, position, missing)
                    break

    def _presence(self, course: DemoCourse, lesson: DemoLesson) -> set[uuid.UUID]:
        rows, at = self.rows, self._moment(lesson, 5)
        by = course.teacher.account
        rows.add(PresenceTaken, id=rows.id_at(at), lesson_id=lesson.id, taken_at=at, taken_by=by)
        sick = self.absent.get(lesson.day, set())
        missing = {pupil.member for pupil in course.pupils if pupil.member in sick}
        for pupil in course.pupils:
            late = pupil.member not in missing and rows.chance.random() < 0.006
            if pupil.member in missing or late:
                rows.add(
                    Absence,
                    id=rows.id_at(at),
                    lesson_id=lesson.id,
                    pupil_id=pupil.member,
                    on_date=lesson.day,
                    fact="late" if late else "absent",
                    minutes_late=rows.chance.choice((5, 7, 10, 15)) if late else None,
                    reason="unknown" if late else self._reason(pupil, lesson.day),
                    noted_at=at,
                    noted_by=by,
                )
        return missing

    @staticmethod
    def _reason(pupil: Person, day: date) -> str:
        """Most are ill; an absence has one reason for days on end."""
        chance = random.Random(pupil.member.int ^ (day.toordinal() // 5)).random()
        return "illness" if chance < 0.72 else "family" if chance < 0.86 else "school" if chance < 0.94 else "unknown"

    def _column(
        self, course: DemoCourse, lesson: DemoLesson, plan: PlannedWork, position: int, missing: set[uuid.UUID]
    ) -> None:
        at = self._moment(lesson, 60 * 6)
        written = self.open(course, lesson, self.works[plan.name], position, at)
        today = clock.local(self.now).date()
        for pupil in course.pupils:
            if pupil.member in missing:
                # Who missed a work owes it for a fortnight; older ones have been settled long ago.
                if written.work.weight >= 2 and (today - lesson.day).days <= 17:
                    self.put(course, written, pupil, at, Put(None, "•", due_on=lesson.day + DOT))
            elif self.rows.chance.random() < plan.share:
                self._marks(course, written, pupil, at)

    def open(self, course: DemoCourse, lesson: DemoLesson, work: Work, position: int, at: datetime) -> WrittenColumn:
        """A column of a lesson, with nothing in it yet."""
        rows = self.rows
        column = rows.id_at(at)
        rows.add(
            Column,
            id=column,
            course_id=course.id,
            term_id=lesson.term_id,
            lesson_id=lesson.id,
            on_date=lesson.day,
            work_type_id=work.id,
            title=lesson.topic,
            homework_id=None,
            weight=work.weight,
            position=position,
        )
        written = WrittenColumn(column, lesson, work, set())
        self.columns[course.id].append(written)
        return written

    def _marks(self, course: DemoCourse, column: WrittenColumn, pupil: Person, at: datetime) -> None:
        """A mark; some works get two, and some weak control works are retaken."""
        lesson, work = column.lesson, column.work
        chance = self.rows.chance
        time = (lesson.day - self.since).days / max(1, (self.now.date() - self.since).days)
        value = self.talent.value(pupil, course.subject, time, is_control=work.weight >= 3)
        if value <= 3 and work.weight >= 3 and chance.random() < 0.25:
            self.put(course, column, pupil, at, Put(value, replaced_at=at + QUIET))
            self.put(course, column, pupil, at, Put(value + 1, place=2))
            return
        self.put(course, column, pupil, at, Put(value))
        if work.weight == 2 and chance.random() < 0.02:
            second = min(5, max(2, value + chance.choice((-1, 1))))
            self.put(course, column, pupil, at, Put(second, place=1))

    def put(self, course: DemoCourse, column: WrittenColumn, pupil: Person, at: datetime, put: Put) -> None:
        """A mark with what each leaves; families see it when the quiet window is over."""
        rows, lesson, work = self.rows, column.lesson, column.work
        column.filled.add(pupil.member)
        value = put.value
        mark = rows.id_at(at)
        rows.add(
            Mark,
            id=mark,
            column_id=column.id,
            pupil_id=pupil.member,
            place=put.place,
            due_on=put.due_on,
            replaced_at=put.replaced_at,
            course_id=course.id,
            subject_id=course.subject_id,
            term_id=lesson.term_id,
            on_date=lesson.day,
            weight=work.weight,
            value=value,
            code=put.code,
            comment="",
            set_at=at,
            set_by=course.teacher.account,
            released_at=at + QUIET,
            released_value=None,
            released_code=None,
            released_comment="",
            version=1,
        )
        # What every accepted mark leaves: a step (history, undo) and an event of the record.
        step = rows.id_at(at)
        rows.add(
            MarkStep,
            id=step,
            mark_id=mark,
            course_id=course.id,
            account_id=course.teacher.account,
            at=at,
            kind="set",
            of_step=None,
            old_value=None,
            old_code=None,
            new_value=value,
            new_code=put.code,
            new_due_on=put.due_on,
            released_at=at + QUIET,
            version=1,
            payload_hash=mark.hex,
        )
        rows.add(
            RecordEvent,
            id=rows.id_at(at),
            kind="mark.set",
            thing_id=mark,
            pupil_id=pupil.member,
            at=at,
            actor_account_id=course.teacher.account,
            actor_member_id=course.teacher.member,
            on_behalf_of=None,
            payload=_payload(step, column, put),
        )
        if value is None or put.replaced_at is not None:
            return
        total = self.totals[pupil.member, course.subject_id, lesson.term_id]
        total[0] += 1
        total[1] += work.weight
        total[2] += value * work.weight

    def write_totals(self) -> None:
        """The staff totals that every mark's transaction would have kept."""
        for (pupil, subject, term), (marks, weights, values) in self.totals.items():
            self.rows.add(
                SubjectTotal,
                id=self.rows.id_at(self.now),
                pupil_id=pupil,
                subject_id=subject,
                term_id=term,
                marks=marks,
                weight_sum=weights,
                value_sum=values,
            )

    def _moment(self, lesson: DemoLesson, minutes_after: int) -> datetime:
        starts = datetime.combine(lesson.day, datetime.min.time(), clock.MOSCOW) + timedelta(hours=8, minutes=30)
        return min(starts + timedelta(hours=lesson.slot - 1, minutes=minutes_after), self.now - timedelta(minutes=30))


def _works_of(course: DemoCourse, lesson: DemoLesson) -> tuple[PlannedWork, ...]:
    """What a lesson may be marked for, the rarest first."""
    if lesson.hour.is_control:
        return (CONTROL["диктант" in lesson.topic],)
    if lesson.topic.startswith("Лабораторная работа"):
        return (LABORATORY,)
    return BY_HAND if course.subject in EASY else PLAN


def _payload(step: uuid.UUID, column: WrittenColumn, put: Put) -> str:
    """What the record keeps of a first mark, in its canonical form: written out, as thousands of marks pass here."""
    code = "null" if put.code is None else f'"{put.code}"'
    value = "null" if put.value is None else put.value
    return (
        f'{{"column":"{column.id}","how":"set","lesson":"{column.lesson.id}","new":{{"code":{code},"value":{value}}},'
        f'"old":{{"code":null,"value":null}},"on":"{column.lesson.day}","step":"{step}","version":1,"weight":{column.work.weight}}}'
    )
