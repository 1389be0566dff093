"""Lesson plans of the demo school: what its lessons teach, as topics with hours; some courses have fallen behind."""

from itertools import groupby

from school.demo.classes import DemoCourse
from school.demo.rows import Rows
from school.plans.models import PlanHour, PlanTopic

BEHIND = {0: 2, 20: 1, 43: 3, 61: 1}
"""Lessons by which the courses of these numbers are behind their plans."""


def write_plans(rows: Rows, courses: list[DemoCourse]) -> None:
    """A plan for each course of the running year."""
    for n, course in enumerate(courses):
        taught = sorted((*course.lessons, *course.cancelled), key=lambda one: (one.day, one.slot))
        days = [lesson.day for lesson in taught]
        shift = BEHIND.get(n, 0)
        number = 0
        for place, (hour, run) in enumerate(groupby(taught, key=lambda one: one.hour), start=1):
            lessons = list(run)
            topic_id = rows.id_at(lessons[0].day)
            rows.add(
                PlanTopic,
                id=topic_id,
                course_id=course.id,
                number=place,
                title=hour.title,
                topic_id=lessons[0].topic_id,
                hours=len(lessons),
                is_control=hour.is_control,
                is_reserve=hour.is_reserve,
                # A control work asks for the topic before it.
                needs=str(place - 1) if hour.is_control and place > 1 else "",
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
