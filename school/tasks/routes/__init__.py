"""The pages of tasks."""

from school.tasks.routes import playing
from school.tasks.routes.blueprint import blueprint

__all__ = ["blueprint", "playing"]
