"""The demo school's classes, courses, timetable and lessons, for one school year."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from school.classes.models import (
    Bell,
    BellSchedule,
    Building,
    ClassLeadership,
    Course,
    Enrolment,
    Lesson,
    StudyGroup,
    TeachingPost,
    TimetableSlot,
)
from school.core import clock
from school.demo.calendar import YearPlan
from school.demo.check_works import place_check_works
from school.demo.curriculum import HOURS, IN_GROUPS, ROOMS, TALKS, TEACHERS
from school.demo.people import Person
from school.demo.programmes import TaughtHour, lay_out
from school.demo.rows import Rows
from school.demo.timetable import Load, place

BELLS = ((8, 30), (9, 30), (10, 30), (11, 30), (12, 30), (13, 30), (14, 25), (15, 20))
LESSON_MINUTES = 45
REMEMBERED = 9
"""This year is kept whole, however long ago: certificates rest on it."""
LOST = frozenset({("history", "7 «Б»"), ("geography", "6 «А»")})
LOST_BEFORE = (timedelta(2), timedelta(14))
"""In these courses one lesson of the last two weeks was cancelled."""


@dataclass(slots=True)
class DemoClass:
    """A class of one year with its pupils and, for halved subjects, its two groups."""

    id: uuid.UUID
    label: str
    year_level: int
    leader: int
    regime: uuid.UUID
    pupils: list[Person]
    halves: tuple[uuid.UUID, uuid.UUID] | None = None


@dataclass(slots=True)
class DemoCourse:
    """A subject of a group, with the pupils it is taught to."""

    id: uuid.UUID
    group_id: uuid.UUID
    school_class: DemoClass
    subject: str
    subject_id: int
    teacher: Person
    pupils: list[Person]
    lessons: list["DemoLesson"] = field(default_factory=list)
    cancelled: list["DemoLesson"] = field(default_factory=list)
    """Lessons that did not take place: their hours of the plan are lost."""


@dataclass(frozen=True, slots=True)
class DemoLesson:
    """A lesson that took place or will."""

    id: uuid.UUID
    course_id: uuid.UUID
    term_id: uuid.UUID
    day: date
    slot: int
    hour: TaughtHour
    topic_id: int | None
    """The node of the framework that its theme belongs to."""

    @property
    def topic(self) -> str:
        """Its title."""
        return self.hour.title


@dataclass(frozen=True, slots=True)
class House:
    """The building and its bells."""

    id: uuid.UUID


def build_house(rows: Rows, since: date, address: str = "ул. Зелёная, д. 7") -> House:
    """One building with eight bells, the same every day."""
    house, bells = rows.id_at(since), rows.id_at(since)
    rows.add(Building, id=house, name="Главный корпус", address=address)
    rows.add(BellSchedule, id=bells, building_id=house, shift=1, name="Обычный день", from_on=since, to_on=None)
    for slot, (hour, minute) in enumerate(BELLS, 1):
        starts = time(hour, minute)
        ends = time(*divmod(hour * 60 + minute + LESSON_MINUTES, 60))
        rows.add(Bell, id=rows.id_at(since), schedule_id=bells, slot=slot, starts=starts, ends=ends)
    return House(house)


def build_class(
    rows: Rows,
    year: YearPlan,
    house: House,
    *,
    year_level: int,
    letter: str,
    pupils: list[Person],
    leader: int,
    leader_person: Person,
) -> DemoClass:
    """A class, its halves for English, its pupils and its class teacher."""
    regime = year.half_years if year_level >= 10 else year.quarters
    made = DemoClass(rows.id_at(year.starts_on), f"{year_level} «{letter}»", year_level, leader, regime, pupils)
    common = {
        "year_id": year.id,
        "year_level": year_level,
        "letter": letter,
        "regime_id": regime,
        "building_id": house.id,
        "shift": 1,
    }
    rows.add(StudyGroup, id=made.id, kind="class", name=made.label, class_id=None, **common)
    halves = (rows.id_at(year.starts_on), rows.id_at(year.starts_on))
    for number, half in enumerate(halves, 1):
        rows.add(
            StudyGroup,
            id=half,
            kind="part",
            name=f"{made.label}, английский, {number}-я группа",
            class_id=made.id,
            **common,
        )
    made.halves = halves
    for n, pupil in enumerate(pupils):
        for group in (made.id, halves[n % 2]):
            rows.add(
                Enrolment,
                id=rows.id_at(year.starts_on),
                group_id=group,
                pupil_id=pupil.member,
                from_on=year.starts_on,
                to_on=year.last_day,
            )
    rows.add(
        ClassLeadership,
        id=rows.id_at(year.starts_on),
        class_id=made.id,
        teacher_id=leader_person.member,
        from_on=year.starts_on,
        to_on=year.last_day,
    )
    return made


def build_courses(
    rows: Rows, year: YearPlan, classes: list[DemoClass], teachers: list[Person], subjects: dict[str, int]
) -> tuple[list[DemoCourse], list[Load]]:
    """All courses of the year, and the hours the timetable must hold."""
    burden: Counter[int] = Counter()
    courses: list[DemoCourse] = []
    loads: list[Load] = []
    for one in classes:
        for subject, hours in HOURS[one.year_level].items():
            able = sorted((n for n, taught in enumerate(TEACHERS) if subject in taught), key=lambda n: (burden[n], n))
            chosen = [one.leader] if subject == TALKS else able[:2] if subject in IN_GROUPS else able[:1]
            groups = one.halves if subject in IN_GROUPS and one.halves else (one.id,)
            for part, (group, teacher) in enumerate(zip(groups, chosen, strict=True)):
                burden[teacher] += hours
                pupils = one.pupils[part::2] if len(groups) == 2 else one.pupils
                course = DemoCourse(
                    rows.id_at(year.starts_on), group, one, subject, subjects[subject], teachers[teacher], pupils
                )
                courses.append(course)
                rows.add(
                    Course, id=course.id, group_id=group, subject_id=course.subject_id, name="", hours_a_week=hours
                )
                rows.add(
                    TeachingPost,
                    id=rows.id_at(year.starts_on),
                    course_id=course.id,
                    teacher_id=teachers[teacher].member,
                    from_on=year.starts_on,
                    to_on=year.last_day,
                )
            loads.append(Load(one.label, subject, hours, tuple(chosen)))
    return courses, loads


def build_lessons(
    rows: Rows,
    year: YearPlan,
    courses: list[DemoCourse],
    loads: list[Load],
    since: date,
    nodes: dict[tuple[str, str], int],
    today: date,
) -> None:
    """The timetable, and its lessons from ``since`` to the end of the year; topics are filled in up to today.

    ``nodes`` are the topics of the framework by subject and code.
    """
    of: dict[tuple[str, str], list[DemoCourse]] = {}
    for course in courses:
        of.setdefault((course.school_class.label, course.subject), []).append(course)
    weekly: dict[int, list[tuple[DemoCourse, int, uuid.UUID, str]]] = {}
    for placed in place(loads, rows.chance):
        for part, course in enumerate(of[placed.load.school_class, placed.load.subject]):
            slot_id = rows.id_at(year.starts_on)
            room = _room(course, part)
            rows.add(
                TimetableSlot,
                id=slot_id,
                course_id=course.id,
                weekday=placed.day,
                slot=placed.slot,
                room=room,
                teacher_id=course.teacher.member,
                from_on=year.starts_on,
                to_on=year.last_day,
            )
            weekly.setdefault(placed.day, []).append((course, placed.slot, slot_id, room))
    for taught in weekly.values():
        taught.sort(key=lambda one: one[1])
    school_days = list(year.school_days())
    days: dict[uuid.UUID, list[date]] = {}
    for day in school_days:
        for course, *_ in weekly.get(day.isoweekday(), []):
            days.setdefault(course.id, []).append(day)
    checks = place_check_works(year, courses, days)
    laid = {
        one.id: lay_out(one.subject, one.school_class.year_level, len(days[one.id]), checks[one.id]) for one in courses
    }
    given: Counter[uuid.UUID] = Counter()
    for day in school_days:
        for course, slot, slot_id, room in weekly.get(day.isoweekday(), []):
            if day >= since or course.school_class.year_level == REMEMBERED:
                hour = laid[course.id][given[course.id]]
                node = nodes.get((course.subject, hour.code)) if hour.code else None
                add_lesson(rows, year, course, day, slot, slot_id, room, hour, node, today)
            given[course.id] += 1


def _room(course: DemoCourse, part: int) -> str:
    base = ROOMS[course.subject]
    return base + str(course.school_class.year_level % 10 + part) if len(base) < 3 else base


def add_lesson(
    rows: Rows,
    year: YearPlan,
    course: DemoCourse,
    day: date,
    slot: int,
    slot_id: uuid.UUID | None,
    room: str,
    taught: TaughtHour,
    topic_id: int | None,
    today: date,
) -> None:
    """A lesson of a course; none on a day outside its terms."""
    term = year.term_of(course.school_class.regime, day)
    if term is None:
        return
    hour, minute = BELLS[slot - 1]
    starts = clock.moscow(day, time(hour, minute))
    past = day <= today
    lesson = DemoLesson(rows.id_at(starts), course.id, term, day, slot, taught, topic_id)
    is_lost = (course.subject, course.school_class.label) in LOST and LOST_BEFORE[0] < today - day <= LOST_BEFORE[1]
    is_lost = is_lost and not course.cancelled and not taught.is_control
    (course.cancelled if is_lost else course.lessons).append(lesson)
    rows.add(
        Lesson,
        id=lesson.id,
        course_id=course.id,
        group_id=course.group_id,
        subject_id=course.subject_id,
        term_id=term,
        on_date=day,
        slot=slot,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=LESSON_MINUTES),
        room=room,
        teacher_id=course.teacher.member,
        timetable_slot_id=slot_id,
        state="cancelled" if is_lost else "planned",
        moved_to_id=None,
        topic=taught.title if past and not is_lost else "",
        topic_id=topic_id if past and not is_lost else None,
    )
