"""Lesson plans of the demo school: what its lessons teach, as topics with hours; one course has fallen behind."""

from collections.abc import Iterator
from itertools import groupby

from school.demo.classes import DemoCourse, DemoLesson
from school.demo.rows import Rows
from school.plans.models import PlanHour, PlanTopic

BEHIND = 2
"""Lessons by which the first course is behind its plan."""
TOPICS_A_CHECK = 6
"""After so many topics a check work: one hour of twelve, within the tenth that order 704 allows."""

CHECKED = frozenset(
    {
        "Русский язык", "Математика", "Алгебра", "Геометрия", "Физика", "Химия", "Биология", "География", "История",
        "Обществознание", "Английский язык", "Информатика",
    }
)  # fmt: skip
"""Subjects whose plans have check works."""


def write_plans(rows: Rows, courses: list[DemoCourse], framework: dict[tuple[int, int], list[tuple[int, str]]]) -> None:
    """A plan for each course of the running year."""
    for n, course in enumerate(courses):
        ids = {title: one for one, title in framework.get((course.subject_id, course.school_class.year_level), [])}
        days = [lesson.day for lesson in course.lessons]
        shift = BEHIND if n == 0 else 0
        number = 0
        for place, (title, lessons, is_control) in enumerate(_topics(course, n), start=1):
            topic_id = rows.id_at(lessons[0].day)
            rows.add(
                PlanTopic,
                id=topic_id,
                course_id=course.id,
                number=place,
                title=title,
                topic_id=ids.get(title),
                hours=len(lessons),
                is_control=is_control,
            )
            for lesson in lessons:
                rows.add(
                    PlanHour,
                    id=rows.id_at(lesson.day),
                    course_id=course.id,
                    plan_topic_id=topic_id,
                    number=number + 1,
                    planned_on=days[max(0, number - shift)],
                    lesson_id=lesson.id,
                )
                number += 1


def _topics(course: DemoCourse, shift: int) -> Iterator[tuple[str, list[DemoLesson], bool]]:
    """The topics with their lessons; the second hour of each sixth one is a check work, in other weeks in other courses."""
    for place, (title, run) in enumerate(groupby(course.lessons, key=lambda one: one.topic), start=shift):
        lessons = list(run)
        if course.subject in CHECKED and place % TOPICS_A_CHECK == 0 and len(lessons) == 2:
            yield title, lessons[:1], False
            yield f"Контрольная работа: {title[0].lower()}{title[1:]}", lessons[1:], True
        else:
            yield title, lessons, False
