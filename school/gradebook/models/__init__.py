"""The tables of the journal."""

from school.gradebook.models.corrections import MarkCorrection, PeriodCorrection
from school.gradebook.models.journal import (
    ActDraft,
    Column,
    Mark,
    MarkCode,
    MarkingAct,
    MarkStep,
    MarksToldUntil,
    RefusedMark,
    StepKind,
    SubjectGoal,
    SubjectTotal,
    TermMark,
    WorkType,
    YearMark,
    answer_column_id,
)

__all__ = [
    "ActDraft",
    "Column",
    "Mark",
    "MarkCode",
    "MarkCorrection",
    "MarkStep",
    "MarkingAct",
    "MarksToldUntil",
    "PeriodCorrection",
    "RefusedMark",
    "StepKind",
    "SubjectGoal",
    "SubjectTotal",
    "TermMark",
    "WorkType",
    "YearMark",
    "answer_column_id",
]
