"""Gathering what reports are made of."""

from school.reports.queries.classes import class_book
from school.reports.queries.families import cards_of, final_terms, slips_of
from school.reports.queries.journals import journal_book
from school.reports.queries.orders import get_order, orders_of
from school.reports.queries.overview import classes_of_school, led_classes, teachers_of_school
from school.reports.queries.periods import period_among, periods_of_class, periods_of_school
from school.reports.queries.schools import school_book
from school.reports.queries.teachers import get_teacher, teacher_book

__all__ = [
    "cards_of",
    "class_book",
    "classes_of_school",
    "final_terms",
    "get_order",
    "get_teacher",
    "journal_book",
    "led_classes",
    "orders_of",
    "period_among",
    "periods_of_class",
    "periods_of_school",
    "school_book",
    "slips_of",
    "teacher_book",
    "teachers_of_school",
]
