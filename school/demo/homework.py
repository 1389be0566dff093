"""Homework of the demo school: set in lessons, done by most, looked through by teachers; some of it on the screen."""

import random
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from content_library.models import Item
from school.core import clock
from school.demo.classes import DemoCourse, DemoLesson
from school.demo.curriculum import ANY_HOMEWORK, HOMEWORK, TALKS
from school.demo.people import Person
from school.demo.rows import Rows
from school.homework.models import Assignment, Homework, Submission
from school.tasks.actions.judging import remarks_of
from school.tasks.kinds import contract, kind_of
from school.tasks.models import Answer, Attempt, Verdict
from school.tasks.sheets import gathered

WITHOUT = (TALKS, "sport", "art", "music", "technology", "safety")
MINUTES = {5: 15, 6: 15, 7: 20, 9: 25, 10: 30}
UNITS_PRACTISED, DAYS_PRACTISED, MOST_PRACTICE = 6, 40, 7
"""What a pupil did of their own accord, in so many days; in classes up to this year."""
IN_PRACTICE = 4
"""Questions of a unit that were done so."""
WEEKS_ON_SCREEN = 3
"""So many last weeks have tasks of the library among the homework."""

PLAIN = ("number", "text")
"""Kinds of tasks that are the same for every seed."""
Judged = tuple[Mapping[str, Any], contract.Verdict, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A published unit with items, ready to be set."""

    version_id: uuid.UUID
    title: str
    minutes: int
    items: tuple[Item, ...]
    topics: frozenset[int] = frozenset()
    """Nodes of the framework."""


class HomeworkOfSchool:
    """Writes the homework of one course after another."""

    def __init__(
        self, rows: Rows, exercises: Mapping[tuple[int, int], list[Exercise]], maths: int, since: date, now: datetime
    ) -> None:
        self.rows = rows
        self.since = since
        self.exercises = exercises
        self.maths = maths
        self.now = now
        self.today = clock.local(now).date()
        self.diligence: dict[uuid.UUID, float] = defaultdict(lambda: min(0.99, rows.chance.gauss(0.88, 0.1)))
        self.used: dict[uuid.UUID, int] = defaultdict(int)
        self.judged: dict[tuple[uuid.UUID, bool, int], Judged] = {}

    def fill(self, course: DemoCourse) -> None:
        """Every second lesson or so sets something for the next one; the lessons ahead have none yet."""
        if course.subject in WITHOUT:
            return
        for lesson, following in pairwise(course.lessons):
            if not self.since <= lesson.day < self.today or self.rows.chance.random() > 0.45:
                continue
            self._set(course, lesson, following)

    def practise(self, course: DemoCourse) -> None:
        """What pupils have done by themselves: units of maths of this year and the year before, each with a knack for it or without."""
        level = course.school_class.year_level
        if course.subject not in ("maths", "algebra") or level > MOST_PRACTICE:
            return
        chance = self.rows.chance
        offered = [one for year in {level - 1, min(level, 6)} for one in self.exercises.get((self.maths, year), [])]
        for pupil in course.pupils:
            for exercise in chance.sample(offered, min(UNITS_PRACTISED, len(offered))):
                knack = min(0.97, max(0.12, chance.gauss(0.66, 0.26)))
                at = _evening(self.today - timedelta(chance.randrange(2, DAYS_PRACTISED)), chance)
                short = Exercise(exercise.version_id, exercise.title, exercise.minutes, exercise.items[:IN_PRACTICE])
                self._attempt(pupil, short, at, None, knack)

    def practise_once(self, pupil: Person, exercise: Exercise, at: datetime, knack: float) -> None:
        """One pupil's run through one unit; ``knack`` is the chance of a right answer."""
        self._attempt(pupil, exercise, at, None, knack)

    def _set(self, course: DemoCourse, lesson: DemoLesson, following: DemoLesson) -> None:
        rows = self.rows
        recent = (self.today - lesson.day).days <= 7 * WEEKS_ON_SCREEN
        exercise = self._exercise(course, lesson) if recent and rows.chance.random() < 0.5 else None
        way = "task" if exercise else rows.chance.choice(("tick", "tick", "text"))
        at = _after(lesson, 45)
        homework = rows.id_at(at)
        text = exercise.title if exercise else rows.chance.choice(HOMEWORK.get(course.subject, ANY_HOMEWORK))
        level = course.school_class.year_level
        rows.add(
            Homework,
            id=homework,
            course_id=course.id,
            lesson_id=lesson.id,
            due_lesson_id=following.id,
            due_on=following.day,
            text=text,
            unit_version_id=exercise.version_id if exercise else None,
            way=way,
            minutes=exercise.minutes if exercise else MINUTES[level],
            for_all=True,
            set_at=at,
            set_by=course.teacher.member,
            payload_hash=homework.hex,
            withdrawn_at=None,
        )
        for pupil in course.pupils:
            self._assign(course, lesson, following, homework, way, exercise, pupil)

    def _exercise(self, course: DemoCourse, lesson: DemoLesson) -> Exercise | None:
        """In turn, of those whose topics have been taught by now; of this lesson's own topic where there is one."""
        taught = {one.topic_id for one in course.lessons if one.day <= lesson.day}
        offered = self.exercises.get((course.subject_id, course.school_class.year_level), [])
        offered = [one for one in offered if one.topics <= taught]
        own = [one for one in offered if lesson.topic_id in one.topics] or offered
        if not own:
            return None
        self.used[course.id] += 1
        return own[self.used[course.id] % len(own)]

    def _assign(
        self,
        course: DemoCourse,
        lesson: DemoLesson,
        following: DemoLesson,
        homework: uuid.UUID,
        way: str,
        exercise: Exercise | None,
        pupil: Person,
    ) -> None:
        rows, chance = self.rows, self.rows.chance
        over = following.day < self.today
        done = chance.random() < self.diligence[pupil.member] * (1 if over else 0.35)
        evening = min(_evening(following.day - timedelta(1), chance), self.now - timedelta(minutes=20))
        evening = max(evening, _after(lesson, 60))
        done = done and evening < self.now
        checked = done and over and (way == "tick" or chance.random() < 0.93)
        state = "checked" if checked else "handed_in" if done else "seen" if chance.random() < 0.7 else "given"
        assignment = rows.id_at(_after(lesson, 45))
        attempt = self._attempt(pupil, exercise, evening, homework) if done and exercise else None
        rows.add(
            Assignment,
            id=assignment,
            homework_id=homework,
            pupil_id=pupil.member,
            due_on=following.day,
            state=state,
            seen_at=evening if state != "given" else None,
            handed_in_at=evening if done else None,
            checked_at=_after(following, 90) if checked else None,
            checked_by=course.teacher.account if checked else None,
            comment="",
            version=2 if checked else 1,
            attempt_id=attempt,
        )
        if done:
            submission = rows.id_at(evening)
            rows.add(
                Submission,
                id=submission,
                assignment_id=assignment,
                text=chance.choice(COUNTED if course.subject in EXACT else TEXTS) if way == "text" else "",
                attempt_id=attempt,
                handed_in_at=evening,
                handed_in_by=pupil.account,
                payload_hash=submission.hex,
            )

    def _attempt(
        self, pupil: Person, exercise: Exercise, at: datetime, homework: uuid.UUID | None, knack: float | None = None
    ) -> uuid.UUID:
        """A finished run through the items: right ones by diligence or knack, wrong ones as the kind's own example."""
        rows = self.rows
        attempt = rows.id_at(at)
        seed = rows.chance.getrandbits(31)
        odds = knack if knack is not None else 0.45 + 0.5 * self.diligence[pupil.member]
        points = sum(self._answer(pupil, attempt, seed, item, at, odds) for item in exercise.items)
        rows.add(
            Attempt,
            id=attempt,
            pupil_id=pupil.member,
            unit_version_id=exercise.version_id,
            given_for=homework,
            sheet=None if homework else gathered(exercise.title, [one.id for one in exercise.items]),
            seed=seed,
            started_at=at - timedelta(minutes=exercise.minutes),
            finished_at=at,
            points=round(points, 2),
            max_points=float(sum(item.points for item in exercise.items)),
        )
        return attempt

    def _answer(self, pupil: Person, attempt: uuid.UUID, seed: int, item: Item, at: datetime, odds: float) -> float:
        rows = self.rows
        right = rows.chance.random() < odds
        given, verdict, remarks = self._judged(item, seed, right=right)
        answer = rows.id_at(at)
        rows.add(
            Answer,
            id=answer,
            attempt_id=attempt,
            item_id=item.id,
            given=dict(given),
            number=1,
            received_at=at - timedelta(minutes=1),
            given_by=pupil.account,
            payload_hash=answer.hex,
        )
        rows.add(
            Verdict,
            id=rows.id_at(at),
            attempt_id=attempt,
            item_id=item.id,
            answer_id=answer,
            points=float(verdict.points),
            max_points=float(verdict.max_points),
            waits=verdict.waits,
            correct=verdict.correct,
            feedback={
                "said": [[one.msgid, dict(one.values)] for one in verdict.feedback],
                "remarks": remarks,
            },
        )
        return float(verdict.points)

    def _judged(self, item: Item, seed: int, *, right: bool) -> Judged:
        """An answer and what is said to it; where the seed changes nothing, one judgement serves all who answer alike."""
        mistake = 0 if right else seed % (3 * max(1, len(item.spec.get("remarks", ()))))
        key = (item.id, right, mistake) if item.kind in PLAIN else (item.id, right, seed)
        found = self.judged.get(key)
        if found is None:
            kind = kind_of(item.kind)
            examples = kind.examples(item.spec, seed)
            given = kind.parse(examples.right if right else _usual_mistake(kind, item, seed) or examples.wrong)
            verdict = kind.grade(item.spec, seed, given)
            remarks = [] if verdict.correct else remarks_of(item, seed, dict(given))
            found = self.judged[key] = (given, verdict, remarks)
        return found


def _usual_mistake(kind: contract.TaskKind, item: Item, seed: int) -> Any:
    """The wrong answer that the author has foreseen, in two of three attempts; None where none was."""
    remarks = item.spec.get("remarks")
    if not remarks or seed % 3 == 0:
        return None
    remark = remarks[seed % len(remarks)]
    spec = {name: value for name, value in item.spec.items() if name not in {"remarks", "shares"}}
    key = remark["when"]
    if "part" in remark:
        key = [*spec["key"][: remark["part"] - 1], key, *spec["key"][remark["part"] :]]
    return kind.examples(spec | {"key": key}, seed).right


TEXTS = (
    "Готово всё, кроме последнего вопроса: непонятно, с чего начать.",
    "Готово. Есть план из шести пунктов, он в тетради.",
    "Параграф прочитан, ответы на вопросы в тетради.",
    "Готово. Самое трудное было в начале, потом пошло легче.",
)
COUNTED = (
    "Готово всё, кроме последнего номера: непонятно, с чего начать.",
    "Готово. Ответы сошлись с ответами в учебнике.",
    "Готово. Последний пример решается двумя способами, оба в тетради.",
    "Готово, но ответ в третьем номере вышел странный.",
)
EXACT = frozenset({"maths", "algebra", "geometry", "statistics", "informatics", "physics", "chemistry"})
"""Where a homework is counted rather than told."""


def _after(lesson: DemoLesson, minutes: int) -> datetime:
    starts = datetime.combine(lesson.day, datetime.min.time(), clock.MOSCOW) + timedelta(hours=8, minutes=30)
    return starts + timedelta(hours=lesson.slot - 1, minutes=minutes)


def _evening(day: date, chance: random.Random) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.MOSCOW) + timedelta(
        hours=chance.randrange(16, 21), minutes=chance.randrange(60)
    )
