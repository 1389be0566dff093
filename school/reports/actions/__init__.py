"""Ordering long reports, and making them."""

from school.reports.actions.making import expire, make_report
from school.reports.actions.ordering import order_class, order_school
from school.reports.actions.watching import watch

__all__ = ["expire", "make_report", "order_class", "order_school", "watch"]
