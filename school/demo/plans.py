"""Lesson plans of the demo school: what its lessons teach, as topics with hours; one course has fallen behind."""

from itertools import groupby

from school.demo.classes import DemoCourse
from school.demo.rows import Rows
from school.plans.models import PlanHour, PlanTopic

BEHIND = 2
"""Lessons by which the first course is behind its plan."""


def write_plans(rows: Rows, courses: list[DemoCourse], framework: dict[tuple[int, int], list[tuple[int, str]]]) -> None:
    """A plan for each course of the running year."""
    for n, course in enumerate(courses):
        ids = {title: one for one, title in framework.get((course.subject_id, course.school_class.year_level), [])}
        days = [lesson.day for lesson in course.lessons]
        shift = BEHIND if n == 0 else 0
        number = 0
        for place, (title, run) in enumerate(groupby(course.lessons, key=lambda one: one.topic), start=1):
            lessons = list(run)
            topic_id = rows.id_at(lessons[0].day)
            rows.add(
                PlanTopic,
                id=topic_id,
                course_id=course.id,
                number=place,
                title=title,
                topic_id=ids.get(title),
                hours=len(lessons),
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
