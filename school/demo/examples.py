"""Homework of the demo school that shows what homework can be: a test with conditions, works judged by criteria, own tasks of a pupil."""

import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from school.core import clock
from school.demo.classes import DemoCourse, DemoLesson
from school.demo.homework import Exercise
from school.demo.people import Person
from school.demo.rows import Rows
from school.homework.models import Assignment, Homework, OwnTask, Submission
from school.tasks.models import Conditions

RUBRIC = [
    {"name": "Ход решения", "points": 5},
    {"name": "Объяснение своими словами", "points": 3},
    {"name": "Аккуратность", "points": 2},
]
EXPLAIN = "Объясните письменно, как вы решали самую трудную задачу недели и как проверили ответ"
EXPLAINED = (
    (
        "Самой трудной была задача про скидку в магазине. Сначала я неправильно понял, от чего считать проценты, потом нарисовал "
        "отрезок и увидел, что второй раз скидка берётся уже от новой цены. Проверил так: посчитал обе цены по шагам и сравнил."
    ),
    (
        "Труднее всего далась задача на движение. Я составила таблицу: скорость, время, расстояние. Когда заполнила две строки, "
        "уравнение получилось само. Ответ проверила подстановкой, расстояния сошлись, значит всё верно."
    ),
    (
        "Мне не давалось уравнение со скобками: я забывал менять знак. Теперь сначала раскрываю скобки на отдельной строке и только "
        "потом переношу. Проверил, подставив корень в обе части, вышло одно и то же число."
    ),
    (
        "Самым сложным оказался график: точки не ложились на прямую. Оказалось, я перепутала оси. Когда переделала таблицу значений, "
        "прямая прошла через все точки, а ещё две я взяла дополнительно для проверки."
    ),
    (
        "Я долго думал над задачей про возраст брата. Обозначил за икс младшего, записал, сколько будет через пять лет, и получилось "
        "простое уравнение. Проверил по условию: сейчас шесть и двенадцать, через пять лет одиннадцать и семнадцать."
    ),
)
BORROWED = "Как мне кажется, " + EXPLAINED[1][0].lower() + EXPLAINED[1][1:] + " Вот и весь секрет."
OWN = ((1, "Принести циркуль и миллиметровку", 0), (2, "Повторить формулы перед проверочной", 15))


def write_examples(
    rows: Rows,
    courses: Sequence[DemoCourse],
    exercises: Mapping[tuple[int, int], list[Exercise]],
    teacher: Person,
    pupil: Person,
    now: datetime,
) -> None:
    """Set them in a course that the printed teacher gives to the printed pupil; nothing where there is none."""
    mine = [one for one in courses if one.teacher is teacher and pupil in one.pupils]
    for course in mine:
        past = [one for one in course.lessons if one.day < clock.local(now).date()]
        coming = [one for one in course.lessons if one.day > clock.local(now).date()]
        offered = exercises.get((course.subject_id, course.school_class.year_level), [])
        if past and coming and offered:
            last, following = past[-1], coming[min(1, len(coming) - 1)]
            _test(rows, course, last, following, max(offered, key=lambda one: len(one.items)))
            _explained(rows, course, last, following, pupil, now)
            break
    for days, text, minutes in OWN:
        day = clock.local(now).date() + timedelta(days)
        rows.add(
            OwnTask,
            id=rows.id_at(now),
            pupil_id=pupil.member,
            due_on=day,
            text=text,
            minutes=minutes,
            made_at=now,
            done_at=None,
        )


def _test(rows: Rows, course: DemoCourse, lesson: DemoLesson, following: DemoLesson, exercise: Exercise) -> None:
    at = clock.moscow(lesson.day, time(15))
    conditions = rows.id_at(at)
    rows.add(
        Conditions,
        id=conditions,
        opens_at=at,
        closes_at=clock.moscow(following.day, time(20)),
        minutes=15,
        attempts=2,
        shows="finish",
        layout="one",
        is_shuffled=True,
        sections=None,
    )
    _homework(
        rows,
        course,
        lesson,
        following,
        text=f"Проверочная: {exercise.title}",
        unit_version_id=exercise.version_id,
        way="task",
        minutes=15,
        conditions_id=conditions,
    )


def _explained(
    rows: Rows, course: DemoCourse, lesson: DemoLesson, following: DemoLesson, but: Person, now: datetime
) -> None:
    homework = _homework(rows, course, lesson, following, text=EXPLAIN, way="text", minutes=20, rubric=RUBRIC)
    chance = random.Random(course.id.int)
    others = [one for one in course.pupils if one is not but]
    for pupil, text in zip(chance.sample(others, 6), (*EXPLAINED, BORROWED), strict=True):
        at = min(clock.moscow(lesson.day, time(17, chance.randrange(60))), now - timedelta(minutes=30))
        assignment, submission = rows.id_at(at), rows.id_at(at)
        rows.add(
            Assignment,
            id=assignment,
            homework_id=homework,
            pupil_id=pupil.member,
            due_on=following.day,
            state="handed_in",
            seen_at=at,
            handed_in_at=at,
            comment="",
            version=1,
        )
        rows.add(
            Submission,
            id=submission,
            assignment_id=assignment,
            text=text,
            handed_in_at=at,
            handed_in_by=pupil.account,
            payload_hash=submission.hex,
        )


def _homework(rows: Rows, course: DemoCourse, lesson: DemoLesson, following: DemoLesson, **what: object) -> uuid.UUID:
    at = clock.moscow(lesson.day, time(14, 30))
    homework = rows.id_at(at)
    rows.add(
        Homework,
        id=homework,
        course_id=course.id,
        lesson_id=lesson.id,
        due_lesson_id=following.id,
        due_on=following.day,
        for_all=True,
        set_at=at,
        set_by=course.teacher.member,
        payload_hash=homework.hex,
        withdrawn_at=None,
        **what,
    )
    return homework
