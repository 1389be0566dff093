"""Reading progress: a pupil's subjects, one subject, a course, the receipt of a mark."""

from school.progress.queries.course import CourseProgress, Line, TopicLine, course_progress, progress_of
from school.progress.queries.learning import get_learning, mark_of, own_learning, subject_of
from school.progress.queries.overview import Overview, SubjectLine, overview
from school.progress.queries.receipts import event_of
from school.progress.queries.subject import SubjectProgress, subject_progress

__all__ = [
    "CourseProgress",
    "Line",
    "Overview",
    "SubjectLine",
    "SubjectProgress",
    "TopicLine",
    "course_progress",
    "event_of",
    "get_learning",
    "mark_of",
    "overview",
    "own_learning",
    "progress_of",
    "subject_of",
    "subject_progress",
]
