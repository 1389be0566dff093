"""The tables of the school's days."""

from school.classes.models.calendar import Bell, BellSchedule, Building, Holiday, Regime, SchoolYear, Term
from school.classes.models.courses import (
    ClassLeadership,
    Course,
    Enrolment,
    GroupKind,
    StudyGroup,
    TeachingPost,
)
from school.classes.models.excuses import ExcuseSender, OutsideExcuse, PupilCode
from school.classes.models.extras import ExtraLesson, ExtraPlace, Reply
from school.classes.models.lessons import (
    Absence,
    AbsenceFact,
    AbsenceNote,
    AbsenceReason,
    CalendarFeed,
    Lesson,
    LessonState,
    PresenceTaken,
    Substitution,
    TimetableSlot,
)
from school.classes.models.norms import HeavyNorm, LoadNorm

__all__ = [
    "Absence",
    "AbsenceFact",
    "AbsenceNote",
    "AbsenceReason",
    "Bell",
    "BellSchedule",
    "Building",
    "CalendarFeed",
    "ClassLeadership",
    "Course",
    "Enrolment",
    "ExcuseSender",
    "ExtraLesson",
    "ExtraPlace",
    "GroupKind",
    "HeavyNorm",
    "Holiday",
    "Lesson",
    "LessonState",
    "LoadNorm",
    "OutsideExcuse",
    "PresenceTaken",
    "PupilCode",
    "Regime",
    "Reply",
    "SchoolYear",
    "StudyGroup",
    "Substitution",
    "TeachingPost",
    "Term",
    "TimetableSlot",
]
