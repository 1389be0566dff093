"""The pages and files of reports."""

from school.reports.routes import behind, classes, history, odd, orders, others, overview, results
from school.reports.routes.blueprint import blueprint

__all__ = ["behind", "blueprint", "classes", "history", "odd", "orders", "others", "overview", "results"]
