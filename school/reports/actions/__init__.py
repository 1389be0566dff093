"""Ordering long reports, and making them."""

from school.reports.actions.making import expire, make_report
from school.reports.actions.ordering import order_class, order_school

__all__ = ["expire", "make_report", "order_class", "order_school"]
