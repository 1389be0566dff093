"""Reading homework: one, a pupil's list, what waits for the teacher, and one work under review."""

from school.homework.queries.lists import (
    CourseHomework,
    evening_minutes,
    homework_at_hand,
    homework_between,
    homework_of_course,
)
from school.homework.queries.loading import get_homework, homework_of_attempt, homework_of_pupil, work_of, works
from school.homework.queries.review import (
    CommonMistake,
    HandedIn,
    Photo,
    Result,
    TaskResult,
    common_mistakes,
    handed_in,
    proposals,
    result_of,
    thresholds_on,
)
from school.homework.queries.setting import (
    UnitChoice,
    book_in_use,
    coming_lessons,
    newer_choice,
    suggested_units,
    unit_choice,
    with_newer_units,
)
from school.homework.queries.waiting import Waiting, waiting_first, waiting_for_review

__all__ = [
    "CommonMistake",
    "CourseHomework",
    "HandedIn",
    "Photo",
    "Result",
    "TaskResult",
    "UnitChoice",
    "Waiting",
    "book_in_use",
    "coming_lessons",
    "common_mistakes",
    "evening_minutes",
    "get_homework",
    "handed_in",
    "homework_at_hand",
    "homework_between",
    "homework_of_attempt",
    "homework_of_course",
    "homework_of_pupil",
    "newer_choice",
    "proposals",
    "result_of",
    "suggested_units",
    "thresholds_on",
    "unit_choice",
    "waiting_first",
    "waiting_for_review",
    "with_newer_units",
    "work_of",
    "works",
]
