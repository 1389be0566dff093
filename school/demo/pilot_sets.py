"""The sets of the demo school's pilot: homework of its weeks, done by nearly all."""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise

from content_library.models import Item
from school.core import clock
from school.demo.classes import DemoCourse
from school.demo.homework import Exercise
from school.demo.people import Person
from school.demo.pilots import ARMS, WEEKS, DemoPilot, times_in
from school.demo.rows import Rows
from school.homework.models import Assignment, AssignmentState, HandInWay, Homework
from school.pilots.models import PilotRound
from school.tasks.kinds import kind_of
from school.tasks.models import Answer, Attempt, Verdict
from school.tasks.sheets import gathered


def give_sets(rows: Rows, made: DemoPilot, exercises: list[Exercise]) -> None:
    """The sets of the practice, done by nearly all. After the model has learnt: what it knows of pupils is told by other tasks."""
    chance, times = random.Random(rows.school_id + 77), times_in(made.pilot)
    for course in made.courses if exercises else ():
        mine = [one for one in made.drawn if one.candidate.course_id == course.id]
        days = [one for one in pairwise(course.lessons) if times.starts_on <= one[0].day <= times.ends_on]
        for number, (lesson, following) in enumerate(days[: made.pilot["sets"] * WEEKS], start=1):
            exercise = exercises[number % len(exercises)]
            items = exercise.items[: made.pilot["tasks"]]
            at = clock.moscow(lesson.day, time(15))
            homework = rows.id_at(at)
            rows.add(
                Homework,
                id=homework,
                course_id=course.id,
                lesson_id=lesson.id,
                due_lesson_id=following.id,
                due_on=following.day,
                text=exercise.title,
                unit_version_id=exercise.version_id,
                way=HandInWay.TASK.value,
                minutes=exercise.minutes,
                for_all=True,
                set_at=at,
                set_by=course.teacher.member,
                payload_hash=homework.hex,
                sheet=gathered(exercise.title, [one.id for one in items]),
            )
            rows.add(
                PilotRound,
                id=rows.id_at(at),
                pilot_id=made.pilot["id"],
                course_id=course.id,
                number=number,
                homework_id=homework,
                given_at=at,
                counts={arm: [n := sum(one.arm == arm for one in mine), n * len(items)] for arm in ARMS},
            )
            for one in mine:
                if chance.random() < 0.9:
                    _do(rows, chance, (course, homework, exercise), items, made.people[one.candidate.pupil_id], at)


def _do(
    rows: Rows,
    chance: random.Random,
    work: tuple[DemoCourse, uuid.UUID, Exercise],
    items: Sequence[Item],
    pupil: Person,
    at: datetime,
) -> None:
    """One pupil's set, done in the evening and looked through."""
    course, homework, exercise = work
    begun = at + timedelta(hours=3, minutes=chance.randrange(90))
    attempt, seed = rows.id_at(begun), chance.randrange(10**6)
    right = [chance.random() < 0.72 for _one in items]
    rows.add(
        Attempt,
        id=attempt,
        pupil_id=pupil.member,
        unit_version_id=exercise.version_id,
        seed=seed,
        started_at=begun,
        finished_at=begun + timedelta(minutes=7 + 8 * chance.random()),
        points=float(sum(right)),
        max_points=float(len(right)),
        sheet=gathered(exercise.title, [one.id for one in items]),
        given_for=homework,
        carried=0.0,
        takes_late=False,
    )
    for item, is_right in zip(items, right, strict=True):
        answer, kind = rows.id_at(begun), kind_of(item.kind)
        examples = kind.examples(item.spec, seed)
        rows.add(
            Answer,
            id=answer,
            attempt_id=attempt,
            item_id=item.id,
            given=dict(kind.parse(examples.right if is_right else examples.wrong)),
            number=1,
            received_at=begun + timedelta(minutes=5),
            given_by=pupil.account,
            payload_hash=answer.hex,
            late=False,
        )
        rows.add(
            Verdict,
            id=rows.id_at(begun),
            attempt_id=attempt,
            item_id=item.id,
            answer_id=answer,
            points=float(is_right),
            max_points=1.0,
            correct=is_right,
            waits=False,
            feedback={"said": [], "remarks": []},
        )
    rows.add(
        Assignment,
        id=rows.id_at(at),
        homework_id=homework,
        pupil_id=pupil.member,
        due_on=clock.local(at).date() + timedelta(3),
        state=AssignmentState.CHECKED.value,
        seen_at=begun,
        handed_in_at=begun + timedelta(minutes=15),
        checked_at=begun + timedelta(days=1),
        checked_by=course.teacher.account,
        comment="",
        version=2,
        attempt_id=attempt,
    )
