"""The pages and files of reports."""

from school.reports.routes import classes, history, odd, orders, others, overview
from school.reports.routes.blueprint import blueprint

__all__ = ["blueprint", "classes", "history", "odd", "orders", "others", "overview"]
