"""The addresses of the gradebook."""

from school.gradebook.routes import columns, diary, grid, terms, works
from school.gradebook.routes.blueprint import blueprint

__all__ = ["blueprint", "columns", "diary", "grid", "terms", "works"]
