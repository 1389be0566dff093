"""Reading classes: single things with the actor's relations to them, and lists for screens."""

from school.classes.queries.courses import (
    all_courses,
    course_staff,
    courses_of_class,
    courses_taught,
    current_term,
    next_lesson,
    terms_of,
)
from school.classes.queries.loading import get_course, get_group, get_lesson, get_pupil
from school.classes.queries.pupils import Learner, learners, pupil_of

__all__ = [
    "Learner",
    "all_courses",
    "course_staff",
    "courses_of_class",
    "courses_taught",
    "current_term",
    "get_course",
    "get_group",
    "get_lesson",
    "get_pupil",
    "learners",
    "next_lesson",
    "pupil_of",
    "terms_of",
]
