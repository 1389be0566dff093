"""Reading journals, diaries and marks."""

from school.gradebook.queries.acts import find_act
from school.gradebook.queries.cells import Address, cells_at
from school.gradebook.queries.columns import column_of, lessons_for_columns, nearest
from school.gradebook.queries.diary import find_diary
from school.gradebook.queries.grid import find_grid
from school.gradebook.queries.journals import get_journal, journals_of, term_among, terms_of_regime
from school.gradebook.queries.marks import PupilMark, marks_between, marks_of_pupil, subjects_taught
from school.gradebook.queries.subjects import find_pupil_term, terms_of_pupil
from school.gradebook.queries.terms import find_review
from school.gradebook.queries.works import mark_in_review

__all__ = [
    "Address",
    "PupilMark",
    "cells_at",
    "column_of",
    "find_act",
    "find_diary",
    "find_grid",
    "find_pupil_term",
    "find_review",
    "get_journal",
    "journals_of",
    "lessons_for_columns",
    "mark_in_review",
    "marks_between",
    "marks_of_pupil",
    "nearest",
    "subjects_taught",
    "term_among",
    "terms_of_pupil",
    "terms_of_regime",
]
