"""The pages and files of reports."""

from school.reports.routes import classes, odd, orders, others, overview
from school.reports.routes.blueprint import blueprint

__all__ = ["blueprint", "classes", "odd", "orders", "others", "overview"]
